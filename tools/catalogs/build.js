/**
 * Writes one catalog from files that show what the exporter exposes:
 *
 *   node tools/catalogs/build.js NAME --version V --source TEXT [--scrape FILE]... [--descriptors FILE]...
 *
 * A scrape is a /metrics response in the text format; a descriptor file is a JSON array (merge.js, buildCatalog).
 */
import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { buildCatalog } from './merge.js'

const { values: options, positionals: [name] } = parseArgs({
  allowPositionals: true,
  options: {
    version: { type: 'string' },
    source: { type: 'string' },
    scrape: { type: 'string', multiple: true, default: [] },
    descriptors: { type: 'string', multiple: true, default: [] },
  },
})
if (!name || !options.version || !options.source) throw new Error('usage: build.js NAME --version V --source TEXT …')

const read = (file) => readFileSync(file, 'utf8')
buildCatalog(name, {
  version: options.version,
  source: options.source,
  scrapes: options.scrape.map(read),
  descriptors: options.descriptors.flatMap((file) => JSON.parse(read(file))),
})
