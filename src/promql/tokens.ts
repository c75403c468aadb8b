/**
 * The tokens of PromQL (Prometheus: promql/parser/lex.go, the `key` table and ItemTypeStr).
 * A token's kind is its own text where it has only one spelling.
 */

import { quoteString, utf8Length } from './go-text.js'

export type Aggregator =
  | 'sum' | 'avg' | 'count' | 'min' | 'max' | 'group' | 'stddev' | 'stdvar' | 'topk' | 'bottomk' | 'count_values'
  | 'quantile' | 'limitk' | 'limit_ratio'

type Modifier =
  | 'offset' | 'smoothed' | 'anchored' | 'by' | 'without' | 'on' | 'ignoring' | 'group_left' | 'group_right' | 'fill'
  | 'fill_left' | 'fill_right' | 'bool'

type Preprocessor = 'start' | 'end' | 'step' | 'range' | 'max_of' | 'min_of'

type WordOperator = 'and' | 'or' | 'unless' | 'atan2'

type Symbol =
  | '(' | ')' | '{' | '}' | '[' | ']' | ',' | '=' | ':'
  | '+' | '-' | '*' | '/' | '%' | '^' | '==' | '!=' | '<' | '<=' | '>' | '>=' | '</' | '>/' | '=~' | '!~' | '@'

export type TokenKind =
  | 'end of input' | 'error' | 'identifier' | 'metric identifier' | 'string' | 'number' | 'duration'
  /** A name or number with at least one template in it; only with `templates: 'grafana'`. */
  | 'template'
  | Aggregator | Modifier | Preprocessor | WordOperator | Symbol

const aggregators: readonly Aggregator[] = [
  'sum', 'avg', 'count', 'min', 'max', 'group', 'stddev', 'stdvar', 'topk', 'bottomk', 'count_values', 'quantile',
  'limitk', 'limit_ratio',
]
const modifiers: readonly Modifier[] = [
  'offset', 'smoothed', 'anchored', 'by', 'without', 'on', 'ignoring', 'group_left', 'group_right', 'fill',
  'fill_left', 'fill_right', 'bool',
]
const preprocessors: readonly Preprocessor[] = ['start', 'end', 'step', 'range', 'max_of', 'min_of']
const wordOperators: readonly WordOperator[] = ['and', 'or', 'unless', 'atan2']

export const aggregatorsWithParameter: ReadonlySet<string> = new Set([
  'topk', 'bottomk', 'count_values', 'quantile', 'limitk', 'limit_ratio',
])

export const aggregatorKinds: ReadonlySet<string> = new Set(aggregators)
const modifierKinds: ReadonlySet<string> = new Set(modifiers)
const preprocessorKinds: ReadonlySet<string> = new Set(preprocessors)

/** Tokens that Prometheus shows as `<op:…>` in messages. `=` and `:` are not among them there. */
const operatorKinds: ReadonlySet<string> = new Set([
  '+', '-', '*', '/', '%', '^', '==', '!=', '<', '<=', '>', '>=', '</', '>/', '=~', '!~', '@', ...wordOperators,
])

const keywords = new Map<string, TokenKind>([
  ...[...aggregators, ...modifiers, ...preprocessors, ...wordOperators].map((word) => [word, word] as const),
  ['inf', 'number'],
  ['nan', 'number'],
])
const longestKeyword = Math.max(...[...keywords.keys()].map((word) => word.length))

/** The kind of a word outside braces if it is a keyword, in any case. */
export function keywordKind(word: string): TokenKind | undefined {
  if (word.length > longestKeyword) return undefined
  return keywords.get(word) ?? keywords.get(word.toLowerCase())
}

const notMetricNames: ReadonlySet<string> = new Set(['bool', 'on', 'ignoring', 'group_left', 'group_right', 'atan2'])

/** Whether a token can be a metric name before braces (Prometheus: generated_parser.y, metric_identifier). */
export function isMetricName(kind: TokenKind): boolean {
  return kind === 'identifier' || kind === 'metric identifier' || (isKeyword(kind) && !notMetricNames.has(kind))
}

/** Whether a token can be a label name in a grouping list (Prometheus: generated_parser.y, maybe_label). */
export function isGroupingLabel(kind: TokenKind): boolean {
  return kind === 'identifier' || kind === 'metric identifier' || (isKeyword(kind) && kind !== 'without')
}

/** Whether a token followed by `(` names a function. */
export function isFunctionName(kind: TokenKind): boolean {
  return kind === 'identifier' || preprocessorKinds.has(kind)
}

function isKeyword(kind: TokenKind): boolean {
  return keywords.get(kind) === kind
}

/** What Prometheus calls a token in `unexpected …` (Prometheus: promql/parser/lex.go, Item.desc). */
export function describeToken(kind: TokenKind, source: string): string {
  switch (kind) {
    case 'end of input':
      return 'end of input'
    case 'identifier':
    case 'metric identifier':
    case 'template':
      return `${kind} ${quoteString(source)}`
    case 'string':
    case 'number':
    case 'duration':
      return `${kind} ${shortened(source)}`
    default:
      if (modifierKinds.has(kind)) return `<${source}>`
      if (operatorKinds.has(kind)) return `<op:${source}>`
      if (aggregatorKinds.has(kind)) return `<aggr:${source}>`
      return shortened(source)
  }
}

function shortened(source: string): string {
  if (utf8Length(source) <= 10) return quoteString(source)
  return `${quoteString(Array.from(source.slice(0, 20)).slice(0, 10).join(''))}...`
}
