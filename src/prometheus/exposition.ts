import type { Problem, SourceText, Span } from '../text/source.js'
import { parseSample, readMetricName, unescapeHelp, type ExposedSample } from './exposition-sample.js'

export type { Exemplar, ExposedSample } from './exposition-sample.js'

/** The words that a `# TYPE` line takes, of both formats. */
export type ExposedType =
  | 'counter' | 'gauge' | 'histogram' | 'gaugehistogram' | 'summary' | 'info' | 'stateset' | 'untyped' | 'unknown'

/** A metric family as an endpoint exposes it. */
export interface ExposedFamily {
  /** As on the `# TYPE` line: in OpenMetrics without the suffix of its samples (`_total`, `_info`). */
  readonly name: string
  /** `unknown` where no `# TYPE` line tells it. */
  readonly type: ExposedType
  readonly help?: string
  readonly unit?: string
  readonly samples: readonly ExposedSample[]
  /** Its name, where it is first written. */
  readonly span: Span
}

export interface Exposition {
  /** `openmetrics` where the text ends in `# EOF`. */
  readonly format: 'text' | 'openmetrics'
  readonly families: readonly ExposedFamily[]
  readonly problems: readonly Problem[]
}

const types: ReadonlySet<string> = new Set<ExposedType>([
  'counter', 'gauge', 'histogram', 'gaugehistogram', 'summary', 'info', 'stateset', 'untyped', 'unknown',
])

/** Suffixes of the samples that belong to a family beside those of its own name. */
const suffixes: Readonly<Record<ExposedType, readonly string[]>> = {
  counter: ['_total', '_created'],
  gauge: [],
  histogram: ['_bucket', '_sum', '_count', '_created'],
  gaugehistogram: ['_bucket', '_gsum', '_gcount'],
  summary: ['_sum', '_count', '_created'],
  info: ['_info'],
  stateset: [],
  untyped: [],
  unknown: [],
}

interface OpenFamily {
  readonly name: string
  readonly span: Span
  type?: ExposedType
  help?: string
  unit?: string
  readonly samples: ExposedSample[]
}

/**
 * Reads what a `/metrics` endpoint answers: the text exposition format 0.0.4 or OpenMetrics 1.0, in either order of
 * lines and with quoted UTF-8 names. A line that cannot be read is a problem and the rest is read all the same.
 * Families come in the order in which they are first named.
 */
export function parseExposition(source: SourceText): Exposition {
  const families = new Map<string, OpenFamily>()
  const problems: Problem[] = []
  let format: Exposition['format'] = 'text'

  function familyNamed(name: string, span: Span): OpenFamily {
    let family = families.get(name)
    if (!family) families.set(name, (family = { name, span, samples: [] }))
    return family
  }

  /** The family that a sample belongs to: the typed one that it is a part of, else one of its own name. */
  function familyOf(sample: ExposedSample): OpenFamily {
    const own = families.get(sample.name)
    if (own?.type !== undefined) return own
    const suffix = /_(?:total|created|bucket|sum|count|gsum|gcount|info)$/.exec(sample.name)?.[0]
    const whole = suffix === undefined ? undefined : families.get(sample.name.slice(0, -suffix.length))
    if (whole?.type !== undefined && suffixes[whole.type].includes(suffix!)) return whole
    return own ?? familyNamed(sample.name, { start: sample.span.start, end: sample.span.start + sample.name.length })
  }

  function comment(line: string, start: number): void {
    const keyword = /^#[ \t]+(HELP|TYPE|UNIT)[ \t]+/.exec(line)
    if (!keyword) {
      if (/^#[ \t]*EOF[ \t]*$/.test(line)) format = 'openmetrics'
      return
    }
    const name = readMetricName(line, keyword[0].length)
    if (name === undefined || name.text === '') {
      problems.push({ message: `Expected a metric name after "# ${keyword[1]}"`, span: { start, end: start + line.length } })
      return
    }
    const family = familyNamed(name.text, { start: start + keyword[0].length, end: start + name.end })
    const rest = line.slice(name.end).trimStart()
    const span = { start: start + line.length - rest.length, end: start + line.length }
    if (keyword[1] === 'HELP') family.help ??= unescapeHelp(rest)
    else if (keyword[1] === 'UNIT') family.unit ??= rest.trim()
    else setType(family, rest.trim(), span)
  }

  function setType(family: OpenFamily, type: string, span: Span): void {
    if (!types.has(type)) problems.push({ message: type === '' ? 'Expected a type' : `"${type}" is not a type of metric`, span })
    else if (family.type !== undefined) problems.push({ message: `The type of "${family.name}" is already told`, span })
    else if (family.samples.length > 0) problems.push({ message: `The type of "${family.name}" is told after its first sample`, span })
    else family.type = type as ExposedType
  }

  for (const { line, start } of linesOf(source.text)) {
    if (line.trim() === '') continue
    if (line.startsWith('#')) {
      comment(line, start)
      continue
    }
    const sample = parseSample(line, start)
    if ('message' in sample) problems.push(sample)
    else familyOf(sample).samples.push(sample)
  }

  return {
    format,
    problems,
    families: [...families.values()].map(({ type = 'unknown', ...family }) => ({ ...family, type })),
  }
}

function* linesOf(text: string): Generator<{ line: string; start: number }> {
  let start = text.startsWith('\uFEFF') ? 1 : 0
  while (start < text.length) {
    const newline = text.indexOf('\n', start)
    const end = newline === -1 ? text.length : newline
    yield { line: text.slice(start, text[end - 1] === '\r' ? end - 1 : end), start }
    start = end + 1
  }
}
