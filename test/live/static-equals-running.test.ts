import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ConsumerQuery, consumerQueries } from './consumer-queries.js'
import type { ExposedFamily } from './exposition.js'
import { until } from './processes.js'
import { ask, type PrometheusServer } from './prometheus.js'
import { driftedFixture, fixture, missingPrerequisites, root, type Stack, startStack } from './stack.js'

const missing = missingPrerequisites()
if (missing.length > 0) console.log(`skipped: the reference stack is not run, this machine has no ${missing.join(', no ')}`)

/** The part of schemas/registry.schema.json that is compared. */
interface RegistryFile {
  readonly families: readonly {
    readonly name: string
    readonly type: string
    readonly labels: readonly { readonly name: string; readonly values?: readonly string[]; readonly open: boolean }[]
    readonly series: readonly string[]
  }[]
}

/** test/fixtures/planted-drifts.json */
interface PlantedDrift {
  readonly rule: string
  readonly file: string
  readonly text: string
  readonly line: number
  readonly suggestion?: string
}

interface Described {
  readonly type: string
  readonly labels: readonly string[]
  readonly series: readonly string[]
}

describe.skipIf(missing.length > 0)('the reference stack, running', { timeout: 240_000 }, () => {
  let stack: Stack

  beforeAll(async () => {
    stack = await startStack()
    await stack.drive()
    // Only what grows between two scrapes has a rate.
    await until('the first tasks in Prometheus', async () => (await isEmpty(stack.prometheus, 'ml_tasks_completed_total > 0')) ? undefined : true)
    await until('the first tasks in Prometheus', async () => (await isEmpty(stack.driftedPrometheus, 'celery_task_sent_total > 0')) ? undefined : true)
    await stack.drive()
  }, 240_000)

  afterAll(async () => {
    await stack.stop()
  }, 120_000)

  test('exposes exactly the families, types, labels and series that registry export says', async () => {
    const exported: Record<string, Described> = Object.fromEntries(
      exportedRegistry().families.map(({ name, type, labels, series }) => [
        name,
        { type, labels: labels.map((label) => label.name).sort(), series: [...series].sort() },
      ]),
    )
    const running: Record<string, Described> = Object.fromEntries(
      [...merged(await stack.scrape())].map(([name, { type, labels, series }]) => [
        name,
        { type, labels: [...labels.keys()].sort(), series: [...series].sort() },
      ]),
    )
    expect(exported).toEqual(running)
  })

  test('has no label value outside the closed sets of registry export', async () => {
    const running = merged(await stack.scrape())
    const closed = exportedRegistry().families.flatMap(({ name, labels }) =>
      labels.filter(({ open }) => !open).map((label) => ({ family: name, label: label.name, values: new Set(label.values) })),
    )
    const outside = closed.flatMap(({ family, label, values }) =>
      [...(running.get(family)?.labels.get(label) ?? [])].filter((value) => !values.has(value)).map((value) => ({ family, label, value })),
    )
    expect(outside).toEqual([])
    expect(closed.map(({ family, label }) => `${family} ${label}`)).toEqual(expect.arrayContaining(closedByTheCode))
  })

  test('answers every query of the dashboards and the rule file', async () => {
    const queries = consumerQueries(fixture).filter(({ kind }) => kind !== 'annotation')
    expect(queries.length).toBeGreaterThan(50)
    const unanswered: string[] = []
    const conditionIsFalse: string[] = []
    for (const { kind, rule, file, lines, text } of queries) {
      // An alert's expression is empty while its condition is false; then it has a value when only compared.
      if (await staysEmpty(stack.prometheus, kind === 'alert' ? comparedOnly(text) : text)) unanswered.push(`${file}:${lines[0]} ${text}`)
      else if (kind === 'alert' && (await isEmpty(stack.prometheus, text))) conditionIsFalse.push(rule!)
    }
    console.log(`empty because nothing is wrong (the condition is false): ${conditionIsFalse.join(', ')}`)
    expect(unanswered).toEqual([])
  })

  test('gives nothing for each planted drift, and something once the suggestion is taken', async () => {
    const drifts = plantedDrifts.filter(({ rule }) => rule in expectation)
    expect(drifts.length).toBeGreaterThan(15)
    for (const drift of drifts) await expectation[drift.rule]!(stack.driftedPrometheus, driftedQuery(drift), drift)
  })

  test('answers the annotations once their alerts fire, but not the one on an alert that was renamed', async () => {
    await stack.outage()
    const unanswered = []
    for (const { kind, text } of consumerQueries(fixture)) {
      if (kind === 'annotation' && (await staysEmpty(stack.prometheus, text))) unanswered.push(text)
    }
    expect(unanswered).toEqual([])

    const renamed = plantedDrifts.filter(({ rule }) => rule === 'unknown-alert')
    expect(renamed).toHaveLength(1)
    for (const drift of renamed) await givesNothing(stack.driftedPrometheus, driftedQuery(drift), drift)
  })
})

function exportedRegistry(): RegistryFile {
  const cli = ['bin/ml-dash-lint.js', 'registry', 'export', 'fixtures/ml-services']
  return JSON.parse(execFileSync(process.execPath, cli, { cwd: root, encoding: 'utf8' })) as RegistryFile
}

const plantedDrifts = JSON.parse(readFileSync(join(root, 'test/fixtures/planted-drifts.json'), 'utf8')) as PlantedDrift[]

function driftedQuery({ file, line }: PlantedDrift): ConsumerQuery {
  const query = consumerQueries(driftedFixture).find(
    ({ file: of, lines: [first, last] }) => of === file && first <= line && line <= last,
  )
  if (query === undefined) throw new Error(`there is no query at ${file}:${line}`)
  return query
}

/** Labels that a careful reader of the fixture's code knows all values of. */
const closedByTheCode = [
  'ml_budget_limit_usd period',
  'ml_cost_usd_total provider',
  'ml_model_state ml_model_state',
  'ml_producer_circuit_breaker_state state',
  'ml_producer_connection_errors_total error_type',
  'ml_producer_connection_state state',
  'ml_producer_reconnection_attempts_total outcome',
  'ml_producer_task_publish_duration_seconds task_type',
  'ml_producer_tasks_sent_total status',
  'ml_producer_tasks_sent_total task_type',
  'ml_tasks_completed_total status',
]

/** What Prometheus does with a query that has drifted, by the rule that finds the drift. */
const expectation: Readonly<Record<string, (server: PrometheusServer, query: ConsumerQuery, drift: PlantedDrift) => Promise<void>>> = {
  'unknown-metric': givesNothing,
  'unknown-label-value': givesNothing,
  'unknown-variable': (server, query, drift) => givesNothing(server, query, { ...drift, suggestion: `$${drift.suggestion!}` }),
  async 'unknown-label'(server, query, drift) {
    // A label that is not there matches nothing; in `by (…)` it is as if it had not been written.
    if (new RegExp(`\\b${drift.text}\\s*=`).test(query.text)) return givesNothing(server, query, drift)
    const answer = await ask(server, query)
    expect('series' in answer && answer.series.some(({ metric }) => drift.text in metric), query.text).toBe(false)
    const mended = await ask(server, { text: query.text.replace(drift.text, drift.suggestion!) })
    expect('series' in mended && mended.series.every(({ metric }) => drift.suggestion! in metric), query.text).toBe(true)
  },
  async 'promql-syntax'(server, query) {
    expect(await ask(server, query)).toEqual({ error: expect.stringContaining('parse error') as string })
  },
}

async function givesNothing(server: PrometheusServer, query: ConsumerQuery, drift: PlantedDrift): Promise<void> {
  const condition = query.kind === 'alert' ? comparedOnly(query.text) : query.text
  expect(await ask(server, { text: condition }), condition).toEqual({ series: [] })
  const { text, suggestion } = drift
  if (suggestion === undefined) return
  const mended = condition.replace(text, () => suggestion)
  expect(await staysEmpty(server, mended), `${mended} gives nothing`).toBe(false)
}

/** The comparison at the end of an alert's expression with `bool`: its value shows that there was something to compare. */
function comparedOnly(text: string): string {
  return text.replace(/(==|[<>]=?)(\s*[\d.]+\s*)$/, '$1 bool$2')
}

async function isEmpty(server: PrometheusServer, text: string): Promise<boolean> {
  const answer = await ask(server, { text })
  if ('error' in answer) throw new Error(`${text}: ${answer.error}`)
  return answer.series.length === 0
}

/** Whether a query has no result for as long as the next scrapes and rule evaluations may take to bring one. */
async function staysEmpty(server: PrometheusServer, text: string): Promise<boolean> {
  if (!(await isEmpty(server, text))) return false
  const found = until('a result', async () => ((await isEmpty(server, text)) ? undefined : true), { seconds: 10 })
  return found.then(
    () => false,
    () => true,
  )
}

/** The families of all programs together: Prometheus keeps them apart by target labels only. */
function merged(scrapes: readonly Map<string, ExposedFamily>[]): Map<string, ExposedFamily> {
  const all = new Map<string, ExposedFamily>()
  for (const family of scrapes.flatMap((scrape) => [...scrape.values()])) {
    const known = all.get(family.name)
    if (known === undefined) {
      all.set(family.name, family)
      continue
    }
    expect(family.type, family.name).toBe(known.type)
    for (const series of family.series) known.series.add(series)
    for (const [label, values] of family.labels) {
      known.labels.set(label, new Set([...(known.labels.get(label) ?? []), ...values]))
    }
  }
  return all
}
