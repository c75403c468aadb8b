import { Chalk, type ChalkInstance } from 'chalk'
import type { Diagnostic, Suggestion } from '../lint/diagnostic.js'
import { codeFrame, type FrameRow } from '../text/code-frame.js'
import { visible } from '../text/visible.js'
import { placeLabel, untoldPlaces } from './place-label.js'
import type { Formatter } from './report.js'
import { summaryLine } from './summary-line.js'

const indent = '  '

/** For people at a terminal: each diagnostic with the source it is about, and a summary line at the end. */
export const stylish: Formatter = ({ diagnostics, summary }, { color, width }) => {
  const chalk = new Chalk({ level: color ? 1 : 0 })
  const frameWidth = width === undefined ? undefined : width - indent.length
  const blocks = diagnostics.map((diagnostic) => block(diagnostic, chalk, frameWidth))
  const style = summary.errors > 0 ? chalk.red.bold : summary.warnings > 0 ? chalk.yellow.bold : chalk.green
  return [...blocks, style(summaryLine(summary)) + '\n'].join('\n')
}

function block(diagnostic: Diagnostic, chalk: ChalkInstance, frameWidth: number | undefined): string {
  const { place, severity, rule, message, context, related, suggestions } = diagnostic
  const severityStyle = severity === 'error' ? chalk.red : chalk.yellow
  const lines = [
    `${chalk.bold(placeLabel(place))}  ${severityStyle(severity)}  ${chalk.dim(rule)}`,
    ...indented(message),
    '',
    ...codeFrame(place, frameWidth).map((row) => indent + frameLine(row, chalk, severityStyle)),
  ]
  if (context !== undefined) lines.push(...indented(context).map((line) => chalk.dim(line)))
  for (const at of untoldPlaces(message, related)) lines.push(...indented(`${placeLabel(at.place)} ${at.message}`))
  for (const suggestion of suggestions) {
    if (!isToldBy(message, suggestion)) lines.push(...indented(`suggestion: ${suggestion.message}`))
  }
  return lines.join('\n') + '\n'
}

function frameLine({ kind, gutter, text }: FrameRow, chalk: ChalkInstance, marksStyle: ChalkInstance): string {
  const border = chalk.dim(`${gutter} │`)
  if (text === '') return border
  return `${border} ${kind === 'marks' ? marksStyle(text) : text}`
}

/** A message that asks `Did you mean "x"?` has said what a suggestion to write x would repeat. */
function isToldBy(message: string, { replacement }: Suggestion): boolean {
  return replacement !== undefined && message.includes(`"${replacement.text}"`)
}

function indented(text: string): string[] {
  return text
    .trim()
    .split(/\r\n|\r|\n/)
    .map((line) => (line === '' ? '' : indent + visible(line)))
}
