import { groupedBy } from '../text/grouped-by.js'
import { unitedValues } from './label-values.js'
import { distinctPatterns, patternText } from './name-pattern.js'
import type { Declaration, Family, Label, Movement, Origin, Recorded, RegistryContent } from './types.js'

/**
 * One registry out of several. Families of one name, type and set of label names become one family: label values
 * and declarations are united, and what one of them leaves open is open. Families that contradict each other in
 * type or labels stay apart, each with its declarations.
 */
export function mergeRegistries(contents: readonly RegistryContent[]): RegistryContent {
  return {
    families: merged(
      contents.flatMap((content) => content.families),
      (family) => family.name,
      (all) => ({ name: all[0]!.name, ...united(all), series: sortedStrings(all.flatMap((family) => family.series)) }),
    ),
    patterns: merged(
      contents.flatMap((content) => content.patterns),
      (pattern) => patternText(pattern.name),
      (all) => ({ name: all[0]!.name, ...united(all), series: distinctPatterns(all.flatMap((pattern) => pattern.series)) }),
    ),
  }
}

/** What families and patterns have in common. */
type Described = Omit<Family, 'name' | 'series'>

/** Sorts, and unites the items that agree in name, type and label names. */
function merged<Item extends Described>(
  items: readonly Item[],
  nameOf: (item: Item) => string,
  unite: (all: readonly Item[]) => Item,
): Item[] {
  const groups = new Map<string, { name: string; items: Item[] }>()
  for (const item of items) {
    const name = nameOf(item)
    let key = `${name}\0${item.type}\0${item.labelsOpen}`
    for (const label of item.labels) key += `\0${label.name}`
    const group = groups.get(key)
    if (group) group.items.push(item)
    else groups.set(key, { name, items: [item] })
  }
  return [...groups]
    .sort(([keyA, a], [keyB, b]) => compareStrings(a.name, b.name) || compareStrings(keyA, keyB))
    .map(([, group]) => {
      const first = group.items[0]!
      return group.items.length === 1 && isNormal(first) ? first : unite(group.items)
    })
}

/** Whether there is nothing to put in order: so it is with most families, and most are the only one of their name. */
function isNormal({ labels, declarations, buckets = [], quantiles = [] }: Described): boolean {
  const areLabelsSorted = labels.every(({ values }) => isSorted(values))
  return areLabelsSorted && declarations.length < 2 && isSorted(buckets) && isSorted(quantiles)
}

function isSorted(values: readonly (string | number)[]): boolean {
  return values.every((value, i) => i === 0 || values[i - 1]! < value)
}

function united(items: readonly Described[]): Described {
  const ranked = items.toSorted(
    (a, b) => originRank(a.origin) - originRank(b.origin) || compareStrings(fileOf(a), fileOf(b)) || compareStrings(tieKey(a), tieKey(b)),
  )
  const best = ranked[0]!
  const help = ranked.find((item) => item.help !== undefined)?.help
  const unit = ranked.find((item) => item.unit !== undefined)?.unit
  const buckets = unitedNumbers(items.map((item) => item.buckets))
  const quantiles = unitedNumbers(items.map((item) => item.quantiles))
  const movement = unitedMovement(items.map((item) => item.movement))
  return {
    type: best.type,
    ...(help === undefined ? {} : { help }),
    ...(unit === undefined ? {} : { unit }),
    labels: best.labels.map((label, i) => unitedLabel(items.map((item) => item.labels[i] ?? label))),
    labelsOpen: best.labelsOpen,
    ...(buckets === undefined ? {} : { buckets }),
    ...(quantiles === undefined ? {} : { quantiles }),
    recorded: unitedRecorded(items.map((item) => item.recorded)),
    ...(movement && { movement }),
    origin: best.origin,
    declarations: distinctDeclarations(ranked.flatMap((item) => item.declarations)),
  }
}

function unitedLabel(labels: readonly Label[]): Label {
  return {
    name: labels[0]!.name,
    ...unitedValues(labels),
    ...(labels.every(({ always }) => always === true) && { always: true }),
  }
}

/** All numbers that some declaration gives; not known as soon as one declaration does not tell. */
function unitedNumbers(lists: readonly (readonly number[] | undefined)[]): number[] | undefined {
  const known = lists.filter((list) => list !== undefined)
  return known.length < lists.length ? undefined : [...new Set(known.flat())].sort((a, b) => a - b)
}

function unitedRecorded(all: readonly Recorded[]): Recorded {
  if (all.includes('yes')) return 'yes'
  return all.includes('unknown') ? 'unknown' : 'never'
}

/** One declaration that is set is enough; all have to be incremented alone for the family to be. */
export function unitedMovement(all: readonly (Movement | undefined)[]): Movement | undefined {
  if (all.includes('freely')) return 'freely'
  return all.every((movement) => movement === 'up') ? 'up' : undefined
}

/** The best witness first: code at hand, then what was exported from code, then what is only known of such programs. */
function originRank(origin: Origin): number {
  return ['code', 'registry-file', 'recording-rule', 'catalog', 'built-in'].indexOf(origin.kind)
}

function fileOf({ declarations: [first] }: Described): string {
  return first?.place.source.path ?? ''
}

/** Decides between witnesses of one rank and file, so that the order of the files does not. Places are dear: files may have to be parsed for them. */
function tieKey(item: Described): string {
  const declaration = item.declarations[0]
  return JSON.stringify([declaration ? placeKey(declaration) : '', item.origin, item.help, item.unit])
}

/** Of two for one place the first stays: the one of the code at hand, whose text can be shown. */
function distinctDeclarations(declarations: readonly Declaration[]): Declaration[] {
  const files = groupedBy(declarations, ({ place }) => place.source.path)
  const byPlace = new Map<string, Declaration>()
  for (const declaration of declarations) {
    const { path } = declaration.place.source
    const key = files.get(path)!.length === 1 ? path : placeKey(declaration)
    if (!byPlace.has(key)) byPlace.set(key, declaration)
  }
  return [...byPlace.values()].sort(compareDeclarations)
}

function placeKey({ place }: Declaration): string {
  const { line, column } = place.source.positionAt(place.span.start)
  return JSON.stringify([place.source.path, line, column])
}

/** By file, then by place in it. */
export function compareDeclarations(a: Declaration, b: Declaration): number {
  const byFile = compareStrings(a.place.source.path, b.place.source.path)
  if (byFile !== 0) return byFile
  const atA = a.place.source.positionAt(a.place.span.start)
  const atB = b.place.source.positionAt(b.place.span.start)
  return atA.line - atB.line || atA.column - atB.column
}

function sortedStrings(values: readonly string[]): string[] {
  return [...new Set(values)].sort()
}

/** By UTF-16 code units, as `Array.prototype.sort` does: the same on every machine, whatever its locale. */
export function compareStrings(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
