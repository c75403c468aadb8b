import { datedFamily, metricType } from './fold-series.js'
import { mergeRegistries } from './merge.js'
import type { Family, Label, MetricType, RegistryContent } from './types.js'
import { parseExposition } from '../prometheus/exposition.js'
import type { ExposedFamily, ExposedSample } from '../prometheus/exposition.js'
import type { Problem, SourceText } from '../text/source.js'

/**
 * The families that a `/metrics` text shows. Label values are those seen, at most `valuesLimit` of a label, and every
 * label is open: the next scrape may show more. A family without samples has labels that nobody knows.
 */
export function registryFromExposition(
  source: SourceText,
  { valuesLimit = 100 }: { readonly valuesLimit?: number } = {},
): { content: RegistryContent; problems: readonly Problem[] } {
  const { families: exposed, problems } = parseExposition(source)
  const families = new Map(exposed.map((family) => [exposedName(family), toFamily(family, source, valuesLimit)]))
  for (const name of [...families.keys()]) {
    if (!name.endsWith('_created')) continue
    const dated = families.get(datedFamily(name, (candidate) => families.get(candidate)?.type) ?? '')
    if (dated === undefined) continue
    families.set(dated.name, { ...dated, series: [...new Set([...dated.series, name])].sort() })
    families.delete(name)
  }
  return { content: mergeRegistries([{ families: [...families.values()], patterns: [] }]), problems }
}

/** OpenMetrics leaves the suffixes of counters and infos out of the family's name; the text format does not. */
function exposedName({ name, type, samples }: ExposedFamily): string {
  const suffix = type === 'counter' ? '_total' : type === 'info' ? '_info' : ''
  return suffix !== '' && samples.some((sample) => sample.name === name + suffix) ? name + suffix : name
}

function toFamily(exposed: ExposedFamily, source: SourceText, valuesLimit: number): Family {
  const { help, unit, samples } = exposed
  const name = exposedName(exposed)
  const type = exposed.type === 'untyped' ? 'untyped' : metricType(exposed.type)
  const buckets = type === 'histogram' ? boundsIn(samples, 'le') : undefined
  const quantiles = type === 'summary' && samples.length > 0 ? (boundsIn(samples, 'quantile') ?? []) : undefined
  return {
    name,
    type,
    ...(help ? { help } : {}),
    ...(unit ? { unit } : {}),
    labels: labelsIn(samples, type, valuesLimit),
    labelsOpen: samples.length === 0,
    series: samples.length === 0 ? seriesOfType(name, type) : [...new Set(samples.map((sample) => sample.name))].sort(),
    ...(buckets === undefined ? {} : { buckets }),
    ...(quantiles === undefined ? {} : { quantiles }),
    recorded: samples.length === 0 ? 'unknown' : 'yes',
    origin: { kind: 'registry-file', file: source.path },
    declarations: [{ place: { source, span: exposed.span }, via: [] }],
  }
}

/** The series that the samples will have once there are some. */
function seriesOfType(name: string, type: MetricType): string[] {
  if (type === 'histogram') return [`${name}_bucket`, `${name}_count`, `${name}_sum`]
  return type === 'summary' ? [name, `${name}_count`, `${name}_sum`] : [name]
}

/** The finite values of `le` or `quantile`, ascending; absent where no sample has any. */
function boundsIn(samples: readonly ExposedSample[], label: string): number[] | undefined {
  const values = samples.map(({ labels }) => labels[label]).filter((value) => value !== undefined)
  if (values.length === 0) return undefined
  return [...new Set(values.map(Number))].filter(Number.isFinite).sort((a, b) => a - b)
}

function labelsIn(samples: readonly ExposedSample[], type: MetricType, valuesLimit: number): Label[] {
  const bound = type === 'histogram' ? 'le' : type === 'summary' ? 'quantile' : undefined
  const values = new Map<string, Set<string>>()
  for (const { labels } of samples) {
    for (const [name, value] of Object.entries(labels)) {
      if (name === bound) continue
      const seen = values.get(name) ?? new Set()
      values.set(name, seen.add(value))
    }
  }
  return [...values]
    .map(([name, seen]) => ({ name, values: [...seen].sort().slice(0, valuesLimit), open: true }))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
}
