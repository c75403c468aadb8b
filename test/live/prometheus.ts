import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse, stringify } from 'yaml'
import { type ConsumerQuery, withVariables } from './consumer-queries.js'
import { type Running, start, until } from './processes.js'

export interface PrometheusServer {
  readonly running: Running
  readonly url: string
}

interface Config {
  global: Record<string, string>
  scrape_configs: { static_configs: { targets: string[] }[] }[]
}

interface Rules {
  groups: { interval?: string; rules: { for?: string }[] }[]
}

/**
 * Starts Prometheus with the configuration of a fixture, in which `targets` (`producer:9464` → `127.0.0.1:…`) are
 * replaced, everything happens each second, and alerts fire at once.
 */
export async function startPrometheus(
  fixture: string,
  targets: Readonly<Record<string, string>>,
  port: number,
  directory: string,
): Promise<PrometheusServer> {
  mkdirSync(directory, { recursive: true })
  const from = join(fixture, 'docker/prometheus')

  const config = parse(readFileSync(join(from, 'prometheus.yml'), 'utf8')) as Config
  Object.assign(config.global, { scrape_interval: '1s', evaluation_interval: '1s', scrape_timeout: '1s' })
  for (const staticConfig of config.scrape_configs.flatMap((job) => job.static_configs)) {
    staticConfig.targets = staticConfig.targets.map((target) => targets[target] ?? target)
  }
  writeFileSync(join(directory, 'prometheus.yml'), stringify(config))

  const rules = parse(readFileSync(join(from, 'prometheus-alerts-ml.yml'), 'utf8')) as Rules
  for (const group of rules.groups) {
    delete group.interval
    for (const rule of group.rules) delete rule.for
  }
  writeFileSync(join(directory, 'prometheus-alerts-ml.yml'), stringify(rules))

  const address = `127.0.0.1:${port}`
  const running = start(
    'prometheus',
    'prometheus',
    ['--config.file=prometheus.yml', '--storage.tsdb.path=data', `--web.listen-address=${address}`],
    { cwd: directory },
  )
  const url = `http://${address}`
  await until('Prometheus', async () => ((await fetch(`${url}/-/ready`)).ok ? true : undefined), { running: [running] })
  return { running, url }
}

export interface Series {
  readonly metric: Readonly<Record<string, string>>
}

/** What Prometheus answers: the series of the result, or why it refuses the query. */
export type Answer = { readonly series: readonly Series[] } | { readonly error: string }

/** Asks what Grafana would ask; for `label_values(selector, label)` the series of the selector that have the label. */
export async function ask({ url }: PrometheusServer, query: Pick<ConsumerQuery, 'text'>): Promise<Answer> {
  const text = withVariables(query.text)
  const [, selector, label] = /^label_values\((.*), *(\w+)\)$/.exec(text) ?? []
  if (selector === undefined || label === undefined) return get(`${url}/api/v1/query?query=${encodeURIComponent(text)}`)
  const answer = await get(`${url}/api/v1/series?match[]=${encodeURIComponent(selector)}`)
  return 'error' in answer ? answer : { series: answer.series.filter(({ metric }) => label in metric) }
}

interface Response {
  readonly status: string
  readonly error?: string
  readonly data?: readonly Series['metric'][] | { readonly result: readonly Series[] }
}

async function get(url: string): Promise<Answer> {
  const { error, data } = (await (await fetch(url)).json()) as Response
  if (data === undefined) return { error: error ?? 'no data' }
  return { series: 'result' in data ? data.result : data.map((metric) => ({ metric })) }
}
