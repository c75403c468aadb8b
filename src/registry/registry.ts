import { compareStrings, mergeRegistries } from './merge.js'
import { patternMatches, patternsOverlap, wholeName } from './name-pattern.js'
import type { Family, FamilyPattern, NamePattern, RegistryContent } from './types.js'

/** All families known to be exposed, with the questions that a query asks of them. Iterates over its families. */
export interface Registry extends Iterable<Family> {
  /** Sorted by name; several of one name where declarations contradict each other. */
  readonly families: readonly Family[]
  /** Families of which only a pattern of the name is known. */
  readonly patterns: readonly FamilyPattern[]
  /** The families that expose the series `name`. */
  familyOfSeries(name: string): readonly Family[]
  /** The families called `name`, whether or not they have a series of that name. */
  familiesNamed(name: string): readonly Family[]
  /** The patterns one of whose series could be called `name`. */
  patternsMatching(name: string): readonly FamilyPattern[]
  /** Every series name known whole, sorted, each once. */
  seriesNames(): readonly string[]
  /** The series names that pass a test (a regex matcher on `__name__`), sorted. */
  matchSeries(matches: (name: string) => boolean): readonly string[]
  /** The series names that a name with unknown parts (a query's `${prefix}_total`) could stand for, sorted. */
  seriesMatching(name: NamePattern): readonly string[]
  /** The patterns one of whose series could have a name that `name` could stand for. */
  patternsOverlapping(name: NamePattern): readonly FamilyPattern[]
}

/** Puts several sources of families together, as `mergeRegistries` does, and makes them quick to search. */
export function createRegistry(contents: readonly RegistryContent[]): Registry {
  const { families, patterns } = mergeRegistries(contents)
  const byName = new Map<string, Family[]>()
  const bySeries = new Map<string, Family[]>()
  for (const family of families) {
    append(byName, family.name, family)
    for (const series of family.series) append(bySeries, series, family)
  }
  const seriesNames = [...bySeries.keys()].sort(compareStrings)
  const none: readonly Family[] = []

  return {
    families,
    patterns,
    [Symbol.iterator]: () => families[Symbol.iterator](),
    familyOfSeries: (name) => bySeries.get(name) ?? none,
    familiesNamed: (name) => byName.get(name) ?? none,
    patternsMatching: (name) => patterns.filter(({ series }) => series.some((each) => patternMatches(each, name))),
    seriesNames: () => seriesNames,
    matchSeries: (matches) => seriesNames.filter(matches),
    seriesMatching(name) {
      const whole = wholeName(name)
      if (whole !== undefined) return bySeries.has(whole) ? [whole] : []
      return withPrefix(seriesNames, name.parts[0]!).filter((series) => patternMatches(name, series))
    },
    patternsOverlapping: (name) => patterns.filter(({ series }) => series.some((each) => patternsOverlap(each, name))),
  }
}

function append<Value>(map: Map<string, Value[]>, key: string, value: Value): void {
  const list = map.get(key)
  if (list) list.push(value)
  else map.set(key, [value])
}

/** The stretch of a sorted list that begins with `prefix`. */
function withPrefix(sorted: readonly string[], prefix: string): readonly string[] {
  const firstWhere = (passes: (name: string) => boolean) => {
    let low = 0
    let high = sorted.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (passes(sorted[middle]!)) high = middle
      else low = middle + 1
    }
    return low
  }
  const start = firstWhere((name) => name >= prefix)
  return sorted.slice(start, firstWhere((name) => name > prefix && !name.startsWith(prefix)))
}
