/** A family as a program exposes it. */
export interface ExposedFamily {
  readonly name: string
  type: string
  /** Every label seen, `le` and `quantile` left out, with its values. */
  readonly labels: Map<string, Set<string>>
  /** Every series name seen. */
  readonly series: Set<string>
  /** Sum of all samples by series name. */
  readonly sums: Map<string, number>
}

/**
 * Reads the text format 0.0.4. The `_created` gauges that prometheus_client writes beside counters and histograms
 * belong to those, as in OpenMetrics.
 */
export function readExposition(text: string): Map<string, ExposedFamily> {
  const families = new Map<string, ExposedFamily>()
  const owners = new Map<string, ExposedFamily>()
  for (const line of text.split('\n')) {
    const [, name, type] = /^# TYPE (\S+) (\S+)$/.exec(line) ?? []
    if (name !== undefined && type !== undefined) {
      const created = type === 'gauge' ? ownerOfCreated(name, families) : undefined
      const family = created ?? { name, type, labels: new Map(), series: new Set(), sums: new Map() }
      families.set(family.name, family)
      for (const series of seriesOf(name, type)) owners.set(series, family)
    } else if (line !== '' && !line.startsWith('#')) {
      readSample(line, owners)
    }
  }
  return families
}

/** The types that OpenMetrics tells apart and the text format does not (info, stateset), by the text format's names. */
export function openMetricsTypes(text: string): Map<string, string> {
  const suffixes: Readonly<Record<string, string>> = { counter: '_total', info: '_info' }
  return new Map(
    [...text.matchAll(/^# TYPE (\S+) (\S+)$/gm)].map(([, name = '', type = '']) => [name + (suffixes[type] ?? ''), type]),
  )
}

function readSample(line: string, owners: ReadonlyMap<string, ExposedFamily>): void {
  const [, series = '', labels = '', value = ''] = /^([^\s{]+)(?:\{(.*)\})? (\S+)/.exec(line) ?? []
  const family = owners.get(series)
  if (family === undefined) throw new Error(`no # TYPE line for ${line}`)
  family.series.add(series)
  family.sums.set(series, (family.sums.get(series) ?? 0) + Number(value))
  for (const [, name = '', written = ''] of labels.matchAll(/([^=,]+)="((?:\\.|[^"\\])*)"/g)) {
    if (name === 'le' || name === 'quantile') continue
    const values = family.labels.get(name) ?? new Set()
    family.labels.set(name, values.add(written.replace(/\\(.)/g, (_, c: string) => (c === 'n' ? '\n' : c))))
  }
}

function ownerOfCreated(name: string, families: ReadonlyMap<string, ExposedFamily>): ExposedFamily | undefined {
  if (!name.endsWith('_created')) return undefined
  const base = name.slice(0, -'_created'.length)
  return [families.get(`${base}_total`), families.get(base)].find((family) => family && family.type !== 'gauge')
}

function seriesOf(name: string, type: string): string[] {
  const parts = type === 'histogram' || type === 'summary' ? ['_bucket', '_count', '_sum'] : []
  return [name, ...parts.map((part) => name + part)]
}
