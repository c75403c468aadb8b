import { familiesDocumented } from '../contract/documented-metric.js'
import { askedName, askedPattern } from '../contract/selector-match.js'
import { regexpMatcher } from '../promql/index.js'
import { compareStrings } from '../registry/merge.js'
import { patternMatches } from '../registry/name-pattern.js'
import type { Place } from '../text/source.js'
import type { QuerySelector, Workspace } from './workspace.js'

/** A place where a metric is asked for. */
export interface MetricUser {
  /** For people: `panel "Total Cost (24h)" in dashboard "Costs"`. */
  readonly name: string
  readonly place: Place
  /** Whether it is this metric: where the name holds a variable, it may be. */
  readonly isSure: boolean
}

/**
 * Who asks for one of these series, in all of the workspace: panels, variables, annotations, rules and documents, by file and place. Selectors
 * without any part of a name, which may be of every metric, are left out.
 */
export function usersOf(names: ReadonlySet<string>, workspace: Workspace): MetricUser[] {
  const all = [...names]
  const queries = workspace.selectors.flatMap((selector) => userBy(selector, all))
  const documents = workspace.metricsDocuments.flatMap(({ source, metrics }) => metrics
    .filter((metric) => metric.names.some((name) => names.has(name) || familiesDocumented(name, workspace.stackOf(source.path).registry).some(({ series }) => series.some((one) => names.has(one)))))
    .map(({ span }): MetricUser => ({ name: 'document', place: { source, span }, isSure: true })))
  return [...queries, ...documents].sort((a, b) => compareStrings(a.place.source.path, b.place.source.path) || a.place.span.start - b.place.span.start)
}

function userBy({ query, selector }: QuerySelector, names: readonly string[]): MetricUser[] {
  const asked = askedName(selector)
  if (asked === undefined) return []
  const pattern = askedPattern(selector)
  const matches = pattern ? (name: string) => patternMatches(pattern, name) : regexpMatcher(asked.text)
  if (!matches || !names.some((name) => matches(name))) return []
  return [{ name: query.context, place: query.place(asked.start, asked.end), isSure: asked.kind !== 'pattern' }]
}
