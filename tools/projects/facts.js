/** What an extraction of a project told, as facts that a diff shows well: one family a line. */
import { mergeExtractions } from '../../dist/src/extract/types.js'
import { patternText } from '../../dist/src/registry/name-pattern.js'

/**
 * The facts of a project's extractions: families sorted by name and place, what is installed, syntax errors, and what
 * was not followed to its end. Help texts are the projects' own: only that there is one is a fact.
 */
export function factsOf(extractions) {
  const { declarations, instrumentations, problems } = mergeExtractions(extractions)
  return {
    incomplete: extractions.flatMap(({ incompleteness }) => incompleteness ?? []).map(({ language, lacks = 'anything', place }) => ({ name: language, lacks, place: placeText(place) })),
    families: declarations.map(familyFact).sort(inOrder),
    instrumentations: instrumentations.map(instrumentationFact).sort(inOrder),
    problems: problems.map(({ source, problem }) => ({ name: 'syntax error', place: placeText({ source, span: problem.span }) })).sort(inOrder),
  }
}

function familyFact({ client, name, type, unit, help, labels, labelsOpen, buckets, quantiles, recorded, movement, place }) {
  return {
    name: patternText(name), client, type, unit, help: help !== undefined || undefined, labels: labelFacts(labels), labelsOpen: labelsOpen || undefined,
    buckets, quantiles, recorded, movement, place: placeText(place),
  }
}

function instrumentationFact({ catalog, prefix = '', labels = [], place }) {
  return { name: catalog, prefix, labels: labelFacts(labels), place: placeText(place) }
}

/**
 * Of each label its values, sorted, where there are no others; `{ open: n }` where there may be others than the n that are known,
 * with `like` where these fit patterns.
 */
function labelFacts(labels) {
  return Object.fromEntries(labels.map(({ name, values, open, patterns }) => {
    if (!open) return [name, values.toSorted()]
    return [name, { open: values.length, like: patterns?.map(patternText).sort() }]
  }))
}

function placeText({ source, span }) {
  return `${source.path}:${source.positionAt(span.start).line}`
}

function inOrder(a, b) {
  const keys = [a.name, a.place, JSON.stringify(a)]
  const others = [b.name, b.place, JSON.stringify(b)]
  const at = keys.findIndex((key, i) => key !== others[i])
  return at === -1 ? 0 : keys[at] < others[at] ? -1 : 1
}

/** The JSON of a project's facts: what stands at the top and each item of a list has a line. */
export function factsText(facts) {
  const entries = Object.entries(facts).map(([key, value]) => `  ${JSON.stringify(key)}: ${Array.isArray(value) ? listText(value) : JSON.stringify(value)}`)
  return `{\n${entries.join(',\n')}\n}\n`
}

function listText(items) {
  return items.length === 0 ? '[]' : `[\n${items.map((item) => `    ${JSON.stringify(item)}`).join(',\n')}\n  ]`
}
