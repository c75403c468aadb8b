import { describe, expect, test } from 'vitest'
import type { DocumentPath } from '../../src/text/document.js'
import { parseJson, type JsonOptions } from '../../src/text/json.js'
import { sourceText } from '../../src/text/source.js'

const parse = (text: string, options?: JsonOptions) => parseJson(sourceText('dashboard.json', text), options)

/** The characters of the file that a span covers. */
function textAt(text: string, pick: (document: ReturnType<typeof parse>) => { start: number; end: number }): string {
  const { start, end } = pick(parse(text))
  return text.slice(start, end)
}

function problemIn(text: string): { message: string; at: string } {
  const { problems, source } = parse(text)
  expect(problems).toHaveLength(1)
  const { line, column } = source.positionAt(problems[0]!.span.start)
  return { message: problems[0]!.message, at: `${line}:${column}` }
}

describe('places', () => {
  const text = `{
  "title": "Costs",
  "panels": [
    { "id": 1, "targets": [{ "expr": "up" }] },
    { "id": 2 }
  ]
}`
  test.each<[DocumentPath, string, string]>([
    [['title'], '"Costs"', '"title"'],
    [['panels', 0, 'targets', 0, 'expr'], '"up"', '"expr"'],
    [['panels', 1], '{ "id": 2 }', '{ "id": 2 }'],
    [['panels', '1', 'id'], '2', '"id"'],
    [['panels', 1, 'targets', 0], '{ "id": 2 }', '{ "id": 2 }'],
    [[], text, text],
  ])('of %j', (path, value, key) => {
    expect(textAt(text, (document) => document.spanOf(path))).toBe(value)
    expect(textAt(text, (document) => document.keySpanOf(path))).toBe(key)
  })

  test('of a key that is there twice are those of the last, whose value counts', () => {
    const twice = '{"uid": "a", "uid": "b"}'
    expect(parse(twice).value).toEqual({ uid: 'b' })
    expect(textAt(twice, (document) => document.spanOf(['uid']))).toBe('"b"')
  })

  test('come after a byte order mark', () => {
    const marked = '\uFEFF{"uid": "a"}'
    expect(parse(marked).value).toEqual({ uid: 'a' })
    expect(parse(marked).problems).toEqual([])
    expect(textAt(marked, (document) => document.spanOf(['uid']))).toBe('"a"')
  })
})

describe('characters of a string', () => {
  test.each([
    ['{"expr": "sum(up)"}', 'up', 'up'],
    [String.raw`{"expr": "up{job=\"api\"}"}`, 'job="api"', String.raw`job=\"api\"`],
    [String.raw`{"expr": "a\n+ b"}`, 'b', 'b'],
    [String.raw`{"expr": "\u0075p + \u0022x"}`, 'up', String.raw`\u0075p`],
    [String.raw`{"expr": "\ud83d\ude00 up"}`, '😀', String.raw`\ud83d\ude00`],
    ['{"expr": "😀 up"}', 'up', 'up'],
    [String.raw`{"expr": "C:\\dir\/x"}`, '/x', String.raw`\/x`],
  ])('in %s', (text, part, written) => {
    const { expr } = parse(text).value as { expr: string }
    const start = expr.indexOf(part)
    expect(textAt(text, (document) => document.spanInString(['expr'], start, start + part.length))).toBe(written)
  })

  test('past the end are the end of the string', () => {
    const text = '{"expr": "up"}'
    expect(parse(text).spanInString(['expr'], 2, 2)).toEqual({ start: 12, end: 12 })
    expect(parse(text).spanInString(['expr'], 5, 9)).toEqual({ start: 12, end: 12 })
  })
})

describe('syntax errors', () => {
  test.each([
    ['', 'The file is empty', '1:1'],
    [' \n', 'The file is empty', '1:1'],
    ['{\n  "panels": [\n    { "id": 1', 'The file ends inside the object that begins on line 3', '3:14'],
    ['{\n  "title": "Co', 'The file ends inside the string that begins on line 2', '2:15'],
    ['{"a": 1,}', 'Trailing comma before "}"', '1:8'],
    ['[1,\n]', 'Trailing comma before "]"', '1:3'],
    ['{"a": 1 "b": 2}', 'Expected "," before "b"', '1:9'],
    ['{"a" 1}', 'Expected ":" after the property name, found "1"', '1:6'],
    ['{a: 1}', 'The property name "a" needs double quotes', '1:2'],
    ["{'a': 1}", "Strings take double quotes, found 'a'", '1:2'],
    ['{"a": True}', '"True" is not a JSON value', '1:7'],
    ['{"a": [1, 2}', 'Expected "," or "]" in the array that begins on line 1, found "}"', '1:12'],
    ['{}\n{}', 'Expected the end of the file, found "{"', '2:1'],
    ['{"a": 01}', 'Expected "," before "1"', '1:8'],
    ['{}\n/*', 'JSON has no comments', '2:1'],
    ['// dashboard\n{}', 'JSON has no comments', '1:1'],
    [String.raw`{"expr": "rate(x\[5m])"}`, String.raw`"\[" is not an escape of JSON`, '1:17'],
    [String.raw`{"expr": "\u12"}`, String.raw`"\u" takes four hexadecimal digits`, '1:11'],
    ['{"expr": "a\tb"}', 'A control character (U+0009) has to be escaped inside a string', '1:12'],
    ['{"expr": "a\nb"}', 'The string has no closing quote on its line', '1:10'],
    ['{"a": \u00a01}', '"\u00a01" is not a JSON value', '1:7'],
  ])('%j: %s', (text, message, at) => {
    expect(problemIn(text)).toEqual({ message, at })
  })

  test('leave what could be read', () => {
    expect(parse('{"title": "Costs", "panels": [{"id": 1}').value).toEqual({ title: 'Costs', panels: [{ id: 1 }] })
  })

  test.each(['['.repeat(100_000), '{"a":'.repeat(100_000), `${'['.repeat(100_000)}${']'.repeat(100_000)}`])(
    'nesting without end is told, not followed (%#)',
    (text) => {
      const { value, problems } = parse(text)
      expect(value).toBeUndefined()
      expect(problems.map(({ message }) => message)).toEqual(['Nested deeper than 500 levels'])
      expect(parse(text).spanOf(['a', 0])).toEqual({ start: 0, end: text.length })
    },
  )

  test('__proto__ is a key like others', () => {
    expect(Object.keys(parse('{"__proto__": {"polluted": true}}').value as object)).toEqual(['__proto__'])
  })
})

describe('with comments', () => {
  const text = `// which rules
{
  /* all of them */ "rules": ["unknown-metric", "a // b",], // last
  "uid": "x",
}`
  test('comments and trailing commas are passed over', () => {
    const document = parse(text, { comments: true })
    expect(document.problems).toEqual([])
    expect(document.value).toEqual({ rules: ['unknown-metric', 'a // b'], uid: 'x' })
    const { start, end } = document.spanOf(['uid'])
    expect(text.slice(start, end)).toBe('"x"')
  })

  test('an open comment is an error', () => {
    expect(parse('{} /* never closed', { comments: true }).problems).toHaveLength(1)
  })
})

test('the place of a comment that does not end lies in the text', () => {
  const [problem] = parseJson(sourceText('a.json', '/*')).problems
  expect(problem).toEqual({ message: 'JSON has no comments', span: { start: 0, end: 2 } })
})
