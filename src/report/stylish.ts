import { Chalk, type ChalkInstance } from 'chalk'
import type { Diagnostic, Related, Suggestion } from '../lint/diagnostic.js'
import { codeFrame, type FrameRow } from '../text/code-frame.js'
import { visible } from '../text/visible.js'
import { placeLabel, untoldPlaces } from './place-label.js'
import type { Formatter } from './report.js'
import { causesOf, type Cause } from './causes.js'
import { coverageText } from './coverage-text.js'
import { counted, summaryLines } from './summary-line.js'

const indent = '  '

/** For people at a terminal: each cause with the source it is about and all its places, and the summary at the end. */
export const stylish: Formatter = (report, { color, width, listsUnverified, hyperlinks, ruleDocs }) => {
  const { diagnostics, summary, coverage, notes = [] } = report
  const chalk = new Chalk({ level: color ? 1 : 0 })
  const frameWidth = width === undefined ? undefined : width - indent.length
  const ruleName = (rule: string) => linked(chalk.dim(rule), hyperlinks ? ruleDocs?.(rule)?.url : undefined)
  const blocks = causesOf(diagnostics).map((cause) => block(cause, chalk, ruleName, frameWidth))
  const style = summary.errors > 0 ? chalk.red.bold : summary.warnings > 0 ? chalk.yellow.bold : chalk.green
  const [line = '', ...details] = summaryLines(report)
  return [
    ...blocks,
    ...(listsUnverified && coverage ? [coverageText(coverage())] : []),
    ...notes.map((note) => `${visible(note)}\n`),
    [style(line), ...details].join('\n') + '\n',
  ].join('\n')
}

function block({ first, others }: Cause, chalk: ChalkInstance, ruleName: (rule: string) => string, frameWidth: number | undefined): string {
  const { place, severity, rule, message, context, related, suggestions } = first
  const severityStyle = severity === 'error' ? chalk.red : chalk.yellow
  const frame = codeFrame(place, frameWidth).map((row) => indent + frameLine(row, chalk, severityStyle))
  const lines = [
    `${chalk.bold(placeLabel(place))}  ${severityStyle(severity)}  ${ruleName(rule)}`,
    ...indented(message),
    ...(frame.length > 0 ? ['', ...frame] : []),
  ]
  if (context !== undefined) lines.push(...indented(context).map((text) => chalk.dim(text)))
  lines.push(...otherPlaces(others, context).map((text) => chalk.dim(text)))
  const all = distinct([...related, ...others.flatMap((other) => other.related)])
  for (const at of untoldPlaces(message, all)) lines.push(...indented(`${placeLabel(at.place)} ${at.message}`))
  for (const suggestion of suggestions) {
    if (!isToldBy(message, suggestion)) lines.push(...indented(`suggestion: ${suggestion.message}`))
  }
  return lines.join('\n') + '\n'
}

/** A text that leads to an address (OSC 8, https://gist.github.com/egmontkob/eb114294efbcd5adb1944c9f3cb5feda). */
function linked(text: string, url: string | undefined): string {
  return url === undefined ? text : `\u001b]8;;${url}\u001b\\${text}\u001b]8;;\u001b\\`
}

/** Related places, each once: the findings of one cause mostly share them. */
function distinct(related: readonly Related[]): Related[] {
  return [...new Map(related.map((one) => [`${placeLabel(one.place)} ${one.message}`, one])).values()]
}

/** A line for each other place of a cause; what its context shares with that of the first is not told again. */
function otherPlaces(others: readonly Diagnostic[], firstContext = ''): string[] {
  if (others.length === 0) return []
  const [, shared = ''] = / (in (?:dashboard|group) ".*")$/.exec(firstContext) ?? []
  const rows = others.map(({ place, context = '' }) => {
    const { line, column } = place.source.positionAt(place.span.start)
    const where = shared !== '' && context.endsWith(` ${shared}`) ? context.slice(0, -shared.length - 1) : context
    return `  ${line}:${column} ${where}`.trimEnd()
  })
  return [`and in ${counted(others.length, 'other place')}`, ...rows].flatMap(indented)
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
    .trimEnd()
    .split(/\r\n|\r|\n/)
    .map((line) => (line === '' ? '' : indent + visible(line)))
}
