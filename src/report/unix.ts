import { onOneLine } from './one-line.js'
import { placeLabel } from './place-label.js'
import type { Formatter } from './report.js'

/** One line for each diagnostic: `file:line:column: severity: message [rule]`. A clean run gives an empty text. */
export const unix: Formatter = ({ diagnostics }) =>
  diagnostics
    .map(({ place, severity, message, rule }) => `${placeLabel(place)}: ${severity}: ${onOneLine(message)} [${rule}]\n`)
    .join('')
