import { markdownBlocks, type CodeSpan, type MarkdownBlock, type MarkdownText } from '../text/markdown.js'
import type { SourceText, Span } from '../text/source.js'

/** A document in Markdown that lists metrics. */
export interface MetricsDocument {
  readonly source: SourceText
  /** In the order of the text. */
  readonly metrics: readonly ListedMetric[]
}

/** A name in such a list, with what stands beside it. */
export interface ListedMetric {
  /** The place of all that is written between the backquotes. */
  readonly span: Span
  /** One name where nothing else is written; `x_{a,b}` is two, and `*` stands for any text. */
  readonly names: readonly string[]
  /** Whether it is told as what there is, and not as what was or will be. */
  readonly isPresent: boolean
  readonly type?: { readonly name: DocumentedType; readonly span: Span }
  /** Labels that it surely is said to have; there may be others. */
  readonly labels: readonly { readonly name: string; readonly span: Span }[]
}

export type DocumentedType = 'counter' | 'gauge' | 'histogram' | 'summary'

const tellsOfMetrics = /\bmetrics?\b/i
/** Sections of what is not there, not yet, or no longer. */
const tellsOfOtherTimes = /\b(?:deprecat\w*|remov\w*|renam\w*|migrat\w*|upgrad\w*|change ?log|changes|release\w*|plan(?:ned)?|propos\w*|future|to-?do|roadmap|examples?|old|new|legacy|previous\w*|former\w*|before|after|breaking|alternatives?)\b/i
/** Sections of what only looks like a metric. */
const tellsOfOthers = /\b(?:labels?|attributes?|dimensions?|tags?|variables?|environment|config\w*|settings?|options?|parameters?|arguments?|fields?|queries|alerts?|alerting)\b/i
const tellsOfAbsence = /\b(?:deprecated|removed?|renamed|planned|not yet|no longer|replaced|replaces|upcoming|legacy|obsolete|formerly|was called|todo|unused|dropped)\b/i

/** Whether a text may list metrics, by signs in it: a heading or title that says so, and a name in a code span. */
export function mayListMetrics(text: string): boolean {
  return /`[a-zA-Z][\w:]*[_:]/.test(text) && [...text.matchAll(/^.*?\bmetrics?\b.*$/gim)].some(({ 0: line, index }) => {
    if (/^(?: {0,3}#{1,6}[ \t]|title\s*:)/i.test(line)) return true
    const end = text.indexOf('\n', index)
    return end >= 0 && /^ {0,3}(?:=+|-+)[ \t]*\r?$/m.exec(text.slice(end + 1, end + 200))?.index === 0
  })
}

/**
 * The metrics that a document lists: names in code spans in a table's column of names, or at the beginning of list
 * items, below a heading that says "metrics"; below any heading where `isNamed`, because the user says what it is.
 */
export function readMetricsDocument(source: SourceText, isNamed: boolean): MetricsDocument {
  const headings: (string | undefined)[] = []
  const metrics = markdownBlocks(source.text).flatMap((block) => {
    if (block.kind === 'heading') {
      headings.length = Math.min(headings.length, block.level - 1)
      headings[block.level - 1] = block.text
      return []
    }
    const around = headings.filter((heading) => heading !== undefined)
    const isList = (isNamed || around.some((heading) => tellsOfMetrics.test(heading))) && !around.some((heading) => tellsOfOtherTimes.test(heading) || (tellsOfOthers.test(heading) && !tellsOfMetrics.test(heading)))
    return isList ? metricsIn(block, source.text) : []
  })
  return { source, metrics }
}

function metricsIn(block: Exclude<MarkdownBlock, { kind: 'heading' }>, text: string): ListedMetric[] {
  if (block.kind === 'list') {
    return block.items.flatMap((item) => {
      const names = leading(item, text)
      const end = names.at(-1)?.span.end ?? item.span.start
      return listed(names, text.slice(item.span.start, item.span.end), typeBehind(text, end, item.span.end), [])
    })
  }
  const titles = block.header.map((cell) => cell === undefined ? '' : text.slice(cell.span.start, cell.span.end).replace(/[*_`]/g, '').trim())
  const column = titles.findIndex((title) => /^(?:(?:prometheus|exposed)\s+)?(?:metrics?|series|names?|metrics?\s+names?|series\s+names?)$/i.test(title))
  if (column < 0 || titles.some((title) => /\b(?:old|new|previous\w*|before|after|deprecated|removed|replac\w*|renamed)\b/i.test(title))) return []
  const typeColumn = titles.findIndex((title) => /^(?:metrics?\s+)?(?:type|kind)$/i.test(title))
  const labelColumn = titles.findIndex((title) => /^labels?(?:\s+names?)?$/i.test(title))
  return block.rows.flatMap((row) => {
    const cell = row[column]
    if (cell === undefined) return []
    const labels = (row[labelColumn] ? leading(row[labelColumn], text) : []).flatMap(labelOf)
    const all = row.flatMap((one) => one === undefined ? [] : [text.slice(one.span.start, one.span.end)]).join(' | ')
    return listed(leading(cell, text), all, row[typeColumn] && typeIn(text, row[typeColumn]), labels)
  })
}

/** The code spans that a text begins with, up to the first that more than a comma or the like stands before. */
function leading({ code, span }: MarkdownText, text: string): CodeSpan[] {
  let end = span.start
  const count = code.findIndex((one) => {
    const between = text.slice(end, one.span.start).replace(/\]\([^)]*\)|<br\s*\/?>|\b(?:and|or)\b/gi, '')
    end = one.span.end
    return !/^[\s`,/|·•&;+*~[\]\\]*$/.test(between)
  })
  return count < 0 ? [...code] : code.slice(0, count)
}

function listed(code: readonly CodeSpan[], around: string, type: ListedMetric['type'], labels: ListedMetric['labels']): ListedMetric[] {
  const isAbsent = tellsOfAbsence.test(around)
  return code.flatMap((one) => {
    const name = parseName(one)
    if (name === undefined) return []
    return [{ span: name.span, names: name.names, isPresent: !one.isStruckOut && !isAbsent, ...(type && { type }), labels: [...name.labels, ...labels] }]
  })
}

const typeName = /^(counter|gauge|histogram|summary)\b/i

/** A cell that begins with the name of a type; `gauge (enum)` is a gauge. */
function typeIn(text: string, { span }: MarkdownText): ListedMetric['type'] {
  const written = text.slice(span.start, span.end)
  const start = span.start + (/^[*_`]*/.exec(written)?.[0].length ?? 0)
  return typeAt(text, start)
}

/** `` `x_total` (counter) `` */
function typeBehind(text: string, end: number, limit: number): ListedMetric['type'] {
  const before = /^[`*]*\s*\([*_`]*/.exec(text.slice(end, limit))?.[0]
  return before === undefined ? undefined : typeAt(text, end + before.length)
}

function typeAt(text: string, start: number): ListedMetric['type'] {
  const name = typeName.exec(text.slice(start, start + 12))?.[1]
  return name === undefined ? undefined : { name: name.toLowerCase() as DocumentedType, span: { start, end: start + name.length } }
}

function labelOf({ text, span, isStruckOut }: CodeSpan): { name: string; span: Span }[] {
  const name = /^[a-zA-Z_]\w*(?==|$)/.exec(text)?.[0]
  return name === undefined || isStruckOut ? [] : [{ name, span: { start: span.start, end: span.start + name.length } }]
}

interface ParsedName {
  readonly names: readonly string[]
  readonly span: Span
  readonly labels: ListedMetric['labels']
}

/** Names that one alternation may stand for. */
const maximumNames = 64

/** A name, with labels in braces or without; `undefined` where a code span is something else. */
function parseName({ text, span }: CodeSpan): ParsedName | undefined {
  // `x{a,b}` has labels, `x_{a,b}` and `x{_a,_b}` are several names.
  const labelled = /^(.*[a-zA-Z\d*>}])\{(?!_)([^{}]*)\}$/s.exec(text)
  const name = labelled?.[1] ?? text
  const names = expand(name)?.map((one) => one.replace(/<[^<>]*>|\$?\{\w+\}|\$\w+|\.{3}|…|%s|\*+/g, '*'))
  if (names === undefined || !names.every(isName)) return undefined
  const start = span.start + name.length + 1
  const labels = [...(labelled?.[2] ?? '').matchAll(/(?:^|,)\s*([a-zA-Z_]\w*)(?=\s*(?:[=!,]|$))/g)].map(({ 0: match, 1: label, index }) => {
    const at = start + index + match.length - label!.length
    return { name: label!, span: { start: at, end: at + label!.length } }
  })
  return { names, span: { start: span.start, end: span.start + name.length }, labels }
}

/** With a prefix that is known, and in small letters: constants and settings have capitals. */
function isName(name: string): boolean {
  return /^[a-z][a-z\d]*[_:][a-z\d_:*]*$/.test(name) && !name.includes('**')
}

/** `x_{a,b}` as `x_a` and `x_b`; `undefined` where that makes too many. */
function expand(name: string): string[] | undefined {
  const done: string[] = []
  const open = [name]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const group = /[{[(]([\w:]*(?:[,|][\w:]*)+)[}\])]/.exec(next.replaceAll(' ', ''))
    if (group === null) done.push(next)
    else open.push(...group[1]!.split(/[,|]/).reverse().map((choice) => group.input.slice(0, group.index) + choice + group.input.slice(group.index + group[0].length)))
    if (done.length + open.length > maximumNames) return undefined
  }
  return done
}
