import { expect, test } from 'vitest'
import { lintFiles, lintLines } from './lint-files.js'

const query = (name: string, text: string, more: object = {}) => ({ name, type: 'query', datasource: { type: 'prometheus', uid: 'prometheus' }, query: { query: text, refId: 'A' }, ...more })
const jobs = (...list: object[]) => ({ 'jobs.json': { uid: 'jobs', title: 'Jobs', schemaVersion: 39, panels: [], templating: { list } } })

test('reports variables that wait for each other, at the first use, with the others', async () => {
  const files = jobs(
    query('cluster', 'label_values(up{namespace="$namespace"}, cluster)'),
    query('namespace', 'label_values(up{pod=~"$pod"}, namespace)'),
    query('pod', 'label_values(up, pod)', { regex: '/^${cluster}/' }),
  )
  expect(await lintLines('variable-cycle', files)).toEqual([
    'jobs.json:16:49 error «$namespace» Variable "cluster" waits for "namespace", "namespace" for "pod" and "pod" for "cluster": Grafana loads none of them, and no panel that uses one',
  ])
  const [first] = await lintFiles('variable-cycle', files)
  expect([first!.context, first!.related.map(({ place: { source, span }, message }) => `${source.positionAt(span.start).line} ${message}`)]).toEqual([
    'variable "cluster" in dashboard "Jobs"', ['28 "namespace" uses "pod" here', '43 "pod" uses "cluster" here'],
  ])
})

test('tells each cycle once', async () => {
  expect((await lintFiles('variable-cycle', jobs(
    query('outside', 'label_values(up{a="$a"}, x)'),
    query('a', 'label_values(up{b="$b", c="$c"}, x)'), query('b', 'label_values(up{a="$a"}, x)'), query('c', 'label_values(up{a="$a"}, x)'),
    query('d', 'label_values(up{e="$e"}, x)'), query('e', 'label_values(up{d="$d"}, x)'),
  ))).map(({ message }) => message.split(':')[0])).toEqual(['Variable "a" waits for "b" and "b" for "a"', 'Variable "d" waits for "e" and "e" for "d"'])
})

test('says nothing of chains, of a variable that names itself, and of what "All" is written as', async () => {
  expect(await lintLines('variable-cycle', jobs(
    query('a', 'label_values(up{b="$b"}, x)'), query('b', 'label_values(up{c="$c"}, x)'), query('c', 'label_values(up{c="$c"}, x)', { allValue: '$a' }),
  ))).toEqual([])
})
