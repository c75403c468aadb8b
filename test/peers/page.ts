import { rules } from '../../rules/index.js'
import { presetSettings } from '../../src/config/presets.js'
import type { Diagnostic } from '../../src/lint/diagnostic.js'
import { left } from './left.js'
import type { Row } from './played.js'
import { needs } from './said.js'

/** A row that was played, with what the peer was seen to say; `undefined` where it was not run. */
export interface PlayedRow extends Row {
  readonly found: readonly Diagnostic[]
  readonly said?: readonly string[]
}

/** A peer, with what one who comes from there should know. */
export interface Section {
  readonly peer: string
  readonly title: string
  readonly text: string
}

/** The page that shows every row, by peer. */
export function pageOf(head: string, sections: readonly Section[], rows: readonly PlayedRow[], foot: string): string {
  return [
    head.trim(),
    ...sections.map(({ peer, title, text }) => [`## ${title}`, text.trim(), table(rows.filter((row) => row.peer === peer)), leftOf(peer)].filter((part) => part !== '').join('\n\n')),
    foot.trim(),
  ].join('\n\n') + '\n'
}

function table(rows: readonly PlayedRow[]): string {
  const isRun = rows.some(({ said }) => said !== undefined)
  const head = ['check', 'what is wrong', 'input', ...(isRun ? ['it says'] : []), 'ml-dash-lint says', 'on in']
  return [head, head.map(() => '---'), ...rows.map((row) => [
    `\`${row.check}\``, row.finds, inputOf(row), ...(isRun ? [saidBy(row)] : []), oursOf(row), onIn(row),
  ])].map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}

function saidBy({ check, said }: PlayedRow): string {
  if (said === undefined) return needs.get(check) ?? ''
  return said.length === 0 ? 'nothing' : said.map(plain).join('<br>')
}

/** The rules, or the lines of another file that are reported. */
function inputOf({ files, found, peer }: PlayedRow): string {
  const text = files['rules.yml']
  if (typeof text === 'string' && peer !== 'promtool' && /^groups:\n {2}- name: g\n {4}rules:\n(?: {6}.*\n)+$/.test(text)) {
    const lines = text.split('\n').slice(3).map((line) => line.slice(6)).filter((line) => line !== '' && line !== '- alert: A')
    return lines.map((line) => code(line.replace(/^ {2}expr: /, '').trim())).join('<br>')
  }
  const places = found.map(({ place: { source, span } }) => `${source.path}:${source.positionAt(span.start).line}`)
  return found.filter((_, i) => places.indexOf(places[i]!) === i).map(({ place: { source, span } }) => (
    code(source.text.split('\n')[source.positionAt(span.start).line - 1]!.trim())
  )).join('<br>')
}

function oursOf({ found, silentBecause }: PlayedRow): string {
  if (found.length === 0) return `nothing: ${plain(silentBecause ?? '')}`
  const messages = found.map(({ rule, message }) => `[${rule}](rules/${rule}.md): ${plain(message)}`)
  return [...new Set(messages)].join('<br>')
}

/** The mildest preset that has what found it. */
function onIn({ found, isPolicy }: PlayedRow): string {
  const names = [...new Set(found.map(({ rule }) => rule))]
  return isPolicy ? 'with options' : names.map((name) => {
    const preset = (['recommended', 'strict', 'grafana-mixin'] as const).find((one) => (presetSettings(one, rules)[name]?.severity ?? 'off') !== 'off')
    return preset === undefined ? 'with options' : `\`${preset}\``
  }).filter((one, i, all) => all.indexOf(one) === i).join(', ')
}

function leftOf(peer: string): string {
  const rows = left.filter((row) => row.peer === peer)
  return rows.length === 0 ? '' : `Not checked:\n\n${rows.map(({ check, finds, because }) => `- \`${check}\`: ${finds}. Reason: ${because}.`).join('\n')}`
}

function code(text: string): string {
  const fence = text.includes('`') ? '``' : '`'
  const shown = text.length > 140 ? `${text.slice(0, 140)}…` : text
  return text === '' ? '' : `${fence}${shown.replaceAll('|', '\\|')}${fence}`
}

/** Text in a cell: nothing of it is markup. */
function plain(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/[|\\`*_<{[]/g, '\\$&')
}
