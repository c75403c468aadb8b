import { exposedType } from './exposed-type.js'
import { likePatterns, mayHaveValue, unitedValues } from './label-values.js'
import { compareStrings } from './merge.js'
import { patternMatches, patternText } from './name-pattern.js'
import { nearestNames } from '../text/nearest-names.js'
import { createRegistry } from './registry.js'
import type { Registry } from './registry.js'
import type { Declaration, FamilyPattern, Label, RegistryContent } from './types.js'
import type { Usage, UsedBy } from './usage.js'
import type { Place } from '../text/source.js'

/** Every kind of change, in the order in which those of one family are told. */
export const changeKinds = [
  'family-removed', 'pattern-removed', 'type-changed', 'series-removed', 'label-removed', 'value-removed',
  'bucket-removed', 'quantile-removed', 'no-longer-recorded', 'labels-opened', 'labels-closed', 'values-opened',
  'values-closed', 'family-added', 'pattern-added', 'series-added', 'label-added', 'value-added', 'bucket-added',
  'quantile-added',
] as const

export type ChangeKind = (typeof changeKinds)[number]

export interface RegistryChange {
  readonly kind: ChangeKind
  /** Whether a query that was right before can now be wrong. */
  readonly breaking: boolean
  /** The family's name; for a pattern with `*` for what is not known. */
  readonly family: string
  readonly series?: string
  readonly label?: string
  readonly value?: string
  /** The bucket boundary or quantile. */
  readonly bound?: number
  /** What happened, for people, without the family's name. */
  readonly message: string
  /** Where the family is declared: in the new registry, or in the old one where it is gone. */
  readonly place?: Place
  /** The consumers that the change touches. */
  readonly usedBy: readonly UsedBy[]
}

export interface RegistryDiff {
  /** Breaking ones first, then by family. */
  readonly changes: readonly RegistryChange[]
}

/**
 * What changed between two registries. With a usage file, each change names the consumers that it touches, and the
 * loss of a bucket boundary or quantile counts as breaking where a query selects it. Declarations that only moved are
 * no change; families of one name are compared as one.
 */
export function diffRegistries(oldContent: RegistryContent, newContent: RegistryContent, usage?: Usage): RegistryDiff {
  const before = createRegistry([oldContent])
  const after = createRegistry([newContent])
  const users = usersIn(usage)
  const changes = [
    ...namesOf(before).flatMap((name) => {
      const old = viewOf(name, before)
      return after.familiesNamed(name).length > 0
        ? familyChanges(old, viewOf(name, after), after, users)
        : [familyRemoved(old, before, after, users)]
    }),
    ...namesOf(after)
      .filter((name) => before.familiesNamed(name).length === 0)
      .map((name) => familyAdded(viewOf(name, after))),
    ...patternChanges(before, after),
  ]
  return { changes: changes.sort(compareChanges) }
}

/** All families of one name, seen as one: what any of them has, it has. */
interface FamilyView {
  readonly name: string
  readonly types: readonly string[]
  readonly labels: ReadonlyMap<string, Label>
  readonly labelsOpen: boolean
  readonly series: readonly string[]
  readonly buckets: readonly number[] | undefined
  readonly quantiles: readonly number[] | undefined
  readonly everRecorded: boolean
  readonly place: Place | undefined
}

function viewOf(name: string, registry: Registry): FamilyView {
  const families = registry.familiesNamed(name)
  const labels = new Map<string, Label>()
  for (const label of families.flatMap((family) => family.labels)) {
    const known = labels.get(label.name)
    labels.set(label.name, { name: label.name, ...unitedValues(known ? [known, label] : [label]) })
  }
  return {
    name,
    types: [...new Set(families.map(({ type }) => exposedType(type)))],
    labels,
    labelsOpen: families.some((family) => family.labelsOpen),
    series: [...new Set(families.flatMap(({ series }) => series))].sort(),
    buckets: allKnown(families.map(({ buckets }) => buckets)),
    quantiles: allKnown(families.map(({ quantiles }) => quantiles)),
    everRecorded: families.some(({ recorded }) => recorded !== 'never'),
    place: firstPlace(families.flatMap(({ declarations }) => declarations)),
  }
}

type Users = (test: (use: UsedBy['use']) => boolean) => UsedBy[]

function usersIn(usage: Usage | undefined): Users {
  const all = (usage?.consumers ?? []).flatMap((consumer) => consumer.uses.map((use) => ({ consumer, use })))
  return (test) => all.filter(({ use }) => test(use))
}

function familyRemoved(old: FamilyView, before: Registry, after: Registry, users: Users): RegistryChange {
  const gone = old.series.filter((series) => after.familyOfSeries(series).length === 0)
  const undecided = gone.every((series) => after.patternsMatching(series).length > 0)
  const added = namesOf(after).filter((name) => before.familiesNamed(name).length === 0)
  const [renamed] = nearestNames(old.name, added, 1)
  const hint = renamed === undefined ? '' : `; renamed to "${renamed}"?`
  const message =
    gone.length === 0
      ? 'is no family any more, but others expose all its series'
      : undecided
        ? 'is no longer known by name; a family with a name computed at run time could be it'
        : `is gone${hint}`
  const usedBy = users(({ series }) => gone.some((name) => patternMatches(series, name)))
  return { kind: 'family-removed', breaking: !undecided, family: old.name, message, usedBy, ...placed(old.place) }
}

function familyAdded({ name, types, place }: FamilyView): RegistryChange {
  const message = `is new (${types.join(', ')})`
  return { kind: 'family-added', breaking: false, family: name, message, usedBy: [], ...placed(place) }
}

function familyChanges(old: FamilyView, now: FamilyView, after: Registry, users: Users): RegistryChange[] {
  const usersOf = (test: (use: UsedBy['use']) => boolean = () => true) =>
    users((use) => old.series.some((series) => patternMatches(use.series, series)) && test(use))
  const change = (
    kind: ChangeKind,
    breaking: boolean,
    message: string,
    detail: Partial<RegistryChange> = {},
  ): RegistryChange => ({ kind, breaking, family: now.name, message, usedBy: [], ...placed(now.place), ...detail })

  return [
    ...typeChanges(old, now, change, usersOf),
    ...old.series
      .filter((series) => after.familyOfSeries(series).length === 0 && after.patternsMatching(series).length === 0)
      .map((series) => {
        const usedBy = users((use) => patternMatches(use.series, series))
        return change('series-removed', true, `no longer exposes "${series}"`, { series, usedBy })
      }),
    ...now.series
      .filter((series) => !old.series.includes(series))
      .map((series) => change('series-added', false, `now exposes "${series}" too`, { series })),
    ...labelChanges(old, now, change, usersOf),
    ...boundChanges('bucket', old.buckets, now.buckets, change, usersOf),
    ...boundChanges('quantile', old.quantiles, now.quantiles, change, usersOf),
    ...(old.everRecorded && !now.everRecorded
      ? [change('no-longer-recorded', now.labels.size > 0, 'is declared, but nothing records it any more', { usedBy: usersOf() })]
      : []),
  ]
}

type MakeChange = (
  kind: ChangeKind,
  breaking: boolean,
  message: string,
  detail?: Partial<RegistryChange>,
) => RegistryChange
type UsersOf = (test?: (use: UsedBy['use']) => boolean) => UsedBy[]

function typeChanges(old: FamilyView, now: FamilyView, change: MakeChange, usersOf: UsersOf): RegistryChange[] {
  const named = (types: readonly string[]) =>
    types.map((type) => (type === 'unknown' ? 'of unknown type' : `a ${type}`)).join(' and ')
  if (old.types.every((type) => now.types.includes(type)) && now.types.length === old.types.length) return []
  const known = !old.types.includes('unknown') && !now.types.includes('unknown')
  return [change('type-changed', known, `was ${named(old.types)} and is ${named(now.types)}`, { usedBy: usersOf() })]
}

function labelChanges(old: FamilyView, now: FamilyView, change: MakeChange, usersOf: UsersOf): RegistryChange[] {
  const changes: RegistryChange[] = []
  if (!old.labelsOpen && now.labelsOpen) changes.push(change('labels-opened', false, 'can have labels beside those listed'))
  if (old.labelsOpen && !now.labelsOpen) changes.push(change('labels-closed', false, 'has no labels beside those listed'))
  for (const label of old.labels.values()) {
    const current = now.labels.get(label.name)
    if (current) changes.push(...valueChanges(label, current, change, usersOf))
    else {
      const doubt = now.labelsOpen ? ', unless it is among those computed at run time' : ''
      const usedBy = usersOf((use) => use.labels.some(({ name }) => name === label.name))
      const message = `lost the label "${label.name}"${doubt}`
      changes.push(change('label-removed', !now.labelsOpen, message, { label: label.name, usedBy }))
    }
  }
  for (const name of now.labels.keys()) {
    if (!old.labels.has(name)) changes.push(change('label-added', false, `has a new label "${name}"`, { label: name }))
  }
  return changes
}

function valueChanges(old: Label, now: Label, change: MakeChange, usersOf: UsersOf): RegistryChange[] {
  const changes: RegistryChange[] = []
  const label = now.name
  changes.push(...formChanges(old, now, change, usersOf))
  if (!old.open && now.open && now.patterns === undefined) {
    changes.push(change('values-opened', false, `label "${label}" can have values beside those listed`, { label }))
  }
  if (old.open && !now.open) {
    changes.push(change('values-closed', false, `label "${label}" has no values beside those listed`, { label }))
  }
  for (const value of old.values) {
    // What an open label is no longer seen to have, it may have all the same.
    if (mayHaveValue(now, value)) continue
    const usedBy = usersOf((use) => use.labels.some(({ name, values }) => name === label && values.includes(value)))
    const message = `label "${label}" never is ${JSON.stringify(value)} any more`
    changes.push(change('value-removed', true, message, { label, value, usedBy }))
  }
  for (const value of now.values) {
    if (mayHaveValue(old, value)) continue
    changes.push(change('value-added', false, `label "${label}" can be ${JSON.stringify(value)}`, { label, value }))
  }
  return changes
}

/** What changes where values are only known by what they are like. Values of another form are other values. */
function formChanges(old: Label, now: Label, change: MakeChange, usersOf: UsersOf): RegistryChange[] {
  const label = now.name
  const [before, after] = [old, now].map(({ patterns }) => patterns && likePatterns(patterns))
  if (!old.open || !now.open || before === after) return []
  if (after === undefined) return [change('values-opened', false, `label "${label}" can be anything, and not only ${before!}`, { label })]
  if (before === undefined) return [change('values-closed', false, `label "${label}" is never anything else than ${after}`, { label })]
  const gone = old.patterns!.filter((pattern) => !now.patterns!.some((other) => patternText(other) === patternText(pattern)))
  const usedBy = gone.length === 0 ? [] : usersOf((use) => use.labels.some(({ name, values }) => name === label && values.some((value) => mayHaveValue(old, value) && !mayHaveValue(now, value))))
  return [change(gone.length > 0 ? 'values-closed' : 'values-opened', gone.length > 0, `label "${label}" is ${after} now, and was ${before}`, { label, usedBy })]
}

function boundChanges(
  kind: 'bucket' | 'quantile',
  old: readonly number[] | undefined,
  now: readonly number[] | undefined,
  change: MakeChange,
  usersOf: UsersOf,
): RegistryChange[] {
  if (old === undefined || now === undefined) return []
  const removed = old.filter((bound) => !now.includes(bound))
  const added = now.filter((bound) => !old.includes(bound))
  return [
    ...removed.map((bound) => {
      const usedBy = usersOf((use) => (kind === 'bucket' ? use.buckets : use.quantiles).includes(bound))
      return change(`${kind}-removed`, usedBy.length > 0, `lost the ${kind} ${bound}`, { bound, usedBy })
    }),
    ...added.map((bound) => change(`${kind}-added`, false, `has a new ${kind} ${bound}`, { bound })),
  ]
}

function patternChanges(before: Registry, after: Registry): RegistryChange[] {
  const textOf = ({ name }: FamilyPattern) => patternText(name)
  const oldNames = new Set(before.patterns.map(textOf))
  const newNames = new Set(after.patterns.map(textOf))
  const change = (kind: ChangeKind, pattern: FamilyPattern, breaking: boolean, message: string): RegistryChange => ({
    kind,
    breaking,
    family: textOf(pattern),
    message,
    usedBy: [],
    ...placed(firstPlace(pattern.declarations)),
  })
  const isResolved = ({ series }: FamilyPattern) => series.some((name) => after.seriesMatching(name).length > 0)
  return [
    ...before.patterns
      .filter((pattern) => !newNames.has(textOf(pattern)))
      .map((pattern) =>
        isResolved(pattern)
          ? change('pattern-removed', pattern, false, 'is gone; families that are known by name could be it')
          : change('pattern-removed', pattern, true, 'is gone, and so is every family that it stood for'),
      ),
    ...after.patterns
      .filter((pattern) => !oldNames.has(textOf(pattern)))
      .map((pattern) => change('pattern-added', pattern, false, 'is new; the name is computed at run time')),
  ]
}

function namesOf(registry: Registry): string[] {
  return [...new Set(registry.families.map(({ name }) => name))]
}

function allKnown(lists: readonly (readonly number[] | undefined)[]): readonly number[] | undefined {
  const known = lists.filter((list) => list !== undefined)
  return known.length < lists.length ? undefined : [...new Set(known.flat())].sort((a, b) => a - b)
}

function firstPlace(declarations: readonly Declaration[]): Place | undefined {
  return declarations[0]?.place
}

function placed(place: Place | undefined): { place?: Place } {
  return place === undefined ? {} : { place }
}

function compareChanges(a: RegistryChange, b: RegistryChange): number {
  return (
    Number(b.breaking) - Number(a.breaking) ||
    compareStrings(a.family, b.family) ||
    changeKinds.indexOf(a.kind) - changeKinds.indexOf(b.kind) ||
    compareStrings(a.label ?? a.series ?? '', b.label ?? b.series ?? '') ||
    compareStrings(a.value ?? '', b.value ?? '') ||
    (a.bound ?? 0) - (b.bound ?? 0)
  )
}

/** Whether the change of families is one that `registry diff` fails for. */
export function isBreaking({ changes }: RegistryDiff): boolean {
  return changes.some(({ breaking }) => breaking)
}

