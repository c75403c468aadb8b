import { expect, test } from 'vitest'
import { extractPython } from '../../src/extract/python/index.js'
import { withReplacements } from '../../src/extract/simple-pattern.js'
import { extractTypeScript } from '../../src/extract/typescript/index.js'
import { treeOf } from './python/workspace.js'

test.each([
  ['foo.bar--baz', '[^a-z]', '_', 'foo_bar__baz'],
  ['FooBar', '(?<!^)(?=[A-Z])', '_', 'Foo_Bar'],
  ['fooBar', '([a-z])([A-Z])', '$1_$2', 'foo_Bar'],
  ['a__b', '_+', '_', 'a_b'],
  ['_a_', '^_', '', 'a_'],
  // What may take long, or means another thing elsewhere, is left alone.
  ['aaa', '(a+)+', 'b', undefined],
  ['aaa', 'a*a*a*b', 'b', undefined],
  ['aaa', 'a|b', 'b', undefined],
  ['aaa', 'a{2}', 'b', undefined],
  ['aaa', '(a)\\1', 'b', undefined],
  ['aaa', '(?P<x>a)', 'b', undefined],
  ['aaa', 'a++', 'b', undefined],
  ['aaa', '(a', 'b', undefined],
  ['a'.repeat(201), 'a', 'b', undefined],
])('%s with %s as %s', (text, source, replacement, expected) => {
  expect(withReplacements(text, source, 'g', replacement)).toBe(expected)
})

test('names of metrics that a regular expression makes valid', async () => {
  const { declarations } = await extractTypeScript(treeOf({
    'metrics.ts': `
import { Counter } from 'prom-client'
const INVALID = /[^a-zA-Z0-9_]/g
const valid = (name: string) => name.replace(INVALID, '_').replace(/_+/g, '_')
new Counter({ name: valid('jobs.done--total'), help: 'D' }).inc()
new Counter({ name: 'jobsLost'.replace(/([A-Z])/g, '_$1').toLowerCase(), help: 'L' }).inc()
new Counter({ name: 'jobs.sent'.replace(/\\./g, (dot) => other(dot)), help: 'S' }).inc()
`,
  }))
  expect(declarations.map(({ name }) => name.parts.join('*'))).toEqual(['jobs_done_total', 'jobs_lost', '*'])
  const inPython = await extractPython(treeOf({
    'metrics.py': `
import re
from prometheus_client import Counter
INVALID = re.compile(r'[^a-z_]')
class JobsDone:
    @classmethod
    def counter(cls):
        return Counter(re.sub(r'(?<!^)(?=[A-Z])', '_', cls.__name__).lower(), 'D')
done = JobsDone.counter()
lost = Counter(INVALID.sub('_', 'jobs.lost'), 'L')
sent = Counter(re.sub(r'([a-z])([A-Z])', r'\\1_\\2', 'jobsSent'), 'S')
kept = Counter(re.sub('a|b', '_', 'jobs'), 'K')
`,
  }))
  expect(inPython.declarations.map(({ name }) => name.parts.join('*')).sort()).toEqual(['*', 'jobs_Sent', 'jobs_done', 'jobs_lost'])
})
