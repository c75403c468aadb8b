import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { definitions } from './definitions.js'

const directory = new URL('../../catalogs/', import.meta.url)
const indexFiles = ['index.json', 'series.json']

/** Writes catalogs/NAME.json, one family a line, so that a new version shows as a readable diff. */
export function writeCatalog(name, { version, source, families }) {
  const head = { ...summary(name, version), source }
  const sorted = [...families].sort((a, b) => (a.name < b.name ? -1 : 1))
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
  }
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
