import { expect, test } from 'vitest'
import { parsePython } from '../../../src/extract/python/syntax/parse.js'

/** Statements that CPython takes and @lezer/python 1.1 alone refuses. */
test.each([
  'x = 10.',
  'x = [1., 2.*y, -3.]  # 4.',
  "x = t'hello {name}'",
  'def f(): yield',
  'for each in all: yield',
  'x = {(yield)}',
  'x = 0. if y else 1.',
  'class A(Generic[*Ts]): pass',
  'x: tuple[int, *tuple[str, ...]] = y',
  'def f(*args: *Ts): pass',
  'for x in *a, *b: pass',
  'total = sum(last for *_, last in pairs)',
  'f = lambda a, /, b: a',
  'f = lambda a,: a',
  'try: pass\nexcept A, b.C: pass',
  'try: pass\nexcept* A, B, C:\n    pass',
  'print >> file, "text"',
  'match x, y:\n    case 1, _:\n        pass\n    case A.b, [c, d] if c:\n        pass',
  'match x:\n    case (\n        A()\n        | B()\n    ):\n        pass',
  'with a() as (self.left, self.right): pass',
  'with a(\n    b\n) as self.held:\n    pass',
  "x = rf'\\{{{y}\\}}'",
  '@(lambda each: each)\ndef f(): pass',
  '@registry[0].mark\ndef f(): pass',
])('valid: %s', (statement) => {
  expect(parsePython(`${statement}\n`).problems).toEqual([])
})

test('what stands in strings and comments is left as it is', () => {
  const { body } = parsePython("x = ['1.', \"for *all in *b\", 'lambda a, /', 'as self.x, y', 't', '''in 2.''']  # 3.\ny = 4.\n")
  const values = body.map((statement) => (statement.kind === 'assign' ? statement.value : undefined))
  expect(values.flatMap((value) => (value?.kind === 'sequence' ? value.items : [])).map(({ value }) => value.kind === 'string' && value.value))
    .toEqual(['1.', 'for *all in *b', 'lambda a, /', 'as self.x, y', 't', 'in 2.'])
  expect(values[1]).toMatchObject({ kind: 'constant', value: 4 })
})
