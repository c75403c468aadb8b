import { globSync } from 'glob'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { LineCounter, parseDocument, type YAMLMap } from 'yaml'

/** Something that a dashboard or a rule file asks of Prometheus. */
export interface ConsumerQuery {
  readonly kind: 'target' | 'variable' | 'annotation' | 'alert' | 'record'
  /** Relative to the fixture, with `/`. */
  readonly file: string
  /** First and last line in the file, 1-based. */
  readonly lines: readonly [number, number]
  readonly text: string
  /** Alerting and recording rules: the name. */
  readonly rule?: string
}

/**
 * Every query of a fixture, read without the linter: Grafana writes one key on a line, so that a line tells enough.
 */
export function consumerQueries(fixture: string): ConsumerQuery[] {
  const dashboards = globSync('docker/grafana/**/*.json', { cwd: fixture, posix: true }).sort()
  return [
    ...dashboards.flatMap((file) => queriesOfDashboard(file, readFileSync(join(fixture, file), 'utf8'))),
    ...queriesOfRules('docker/prometheus/prometheus-alerts-ml.yml', fixture),
    ...queriesOfAlerting('docker/grafana/provisioning/alerting/ml-cost-alerts.yaml', fixture),
  ]
}

function queriesOfDashboard(file: string, json: string): ConsumerQuery[] {
  return json.split('\n').flatMap((line, index) => {
    const [, key, literal] = /^\s*"(expr|query)": (".*"),?$/.exec(line) ?? []
    if (key === undefined || literal === undefined) return []
    const text = JSON.parse(literal) as string
    const kind = text.startsWith('label_values(') ? 'variable' : text.startsWith('ALERTS{') ? 'annotation' : 'target'
    // Custom, interval and datasource variables have a "query" too, which is a list of values.
    if (key === 'query' && kind !== 'variable') return []
    return [{ kind, file, lines: [index + 1, index + 1], text }]
  })
}

function queriesOfRules(file: string, fixture: string): ConsumerQuery[] {
  const counter = new LineCounter()
  const document = parseDocument(readFileSync(join(fixture, file), 'utf8'), { lineCounter: counter })
  const groups = document.get('groups') as { items: YAMLMap[] }
  return groups.items
    .flatMap((group) => (group.get('rules') as { items: YAMLMap[] }).items)
    .map((rule) => {
      const [start, end] = (rule.get('expr', true) as { range: [number, number, number] }).range
      return {
        kind: rule.has('alert') ? 'alert' : 'record',
        file,
        lines: [counter.linePos(start).line, counter.linePos(end).line],
        text: rule.get('expr') as string,
        rule: String(rule.get('alert') ?? rule.get('record')),
      }
    })
}

/** What Grafana's own alerts ask for is like what its panels do. */
function queriesOfAlerting(file: string, fixture: string): ConsumerQuery[] {
  return readFileSync(join(fixture, file), 'utf8').split('\n').flatMap((line, index) => {
    const [, text] = /^\s*expr: (.+)$/.exec(line) ?? []
    return text === undefined ? [] : [{ kind: 'target', file, lines: [index + 1, index + 1], text }]
  })
}

const variables: Readonly<Record<string, string>> = {
  __rate_interval: '1m',
  __range: '1h',
  window: '1m',
  instance: '.*',
  task_type: '.*',
  task: '.*',
  queue: '.*',
  hostname: '.*',
  backend: '.*',
}

/** The query as Grafana would send it with "All" chosen; a variable that nobody defined stays as it is written. */
export function withVariables(text: string): string {
  return text.replace(/\$(\w+)/g, (written, name: string) => variables[name] ?? written)
}
