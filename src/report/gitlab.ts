import { fingerprintsOf } from '../lint/fingerprint.js'
import { visibleJson } from '../text/visible.js'
import { inDirectory } from './by-file.js'
import type { Formatter } from './report.js'

/**
 * GitLab's Code Quality report, which merge requests show beside the changed lines (GitLab Docs, "Code Quality", "Code
 * Quality report format"). Files are named from the root of the repository; findings are told again by fingerprints
 * that survive moved lines.
 */
export const gitlab: Formatter = ({ diagnostics }, { directory }) => {
  const fingerprints = fingerprintsOf(diagnostics)
  const issues = diagnostics.map(({ rule, severity, message, context, place: { source, span } }, i) => {
    const { start, end } = source.rangeOf(span)
    return {
      description: context === undefined ? message : `${message} (${context})`,
      check_name: rule,
      fingerprint: fingerprints[i],
      severity: severity === 'error' ? 'major' : 'minor',
      location: { path: inDirectory(directory, source.path), lines: { begin: start.line, end: end.line } },
    }
  })
  return `${visibleJson(JSON.stringify(issues, null, 2))}\n`
}
