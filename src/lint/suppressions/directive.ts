import { nearestNames } from '../../text/nearest-names.js'
import { isDay } from './suppression.js'

/** What all words for the linter begin with; a text without it has none. */
export const marker = 'ml-dash-lint'

const commands = ['disable-next-line', 'disable-line', 'disable', 'enable', 'disable-file'] as const

export type Command = (typeof commands)[number]

/** A rule that is named, with what it is narrowed to; offsets are those of the text. */
export interface NamedRule {
  readonly rule: string
  readonly metrics?: readonly string[]
  readonly labels?: readonly string[]
  readonly start: number
  readonly end: number
}

/** Words for the linter: `ml-dash-lint-disable-line unknown-metric(jobs_*) until 2027-01-31 -- comes with the next release`. */
export interface Directive {
  readonly command: Command
  readonly rules: readonly NamedRule[]
  readonly until?: string
  readonly reason?: string
  readonly wrong: readonly WrongWords[]
  /** Where the command ends. */
  readonly end: number
}

/** A fault at a stretch of the text; `suggestion` is what was probably meant there. */
export interface WrongWords {
  readonly start: number
  readonly end: number
  readonly message: string
  readonly suggestion?: string
}

/** More than this is no list of rules. */
const maxLength = 2000

/**
 * Reads a text that begins with words for the linter; `undefined` where it does not. What is wrong with some of the rules
 * leaves the others as they are; with anything else, none counts.
 */
export function readDirective(text: string, ruleNames: readonly string[]): Directive | undefined {
  const [word, command] = /^ml-dash-lint-([^\s,(]*)/.exec(text) ?? []
  if (word === undefined) return misspelt(text)
  if (!isCommand(command)) {
    const [suggestion] = nearestNames(command!, commands, 1)
    const hint = suggestion === undefined ? `The words are ${commands.map((one) => `"${marker}-${one}"`).join(', ')}` : `Did you mean "${marker}-${suggestion}"?`
    return nothing({ start: 0, end: word.length, message: `There is no "${word}". ${hint}`, ...(suggestion !== undefined && { suggestion: `${marker}-${suggestion}` }) })
  }
  const { head, reason } = parted(text)
  if (head.length > maxLength) return nothing({ start: 0, end: word.length, message: `The words after "${word}" are no list of rules: put the reason behind "--"` })
  const { list, until, wrong } = dated(head)
  if (wrong) return nothing(wrong)
  const { rules, wrong: wrongRules } = namedRules(list, word.length, ruleNames)
  if (rules.length === 0 && wrongRules.length === 0 && command !== 'enable') {
    return nothing({ start: 0, end: word.length, message: `"${word}" names no rule: write "${word} RULE -- reason"` })
  }
  return { command, rules, ...(until !== undefined && { until }), ...(reason !== undefined && { reason }), wrong: wrongRules, end: word.length }
}

function isCommand(text: string | undefined): text is Command {
  return commands.some((command) => command === text)
}

function nothing(wrong: WrongWords): Directive {
  return { command: 'disable-line', rules: [], wrong: [wrong], end: wrong.end }
}

/** `ml-dash-lint disable …`, as other linters have it. */
function misspelt(text: string): Directive | undefined {
  const [word, command] = /^ml-dash-lint[ \t:/]+(disable(?:-next-line|-line|-file)?|enable)\b(?!-)/.exec(text) ?? []
  if (word === undefined) return undefined
  const suggestion = `${marker}-${command!}`
  return nothing({ start: 0, end: word.length, message: `"${word}" suppresses nothing. Did you mean "${suggestion}"?`, suggestion })
}

/** The words before the reason, and the reason: what follows `--`, or a dash, between spaces. */
function parted(text: string): { readonly head: string; readonly reason?: string } {
  for (const { 0: dash, index } of text.matchAll(/--|—/g)) {
    const [before = ' ', after = ' '] = [text[index - 1], text[index + dash.length]]
    if (before.trim() !== '' || after.trim() !== '') continue
    const reason = text.slice(index + dash.length).split(/\s/).filter((word) => word !== '').join(' ')
    return { head: text.slice(0, index).trimEnd(), ...(reason !== '' && { reason }) }
  }
  return { head: text.trimEnd() }
}

/** The list of rules, and the day in `until 2027-01-31` behind it. */
function dated(head: string): { readonly list: string; readonly until?: string; readonly wrong?: WrongWords } {
  const found = /\suntil(?:\s(.*))?$/s.exec(head)
  if (found === null) return { list: head }
  const until = (found[1] ?? '').trim()
  const list = head.slice(0, found.index)
  if (isDay(until)) return { list, until }
  const wrong = { start: found.index + 1, end: head.length, message: `After "until" comes a day, as in "until 2027-01-31"${until === '' ? '' : `, not "${until}"`}: this suppresses nothing` }
  return { list, wrong }
}

/** The rules in a list that begins at an offset, separated by commas. */
function namedRules(text: string, from: number, ruleNames: readonly string[]): { readonly rules: NamedRule[]; readonly wrong: WrongWords[] } {
  const rules: NamedRule[] = []
  const wrong: WrongWords[] = []
  // A comma in brackets separates no rules.
  const item = /(?:\([^()]*\)|[^,(]|\()+/y
  for (let at = from; at < text.length; at++) {
    item.lastIndex = at
    const [whole = ''] = item.exec(text) ?? []
    const start = at + (whole.length - whole.trimStart().length)
    const written = whole.trim()
    at += whole.length
    if (written === '') {
      if (text.trim().length > from) wrong.push({ start: Math.max(0, Math.min(at, text.length) - 1), end: Math.min(at + 1, text.length), message: 'A rule is missing beside this comma' })
      continue
    }
    const one = namedRule(written, start, ruleNames)
    if ('message' in one) wrong.push(one)
    else rules.push(one)
  }
  return { rules, wrong }
}

function namedRule(written: string, start: number, ruleNames: readonly string[]): NamedRule | WrongWords {
  const end = start + written.length
  const [, rule, scope] = /^([^\s()]+)\s*(?:\(([^()]*)\))?$/.exec(written) ?? []
  if (rule === undefined) return { start, end, message: `"${shortened(written)}" is no name of a rule: rules are separated by commas, and the reason comes behind "--"` }
  if (!ruleNames.includes(rule)) {
    const [suggestion] = nearestNames(rule, ruleNames, 1)
    return { start, end: start + rule.length, message: `There is no rule "${shortened(rule)}"${suggestion === undefined ? '' : `. Did you mean "${suggestion}"?`}`, ...(suggestion !== undefined && { suggestion }) }
  }
  if (rule === 'suppression') return { start, end, message: 'What is wrong with suppressions is not suppressed: set the severity of the rule "suppression" instead' }
  if (scope === undefined) return { rule, start, end }
  const { metric, label, isWrong } = scopeOf(scope)
  if (isWrong) return { start, end, message: `"(${shortened(scope)})" names no metric and no label: write "${rule}(jobs_total)", "${rule}(label=instance)" or "${rule}(metric=jobs_*, label=instance)"` }
  return { rule, ...(metric.length > 0 && { metrics: metric }), ...(label.length > 0 && { labels: label }), start, end }
}

/** What stands in the brackets behind a rule; a name alone is that of a metric. */
function scopeOf(scope: string): { readonly metric: string[]; readonly label: string[]; readonly isWrong: boolean } {
  const named = { metric: [] as string[], label: [] as string[] }
  let isWrong = false
  for (const part of scope.split(',')) {
    const [, key = 'metric', name] = /^\s*(?:(metric|label)\s*=\s*)?([^\s=]+)\s*$/.exec(part) ?? []
    if (name === undefined) isWrong = true
    else named[key as 'metric' | 'label'].push(name)
  }
  return { ...named, isWrong }
}

function shortened(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text
}
