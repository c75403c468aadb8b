import { visibleJson } from '../text/visible.js'
import { coverageEntry, diagnosticEntry } from './json.js'
import type { Formatter } from './report.js'

/**
 * A line of JSON for each finding, and a last one that says what was read and found: for programs that read as they go.
 * What a line holds is told by its `kind`; otherwise it is as in `json` (`schemas/report.schema.json`).
 */
export const ndjson: Formatter = ({ diagnostics, summary, coverage, notes, unread }) => {
  const last = { kind: 'summary', version: 1, summary, coverage: coverage && coverageEntry(coverage()), notes, unread }
  return [...diagnostics.map((diagnostic) => ({ kind: 'diagnostic', ...diagnosticEntry(diagnostic) })), last]
    .map((line) => `${visibleJson(JSON.stringify(line))}\n`)
    .join('')
}
