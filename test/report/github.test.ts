import { expect, test } from 'vitest'
import { github } from '../../src/report/github.js'
import { cleanReport, diagnostic, driftedReport, placeIn, reportOf } from './sample.js'

test('a workflow command for each diagnostic', () => {
  expect(github(driftedReport, { color: false })).toBe(`\
::error file=grafana/dashboards/ml-analytics.json,line=7,col=31,endLine=7,endColumn=52,title=unknown-metric::No producer exposes "ml_cost_dollars_total". Did you mean "ml_cost_usd_total" (counter, python/shared/metrics.py:61)?%0Apanel "Total Cost (24h)" in dashboard "ML Analytics & Cost Monitoring"
::error file=grafana/dashboards/ml-copy%2C 100%25.json,line=1,col=10,endLine=1,endColumn=24,title=duplicate-uid::uid "ml-analytics" is already used by "ML Analytics"%0Agrafana/dashboards/ml-analytics.json:2:10 first used here
::warning file=grafana/dashboards/ml-copy%2C 100%25.json,line=1,col=1,endLine=1,endColumn=26,title=required-tags::The dashboard has no tags
`)
})

test('nothing when clean', () => {
  expect(github(cleanReport, { color: false })).toBe('')
})

test('input cannot end a command, start one, add a property or pass a control character', () => {
  const place = placeIn('a:b,line=9\n::set-env.json', '«{»')
  const report = reportOf([diagnostic('parse-error', place, '100% %0A wrong\r\n::error::x\u001b[31m\u202e')])
  expect(github(report, { color: false })).toBe(
    '::error file=a%3Ab%2Cline=9%0A%3A%3Aset-env.json,line=1,col=1,endLine=1,endColumn=2,title=parse-error' +
      '::100%25 %250A wrong%0D%0A::error::x\\u001b[31m\\u202e\n',
  )
})

test('files are named from the root of the repository', () => {
  const report = reportOf([diagnostic('parse-error', placeIn('a.json', '«{»'), 'unfinished')])
  expect(github(report, { color: false, directory: 'deploy/monitoring' })).toBe(
    '::error file=deploy/monitoring/a.json,line=1,col=1,endLine=1,endColumn=2,title=parse-error::unfinished\n',
  )
})
