/**
 * Whether the processor time that a run takes grows with the size of the input and not faster: each kind of input is
 * linted at n, 2n and 4n, and four times the input may take at most about four times as long. Exits with 1 where it
 * takes more than `mostGrowth` times as long.
 *
 *     npm run bench growth [kind…]
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { main } from '../dist/src/cli/main.js'

/** Half as long again as linear: what a busy machine and the collection of garbage add. */
const mostGrowth = 6
const rounds = 3

const dashboard = (uid, panels, space) => JSON.stringify({ uid, title: `Dashboard ${uid}`, schemaVersion: 41, panels }, null, space)
const panel = (id, exprs) => ({
  id, type: 'timeseries', title: `Panel ${id}`, gridPos: { x: 0, y: id * 8, w: 24, h: 8 },
  targets: exprs.map((expr, i) => ({ refId: `T${i}`, expr })),
})
const family = (i, labels = ['status', 'kind']) => `const m${i} = new Counter({ name: 'app_${word(i)}_${word(i * 7 + 3)}_total', help: 'Done', labelNames: ${JSON.stringify(labels)} })\nm${i}.inc({})\n`
const code = (count) => `import { Counter } from 'prom-client'\n${numbers(count).map((i) => family(i)).join('')}`
const numbers = (count) => Array.from({ length: count }, (_, i) => i)

/** Names in which no two are misspellings of each other. */
function word(i) {
  const syllables = ['ka', 'bo', 'ne', 'ru', 'ti', 'lom', 'ves', 'dax', 'pir', 'zug']
  return String(i).padStart(4, '0').split('').map((digit) => syllables[Number(digit)]).join('')
}

/** Services that make their metrics through a library of their own and hand them to what records: in TypeScript. */
const typescriptServices = (count) => ({
  'lib/metrics.ts': `import { Counter, Histogram, Registry } from 'prom-client'
export const registry = new Registry()
export type Outcome = 'ok' | 'failed'
export function createCounter<L extends string>(service: string, name: string, labelNames: readonly L[]) {
  return new Counter<L>({ name: \`\${service}_\${name}_total\`, help: 'Done', labelNames, registers: [registry] })
}
export function createTimer(service: string, buckets = [0.1, 1, 10]) {
  return new Histogram({ name: \`\${service}_duration_seconds\`, help: 'Duration', labelNames: ['step'] as const, buckets, registers: [registry] })
}
export class Recorder<L extends string> {
  constructor(private readonly counter: Counter<L>, private readonly labels: Partial<Record<L, string>>) {}
  with(more: Partial<Record<L, string>>) { return new Recorder<L>(this.counter, { ...this.labels, ...more }) }
  add(amount = 1) { this.counter.inc(this.labels as Record<L, string>, amount) }
}
export async function timed<T>(timer: Histogram<'step'>, step: string, work: () => Promise<T>): Promise<T> {
  const end = timer.startTimer({ step })
  try { return await work() } finally { end() }
}
`,
  ...Object.fromEntries(numbers(count).flatMap((i) => [
    [`services/${word(i)}/metrics.ts`, `import { createCounter, createTimer } from '../../lib/metrics.js'
export const metrics = {
  done: createCounter('${word(i)}', 'orders', ['outcome', 'kind']),
  errors: createCounter('${word(i)}', 'errors', ['cause']),
  timer: createTimer('${word(i)}'),
}
export type Metrics = typeof metrics
`],
    [`services/${word(i)}/handler.ts`, `import { Recorder, timed, type Outcome } from '../../lib/metrics.js'
import type { Metrics } from './metrics.js'
type Kind = 'card' | 'cash' | '${word(i)}'
export class Handler {
  private readonly done: Recorder<'outcome' | 'kind'>
  constructor(private readonly metrics: Metrics, kind: Kind) { this.done = new Recorder(metrics.done, { kind }) }
  async handle(orders: readonly string[]) {
    for (const order of orders) {
      try {
        await timed(this.metrics.timer, 'load', () => this.load(order))
        await timed(this.metrics.timer, 'save', () => this.save(order))
        this.finish('ok')
      } catch (error) {
        this.finish('failed')
        this.metrics.errors.inc({ cause: error instanceof TypeError ? 'type' : 'other' })
      }
    }
  }
  private finish(outcome: Outcome) { this.done.with({ outcome }).add() }
  private async load(order: string) { return order.length }
  private async save(order: string) { if (order === '') throw new TypeError('empty') }
}
`],
    [`services/${word(i)}/main.ts`, `import { Handler } from './handler.js'
import { metrics } from './metrics.js'
const handlers = (['card', 'cash', '${word(i)}'] as const).map((kind) => new Handler(metrics, kind))
for (const handler of handlers) await handler.handle(process.argv.slice(2))
`],
  ])),
})

/** The same in Python. */
const pythonServices = (count) => ({
  'lib/__init__.py': '',
  'lib/metrics.py': `from contextlib import contextmanager
from prometheus_client import Counter, Histogram


def create_counter(service, name, labels):
    return Counter(f"{service}_{name}_total", "Done", labels)


def create_timer(service, buckets=(0.1, 1, 10)):
    return Histogram(f"{service}_duration_seconds", "Duration", ["step"], buckets=buckets)


class Recorder:
    def __init__(self, counter, **labels):
        self.counter = counter
        self.labels = labels

    def with_labels(self, **more):
        return Recorder(self.counter, **{**self.labels, **more})

    def add(self, amount=1):
        self.counter.labels(**self.labels).inc(amount)


@contextmanager
def timed(timer, step):
    with timer.labels(step).time():
        yield
`,
  ...Object.fromEntries(numbers(count).flatMap((i) => [
    [`services/${word(i)}/__init__.py`, ''],
    [`services/${word(i)}/metrics.py`, `from lib.metrics import create_counter, create_timer

DONE = create_counter("${word(i)}", "orders", ["outcome", "kind"])
ERRORS = create_counter("${word(i)}", "errors", ["cause"])
TIMER = create_timer("${word(i)}")
`],
    [`services/${word(i)}/handler.py`, `from lib.metrics import Recorder, timed
from . import metrics


class Handler:
    def __init__(self, kind):
        self.done = Recorder(metrics.DONE, kind=kind)

    def handle(self, orders):
        for order in orders:
            try:
                with timed(metrics.TIMER, "load"):
                    self.load(order)
                with timed(metrics.TIMER, "save"):
                    self.save(order)
                self.finish("ok")
            except ValueError as error:
                self.finish("failed")
                metrics.ERRORS.labels("empty" if str(error) == "empty" else "other").inc()

    def finish(self, outcome):
        self.done.with_labels(outcome=outcome).add()

    def load(self, order):
        return len(order)

    def save(self, order):
        if not order:
            raise ValueError("empty")
`],
    [`services/${word(i)}/main.py`, `import sys
from .handler import Handler

for kind in ("card", "cash", "${word(i)}"):
    Handler(kind).handle(sys.argv[1:])
`],
  ])),
})

/** What is linted at a size: files by path. */
const kinds = {
  'findings on one line': [1000, (n) => ({
    'app.js': code(20), 'dashboards/a.json': dashboard('a', numbers(n).map((i) => panel(i, [`app_${word(i)}_lost_total`]))),
  })],
  'findings in one query': [1000, (n) => ({
    'app.js': code(20), 'dashboards/a.json': dashboard('a', [panel(1, [numbers(n).map((i) => `app_${word(i)}_lost_total{status="x"}`).join(' or ')])]),
  })],
  'panels': [1000, (n) => ({
    'app.js': code(20), 'dashboards/a.json': dashboard('a', numbers(n).map((i) => panel(i, [`sum(rate(app_${word(i % 20)}_${word((i % 20) * 7 + 3)}_total[5m]))`])), 2),
  })],
  'queries of a rule file': [1000, (n) => ({
    'app.js': code(20),
    'rules/a.yml': `groups:\n  - name: a\n    rules:\n${numbers(n).map((i) => `      - alert: Alert${i}\n        expr: rate(app_${word(i % 40)}_${word((i % 40) * 7 + 3)}_total[5m]) > ${i}\n        labels: { severity: page }\n`).join('')}`,
  })],
  'recording rules': [500, (n) => ({
    'app.js': code(20),
    'rules/a.yml': `groups:\n  - name: a\n    rules:\n${numbers(n).map((i) => `      - record: job:r${i}:sum\n        expr: sum by (job) (${i === 0 ? `app_${word(0)}_${word(3)}_total` : `job:r${i - 1}:sum`})\n`).join('')}`,
  })],
  'dashboards': [100, (n) => ({
    'app.js': code(20), ...Object.fromEntries(numbers(n).map((i) => [`dashboards/d${i}.json`, dashboard(`uid-${i}`, [panel(1, [`app_${word(i)}_lost_total`])], 2)])),
  })],
  'sources in TypeScript': [100, (n) => ({
    ...Object.fromEntries(numbers(n).map((i) => [`src/m${i}.ts`, `import { Counter } from 'prom-client'\n${family(i)}`])),
    'dashboards/a.json': dashboard('a', [panel(1, [`app_${word(1)}_lost_total`])]),
  })],
  'sources in Python': [100, (n) => ({
    ...Object.fromEntries(numbers(n).map((i) => [`app/m${i}.py`, `from prometheus_client import Counter\nC = Counter("app_${word(i)}_total", "Done", ["status"])\nC.labels("ok").inc()\n`])),
    'dashboards/a.json': dashboard('a', [panel(1, [`app_${word(1)}_lost_total`])]),
  })],
  'services in TypeScript': [10, (n) => ({ ...typescriptServices(n), 'dashboards/a.json': dashboard('a', [panel(1, [`${word(1)}_orders_lost_total`])]) })],
  'services in Python': [10, (n) => ({ ...pythonServices(n), 'dashboards/a.json': dashboard('a', [panel(1, [`${word(1)}_orders_lost_total`])]) })],
  'code on one line': [250, (n) => ({
    'app.js': `import { Counter } from 'prom-client';${numbers(n).map((i) => family(i).replaceAll('\n', ';')).join('')}`,
    'use.js': `import * as m from './app.js';${numbers(n).map((i) => `export function f${i}(kind) { m.m${i}.inc({ status: 'ok', kind }) }`).join(';')}`,
    'app.py': `from prometheus_client import Counter\n${numbers(n).map((i) => `c${i} = Counter("py_${word(i)}_total", "x", ["a"]); c${i}.labels("b").inc(); `).join('')}\n`,
    'dashboards/a.json': dashboard('a', [panel(1, [`app_${word(1)}_lost_total`, 'other_jobs_total'])]),
  })],
  'literals on one line': [10000, (n) => {
    const literals = numbers(n).map((i) => `"pkg_${word(i)}"`).join(', ')
    return {
      'app.js': `${code(20)}export const data = [${literals}]\n`,
      'app.py': `import prometheus_client\nDATA = [${literals}]\n`,
      'app.go': `package app\n\nvar data = []string{${literals}}\n`,
      'push.sh': `curl http://pushgateway:9091/metrics/job/app --data-binary ${literals}\n`,
      'METRICS.md': `# Metrics\n\n- ${literals.replaceAll('"', '`')}\n`,
      'dashboards/a.json': dashboard('a', [panel(1, [`app_${word(1)}_lost_total`, 'other_jobs_total'])]),
    }
  }],
  'alternatives in a matcher': [2000, (n) => ({
    'app.js': code(20), 'dashboards/a.json': dashboard('a', [panel(1, [`app_${word(1)}_${word(10)}_total{status=~"${numbers(n).map(word).join('|')}"}`])]),
  })],
  'alternatives of a name': [500, (n) => ({
    'app.js': code(n), 'dashboards/a.json': dashboard('a', [panel(1, [`{__name__=~"${numbers(n).map((i) => `app_${word(i)}_total`).join('|')}"}`])]),
  })],
  'families': [500, (n) => ({ 'app.js': code(n), 'dashboards/a.json': dashboard('a', [panel(1, [`app_${word(1)}_${word(10)}_total`])]) })],
  'families, with as many queries': [250, (n) => ({
    'app.js': code(n), 'dashboards/a.json': dashboard('a', numbers(n).map((i) => panel(i, [`app_${word(i)}_${word(i * 7 + 3)}_total{status="ok"}`]))),
  })],
  'names to suggest from': [500, (n) => ({
    'app.js': code(n), 'dashboards/a.json': dashboard('a', numbers(50).map((i) => panel(i, [`app_${word(i)}_lost_total`]))),
  })],
  'a chain of +': [2000, (n) => ({
    'app.js': code(20), 'dashboards/a.json': dashboard('a', [panel(1, [numbers(n).map((i) => `app_${word(i % 20)}_${word((i % 20) * 7 + 3)}_total`).join(' + ')])]),
  })],
  'a chain of + on (…)': [500, (n) => ({
    'app.js': code(20), 'dashboards/a.json': dashboard('a', [panel(1, [numbers(n).map((i) => `app_${word(i % 20)}_${word((i % 20) * 7 + 3)}_total`).join(' + on (status) ')])]),
  })],
  'nested calls': [2000, (n) => ({
    'app.js': code(20), 'dashboards/a.json': dashboard('a', [panel(1, [`${'abs('.repeat(n)}app_${word(1)}_${word(10)}_total${')'.repeat(n)}`])]),
    'rules/a.yml': `groups: [{ name: a, rules: [{ record: "a:b", expr: "${'sum by (status) ('.repeat(n)}app_${word(1)}_${word(10)}_total${')'.repeat(n)}" }] }]`,
  })],
  'actions that nothing closes': [2500, (n) => ({
    'app.js': code(20),
    'chart/templates/rules.yaml': `groups:\n  - name: a\n    rules:\n      - { record: "a:b", expr: "app_${word(1)}_${word(10)}_total" }\n# {{ .Values.x }} ${'{{/* {{ if {{ "'.repeat(n)}\n`,
    'chart/templates/more.yaml': `groups: {{ .Values.x }}\n${'{{- /* {{ `\n'.repeat(n)}`,
    'chart/files/a.json': `${dashboard('a', [panel(1, [`app_${word(1)}_${word(10)}_total{job="{{ .Values.job }}"}`])])}${'{{/* {{ " '.repeat(n)}`,
  })],
  'variables': [250, (n) => ({
    'app.js': code(20),
    'dashboards/a.json': JSON.stringify({
      uid: 'a', title: 'A', schemaVersion: 41,
      templating: { list: numbers(n).map((i) => ({ name: `v${i}`, type: 'custom', query: 'a,b' })) },
      panels: numbers(n).map((i) => panel(i, [`app_${word(1)}_${word(10)}_total{status="$v${i}", kind="$w${i}"}`])),
    }),
  })],
}

const named = process.argv.slice(2)
let worst = 0
console.log(`${'ms of CPU, fastest of'.padEnd(32)} ${String(rounds).padStart(8)}${'2n'.padStart(9)}${'4n'.padStart(9)}   2n/n  4n/2n   4n/n`)
for (const [name, [n, filesAt]] of Object.entries(kinds)) {
  if (named.length > 0 && !named.some((part) => name.includes(part))) continue
  await timeOf(filesAt(Math.ceil(n / 4)))
  const times = []
  for (const size of [n, 2 * n, 4 * n]) times.push(await timeOf(filesAt(size)))
  const [one, two, four] = times
  const ratio = (a, b) => (a / b).toFixed(1).padStart(6)
  worst = Math.max(worst, four / one)
  console.log(`${name.padEnd(32)} ${times.map((time) => time.toFixed(0).padStart(8)).join(' ')}  ${ratio(two, one)} ${ratio(four, two)} ${ratio(four, one)}${four / one > mostGrowth ? '  <- faster than linear' : ''}`)
}
if (worst > mostGrowth) process.exitCode = 1

/** How long the whole command keeps processors busy, report included, in milliseconds. */
async function timeOf(files) {
  const cwd = mkdtempSync(join(tmpdir(), 'ml-dash-lint-growth-'))
  try {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(cwd, path)), { recursive: true })
      writeFileSync(join(cwd, path), text)
    }
    let best = Infinity
    for (let round = 0; round < rounds; round++) {
      const errors = []
      const terminal = { cwd: () => cwd, env: {}, stdout: { write: () => true }, stderr: { write: (text) => errors.push(text) } }
      const start = process.cpuUsage()
      const code = await main(['node', 'ml-dash-lint', '.'], terminal)
      const { user, system } = process.cpuUsage(start)
      best = Math.min(best, (user + system) / 1000)
      if (code === 2) throw new Error(errors.join(''))
      if (best > 5000) break
    }
    return best
  } finally {
    rmSync(cwd, { recursive: true })
  }
}
