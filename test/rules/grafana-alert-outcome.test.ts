import { expect, test } from 'vitest'
import { alertFile, expression, query } from './grafana-alert-files.js'
import { lintLines, producer, prometheusConfig } from './lint-files.js'

interface Alert {
  readonly expr: string
  readonly more?: string
  readonly chain?: readonly string[]
  readonly condition?: string
  readonly noData?: string
}

const instant = ', instant: true'
const threshold = (type: string, ...params: number[]) => `type: threshold, expression: B, conditions: [{ evaluator: { type: ${type}, params: [${params.join(', ')}] } }]`
const reduce = (reducer = 'last', more = '') => expression('B', `type: reduce, expression: A, reducer: ${reducer}${more}`)

function rule({ expr, more = '', chain = [], condition = 'C', noData = 'OK' }: Alert, i: number): string {
  return `uid: a${i}\ntitle: A${i}\ncondition: ${condition}\nnoDataState: ${noData}\ndata:\n${[query('A', expr, more), ...chain].join('\n')}`
}

async function outcomes(...alerts: readonly Alert[]): Promise<string[]> {
  const files = { 'provisioning/alerting/rules.yml': alertFile(...alerts.map(rule)), 'src/metrics.ts': producer, 'prometheus.yml': prometheusConfig }
  const lines = [...await lintLines('alert-never-fires', files), ...await lintLines('alert-always-fires', files)]
  return lines.map((line) => line.replace(/^[^ ]+ (?:error|warning) /, ''))
}

test('an alert never fires whose query never yields anything', async () => {
  const chain = [reduce(), expression('C', threshold('gt', 0))]
  expect(await outcomes(
    { expr: 'count(up) == 0', chain },
    { expr: 'count(up) == 0', chain, noData: 'KeepLast' },
    { expr: 'count(up) == 0', chain, noData: 'NoData' },
    { expr: 'count(up) == 0', chain: [reduce(), expression('C', "type: math, expression: '$B > 0 || $B < 0'")] },
    { expr: 'count(up) == 0', more: instant, condition: 'A' },
    { expr: 'count(up) == 0', chain: [expression('C', 'type: classic_conditions, conditions: [{ evaluator: { type: gt, params: [1] }, operator: { type: and }, query: { params: [A] }, reducer: { type: last } }]')] },
  )).toEqual([2, 2, 1, 2, 2, 2].map((kind) => `«==» This alert never fires: "count(up)" is 1 or more, "0" is 0, and no such values pass "==". A count of no series is no series and not 0: use absent()${kind === 1 ? '. Grafana sends "DatasourceNoData" for ever instead' : ''}`))
})

test('an alert never fires whose threshold no value passes', async () => {
  expect(await outcomes(
    { expr: 'rate(jobs_done_total[5m])', chain: [reduce(), expression('C', threshold('lt', 0))] },
    { expr: 'up', chain: [reduce('max'), expression('C', threshold('within_range', 1, 5))] },
    { expr: 'up', chain: [reduce('mean'), expression('C', threshold('gt', 1))] },
    { expr: 'up', more: instant, chain: [expression('C', "type: math, expression: '($A * 100 > 100) && $A != 2'")] },
    { expr: 'up', chain: [reduce(), expression('D', threshold('gt', 5)), expression('C', "type: math, expression: '$D == 1'")] },
    { expr: 'up', chain: [expression('C', 'type: classic_conditions, conditions: [{ evaluator: { type: gt, params: [1] }, operator: { type: and }, query: { params: [A] }, reducer: { type: max } }]')] },
  )).toEqual([
    '«{ type: lt, params: [0] }» This alert never fires: "B" is 0 or more, and no such value passes "< 0"',
    '«{ type: within_range, params: [1, 5] }» This alert never fires: "B" is between 0 and 1, and no such value passes "within_range 1, 5"',
    '«{ type: gt, params: [1] }» This alert never fires: "B" is between 0 and 1, and no such value passes "> 1"',
    `«'($A * 100 > 100) && $A != 2'» This alert never fires: "A" is between 0 and 1, and no such value passes "($A * 100 > 100) && $A != 2"`,
    '«{ type: gt, params: [5] }» This alert never fires: "B" is between 0 and 1, and no such value passes "> 5"',
    expect.stringContaining('This alert never fires: "A" is between 0 and 1, and no such value passes "> 1"'),
  ])
})

test('an alert always fires whose threshold every value passes', async () => {
  expect(await outcomes(
    { expr: 'sum(jobs_done_total)', chain: [reduce(), expression('C', threshold('gte', 0))] },
    { expr: 'sum(rate(jobs_done_total[5m]))', chain: [reduce(), expression('C', "type: math, expression: '$B >= 0'")] },
  )).toEqual([
    '«{ type: gte, params: [0] }» This alert always fires: "B" is 0 or more, and every such value passes ">= 0"',
    `«'$B >= 0'» This alert always fires: "B" is 0 or more, and every such value passes "$B >= 0"`,
  ])
})

test('is silent where a value may pass, and where nothing tells what Grafana makes of it', async () => {
  const classic = (evaluator: string, reducer = 'last') => `{ evaluator: ${evaluator}, operator: { type: or }, query: { params: [A] }, reducer: { type: ${reducer} } }`
  expect(await outcomes(
    { expr: 'up', chain: [reduce(), expression('C', threshold('lt', 1))] },
    { expr: 'up', chain: [reduce('sum'), expression('C', threshold('gt', 1))] },
    { expr: 'up', chain: [reduce('count'), expression('C', threshold('gt', 1))] },
    { expr: 'up / 10', chain: [reduce('mean'), expression('C', threshold('gt', 0.1))] },
    { expr: 'up', chain: [reduce('last', ', settings: { mode: replaceNN, replaceWithValue: 7 }'), expression('C', threshold('gt', 5))] },
    { expr: 'up', chain: [reduce('last', ', settings: { mode: other }'), expression('C', threshold('gt', 5))] },
    { expr: 'up', chain: [reduce(), expression('C', threshold('within_range', 5, 1))] },
    { expr: 'up', chain: [reduce(), expression('C', threshold('gt', 5).replace('] } }]', '] }, unloadEvaluator: { type: lt, params: [0] } }]'))] },
    { expr: 'up', chain: [expression('B', 'type: resample, expression: A'), expression('C', "type: math, expression: '$B > 5'")] },
    { expr: 'up', chain: [reduce(), expression('C', "type: math, expression: 'is_nan($B) > 5'")] },
    { expr: 'up / up', chain: [reduce(), expression('C', "type: math, expression: '$B < 0'")] },
    { expr: 'up', chain: [expression('C', `type: classic_conditions, conditions: [${classic('{ type: gt, params: [1] }')}, ${classic('{ type: no_value, params: [] }')}]`)] },
    { expr: 'count(up) == 0', chain: [expression('C', `type: classic_conditions, conditions: [${classic('{ type: no_value, params: [] }')}]`)] },
    { expr: 'count(up) == 0', chain: [reduce(), expression('C', threshold('gt', 0))], noData: 'Alerting' },
    { expr: 'up == 0', chain: [reduce(), expression('C', threshold('lt', 1))] },
    { expr: 'elsewhere_total', chain: [reduce(), expression('C', threshold('lt', 0))] },
    { expr: 'up', chain: [expression('C', "type: math, expression: '$A +'")] },
  )).toEqual([])
})
