/** What one extraction of a project tells and another does not. Facts are as `facts.js` makes them. */
import { parsePattern, patternMatches, wholeName } from '../../dist/src/registry/name-pattern.js'
import { groupedBy } from '../../dist/src/text/grouped-by.js'

/**
 * The differences between two facts of one project, each `{ kind, what, place }`: `lost` is what the first knew and the
 * second does not or says otherwise, `gained` what only the second knows, `moved` what both know at another place.
 * `same`: how many families are equal in everything.
 */
export function compareFacts(before, after) {
  const families = compareItems(before.families, after.families)
  return {
    same: families.same,
    differences: [
      ...compareItems(before.incomplete, after.incomplete).differences.map(inverted),
      ...families.differences,
      ...compareItems(before.instrumentations, after.instrumentations).differences,
      ...compareItems(before.problems, after.problems).differences,
    ],
  }
}

/** What an extraction lacks is lost where it appears. */
function inverted({ kind, ...difference }) {
  return { kind: kind === 'lost' ? 'gained' : kind === 'gained' ? 'lost' : kind, ...difference }
}

function compareItems(before, after) {
  const { pairs, onlyBefore, onlyAfter } = pairsOf(before, after)
  const refined = onlyBefore.filter((item) => refinementsOf(item, onlyAfter).length > 0)
  const compared = pairs.map(([one, other]) => differencesOf(one, other).map((difference) => ({ ...difference, what: `${itemText(one)}: ${difference.what}` })))
  return {
    same: compared.filter((differences) => differences.length === 0).length,
    differences: [
      ...onlyBefore.map((item) => refined.includes(item)
        ? { kind: 'gained', what: `${itemText(item)}: names more exact: ${refinementsOf(item, onlyAfter).map(({ name }) => name).join(', ')}`, place: item.place }
        : { kind: 'lost', what: itemText(item), place: item.place }),
      ...onlyAfter.map((item) => ({ kind: 'gained', what: itemText(item), place: item.place })),
      ...compared.flat(),
    ],
  }
}

function itemText({ name, client, lacks }) {
  if (lacks !== undefined) return `incomplete: ${name} may lack ${lacks}`
  return client === undefined ? name : `${name} of ${client}`
}

/** Items of one name: those that are equal are the same item, then those of one place, those of one file, and the others in their order. */
function pairsOf(before, after) {
  const pairs = []
  let left = { before, after }
  for (const keyOf of [(item) => JSON.stringify(item), (item) => item.place, (item) => fileOf(item), () => '']) {
    const found = matched(left, (item) => [item.name, item.client, item.lacks, keyOf(item)].join('\n'))
    pairs.push(...found.pairs)
    left = found
  }
  return { pairs, onlyBefore: left.before, onlyAfter: left.after }
}

function matched({ before, after }, keyOf) {
  const byKey = groupedBy(after, keyOf)
  const pairs = []
  const unmatched = before.filter((item) => {
    const other = byKey.get(keyOf(item))?.shift()
    if (other !== undefined) pairs.push([item, other])
    return other === undefined
  })
  const taken = new Set(pairs.map(([, other]) => other))
  return { pairs, before: unmatched, after: after.filter((item) => !taken.has(item)) }
}

function fileOf({ place }) {
  return place.slice(0, place.lastIndexOf(':'))
}

/** What stands for a family of which only a pattern was known: those of its client whose names fit. */
function refinementsOf(item, others) {
  const pattern = parsePattern(item.name)
  if (wholeName(pattern) !== undefined) return []
  return others.filter((other) => other.client === item.client && patternMatches(pattern, other.name))
}

function differencesOf(before, after) {
  const { place } = after
  return [
    ...['type', 'unit', 'help', 'prefix', 'buckets', 'quantiles', 'recorded', 'movement'].flatMap((key) => compareValues(key, before[key], after[key])),
    ...compareLabels(before.labels ?? {}, after.labels ?? {}),
    ...(!before.labelsOpen && after.labelsOpen ? [{ kind: 'lost', what: 'there may be other labels' }] : []),
    ...(before.labelsOpen && !after.labelsOpen ? [{ kind: 'gained', what: 'there are no other labels' }] : []),
    ...(before.place === place ? [] : [{ kind: 'moved', what: `from ${before.place}` }]),
  ].map((difference) => ({ ...difference, place }))
}

/** A value that was not known, as a type `unknown`, is gained; any other change loses what was said. */
function compareValues(key, before, after) {
  const [old, now] = [before ?? 'unknown', after ?? 'unknown'].map((value) => JSON.stringify(value))
  if (old === now) return []
  return [{ kind: old === '"unknown"' ? 'gained' : 'lost', what: `${key} ${old} -> ${now}` }]
}

function compareLabels(before, after) {
  const names = new Set([...Object.keys(before), ...Object.keys(after)])
  return [...names].sort().flatMap((name) => {
    if (!Object.hasOwn(after, name)) return [{ kind: 'lost', what: `label ${name}` }]
    if (!Object.hasOwn(before, name)) return [{ kind: 'gained', what: `label ${name}` }]
    return compareLabel(before[name], after[name]).map((difference) => ({ ...difference, what: `label ${name} ${difference.what}` }))
  })
}

function compareLabel(before, after) {
  const [wasClosed, isClosed] = [Array.isArray(before), Array.isArray(after)]
  if (wasClosed && !isClosed) return [{ kind: 'lost', what: `more open: ${listed(before)} -> ${after.like?.join(' or ') ?? 'any'}, ${after.open} known` }]
  if (!wasClosed && isClosed) return [{ kind: 'gained', what: `more exact: any, ${before.open} known -> ${listed(after)}` }]
  if (!isClosed) {
    const [old, now] = [before, after].map(({ like }) => (like === undefined ? 'anything' : like.join(' or ')))
    return [
      ...(before.open === after.open ? [] : [{ kind: before.open > after.open ? 'lost' : 'gained', what: `values known ${before.open} -> ${after.open}` }]),
      ...(old === now ? [] : [{ kind: old === 'anything' ? 'gained' : 'lost', what: `others are ${old} -> ${now}` }]),
    ]
  }
  const lost = before.filter((value) => !after.includes(value))
  const gained = after.filter((value) => !before.includes(value))
  return [
    ...(lost.length > 0 ? [{ kind: 'lost', what: `values ${listed(lost)}` }] : []),
    ...(gained.length > 0 ? [{ kind: 'gained', what: `values ${listed(gained)}` }] : []),
  ]
}

function listed(values) {
  return values.length === 0 ? 'none' : values.map((value) => JSON.stringify(value)).join(', ')
}
