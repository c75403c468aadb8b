import type { Extraction, Incompleteness, Instrumentation, MetricDeclaration, SourceTree } from '../extract/types.js'
import { patternOf } from '../registry/name-pattern.js'
import type { ClientLibrary, Hole, Label, MetricType, Movement, NamePattern, Recorded } from '../registry/types.js'
import type { Place, Problem, SourceText, Span } from '../text/source.js'
import { boolean, fields, listOf, oneOf, optional, string, wholeNumber, WrongShape } from './checked-json.js'

/** Counted up when the form of the file changes. */
const format = 4

/** Extractions as a line of text; a source is told by its path, and a number that JSON has no way to write by its name. */
export function writeExtractions(extractions: readonly Extraction[]): string {
  return JSON.stringify({ format, extractions }, (_, value: unknown) => {
    if (typeof value === 'number' && !Number.isFinite(value)) return String(value)
    return isSourceText(value) ? value.path : value
  })
}

function isSourceText(value: unknown): value is SourceText {
  return typeof value === 'object' && value !== null && 'positionAt' in value
}

/**
 * Reads what `writeExtractions` wrote; `undefined` where the text is anything else, to the last key: a file in the cache
 * may be cut off, of another program, or made to do harm. A path counts only where it is one of the tree.
 */
export function readExtractions(text: string, tree: SourceTree): readonly Extraction[] | undefined {
  const paths = new Set(tree.paths)
  try {
    const file = fields(JSON.parse(text), ['format', 'extractions'])
    if (file['format'] !== format) return undefined
    return listOf(file['extractions'], extraction)
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof WrongShape) return undefined
    throw error
  }

  function extraction(value: unknown): Extraction {
    const from = fields(value, ['declarations', 'instrumentations', 'problems', 'incompleteness'])
    return {
      declarations: listOf(from['declarations'], declaration),
      instrumentations: listOf(from['instrumentations'], instrumentation),
      problems: listOf(from['problems'], locatedProblem),
      ...optional(from, 'incompleteness', incompleteness),
    }
  }

  function declaration(value: unknown): MetricDeclaration {
    const from = fields(value, [
      'client', 'name', 'type', 'help', 'unit', 'labels', 'labelsOpen', 'buckets', 'quantiles', 'recorded', 'movement', 'place', 'via',
      'reason',
    ])
    return {
      client: oneOf(from['client'], clients),
      name: pattern(from['name']),
      type: oneOf(from['type'], types),
      ...optional(from, 'help', string),
      ...optional(from, 'unit', string),
      labels: listOf(from['labels'], label),
      labelsOpen: boolean(from['labelsOpen']),
      ...optional(from, 'buckets', numbers),
      ...optional(from, 'quantiles', numbers),
      recorded: oneOf(from['recorded'], recordings),
      ...optional(from, 'movement', (movement) => oneOf(movement, movements)),
      place: place(from['place']),
      via: listOf(from['via'], place),
      ...optional(from, 'reason', string),
    }
  }

  function instrumentation(value: unknown): Instrumentation {
    const from = fields(value, ['catalog', 'prefix', 'labels', 'known', 'place'])
    return {
      catalog: string(from['catalog']),
      ...optional(from, 'prefix', string),
      ...optional(from, 'labels', (labels) => listOf(labels, label)),
      ...optional(from, 'known', (labels) => listOf(labels, label)),
      place: place(from['place']),
    }
  }

  function locatedProblem(value: unknown): { source: SourceText; problem: Problem } {
    const from = fields(value, ['source', 'problem'])
    const found = source(from['source'])
    const problem = fields(from['problem'], ['message', 'span'])
    return { source: found, problem: { message: string(problem['message']), span: span(problem['span'], found) } }
  }

  function incompleteness(value: unknown): Incompleteness {
    const from = fields(value, ['language', 'place', 'lacks', 'functions', 'files'])
    return {
      language: oneOf(from['language'], languages),
      place: place(from['place']),
      ...optional(from, 'lacks', (lacks) => oneOf(lacks, ['names', 'values'] as const)),
      functions: wholeNumber(from['functions']),
      files: wholeNumber(from['files']),
    }
  }

  function place(value: unknown): Place {
    const from = fields(value, ['source', 'span'])
    const found = source(from['source'])
    return { source: found, span: span(from['span'], found) }
  }

  function source(value: unknown): SourceText {
    const path = string(value)
    const found = paths.has(path) ? tree.read(path) : undefined
    if (found === undefined) throw new WrongShape()
    return found
  }
}

/** A record, so that none can be missing. */
const clients = Object.keys({
  'prom-client': 0, prometheus_client: 0, aioprometheus: 0, 'opentelemetry-js': 0, 'opentelemetry-python': 0, 'exposition-text': 0,
} satisfies Record<ClientLibrary, 0>) as ClientLibrary[]
const types: readonly MetricType[] = ['counter', 'gauge', 'histogram', 'summary', 'info', 'stateset', 'untyped', 'unknown']
const recordings: readonly Recorded[] = ['yes', 'never', 'unknown']
const movements: readonly Movement[] = ['freely', 'up']
const holeKinds: readonly Hole[] = ['any', 'digits']
const languages: readonly Incompleteness['language'][] = ['TypeScript', 'Python']

function pattern(value: unknown): NamePattern {
  const from = fields(value, ['parts', 'holes'])
  const parts = listOf(from['parts'], string)
  const { holes = parts.slice(1).map(() => 'any' as const) } = optional(from, 'holes', (list) => listOf(list, (hole) => oneOf(hole, holeKinds)))
  if (parts.length === 0 || holes.length !== parts.length - 1) throw new WrongShape()
  return patternOf(parts, holes)
}

function label(value: unknown): Label {
  const from = fields(value, ['name', 'values', 'open', 'patterns'])
  return {
    name: string(from['name']),
    values: listOf(from['values'], string),
    open: boolean(from['open']),
    ...optional(from, 'patterns', (patterns) => listOf(patterns, pattern)),
  }
}

function span(value: unknown, { text }: SourceText): Span {
  const from = fields(value, ['start', 'end'])
  const { start, end } = { start: wholeNumber(from['start']), end: wholeNumber(from['end']) }
  if (start > end || end > text.length) throw new WrongShape()
  return { start, end }
}

function numbers(value: unknown): readonly number[] {
  return listOf(value, (item) => {
    if (typeof item === 'number') return item
    return Number(oneOf(item, ['Infinity', '-Infinity', 'NaN']))
  })
}
