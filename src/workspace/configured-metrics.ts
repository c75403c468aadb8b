import { mayNameMetrics, metricsNamedIn } from '../prometheus/exporter-config.js'
import { once } from '../text/once.js'
import { parseYaml } from '../text/yaml.js'
import { readTextFile } from './read-file.js'
import type { FoundFile } from './discovery.js'

/** Behind a metric's own name. */
const seriesSuffix = /_(?:bucket|sum|count|total)$/

/**
 * Tells the first file that has an exporter expose a series: queries for postgres_exporter, mappings for statsd_exporter
 * and the like; `undefined` where none does. The files are read when first asked about.
 */
export function configuredMetrics(files: readonly FoundFile[], maxBytes: number): (series: string) => string | undefined {
  const known = once(() => namesOf(files.filter(({ path, size }) => /\.ya?ml$/i.test(path) && size <= maxBytes), maxBytes))
  return (series) => {
    const { names, patterns } = known()
    const asked = [series, series.replace(seriesSuffix, '')].map((name) => name.toLowerCase())
    return asked.flatMap((name) => names.get(name) ?? [])[0] ?? patterns.find(({ test }) => asked.some((name) => test.test(name)))?.path
  }
}

function namesOf(files: readonly FoundFile[], maxBytes: number) {
  const names = new Map<string, string>()
  const patterns: { readonly test: RegExp; readonly path: string }[] = []
  for (const file of files) {
    const { source } = readTextFile(file, maxBytes)
    if (!mayNameMetrics(source.text)) continue
    for (const name of parseYaml(source).flatMap(({ value }) => metricsNamedIn(value))) {
      const [begin = '', ...rest] = name.toLowerCase().split(/\$\{?\d+\}?/)
      if (rest.length === 0) names.set(begin, names.get(begin) ?? file.path)
      // One that is filled in from its beginning on may be any.
      else if (/^[a-z]\w*_/.test(begin)) patterns.push({ path: file.path, test: new RegExp(`^${[begin, ...rest].map((part) => part.replace(/\W/g, '.')).join('.*')}$`) })
    }
  }
  return { names, patterns }
}
