import { Ajv2020 } from 'ajv/dist/2020.js'
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { json } from '../../src/report/json.js'
import { cleanReport, diagnostic, driftedReport, placeIn, reportOf } from './sample.js'

const schema = JSON.parse(readFileSync(new URL('../../schemas/report.schema.json', import.meta.url), 'utf8')) as object
const validate = new Ajv2020({ allErrors: true }).compile(schema)

test('the whole report', () => {
  const report = JSON.parse(json(driftedReport, { color: false })) as unknown
  const range = { start: { line: 7, column: 31 }, end: { line: 7, column: 52 } }
  expect(report).toEqual({
    version: 1,
    diagnostics: [
      {
        rule: 'unknown-metric',
        severity: 'error',
        message:
          'No producer exposes "ml_cost_dollars_total". Did you mean "ml_cost_usd_total" (counter, python/shared/metrics.py:61)?',
        file: 'grafana/dashboards/ml-analytics.json',
        range,
        context: 'panel "Total Cost (24h)" in dashboard "ML Analytics & Cost Monitoring"',
        data: { metric: 'ml_cost_dollars_total', suggestion: 'ml_cost_usd_total' },
        related: [],
        suggestions: [
          {
            message: 'write "ml_cost_usd_total"',
            replacement: { file: 'grafana/dashboards/ml-analytics.json', range, text: 'ml_cost_usd_total' },
          },
        ],
      },
      {
        rule: 'duplicate-uid',
        severity: 'error',
        message: 'uid "ml-analytics" is already used by "ML Analytics"',
        file: 'grafana/dashboards/ml-copy, 100%.json',
        range: { start: { line: 1, column: 10 }, end: { line: 1, column: 24 } },
        data: {},
        related: [
          {
            file: 'grafana/dashboards/ml-analytics.json',
            range: { start: { line: 2, column: 10 }, end: { line: 2, column: 24 } },
            message: 'first used here',
          },
        ],
        suggestions: [{ message: 'give the copy a uid of its own' }],
      },
      {
        rule: 'required-tags',
        severity: 'warning',
        message: 'The dashboard has no tags',
        file: 'grafana/dashboards/ml-copy, 100%.json',
        range: { start: { line: 1, column: 1 }, end: { line: 1, column: 26 } },
        data: {},
        related: [],
        suggestions: [],
      },
    ],
    summary: {
      files: 14, dashboards: 3, ruleFiles: 1, queries: 58, families: 31, errors: 2, warnings: 1,
      causes: 3, byRule: { 'duplicate-uid': 1, 'required-tags': 1, 'unknown-metric': 1 },
    },
  })
})

test.each([
  ['drifted', driftedReport],
  ['clean', cleanReport],
])('the %s report is valid against its schema', (_name, report) => {
  validate(JSON.parse(json(report, { color: false })))
  expect(validate.errors).toBe(null)
})

test('the schema refuses what is no report', () => {
  expect(validate({ version: 1, diagnostics: [{ rule: 'x' }], summary: {} })).toBe(false)
  expect(validate({ ...(JSON.parse(json(cleanReport, { color: false })) as object), version: 2 })).toBe(false)
})

test('columns count characters, not UTF-16 units', () => {
  const report = reportOf([diagnostic('unknown-metric', placeIn('a.json', '{"🚀": "«up»"}'), 'no such metric')])
  expect(JSON.parse(json(report, { color: false }))).toMatchObject({
    diagnostics: [{ range: { start: { line: 1, column: 8 }, end: { line: 1, column: 10 } } }],
  })
})

test('control characters are escaped and read back as they were', () => {
  const message = 'up\u001b[31m\u007f\u009b\u202e\u2028\nx'
  const text = json(reportOf([diagnostic('unknown-metric', placeIn('a.json', '«{»'), message)]), { color: false })
  expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/)
  expect(JSON.parse(text)).toMatchObject({ diagnostics: [{ message }] })
})
