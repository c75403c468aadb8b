import type { Label, MetricType, NamePattern } from '../registry/types.js'
import type { Place } from '../text/source.js'
import type { MetricDeclaration } from './types.js'
import { ownValue } from '../text/value.js'

/** A text that code puts together, in any language: its known pieces, between each two of them a hole. */
export interface WrittenText {
  readonly parts: readonly string[]
  /** The literals that it was made of. */
  readonly places: readonly Place[]
}

/**
 * Whether a source, or a text that it writes, may hold exposition text: a `# TYPE` or `# HELP` line that is no comment, or
 * samples beside the media type of the format.
 */
export function mayWriteExposition(source: string): boolean {
  if ((source.includes('# TYPE') || source.includes('# HELP')) && marked.test(source)) return true
  return servesExposition(source) && quotedSample.test(source)
}

/** Whether it sends the media type of the text format. */
function servesExposition(source: string): boolean {
  return source.includes('text/plain; version=0.0.4') || source.includes('text/plain;version=0.0.4')
}

const quotedSample = /["'`\n][ \t]*[a-zA-Z]\w*_\w+(?:\{[^\n]*\})? +[\d${%]/

const marked = /(?:["'`]|\\n)\s*# (?:TYPE|HELP)\b|^[ \t]*# TYPE \S+ (?:counter|gauge|histogram|summary|untyped)\b/m

/** Stands for a hole within one string; no source writes it. */
const hole = '\uE000'

const types: Readonly<Record<string, MetricType>> = {
  counter: 'counter', gauge: 'gauge', histogram: 'histogram', gaugehistogram: 'histogram', summary: 'summary',
  info: 'info', stateset: 'stateset', untyped: 'untyped', unknown: 'untyped',
}

const metricName = `[a-zA-Z_:${hole}][\\w:${hole}]*`
const comment = new RegExp(`^\\s*# (?:HELP (${metricName})\\s+(\\S.*)|TYPE (${metricName})\\s+([a-z]+|.*${hole}.*))$`)
const sample = new RegExp(`^\\s*(${metricName})(?:\\{((?:[^"}]|"(?:[^"\\\\]|\\\\.)*")*)\\})?(${hole})?\\s+[-+]?(?:[\\d.]|NaN|Inf|${hole})`)
const wholeSample = new RegExp(`^\\s*${metricName}(?:\\{.*\\})?\\s+[-+]?(?:[\\d.]+(?:e[-+]?\\d+)?|NaN|Inf|${hole})(?:\\s+(?:\\d+|${hole}))?\\s*$`, 'i')
/** Part of a text to which `%` is still to be applied. */
const template = /%(?:\(\w+\))?[-.\d]*[sdrfgi]\b/
const labelPair = new RegExp(`([a-zA-Z_]\\w*)\\s*=\\s*(?:"((?:[^"\\\\]|\\\\.)*)"|${hole})`, 'g')

interface Family {
  readonly types: Set<MetricType>
  help: string | undefined
  readonly place: Place
}

interface Sample {
  /** Whether nothing stands behind the value but a time. */
  readonly isWhole: boolean
  readonly inBraces: string
  readonly places: readonly Place[]
  readonly labels: ReadonlyMap<string, string>
  readonly isOpen: boolean
}

/**
 * The families that texts in the exposition format declare, as hand-written exporters put them together: each with its
 * type where a `# TYPE` line tells it, and with the labels of its sample lines, in whichever of the texts they stand.
 * Labels are open where a hole stands among them or no sample is seen; a name that is all hole declares nothing. Samples
 * without such lines of their own are families too, untyped as Prometheus takes them.
 * (Prometheus: docs/instrumenting/exposition_formats.md)
 */
export function writtenFamilies(texts: Iterable<WrittenText>): MetricDeclaration[] {
  const families = new Map<string, Family>()
  const samples = new Map<string, Sample[]>()
  for (const { parts, places } of texts) {
    for (const line of parts.join(hole).split(/\r?\n/)) {
      if (template.test(line)) continue
      const told = comment.exec(line)
      if (told) noteFamily(families, told, places)
      else noteSample(samples, line, places)
    }
  }
  for (const [name, family] of bareFamilies(families, samples)) families.set(name, family)
  return [...families].map(([name, family]) => declarationOf(name, family, samples)).sort(compare)
}

function noteFamily(families: Map<string, Family>, [, helped, help, typed, type]: RegExpExecArray, places: readonly Place[]): void {
  const name = (helped ?? typed)!
  const place = placeOf(name, places)
  if (name.replaceAll(hole, '') === '' || !place) return
  const family = families.get(name) ?? { types: new Set(), help: undefined, place }
  families.set(name, family)
  if (type !== undefined) family.types.add(ownValue(types, type) ?? 'unknown')
  else if (!/\{\w*\}/.test(help!) && !help!.includes(hole)) family.help ??= help!.trim()
}

function noteSample(samples: Map<string, Sample[]>, line: string, places: readonly Place[]): void {
  const found = sample.exec(line)
  if (!found) return
  const [, written, inBraces = '', after] = found
  // What follows a name may be its end or its labels: `${name}${labels} 1`.
  const mayBeLabels = inBraces === '' && written!.endsWith(hole)
  const name = mayBeLabels ? written!.slice(0, -1) : written!
  const labels = new Map<string, string>()
  const rest = inBraces.replace(labelPair, (_, label: string, value: string | undefined) => {
    labels.set(label, value ?? hole)
    return ''
  })
  const read: Sample = { isWhole: wholeSample.test(line), inBraces, places, labels, isOpen: mayBeLabels || after !== undefined || rest.includes(hole) }
  for (const each of mayBeLabels ? [name, written!] : [name]) {
    const known = samples.get(each)
    if (known) known.push(read)
    else samples.set(each, [read])
  }
}

/**
 * Samples that no comment declares, in a file that declares others: the name is whole, and labels in braces or a first
 * word like that of a declared family tell it from prose that ends in a number. In a file that sends the media type of
 * the format, all lines count that are nothing but a sample.
 */
function bareFamilies(families: ReadonlyMap<string, Family>, samples: ReadonlyMap<string, readonly Sample[]>): [string, Family][] {
  const declared = [...families].map(([name, { place }]) => ({ name, path: place.source.path, word: firstWord(name) }))
  const ends = '(?:_bucket|_sum|_count|_total|_info|_created)?'
  const series = new RegExp(`^(?:${declared.map(({ name }) => name.replaceAll(new RegExp(`${hole}+`, 'g'), '.+')).join('|')})${ends}$`)
  const found: [string, Family][] = []
  for (const [name, own] of samples) {
    // A colon ends what is prose: `` `dispatch_error: ${error}` ``.
    if (name.includes(hole) || name.endsWith(':') || series.test(name)) continue
    const written = own.find(({ isWhole, inBraces, places }) => (isWhole && /._./.test(name) && servesExposition(places[0]?.source.text ?? '')) || declared.some(({ path, word }) =>
      path === places[0]?.source.path && (inBraces !== '' || word === firstWord(name))))
    const place = written && placeOf(name, written.places)
    if (place) found.push([name, { types: new Set(), help: undefined, place }])
  }
  return found
}

function firstWord(name: string): string {
  return /^[^_:]*[_:]/.exec(name)?.[0] ?? name
}

const suffixes: Readonly<Partial<Record<MetricType, readonly string[]>>> = {
  counter: ['', '_total'], histogram: ['_bucket', '_sum', '_count'], summary: ['', '_sum', '_count'], info: ['', '_info'],
  unknown: ['', '_bucket', '_sum', '_count', '_total', '_info'],
}

function declarationOf(name: string, family: Family, samples: ReadonlyMap<string, readonly Sample[]>): MetricDeclaration {
  const [first = 'untyped', ...others] = family.types
  const type = others.length > 0 ? 'unknown' : first
  const seen = (suffixes[type] ?? ['']).filter((suffix) => samples.has(name + suffix))
  const own = seen.flatMap((suffix) => samples.get(name + suffix)!)
  // OpenMetrics leaves the suffixes of counters and infos out of the family's name.
  const suffix = (type === 'counter' || type === 'info') && !seen.includes('') ? seen[0] ?? '' : ''
  const pattern: NamePattern = { parts: (name + suffix).split(new RegExp(`${hole}+`)) }
  const isPattern = pattern.parts.length > 1
  const labelsOpen = own.length === 0 || own.some(({ isOpen }) => isOpen)
  return {
    client: 'exposition-text', name: pattern, type,
    ...(family.help !== undefined && { help: family.help }),
    labels: labelsOf(own, type), labelsOpen,
    recorded: 'yes', place: family.place, via: [],
    ...(isPattern ? { reason: 'part of the name is computed at run time' } : labelsOpen && { reason: 'the labels are computed at run time' }),
  }
}

function labelsOf(samples: readonly Sample[], type: MetricType): Label[] {
  const own = type === 'histogram' ? ['le'] : type === 'summary' ? ['quantile'] : type === 'unknown' ? ['le', 'quantile'] : []
  const labels = new Map<string, { readonly values: Set<string>; open: boolean }>()
  for (const sample of samples) {
    for (const [name, value] of sample.labels) {
      if (own.includes(name)) continue
      const label = labels.get(name) ?? { values: new Set(), open: false }
      labels.set(name, label)
      if (!value.includes(hole)) label.values.add(value)
      label.open ||= !isWritten(name, value, sample.places)
    }
  }
  return [...labels].map(([name, { values, open }]) => ({ name, values: [...values].sort(), open })).sort((a, b) => (a.name < b.name ? -1 : 1))
}

/** Whether a label and its value stand in one of the literals. What code puts there may be something else another time. */
function isWritten(label: string, value: string, places: readonly Place[]): boolean {
  return places.some((place) => textAt(place).replaceAll('\\"', '"').includes(`${label}="${value}"`))
}

/** The name where it stands in one of the literals, after the keyword if it does; else the literal that has its pieces. */
function placeOf(name: string, places: readonly Place[]): Place | undefined {
  for (const before of name.includes(hole) ? [] : ['(?<=# (?:TYPE|HELP) )', '']) {
    const whole = new RegExp(`${before}(?:(?<![\\w:])|(?<=\\\\n))${name}(?![\\w:])`)
    for (const place of places) {
      const found = whole.exec(textAt(place))
      if (!found) continue
      const start = place.span.start + found.index
      return { source: place.source, span: { start, end: start + name.length } }
    }
  }
  const pieces = name.split(hole)
  // What joins texts comes before them.
  const inner = places.toReversed()
  return inner.find((place) => pieces.every((piece) => textAt(place).includes(piece))) ??
    inner.find((place) => textAt(place).includes('# TYPE ')) ?? places[0]
}

function textAt({ source, span }: Place): string {
  return source.text.slice(span.start, span.end)
}

function compare(a: MetricDeclaration, b: MetricDeclaration): number {
  const [left, right] = [a, b].map(({ place, name }) => [place.source.path, place.span.start, name.parts.join(hole)] as const) as [[string, number, string], [string, number, string]]
  const at = left.findIndex((part, index) => part !== right[index])
  return at === -1 ? 0 : left[at]! < right[at]! ? -1 : 1
}
