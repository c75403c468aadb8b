import { askedName, matchSelector } from '../contract/selector-match.js'
import type { Place } from '../text/source.js'
import type { QuerySelector, Workspace } from '../workspace/workspace.js'

/**
 * What is known of something that a consumer names: it is exposed, it cannot be, or nothing at hand tells.
 * What is refuted is reported by a rule; what is unverified is counted and shown.
 */
export type Verdict = 'proved' | 'refuted' | 'unverified'

/** How many references of one kind there are, and what became of them. */
export interface Tally {
  readonly total: number
  readonly proved: number
  readonly refuted: number
  readonly unverified: number
}

/** A name that could not be checked, with all its uses. */
export interface UnverifiedName {
  /** As the queries spell it, templates included: `celery_workers`, `${prefix}_total`. */
  readonly metric: string
  /** Present where it is a label, or a label's value, that could not be checked; the metric then is proved. */
  readonly label?: string
  readonly value?: string
  /** Why, in words for a person, without the name: `nothing at hand exposes it`. */
  readonly reason: string
  readonly count: number
  /** Where it stands first, in the order of files and places. */
  readonly first: Place
}

/** How much of one dashboard or rule file was checked. */
export interface ConsumerCoverage {
  readonly file: string
  /** A dashboard's title; absent for a rule file. */
  readonly title?: string
  readonly selectors: Tally
  /** Sorted by metric, label and value. */
  readonly unverified: readonly UnverifiedName[]
}

/** What a run checked and what it could not. */
export interface Coverage {
  readonly selectors: Tally
  readonly labels: Tally
  readonly values: Tally
  /** Every name once, over all consumers; sorted by metric, label and value. */
  readonly unverified: readonly UnverifiedName[]
  /** Every dashboard and rule file with queries, in the order of files. */
  readonly consumers: readonly ConsumerCoverage[]
}

/** Counts the verdicts on everything that the queries of a workspace name. */
export function coverageOf({ selectors, registry }: Workspace): Coverage {
  const consumers = new Map<string, { title?: string; selectors: QuerySelector[] }>()
  for (const one of selectors) {
    const { file, title } = consumerOf(one)
    const key = JSON.stringify([file, title])
    const known = consumers.get(key) ?? { ...(title !== undefined && { title }), selectors: [] }
    known.selectors.push(one)
    consumers.set(key, known)
  }
  const judge = (list: readonly QuerySelector[]) => {
    const verdicts = list.map(({ selector }) => matchSelector(selector, registry).kind === 'known' ? 'proved' as const : 'unverified' as const)
    return { selectors: tally(verdicts), unverified: unverifiedNames(list.filter((_, i) => verdicts[i] === 'unverified')) }
  }
  return {
    ...judge(selectors),
    labels: tally([]),
    values: tally([]),
    consumers: [...consumers].map(([key, { title, selectors: own }]) => ({
      file: (JSON.parse(key) as [string])[0], ...(title !== undefined && { title }), ...judge(own),
    })),
  }
}

function consumerOf({ query }: QuerySelector): { file: string; title?: string | undefined } {
  const { owner } = query
  const file = query.place(0, 0).source.path
  switch (owner.kind) {
    case 'target':
      return { file, title: owner.panel.dashboard.title }
    case 'variable':
      return { file, title: owner.variable.dashboard.title }
    case 'annotation':
      return { file, title: owner.dashboard.title }
    default:
      return { file }
  }
}

function tally(verdicts: readonly Verdict[]): Tally {
  const count = (wanted: Verdict) => verdicts.filter((verdict) => verdict === wanted).length
  return { total: verdicts.length, proved: count('proved'), refuted: count('refuted'), unverified: count('unverified') }
}

function unverifiedNames(selectors: readonly QuerySelector[]): UnverifiedName[] {
  const byName = new Map<string, UnverifiedName>()
  for (const { query, selector } of selectors) {
    const asked = askedName(selector)
    if (asked === undefined) continue
    const known = byName.get(asked.text)
    byName.set(asked.text, known
      ? { ...known, count: known.count + 1 }
      : { metric: asked.text, reason: 'nothing at hand exposes it', count: 1, first: query.place(asked.start, asked.end) })
  }
  return [...byName.values()].sort((a, b) => (a.metric < b.metric ? -1 : 1))
}
