import { expect, test } from 'vitest'
import { alertFile, expression, query } from './grafana-alert-files.js'
import { lintLines } from './lint-files.js'

const path = 'provisioning/alerting/jobs.yml'
const classic = (refId: string) => `type: classic_conditions, conditions: [{ evaluator: { type: gt, params: [1] }, operator: { type: and }, query: { params: [${refId}] }, reducer: { type: max } }]`
const rule = (condition: string, ...data: readonly string[]) => `uid: u${condition}\ntitle: T\ncondition: ${condition}\ndata:\n${data.join('\n')}`

test('reports each input that there is not, and what reads what it may not', async () => {
  expect(await lintLines('grafana-alert-expression', {
    [path]: alertFile(
      rule('C', query('Requests', 'up'), expression('B', 'type: reduce, expression: $Request, reducer: last'), expression('C', 'type: math, expression: "$B / ${Requests} > $D"')),
      rule('F', query('A', 'up'), expression('E', classic('A')), expression('F', classic('E')), expression('F', 'type: math, expression: "$E + abs($A)"')),
    ),
  })).toEqual([
    'provisioning/alerting/jobs.yml:12:86 error «Request» Grafana cannot evaluate this rule: no query or expression of this rule has the refId "Request". Did you mean "Requests"?',
    'provisioning/alerting/jobs.yml:13:104 error «D» Grafana cannot evaluate this rule: no query or expression of this rule has the refId "D". There is: Requests, B, C',
    'provisioning/alerting/jobs.yml:20:181 error «E» Grafana cannot evaluate this rule: classic conditions read queries only, and "E" is an expression',
    'provisioning/alerting/jobs.yml:21:22 error «F» Grafana cannot evaluate this rule: refId "F" is already used in this rule: expressions see only one of the two',
    'provisioning/alerting/jobs.yml:21:85 error «E» Grafana cannot evaluate this rule: "E" is a classic condition, which no other expression may read',
  ])
})

test('reports circles, and conditions that are none', async () => {
  expect(await lintLines('grafana-alert-expression', {
    [path]: alertFile(
      rule('B', query('A', 'up'), expression('B', 'type: math, expression: $A + $C'), expression('C', 'type: math, expression: $B')),
      rule('D', query('A', 'up', ', instant: true, range: true'), expression('B', 'type: math, expression: $A * 2'), expression('D', 'type: threshold, expression: B')),
      rule('E', query('A', 'up')),
    ),
  })).toEqual([
    'provisioning/alerting/jobs.yml:13:84 error «B» Grafana cannot evaluate this rule: expressions read each other in a circle: B → C → B',
    'provisioning/alerting/jobs.yml:16:20 error «D» Grafana cannot evaluate this rule: the condition "D" is a time series, and Grafana alerts on single values only: reduce it first, or make its query instant',
    'provisioning/alerting/jobs.yml:23:20 error «E» Grafana cannot evaluate this rule: the condition is "E", and no query or expression of this rule has that refId. There is: A',
  ])
})

test('says nothing of chains that hold, of other datasources and of what cannot be read', async () => {
  expect(await lintLines('grafana-alert-expression', {
    [path]: alertFile(
      rule('C', query('A', 'up'), expression('B', 'type: resample, expression: A, window: 1m, downsampler: mean, upsampler: fillna'), expression('C', 'type: reduce, expression: B, reducer: last')),
      rule('A', '  - { refId: A, datasourceUid: logs, model: { expr: up } }'),
      rule('B', query('A', 'up', ', instant: true'), expression('B', 'type: sql, expression: select * from A')),
      rule('Z', query('A', 'up'), expression('Z', classic('A'))),
    ),
  })).toEqual([])
})
