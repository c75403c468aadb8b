import { expect, test } from 'vitest'
import { lintFiles, lintLines, producer } from './lint-files.js'

const file = (...rules: readonly (readonly [name: string, expr: string])[]) => `groups:\n  - name: g\n    rules:\n${rules.map(([name, expr]) => `      - record: ${name}\n        expr: ${expr}\n`).join('')}`
const lint = (...exprs: string[]) => lintLines('unsafe-division', { 'rules.yml': file(...exprs.map((expr, i) => [`r${i}`, expr] as const)), 'metrics.ts': producer })
const said = (head: string) => `Where nothing happened this divides by 0, and one such series makes all of "${head}" NaN or infinite. Write "> 0" behind the divisor, or divide what is aggregated`

test('reports a division by a rate under an aggregation', async () => {
  expect(await lint(
    'sum(rate(jobs_duration_seconds_sum[5m]) / rate(jobs_duration_seconds_count[5m]))',
    'avg by (kind) (1 - (rate(jobs_done_total{status="ok"}[5m]) / on (instance, kind) sum by (instance, kind) (rate(jobs_done_total[5m])))) * 100',
    'avg_over_time((sum(rate(a_total[5m])) / sum(rate(b_total[5m])))[1h:])',
    'sum(label_replace(-a % increase(b_total[5m]), "x", "y", "", ""))',
    'stddev(1 / irate(b_total[5m]))',
  )).toEqual([
    `rules.yml:5:55 warning «/» ${said('sum')}`,
    `rules.yml:7:74 warning «/» ${said('avg by (kind)')}`,
    `rules.yml:9:53 warning «/» ${said('avg_over_time()')}`,
    `rules.yml:11:36 warning «%» ${said('sum')}`,
    `rules.yml:13:24 warning «/» ${said('stddev')}`,
  ])
})

test('follows what is recorded, and points at where', async () => {
  const files = { 'rules.yml': file(
    ['job:failed:ratio', 'sum by (job) (rate(failed_total[5m])) / sum by (job) (rate(done_total[5m]))'],
    ['job:ok:ratio', '1 - job:failed:ratio'],
    ['ok:ratio', 'avg(job:ok:ratio)'],
    ['ok:ratio1h', 'avg_over_time(job:failed:ratio[1h])'],
    ['circle:a', 'circle:b'], ['circle:b', 'circle:a'], ['circle:sum', 'sum(circle:a)'],
  ) }
  expect(await lintLines('unsafe-division', files)).toEqual([
    'rules.yml:9:19 warning «job:ok:ratio» "job:ok:ratio" is NaN where nothing happened, and one such series makes all of "avg" NaN. Write "> 0" behind the divisor that it is recorded with',
    'rules.yml:11:29 warning «job:failed:ratio» "job:failed:ratio" is NaN where nothing happened, and one such series makes all of "avg_over_time()" NaN. Write "> 0" behind the divisor that it is recorded with',
  ])
  expect((await lintFiles('unsafe-division', files)).map(({ related: [one] }) => one!.place.source.positionAt(one!.place.span.start).line)).toEqual([5, 5])
})

test('says nothing where the divisor is guarded, is no rate, or the quotient stands alone', async () => {
  expect(await lint(
    'sum(rate(a_total[5m])) / sum(rate(b_total[5m]))',
    'sum(rate(a_total[5m]) / (rate(b_total[5m]) > 0))',
    'sum((rate(a_total[5m]) > 0) / rate(b_total[5m]))',
    'sum(rate(a_total[5m]) / clamp_min(rate(b_total[5m]), 1))',
    'sum(rate(a_total[5m]) / rate(b_total[5m]) >= 0)',
    'sum(rate(a_total[5m]) / rate(b_total[5m]) and rate(b_total[5m]) > 0)',
    'max(rate(a_total[5m]) / rate(b_total[5m]))',
    'sum(used_bytes / size_bytes)',
    'sum(rate(a_total[5m]) / count(b_total))',
    'sum(rate(a_total[5m]) / 60)',
    'sum(max by (x) (rate(a_total[5m]) / rate(b_total[5m])))',
    'avg by (kind) (sum by (kind) (rate(a_total[5m])) / sum by (kind) (rate(b_total[5m])))',
  )).toEqual([])
})

test('does not follow a record that is filtered', async () => {
  expect(await lintLines('unsafe-division', { 'rules.yml': file(['b:rate', 'rate(b_total[5m]) > 0'], ['ratio', 'a / b:rate'], ['all', 'sum(ratio) + sum(a / b:rate)']) })).toEqual([])
})
