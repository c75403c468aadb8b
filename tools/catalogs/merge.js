import { definitions } from './definitions.js'
import { readExposition, seriesOfType } from './exposition.js'
import { familyNames, writeCatalog, writeIndexes } from './write.js'

/**
 * Writes one catalog from what was seen of the exporter.
 *
 * @param {string} name
 * @param {Seen & { version: string, source: string }} found `source` tells how the families were found
 */
export function buildCatalog(name, { version, source, ...seen }) {
  const definition = definitions[name]
  if (!definition) throw new Error(`definitions.js has no "${name}"`)
  const included = new Set((definition.includes ?? []).flatMap(familyNames))
  const families = mergeFamilies(seen, definition)
    .filter((family) => definition.only?.test(family.name) ?? !included.has(family.name))
  writeCatalog(name, { version, source, families })
  writeIndexes()
}

/**
 * The families of all that was seen of an exporter.
 *
 * @typedef {object} Seen
 * @property {string[]} [scrapes] responses in the text format 0.0.4
 * @property {{ name: string, type: string, help?: string, labels?: string[], labelsOpen?: boolean,
 *   native?: boolean, anySeries?: boolean }[]} [descriptors] families read from the exporter's source, oldest version
 *   first, because no scrape shows them; `labels` and `labelsOpen` are absent where the labels are not known; `native`
 *   is true of histograms that have native buckets, `anySeries` where it may be a histogram for all that is known
 * @param {Seen} seen
 * @param {object} [definition] what definitions.js says of the exporter
 */
export function mergeFamilies({ scrapes = [], descriptors = [] }, definition = {}) {
  const merged = new Map()
  for (const text of scrapes) {
    for (const family of readExposition(text).values()) addScraped(merged, family)
  }
  for (const descriptor of descriptors) addDescriptor(merged, descriptor)
  return [...merged.values()].map((family) => toCatalogFamily(family, definition))
}

function addScraped(merged, { sampled, ...scraped }) {
  const family = merged.get(scraped.name)
  if (!family) {
    merged.set(scraped.name, { ...scraped, types: new Set([scraped.type]), labelSets: sampled ? [scraped.labels] : [], labels: new Set(scraped.labels), labelsKnown: sampled, labelsOpen: false })
    return
  }
  family.types.add(scraped.type)
  if (sampled) family.labelSets.push(scraped.labels)
  for (const label of scraped.labels) family.labels.add(label)
  for (const series of scraped.series) family.series.add(series)
  family.labelsKnown ||= sampled
}

/**
 * Versions that disagree are all right: the labels and the series of each are listed, the type is not known, and neither
 * is what other labels another version may have.
 */
function addDescriptor(merged, { name, type, help, labels, labelsOpen, native, anySeries }) {
  const family = merged.get(name) ?? { name, types: new Set(), labelSets: [], labels: new Set(), series: new Set(), labelsKnown: false, labelsOpen: false }
  merged.set(name, family)
  family.types.add(type)
  if (labels !== undefined || labelsOpen === false) family.labelSets.push(new Set(labels))
  family.help = help || family.help
  for (const label of labels ?? []) family.labels.add(label)
  // A description whose type is not known says nothing of the series of a family that is known from elsewhere.
  if (type !== 'unknown' || family.series.size === 0) for (const series of seriesOfType(name, type)) family.series.add(series)
  family.anySeries ||= anySeries === true
  if (type === 'summary' || native) family.series.add(name)
  family.labelsKnown ||= labels !== undefined || labelsOpen === false
  family.labelsOpen ||= labelsOpen === true
}

function toldTypes(types) {
  return [...types].filter((type) => type !== 'unknown' && type !== 'untyped')
}

/** The type that all versions agree on, where they tell one. */
function commonType(types) {
  const told = toldTypes(types)
  if (told.length === 0) return types.has('untyped') ? 'untyped' : 'unknown'
  return told.length === 1 ? told[0] : 'unknown'
}

/** Whether the labels changed: a scrape shows those that are set, so that fewer labels alone are no change. */
function changedLabels(labelSets) {
  const widest = labelSets.reduce((best, labels) => (labels.size > best.size ? labels : best), new Set())
  return labelSets.some((labels) => [...labels].some((label) => !widest.has(label)))
}

/** The definition says which label sets are fixed and where the exporter adds labels that it takes from elsewhere. */
function toCatalogFamily({ name, types, help, labels, labelSets, series, anySeries, labelsKnown, labelsOpen }, definition) {
  const closed = definition.closedLabels?.[name] ?? {}
  const extra = Object.entries(definition.extraLabels ?? {})
    .filter(([pattern]) => new RegExp(`^(?:${pattern})$`).test(name))
    .flatMap(([, names]) => names)
  const names = [...new Set([...labels, ...extra])].sort()
  if (anySeries && toldTypes(types).length === 0) for (const one of seriesOfType(name, 'histogram')) series.add(one)
  if (definition.nativeHistograms?.test(name)) series.add(name)
  const open = labelsOpen || !labelsKnown || changedLabels(labelSets) || definition.openLabels?.test(name)
  return {
    name,
    type: commonType(types),
    ...(help && { help }),
    labels: names.map((label) => (closed[label] ? { name: label, values: closed[label], open: false } : { name: label, open: true })),
    ...(open && { labelsOpen: true }),
    series: [...series].sort(),
  }
}
