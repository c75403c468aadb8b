import { expect, test } from 'vitest'
import { lintFiles, lintLines } from './lint-files.js'

type Groups = Readonly<Record<string, readonly object[]>>
const file = (groups: Groups) => `groups:\n${Object.entries(groups).map(([name, rules]) => `  - name: ${name}\n    rules:\n${rules.map((rule) => `      - ${JSON.stringify(rule)}\n`).join('')}`).join('')}`

const record = (name: string, expr: string, labels: object = {}) => ({ record: name, expr, labels })
const alert = (name: string, expr: string) => ({ alert: name, expr })

test('reports a record of a later rule of the group, and one of another group', async () => {
  const files = { 'rules.yml': file({
    jobs: [
      record('job:failed:ratio', 'job:failed:rate / job:done:rate'),
      record('job:failed:rate', 'sum by (job) (rate(failed_total[5m]))'),
      alert('Slow', 'job:slow > 3'),
      record('job:slow', 'max by (job) (slow)'),
    ],
    done: [record('job:done:rate', 'sum by (job) (rate(done_total[5m]))')],
  }) }
  expect(await lintLines('rule-order', files)).toEqual([
    'rules.yml:4:46 warning «job:failed:rate» "job:failed:rate" is recorded further down in this group: rules are evaluated one after the other, and this always reads what was recorded an interval ago. Move this rule below',
    'rules.yml:4:64 warning «job:done:rate» "job:done:rate" is recorded in another group, "done": groups are evaluated at times of their own, and this may read what was recorded an interval ago. Move one of the two rules into the group of the other',
    'rules.yml:6:33 warning «job:slow» "job:slow" is recorded further down in this group: rules are evaluated one after the other, and this always reads what was recorded an interval ago. Move this rule below',
  ])
  expect((await lintFiles('rule-order', files)).map(({ related: [one] }) => one!.place.source.positionAt(one!.place.span.start).line)).toEqual([5, 10, 7])
})

test('knows which of several rules of one name is meant, by its labels', async () => {
  expect(await lintLines('rule-order', { 'rules.yml': file({ g: [
    record('r', 'sum(reads)', { verb: 'read' }),
    record('all', "r{verb='read'} + ignoring (verb) r{verb=~'w.*'}"),
    record('r', 'sum(writes)', { verb: 'write' }),
  ] }) })).toEqual([
    'rules.yml:5:66 warning «r{verb=~\'w.*\'}» "r" is recorded further down in this group: rules are evaluated one after the other, and this always reads what was recorded an interval ago. Move this rule below',
  ])
})

test('says nothing of what is recorded before, of alerts on other groups, of ranges, of itself and of constants', async () => {
  expect(await lintLines('rule-order', { 'rules.yml': file({
    records: [record('a', 'sum(x)'), record('b', 'a * 2'), record('limit', 'vector(3)'), record('total', 'total + sum(y)')],
    alerts: [alert('A', 'a > 3')],
    more: [record('c', 'avg_over_time(a[1h]) + max_over_time(b[1h:]) + (a offset 1d)'), record('d', 'sum(x) > limit'), record('e', 'x')],
    again: [record('a', 'sum(x)'), record('f', 'a')],
  }) })).toEqual([])
})
