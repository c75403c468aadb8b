import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { definitions } from './definitions.js'
import { withLabelValues } from './label-values.js'

const directory = new URL('../../catalogs/', import.meta.url)
const indexFiles = ['index.json', 'series.json', 'values.json']

/** Writes catalogs/NAME.json, one family a line, so that a new version shows as a readable diff. */
export function writeCatalog(name, { version, source, families }) {
  const head = { ...summary(name, version), source }
  const sorted = families.map((family) => withLabelValues(name, family)).sort((a, b) => (a.name < b.name ? -1 : 1))
  const body = sorted.map((family) => `    ${JSON.stringify(family)}`).join(',\n')
  const text = JSON.stringify({ ...head, families: [] }, null, 2)
  write(`${name}.json`, text.replace('"families": []', () => `"families": [${body && `\n${body}\n  `}]`))
}

/** Writes the catalogs that are known by name prefix only, and gives all others the head that is defined now. */
export function refreshCatalogs() {
  for (const [name, { families }] of Object.entries(definitions)) {
    if (families === 'none') writeCatalog(name, { version: 'any', source: 'Names that begin like this; no families are listed.', families: [] })
  }
  for (const { catalog, ...content } of readCatalogs()) writeCatalog(catalog, content)
}

/**
 * Writes index.json (everything but the families) and series.json (series names by catalog), from the definitions and
 * the catalogs that are there.
 */
export function writeIndexes() {
  for (const [file, text] of Object.entries(indexTexts())) write(file, text)
}

/** What the index files should hold; the test compares. */
export function indexTexts() {
  const catalogs = readCatalogs()
  const summaries = catalogs.map(({ catalog, version }) => `  ${JSON.stringify(summary(catalog, version))}`)
  const series = catalogs
    .filter(({ families }) => families.length > 0)
    .map(({ catalog, families }) => {
      const names = [...new Set(families.flatMap((family) => family.series))].sort()
      return `  ${JSON.stringify(catalog)}: [\n${names.map((name) => `    ${JSON.stringify(name)}`).join(',\n')}\n  ]`
    })
  return {
    'index.json': `[\n${summaries.join(',\n')}\n]`,
    'series.json': `{\n${series.join(',\n')}\n}`,
    'values.json': valuesIndex(catalogs),
  }
}

/**
 * What each catalog that lists a series knows of its labels' values: of a label that one of them leaves open, nothing. Only
 * of names that belong to an exporter: any program may have an `http_requests_total`.
 */
function valuesIndex(catalogs) {
  const known = new Map()
  for (const { prefixes, families } of catalogs) {
    for (const { labels, series } of families) {
      for (const name of series.filter((one) => prefixes.some((prefix) => one.startsWith(prefix)))) {
        const closed = new Map(labels.flatMap(({ name: label, ...values }) => (values.open && !values.patterns ? [] : [[label, values]])))
        const before = known.get(name)
        if (before === undefined) known.set(name, closed)
        else for (const [label, values] of before) {
          const other = closed.get(label)
          if (other === undefined) before.delete(label)
          else before.set(label, unitedLabelValues(values, other))
        }
      }
    }
  }
  const lines = [...known].filter(([, labels]) => labels.size > 0).sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, labels]) => `  ${JSON.stringify(name)}: ${JSON.stringify(Object.fromEntries(labels))}`)
  return `{\n${lines.join(',\n')}\n}`
}

function unitedLabelValues(one, other) {
  const unite = (a = [], b = []) => [...new Set([...a, ...b])].sort()
  const values = unite(one.values, other.values)
  const patterns = unite(one.patterns, other.patterns)
  return { ...(values.length > 0 && { values }), open: one.open || other.open, ...(patterns.length > 0 && { patterns }) }
}

/** The names of the families of a catalog that is there. */
export function familyNames(name) {
  return JSON.parse(readFileSync(new URL(`${name}.json`, directory), 'utf8')).families.map((family) => family.name)
}

function readCatalogs() {
  return readdirSync(directory)
    .filter((file) => file.endsWith('.json') && !indexFiles.includes(file))
    .map((file) => JSON.parse(readFileSync(new URL(file, directory), 'utf8')))
    .sort((a, b) => (a.catalog < b.catalog ? -1 : 1))
}

function summary(name, version) {
  const { title, exporter, prefixes = [], openPrefixes = [], includes, images = [], jobs = [], targets = [] } = definitions[name]
  const evidence = { images, jobs, targets }
  return {
    catalog: name, title, exporter, version, complete: openPrefixes.length === 0, prefixes, openPrefixes, evidence,
    ...(includes && { includes }),
  }
}

function write(file, text) {
  writeFileSync(new URL(file, directory), `${text}\n`)
}
