import { visible } from '../text/visible.js'
import { onOneLine } from './one-line.js'
import type { Formatter } from './report.js'
import { counted } from './summary-line.js'

/**
 * One line for each diagnostic as ESLint's `compact` writes it, which editors know (`$eslint-compact` in VS Code):
 * `file: line 7, col 31, Error - message (rule)`, and their number. A clean run gives an empty text.
 */
export const compact: Formatter = ({ diagnostics }) => {
  if (diagnostics.length === 0) return ''
  const lines = diagnostics.map(({ place: { source, span }, severity, message, rule }) => {
    const { line, column } = source.positionAt(span.start)
    return `${visible(source.path)}: line ${line}, col ${column}, ${severity === 'error' ? 'Error' : 'Warning'} - ${onOneLine(message)} (${rule})\n`
  })
  return `${lines.join('')}\n${counted(diagnostics.length, 'problem')}\n`
}
