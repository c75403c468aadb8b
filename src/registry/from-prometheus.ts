import { builtInFamilies } from './built-in.js'
import { foldSeries } from './fold-series.js'
import type { FoldedFamily, SeriesMetadata } from './fold-series.js'
import { httpText, requestTarget } from './http-text.js'
import type { RequestLimits } from './http-text.js'
import { mergeRegistries } from './merge.js'
import type { Family, Label, MetricType, RegistryContent } from './types.js'

export interface FromPrometheusOptions extends RequestLimits {
  /** Only series that these matchers select: `{job="api"}`. */
  readonly match?: string
  /** Only series with samples since then, and until then: RFC 3339 or seconds since 1970. Default: all that is kept. */
  readonly start?: string
  readonly end?: string
  /** How many series of a family are looked at for label values; 0: none. Default 100. */
  readonly seriesLimit?: number
  /** Families asked about at the same time. Default 6. */
  readonly concurrency?: number
}

export type FromPrometheus =
  | { readonly ok: true; readonly content: RegistryContent; readonly warnings: readonly string[] }
  | { readonly ok: false; readonly message: string }

/**
 * The families that a Prometheus server knows, through its HTTP API (Prometheus: docs/querying/api.md). Labels are all
 * that the series have but `job` and `instance`; their values are those seen, so every label is open.
 */
export async function registryFromPrometheus(url: string, options: FromPrometheusOptions): Promise<FromPrometheus> {
  const { match } = options
  const matchers = match === undefined ? '' : /^\s*\{([^]*)\}\s*$/.exec(match)?.[1]
  if (matchers === undefined) return { ok: false, message: `"${match!}" is no selector of the form {job="api"}` }
  const server = connect(url, options)
  try {
    const metadata = await server.get<Record<string, SeriesMetadata[] | undefined>>('/api/v1/metadata')
    const names = await server.get<string[]>('/api/v1/label/__name__/values', matchers === '' ? [] : [`{${matchers}}`])
    const builtIn = new Set(builtInFamilies().map(({ name }) => name))
    const folded = foldSeries(names.filter((name) => !builtIn.has(name)), (name) => metadata[name]?.[0])
    const families = await inParallel(folded, options.concurrency ?? 6, (family) => describe(family, matchers, server, options))
    return { ok: true, content: mergeRegistries([{ families, patterns: [] }]), warnings: server.warnings() }
  } catch (error) {
    if (error instanceof ApiFailure) return { ok: false, message: error.message }
    throw error
  }
}

/** Ends the reading of a server from within its many requests; never leaves this file. */
class ApiFailure extends Error {}

interface Server {
  /** The address as it may be shown. */
  readonly shown: string
  /** The `data` of an answer; throws `ApiFailure` where there is none. */
  get<Data>(path: string, match?: readonly string[], limit?: number): Promise<Data>
  warnings(): readonly string[]
}

function connect(url: string, options: FromPrometheusOptions): Server {
  const warnings = new Set<string>()
  const target = requestTarget(url)
  return {
    shown: 'shown' in target ? target.shown : url,
    warnings: () => [...warnings].sort(),
    async get<Data>(path: string, match: readonly string[] = [], limit?: number) {
      const parameters = new URLSearchParams(match.map((selector): [string, string] => ['match[]', selector]))
      const bounded = path !== '/api/v1/metadata'
      if (bounded && options.start !== undefined) parameters.set('start', options.start)
      if (bounded && options.end !== undefined) parameters.set('end', options.end)
      if (limit !== undefined) parameters.set('limit', String(limit))
      const query = parameters.size === 0 ? '' : `?${parameters.toString()}`
      const address = `${url.replace(/\/+$/, '')}${path}`
      const answer = await httpText(`${address}${query}`, 'application/json', options)
      if (!answer.ok) throw new ApiFailure(answer.message)
      const asked = requestTarget(address)
      const shown = 'shown' in asked ? asked.shown : address
      const body = parsedAnswer(answer.text)
      if (body === undefined) {
        throw new ApiFailure(`${shown} answered with HTTP status ${answer.status} and not as Prometheus does`)
      }
      if (body.status !== 'success') {
        throw new ApiFailure(`${shown} refused: ${body.error ?? `HTTP status ${answer.status}`}`)
      }
      for (const warning of body.warnings ?? []) warnings.add(warning)
      return body.data as Data
    },
  }
}

interface ApiAnswer {
  readonly status: 'success' | 'error'
  readonly data?: unknown
  readonly error?: string
  readonly warnings?: readonly string[]
}

function parsedAnswer(text: string): ApiAnswer | undefined {
  try {
    const value = JSON.parse(text) as Partial<ApiAnswer> | null
    return value?.status === 'error' || (value?.status === 'success' && 'data' in value) ? (value as ApiAnswer) : undefined
  } catch {
    return undefined
  }
}

async function describe(
  { name, series, metadata, type }: FoldedFamily,
  matchers: string,
  server: Server,
  options: FromPrometheusOptions,
): Promise<Family> {
  const selectorOf = (each: string) => `{${[`__name__=${JSON.stringify(each)}`, matchers].filter(Boolean).join(',')}}`
  const selectors = series.map(selectorOf)
  const names = await server.get<string[]>('/api/v1/labels', selectors)
  const limit = options.seriesLimit ?? 100
  const seen = limit === 0 ? [] : await server.get<Record<string, string>[]>('/api/v1/series', selectors, limit)
  const bounds = async (label: string) => {
    const values = names.includes(label) ? await server.get<string[]>(`/api/v1/label/${label}/values`, selectors) : []
    const numbers = values.map(Number).filter((value) => Number.isFinite(value))
    return [...new Set(numbers)].sort((a, b) => a - b)
  }
  return {
    name,
    type,
    ...(metadata?.help ? { help: metadata.help } : {}),
    ...(metadata?.unit ? { unit: metadata.unit } : {}),
    labels: names
      .filter((label) => !['__name__', 'instance', 'job'].includes(label) && !isBoundLabel(label, type))
      .sort()
      .map((label): Label => {
        const values = new Set(seen.slice(0, limit).map((labels) => labels[label]).filter((value) => value !== undefined))
        return { name: label, values: [...values].sort(), open: true }
      }),
    labelsOpen: false,
    series,
    ...(type === 'histogram' && names.includes('le') ? { buckets: await bounds('le') } : {}),
    ...(type === 'summary' ? { quantiles: await bounds('quantile') } : {}),
    recorded: 'yes',
    origin: name.includes(':') ? { kind: 'recording-rule' } : { kind: 'registry-file', file: server.shown },
    declarations: [],
  }
}

/** `le` and `quantile` belong to the way a histogram or summary is exposed, and are labels like others elsewhere. */
function isBoundLabel(label: string, type: MetricType): boolean {
  return (label === 'le' && type === 'histogram') || (label === 'quantile' && type === 'summary')
}

/** Like `Promise.all` over `items.map(work)`, with at most `count` under way. */
async function inParallel<Item, Result>(
  items: readonly Item[],
  count: number,
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = []
  let next = 0
  const worker = async () => {
    while (next < items.length) {
      const at = next++
      results[at] = await work(items[at]!)
    }
  }
  await Promise.all(Array.from({ length: count }, worker))
  return results
}
