import type { Problem, Span } from '../text/source.js'

/** One line of an exposition: a series and its value. */
export interface ExposedSample {
  readonly name: string
  readonly labels: Readonly<Record<string, string>>
  readonly value: number
  /** As written: milliseconds in the text format, seconds in OpenMetrics. */
  readonly timestamp?: number
  readonly exemplar?: Exemplar
  /** The whole line. */
  readonly span: Span
}

export interface Exemplar {
  readonly labels: Readonly<Record<string, string>>
  readonly value: number
  /** Seconds. */
  readonly timestamp?: number
}

interface Scanned<T> {
  readonly value: T
  /** Where it ends in the line. */
  readonly end: number
}

/** Reads a sample line; `start` is where the line begins in its file. */
export function parseSample(line: string, start: number): ExposedSample | Problem {
  const at = (message: string, from: number, to = line.length): Problem => ({
    message,
    span: { start: start + Math.min(from, line.length), end: start + Math.max(from, to) },
  })
  const indentation = line.length - line.trimStart().length
  const written = readMetricName(line, indentation)
  let end = written?.end ?? indentation
  let labels: LabelSet = { labels: {} }
  const brace = end + blanks(line, end)
  if (line[brace] === '{') {
    const scanned = readLabels(line, brace)
    if ('message' in scanned) return at(scanned.message, scanned.from)
    labels = scanned.value
    end = scanned.end
  }
  const name = written?.text ?? labels.name
  if (name === undefined || name === '') return at('Expected the name of a metric', indentation)

  const numbers = readNumbers(line, end)
  if ('message' in numbers) return at(numbers.message, numbers.from)
  const exemplar = readExemplar(line, numbers.end)
  if (exemplar && 'message' in exemplar) return at(exemplar.message, exemplar.from)
  return {
    name,
    labels: labels.labels,
    ...numbers.value,
    ...(exemplar && { exemplar }),
    span: { start: start + indentation, end: start + line.trimEnd().length },
  }
}

interface LabelSet {
  /** The metric name, where it stands quoted among the labels. */
  readonly name?: string
  readonly labels: Readonly<Record<string, string>>
}

interface ScanError {
  readonly message: string
  readonly from: number
}

/** Reads a metric name, bare or in quotes. */
export function readMetricName(line: string, start: number): { text: string; end: number } | undefined {
  const bare = matchAt(/[^\s{}"#,=]+/y, line, start)
  if (bare !== undefined) return { text: bare, end: start + bare.length }
  const quoted = matchAt(quotedText, line, start)
  return quoted === undefined ? undefined : { text: unescapeText(quoted.slice(1, -1)), end: start + quoted.length }
}

/** The text of a `# HELP` line: `\\` and `\n` are its escapes. */
export function unescapeHelp(text: string): string {
  return text.replace(/\\([\\n"])/g, (_, character: string) => (character === 'n' ? '\n' : character))
}

const quotedText = /"(?:[^"\\]|\\[^])*"/y

/** Reads `{a="b", …}` at `start`, a quoted name of the metric among the labels included. */
function readLabels(line: string, start: number): Scanned<LabelSet> | ScanError {
  const labels = new Map<string, string>()
  let name: string | undefined
  let at = start + 1
  for (;;) {
    at += blanks(line, at)
    if (line[at] === '}') return { value: { ...(name !== undefined && { name }), labels: Object.fromEntries(labels) }, end: at + 1 }
    const key = readMetricName(line, at)
    if (!key) return { message: at >= line.length ? 'The labels have no closing "}"' : 'Expected the name of a label', from: at }
    const isQuoted = line[at] === '"'
    at = key.end + blanks(line, key.end)
    if (line[at] === '=') {
      at += 1 + blanks(line, at + 1)
      const value = matchAt(quotedText, line, at)
      if (value === undefined) return { message: `The value of label "${key.text}" is not a string in double quotes`, from: at }
      if (labels.has(key.text)) return { message: `The label "${key.text}" is there twice`, from: at }
      labels.set(key.text, unescapeText(value.slice(1, -1)))
      at += value.length
    } else if (isQuoted && name === undefined) name = key.text
    else return { message: `Expected "=" after the label "${key.text}"`, from: at }
    at += blanks(line, at)
    if (line[at] === ',') at++
    else if (line[at] !== '}') return { message: 'Expected "," or "}" after a label', from: at }
  }
}

/** A value and maybe a timestamp. */
function readNumbers(line: string, start: number): Scanned<{ value: number; timestamp?: number }> | ScanError {
  const first = start + blanks(line, start)
  const written = matchAt(/[^\s#]+/y, line, first)
  if (written === undefined) return { message: 'Expected a value', from: first }
  const value = numberOf(written)
  if (value === undefined) return { message: `"${written}" is not a value`, from: first }
  const end = first + written.length
  const second = end + blanks(line, end)
  const after = matchAt(/[^\s#]+/y, line, second)
  if (after === undefined) {
    const isDone = second >= line.length || line[second] === '#'
    return isDone ? { value: { value }, end: second } : { message: 'Expected the end of the line', from: second }
  }
  const timestamp = numberOf(after)
  if (timestamp === undefined) return { message: `"${after}" is not a timestamp`, from: second }
  const rest = second + after.length + blanks(line, second + after.length)
  if (rest < line.length && line[rest] !== '#') return { message: 'Expected the end of the line', from: rest }
  return { value: { value, timestamp }, end: rest }
}

/** `# {trace_id="…"} 0.67 1520879607.789` after a sample of OpenMetrics. */
function readExemplar(line: string, start: number): Exemplar | ScanError | undefined {
  if (line[start] !== '#') return undefined
  const brace = start + 1 + blanks(line, start + 1)
  if (line[brace] !== '{') return { message: 'Expected the labels of an exemplar', from: brace }
  const labels = readLabels(line, brace)
  if ('message' in labels) return labels
  const numbers = readNumbers(line, labels.end)
  return 'message' in numbers ? numbers : { labels: labels.value.labels, ...numbers.value }
}

function numberOf(text: string): number | undefined {
  if (/^[+-]?inf(?:inity)?$/i.test(text)) return text.startsWith('-') ? -Infinity : Infinity
  if (/^[+-]?nan$/i.test(text)) return NaN
  return /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(text) ? Number(text) : undefined
}

function unescapeText(text: string): string {
  return text.includes('\\') ? unescapeHelp(text) : text
}

function blanks(line: string, start: number): number {
  return matchAt(/[ \t]*/y, line, start)!.length
}

function matchAt(pattern: RegExp, text: string, offset: number): string | undefined {
  pattern.lastIndex = offset
  return pattern.exec(text)?.[0]
}
