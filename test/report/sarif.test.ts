import { default as AjvDraft04 } from 'ajv-draft-04'
import addFormats from 'ajv-formats'
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { sarif } from '../../src/report/sarif.js'
import type { Report } from '../../src/report/report.js'
import { cleanReport, diagnostic, driftedReport, placeIn, reportOf } from './sample.js'

const ruleDocs = (rule: string) =>
  rule === 'unknown-metric'
    ? { summary: 'Each selector matches a series that something exposes', url: 'https://example.com/rules/unknown-metric' }
    : undefined

interface Log {
  readonly runs: readonly [{ readonly tool: { readonly driver: { readonly rules: unknown } }; readonly results: readonly Result[] }]
}
interface Result {
  readonly partialFingerprints: unknown
  readonly locations: readonly [{ readonly physicalLocation: { readonly artifactLocation: { readonly uri: string } } }]
}

function logOf(report: Report): Log {
  return JSON.parse(sarif(report, { color: false, ruleDocs })) as Log
}

const packageVersion = (JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { version: string }).version

describe('the SARIF 2.1.0 schema', () => {
  const path = new URL('../../node_modules/@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json', import.meta.url)
  const ajv = new AjvDraft04.default({ strict: false, allErrors: true, unicodeRegExp: false })
  addFormats.default(ajv)
  const validate = ajv.compile(JSON.parse(readFileSync(path, 'utf8')) as object)

  test.each([
    ['drifted', driftedReport],
    ['clean', cleanReport],
  ])('accepts the log of the %s report', (_name, report) => {
    validate(logOf(report))
    expect(validate.errors).toBe(null)
  })

  test('refuses a log without results that are objects', () => {
    const log = logOf(driftedReport)
    expect(validate({ ...log, runs: [{ ...log.runs[0], results: ['x'] }] })).toBe(false)
  })
})

test('the whole log', () => {
  const unknownMetric = { startLine: 7, startColumn: 31, endLine: 7, endColumn: 52 }
  const analytics = { uri: 'grafana/dashboards/ml-analytics.json', uriBaseId: '%SRCROOT%' }
  const copy = { uri: 'grafana/dashboards/ml-copy%2C%20100%25.json', uriBaseId: '%SRCROOT%' }
  const fingerprint = expect.stringMatching(/^[0-9a-f]{32}:1$/) as string
  expect(logOf(driftedReport)).toEqual({
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'ml-dash-lint',
            version: packageVersion,
            rules: [
              { id: 'duplicate-uid', defaultConfiguration: { level: 'error' } },
              { id: 'required-tags', defaultConfiguration: { level: 'warning' } },
              {
                id: 'unknown-metric',
                defaultConfiguration: { level: 'error' },
                shortDescription: { text: 'Each selector matches a series that something exposes' },
                help: {
                  text: 'Each selector matches a series that something exposes\n\nhttps://example.com/rules/unknown-metric',
                  markdown:
                    'Each selector matches a series that something exposes\n\n[unknown-metric](https://example.com/rules/unknown-metric)',
                },
                helpUri: 'https://example.com/rules/unknown-metric',
              },
            ],
          },
        },
        columnKind: 'unicodeCodePoints',
        originalUriBaseIds: { '%SRCROOT%': { description: { text: 'The directory that was linted.' } } },
        results: [
          {
            ruleId: 'unknown-metric',
            ruleIndex: 2,
            level: 'error',
            message: {
              text: 'No producer exposes "ml_cost_dollars_total". Did you mean "ml_cost_usd_total" (counter, python/shared/metrics.py:61)?',
            },
            locations: [
              {
                physicalLocation: { artifactLocation: analytics, region: unknownMetric },
                logicalLocations: [
                  { fullyQualifiedName: 'panel "Total Cost (24h)" in dashboard "ML Analytics & Cost Monitoring"' },
                ],
              },
            ],
            partialFingerprints: { 'diagnostic/v1': fingerprint },
            fixes: [
              {
                description: { text: 'write "ml_cost_usd_total"' },
                artifactChanges: [
                  {
                    artifactLocation: analytics,
                    replacements: [{ deletedRegion: unknownMetric, insertedContent: { text: 'ml_cost_usd_total' } }],
                  },
                ],
              },
            ],
          },
          {
            ruleId: 'duplicate-uid',
            ruleIndex: 0,
            level: 'error',
            message: { text: 'uid "ml-analytics" is already used by "ML Analytics"' },
            locations: [
              {
                physicalLocation: {
                  artifactLocation: copy,
                  region: { startLine: 1, startColumn: 10, endLine: 1, endColumn: 24 },
                },
              },
            ],
            relatedLocations: [
              {
                id: 0,
                physicalLocation: {
                  artifactLocation: analytics,
                  region: { startLine: 2, startColumn: 10, endLine: 2, endColumn: 24 },
                },
                message: { text: 'first used here' },
              },
            ],
            partialFingerprints: { 'diagnostic/v1': fingerprint },
          },
          {
            ruleId: 'required-tags',
            ruleIndex: 1,
            level: 'warning',
            message: { text: 'The dashboard has no tags' },
            locations: [
              {
                physicalLocation: {
                  artifactLocation: copy,
                  region: { startLine: 1, startColumn: 1, endLine: 1, endColumn: 26 },
                },
              },
            ],
            partialFingerprints: { 'diagnostic/v1': fingerprint },
          },
        ],
      },
    ],
  })
})

test('a file name is a relative URI reference, whatever its characters', () => {
  const uriOf = (path: string) =>
    logOf(reportOf([diagnostic('parse-error', placeIn(path, '«{»'), 'x')])).runs[0].results[0]!.locations[0].physicalLocation
      .artifactLocation.uri
  expect(uriOf('c:dash boards/ü#1?.json')).toBe('c%3Adash%20boards/%C3%BC%231%3F.json')
  expect(uriOf('bad\ud800.json')).toBe('bad%EF%BF%BD.json')
})

describe('fingerprints', () => {
  const found = (text: string, message = 'No producer exposes "up2"') =>
    diagnostic('unknown-metric', placeIn('a.json', text), message, { data: { metric: 'up2' }, context: 'panel "A"' })
  const fingerprintsOf = (...texts: Parameters<typeof found>[]) =>
    logOf(reportOf(texts.map((text) => found(...text)))).runs[0].results.map((result) => result.partialFingerprints)

  test('stay when lines move, here or where the message points', () => {
    expect(fingerprintsOf(['{"expr": "«up2»"}'])).toEqual(fingerprintsOf(['\n\n  {"expr": "«up2»"}', 'another message, a.ts:9']))
  })

  test('differ for the same finding in two places of one panel', () => {
    const [first, second] = fingerprintsOf(['"«up2»"'], ['"" "«up2»"'])
    expect(first).not.toEqual(second)
  })
})
