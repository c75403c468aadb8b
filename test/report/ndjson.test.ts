import { expect, test } from 'vitest'
import { json } from '../../src/report/json.js'
import { ndjson } from '../../src/report/ndjson.js'
import { cleanReport, driftedReport, hostileReport } from './sample.js'

test.each([['drifted', driftedReport], ['clean', cleanReport], ['hostile', hostileReport]])('a line for each finding of the %s report and one for the rest, as in json', (_name, report) => {
  const lines = ndjson(report, { color: false }).split('\n')
  expect(lines.pop()).toBe('')
  const [last, ...findings] = lines.map((line) => JSON.parse(line) as { kind: string }).reverse()
  const { diagnostics, ...rest } = JSON.parse(json(report, { color: false })) as { diagnostics: object[] }
  expect(findings.reverse()).toEqual(diagnostics.map((diagnostic) => ({ kind: 'diagnostic', ...diagnostic })))
  expect(last).toEqual({ kind: 'summary', ...rest })
})
