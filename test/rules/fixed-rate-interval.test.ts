import { expect, test } from 'vitest'
import { dashboardWith, lintFiles, lintLines } from './lint-files.js'

const message = (name: string, range: string) => `${name} over a fixed range: over a longer time range the panel leaves out what lies between its points, and a range shorter than four scrapes shows gaps. Use "$__rate_interval" instead of "${range}".`

test('reports each fixed range of a rate in a panel, and what to write', async () => {
  const files = { 'jobs.json': dashboardWith('sum(rate(jobs_done_total[5m])) / sum(irate(jobs_failed_total{a="b"}[1h]))') }
  expect(await lintLines('fixed-rate-interval', files)).toEqual([
    `jobs.json:20:45 warning «5m» ${message('rate', '5m')}`,
    `jobs.json:20:90 warning «1h» ${message('irate', '1h')}`,
  ])
  expect((await lintFiles('fixed-rate-interval', files)).map(({ suggestions: [one] }) => one?.replacement?.text)).toEqual(['$__rate_interval', '$__rate_interval'])
})

test('says nothing of other ranges, of queries for one moment, and of rules', async () => {
  const instant = dashboardWith('rate(jobs_done_total[5m])') as { panels: { targets: object[] }[] }
  instant.panels[0]!.targets = instant.panels[0]!.targets.map((target) => ({ ...target, instant: true }))
  expect(await lintLines('fixed-rate-interval', {
    'jobs.json': dashboardWith('rate(x_total[$__rate_interval])', 'rate(x_total[$window])', 'increase(x_total[24h])', 'max_over_time(rate(x_total[$__rate_interval])[1h:])'),
    'instant.json': { ...instant, uid: 'instant', title: 'Instant' },
    'rules.yml': 'groups:\n  - name: g\n    rules:\n      - { record: "a:b", expr: "rate(x_total[5m])" }\n',
  })).toEqual([])
})
