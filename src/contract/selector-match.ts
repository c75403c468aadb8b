import type { Text, VectorSelector } from '../promql/ast.js'
import { regexpMatcher } from '../promql/index.js'
import type { Registry } from '../registry/registry.js'
import type { Family, FamilyPattern, NamePattern } from '../registry/types.js'

/** A metric name as a selector asks for it, with its range in the query. */
export interface AskedName {
  /** As the user wrote it, templates included. */
  readonly text: string
  readonly kind: 'exact' | 'pattern' | 'regex'
  readonly start: number
  readonly end: number
}

/** What a selector can match among the families that are known. */
export type SelectorMatch =
  /** These, through these of their series. */
  | { readonly kind: 'known'; readonly series: readonly string[]; readonly families: readonly Family[] }
  /** Nothing that is known. */
  | { readonly kind: 'none'; readonly asked: AskedName; readonly unnamed: Unnamed }
  /** That cannot be told: no name, a name that is all template, or `asked`, that a family whose name is not known whole may have. */
  | { readonly kind: 'open'; readonly asked?: AskedName }

/**
 * Whether there are metrics of which not even a part of the name is known: `own` ones that the code declares, or only
 * `foreign` ones, of packages that are handed a registry, of which nothing is known, not even the type.
 */
export type Unnamed = 'none' | 'foreign' | 'own'

const open: SelectorMatch = { kind: 'open' }

/** Holds a selector's metric name against the registry; matchers on other labels play no part. */
export function matchSelector(selector: VectorSelector, registry: Registry): SelectorMatch {
  const asked = askedName(selector)
  if (asked === undefined) return open
  const series = matchingSeries(selector, asked, registry)
  if (series === undefined) return open
  if (series.length > 0) return { kind: 'known', series, families: familiesOf(series, registry) }
  const patterns = patternsFor(selector, asked, registry)
  if (patterns.some(isNamed)) return { kind: 'open', asked }
  const unnamed = patterns.length === 0 ? 'none' : patterns.every(({ type }) => type === 'unknown') ? 'foreign' : 'own'
  return { kind: 'none', asked, unnamed }
}

/** `undefined` where the name is a regular expression that RE2 does not take: the syntax check reports it. */
function matchingSeries(selector: VectorSelector, asked: AskedName, registry: Registry): readonly string[] | undefined {
  if (asked.kind === 'exact') return registry.familyOfSeries(asked.text).length > 0 ? [asked.text] : []
  if (asked.kind === 'pattern') return registry.seriesMatching(patternOf(nameText(selector)!))
  const matches = regexpMatcher(asked.text)
  return matches && registry.matchSeries(matches)
}

/** The families whose names are not known whole and that could be meant. */
function patternsFor(selector: VectorSelector, asked: AskedName, registry: Registry): readonly FamilyPattern[] {
  if (asked.kind === 'exact') return registry.patternsMatching(asked.text)
  if (asked.kind === 'pattern') return registry.patternsOverlapping(patternOf(nameText(selector)!))
  return registry.patterns
}

/** Whether some part of a pattern's name is known: one of which nothing is known says nothing of any name. */
function isNamed({ name }: FamilyPattern): boolean {
  return name.parts.some((part) => part !== '')
}

/** The name that a selector asks for; `undefined` where it names none, or only what it must not be. */
export function askedName(selector: VectorSelector): AskedName | undefined {
  const text = nameText(selector)
  if (text !== undefined) {
    const { start, end } = unquotedRange(text)
    if (text.parts.every((part) => typeof part === 'string')) return { text: text.parts.join(''), kind: 'exact', start, end }
    const literal = text.parts.filter((part) => typeof part === 'string').join('')
    return literal === '' ? undefined : { text: spelling(text), kind: 'pattern', start, end }
  }
  const matcher = selector.matchers.find(({ name, op }) => op === '=~' && isLiteral(name, '__name__'))
  const pattern = matcher && literalOf(matcher.value)
  return pattern === undefined ? undefined : { text: pattern, kind: 'regex', ...unquotedRange(matcher!.value) }
}

/** The asked name as the registry takes it; `undefined` for a regular expression that is no plain name. */
export function askedPattern(selector: VectorSelector): NamePattern | undefined {
  const text = nameText(selector)
  return text && askedName(selector) ? patternOf(text) : undefined
}

function nameText(selector: VectorSelector): Text | undefined {
  return selector.name ?? selector.matchers.find(({ name, op }) => op === '=' && isLiteral(name, '__name__'))?.value
}

export function isLiteral(text: Text, value: string): boolean {
  return text.parts.length === 1 && text.parts[0] === value
}

/** The literal that a text is; `undefined` where templates are part of it. */
export function literalOf({ parts }: Text): string | undefined {
  if (parts.length === 1) return typeof parts[0] === 'string' ? parts[0] : undefined
  return parts.every((part) => typeof part === 'string') ? parts.join('') : undefined
}

/** A text as the user wrote it, without quotes. */
export function spelling(text: Text): string {
  return text.parts
    .map((part) => {
      if (typeof part === 'string') return part
      const inner = part.name + (part.field === undefined ? '' : `.${part.field}`) + (part.format === undefined ? '' : `:${part.format}`)
      return part.syntax === '$' ? `$${inner}` : part.syntax === '${}' ? `\${${inner}}` : `[[${inner}]]`
    })
    .join('')
}

/** The range of a text's characters, without its quotes. */
export function unquotedRange(text: Text): { start: number; end: number } {
  return text.quoted && text.end - text.start >= 2 ? { start: text.start + 1, end: text.end - 1 } : { start: text.start, end: text.end }
}

function patternOf(text: Text): NamePattern {
  const parts: string[] = []
  let literal = ''
  for (const part of text.parts) {
    if (typeof part === 'string') {
      literal += part
    } else {
      parts.push(literal)
      literal = ''
    }
  }
  return { parts: [...parts, literal] }
}

function familiesOf(series: readonly string[], registry: Registry): readonly Family[] {
  return [...new Set(series.flatMap((name) => registry.familyOfSeries(name)))]
}
