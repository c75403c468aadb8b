import { definitions } from './definitions.js'
import { readExposition, seriesOfType } from './exposition.js'
import { familyNames, writeCatalog, writeIndexes } from './write.js'

/**
 * Writes one catalog from what was seen of the exporter.
 *
 * @param {string} name
 * @param {object} found
 * @param {string} found.version
 * @param {string} found.source how the families were found
 * @param {string[]} [found.scrapes] responses in the text format 0.0.4
 * @param {{ name: string, type: string, help?: string, labels?: string[], labelsOpen?: boolean }[]} [found.descriptors]
 *   families read from the exporter's source, because no scrape shows them; `labels` absent where they are not known
 */
export function buildCatalog(name, { version, source, scrapes = [], descriptors = [] }) {
  const definition = definitions[name]
  if (!definition) throw new Error(`definitions.js has no "${name}"`)
  const merged = new Map()
  for (const text of scrapes) {
    for (const family of readExposition(text).values()) addScraped(merged, family)
  }
  for (const descriptor of descriptors) addDescriptor(merged, descriptor)
  const included = new Set((definition.includes ?? []).flatMap(familyNames))
  const families = [...merged.values()]
    .filter((family) => definition.only?.test(family.name) ?? !included.has(family.name))
    .map((family) => toCatalogFamily(family, definition))
  writeCatalog(name, { version, source, families })
  writeIndexes()
}

function addScraped(merged, { sampled, ...scraped }) {
  const family = merged.get(scraped.name)
  if (!family) {
    merged.set(scraped.name, { ...scraped, labelsOpen: !sampled })
    return
  }
  for (const label of scraped.labels) family.labels.add(label)
  for (const series of scraped.series) family.series.add(series)
  family.labelsOpen &&= !sampled
}

function addDescriptor(merged, { name, type, help, labels, labelsOpen }) {
  const family = merged.get(name)
  if (!family) {
    const series = new Set([...seriesOfType(name, type), ...(type === 'summary' ? [name] : [])])
    merged.set(name, { name, type, help, labels: new Set(labels), series, labelsOpen: labelsOpen ?? labels === undefined })
    return
  }
  family.help ||= help
  for (const label of labels ?? []) family.labels.add(label)
  if (labelsOpen === true) family.labelsOpen = true
  else if (labels !== undefined || labelsOpen === false) family.labelsOpen = false
}

/** The definition says which label sets are fixed and where the exporter adds labels that it takes from elsewhere. */
function toCatalogFamily({ name, type, help, labels, series, labelsOpen }, definition) {
  const closed = definition.closedLabels?.[name] ?? {}
  const extra = Object.entries(definition.extraLabels ?? {})
    .filter(([pattern]) => new RegExp(`^(?:${pattern})$`).test(name))
    .flatMap(([, names]) => names)
  const names = [...new Set([...labels, ...extra])].sort()
  const open = labelsOpen || definition.openLabels?.test(name)
  return {
    name,
    type,
    ...(help && { help }),
    labels: names.map((label) => (closed[label] ? { name: label, values: closed[label], open: false } : { name: label, open: true })),
    ...(open && { labelsOpen: true }),
    series: [...series].sort(),
  }
}
