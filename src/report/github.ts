import type { Diagnostic } from '../lint/diagnostic.js'
import { visible } from '../text/visible.js'
import { inDirectory } from './by-file.js'
import { causesOf } from './causes.js'
import { placeLabel, untoldPlaces } from './place-label.js'
import type { Formatter } from './report.js'

/**
 * Workflow commands of GitHub Actions, which become annotations on the changed lines. A clean run gives an empty text.
 * Format: GitHub Docs, "Workflow commands for GitHub Actions"; escapes: actions/toolkit, packages/core, command.ts.
 */
export const github: Formatter = ({ diagnostics }, { directory = '' }) => {
  const causes = causesOf(diagnostics)
  // GitHub shows ten annotations of a kind: those that tell of something new come first.
  const ordered = [...causes.map(({ first }) => first), ...causes.flatMap(({ others }) => others)]
  return ordered.map((diagnostic) => command(diagnostic, directory) + '\n').join('')
}

function command({ place, severity, message, rule, context, related }: Diagnostic, directory: string): string {
  const { start, end } = place.source.rangeOf(place.span)
  const properties = {
    file: inDirectory(directory, place.source.path),
    line: start.line,
    col: start.column,
    endLine: end.line,
    endColumn: end.column,
    title: rule,
  }
  const places = untoldPlaces(message, related).map((at) => `${placeLabel(at.place)} ${at.message}`)
  const text = [message, ...(context === undefined ? [] : [context]), ...places]
  const written = Object.entries(properties).map(([name, value]) => `${name}=${escapedProperty(String(value))}`)
  return `::${severity} ${written.join(',')}::${escapedData(text.join('\n'))}`
}

/** `%` first, or the escapes would be escaped again. Line breaks have an escape of their own. */
function escapedData(text: string): string {
  const escaped = text.replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A')
  return visible(escaped)
}

function escapedProperty(text: string): string {
  return escapedData(text).replace(/:/g, '%3A').replace(/,/g, '%2C')
}
