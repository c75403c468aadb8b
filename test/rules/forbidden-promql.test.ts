import { expect, test } from 'vitest'
import { dashboardWith, lintLines } from './lint-files.js'

const lint = (forbid: readonly object[], ...exprs: string[]) => lintLines('forbidden-promql', { 'a.json': dashboardWith(...exprs) }, { options: { forbid } })

test('forbids functions and aggregations', async () => {
  expect(await lint([{ function: 'irate|holt_winters', because: 'it is too lively' }, { function: 'count_values' }], 'irate(x[5m])', 'sum(rate(x[5m]))', 'count_values("v", x)')).toEqual([
    'a.json:20:20 warning «irate» "irate" is forbidden: it is too lively',
    'a.json:50:20 warning «count_values» "count_values" is forbidden',
  ])
})

test('forbids functions of some metrics', async () => {
  expect(await lint([{ function: 'rate', metric: '.+_bytes' }], 'rate(heap_bytes[5m])', 'rate(sent_total[5m])', 'deriv(heap_bytes[5m])', 'rate((heap_bytes)[5m:])')).toEqual([
    'a.json:20:20 warning «rate» "rate" of such series is forbidden',
    'a.json:65:20 warning «rate» "rate" of such series is forbidden',
  ])
})

test('forbids metrics, and selectors without a name', async () => {
  expect(await lint([{ metric: 'legacy_.*' }, { unnamed: true }], 'legacy_a + b', '{job="x"}', '{__name__="legacy_b"}', '{__name__=~"a.+"}', '{__name__=~"${prefix}_a"}')).toEqual([
    'a.json:20:20 warning «legacy_a» "legacy_a" is forbidden',
    'a.json:35:20 warning «{job=\\"x\\"}» A selector without a name is forbidden',
    'a.json:50:20 warning «{__name__=\\"legacy_b\\"}» "legacy_b" is forbidden',
  ])
})

test('forbids matchers', async () => {
  expect(await lint([{ label: 'instance', op: '=', value: '[0-9.:]+' }, { label: 'env|stage' }], 'x{instance="10.0.0.1:80"}', 'x{instance=~"10.0.0.1:80"}', 'x{instance="$instance"}', 'y{stage!="test"}')).toEqual([
    'a.json:20:22 warning «instance=\\"10.0.0.1:80\\"» instance="10.0.0.1:80" is forbidden',
    'a.json:65:22 warning «stage!=\\"test\\"» stage!="test" is forbidden',
  ])
})

test('forbids metrics outside functions', async () => {
  expect(await lint([{ metric: '.+_total', outside: ['rate', 'increase'], because: 'a counter only rises' }], 'a_total', 'rate(a_total[5m])', 'sum(a_total) / sum(rate(a_total[5m]))', 'changes(a_total[5m])')).toEqual([
    'a.json:20:20 warning «a_total» "a_total" outside rate(), increase() is forbidden: a counter only rises',
    'a.json:50:24 warning «a_total» "a_total" outside rate(), increase() is forbidden: a counter only rises',
    'a.json:65:28 warning «a_total» "a_total" outside rate(), increase() is forbidden: a counter only rises',
  ])
})

test('is about the queries that the configuration names', async () => {
  const files = { 'a.json': dashboardWith('irate(x[5m])'), 'rules.yml': 'groups:\n  - name: g\n    rules:\n      - { alert: A, expr: "irate(x[5m]) > 1" }\n' }
  expect(await lintLines('forbidden-promql', files, { options: { forbid: [{ function: 'irate', in: ['alerts'] }] } })).toEqual([
    'rules.yml:4:28 warning «irate» "irate" is forbidden',
  ])
})
