import { Ajv } from 'ajv'
import { expect, test } from 'vitest'
import { gitlab } from '../../src/report/gitlab.js'
import type { Report } from '../../src/report/report.js'
import { cleanReport, diagnostic, driftedReport, hostileReport, placeIn, reportOf } from './sample.js'

/** GitLab Docs, "Code Quality", "Code Quality report format". */
const documented = new Ajv().compile({
  type: 'array',
  items: {
    type: 'object',
    required: ['description', 'check_name', 'fingerprint', 'severity', 'location'],
    properties: {
      description: { type: 'string' },
      check_name: { type: 'string' },
      fingerprint: { type: 'string' },
      severity: { enum: ['info', 'minor', 'major', 'critical', 'blocker'] },
      location: {
        type: 'object',
        required: ['path', 'lines'],
        properties: { path: { type: 'string', pattern: '^(?!\\./|/)' }, lines: { type: 'object', required: ['begin'], properties: { begin: { type: 'integer', minimum: 1 } } } },
      },
    },
  },
})

interface Issue {
  readonly fingerprint: string
  readonly location: { readonly path: string; readonly lines: { readonly begin: number } }
}
const issuesOf = (report: Report, directory?: string) => JSON.parse(gitlab(report, { color: false, ...(directory !== undefined && { directory }) })) as Issue[]

test.each([['drifted', driftedReport], ['clean', cleanReport], ['hostile', hostileReport]])('the %s report has the form that GitLab documents', (_name, report) => {
  documented(issuesOf(report))
  expect(documented.errors).toBe(null)
})

test('the whole report, from the root of the repository', () => {
  const fingerprint = expect.stringMatching(/^[0-9a-f]{32}:1$/) as string
  expect(issuesOf(driftedReport, 'deploy/stack')).toEqual([
    {
      description: 'No producer exposes "ml_cost_dollars_total". Did you mean "ml_cost_usd_total" (counter, python/shared/metrics.py:61)? (panel "Total Cost (24h)" in dashboard "ML Analytics & Cost Monitoring")',
      check_name: 'unknown-metric',
      fingerprint,
      severity: 'major',
      location: { path: 'deploy/stack/grafana/dashboards/ml-analytics.json', lines: { begin: 7, end: 7 } },
    },
    {
      description: 'uid "ml-analytics" is already used by "ML Analytics"',
      check_name: 'duplicate-uid',
      fingerprint,
      severity: 'major',
      location: { path: 'deploy/stack/grafana/dashboards/ml-copy, 100%.json', lines: { begin: 1, end: 1 } },
    },
    {
      description: 'The dashboard has no tags',
      check_name: 'required-tags',
      fingerprint,
      severity: 'minor',
      location: { path: 'deploy/stack/grafana/dashboards/ml-copy, 100%.json', lines: { begin: 1, end: 1 } },
    },
  ])
})

test('fingerprints are unique, and stay when lines move', () => {
  const found = (text: string) => diagnostic('unknown-metric', placeIn('a.json', text), 'No producer exposes "up2"', { data: { metric: 'up2' } })
  const before = issuesOf(reportOf([found('{"a": "«up2»"}'), found('{"a": "", "b": "«up2»"}')]))
  const after = issuesOf(reportOf([found('\n\n{"a": "«up2»"}'), found('\n\n{"a": "",\n "b": "«up2»"}')]))
  expect(new Set(before.map((issue) => issue.fingerprint)).size).toBe(2)
  expect(after.map((issue) => issue.fingerprint)).toEqual(before.map((issue) => issue.fingerprint))
  expect(after.map((issue) => issue.location.lines.begin)).toEqual([3, 4])
})
