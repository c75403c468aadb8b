import { expect, test } from 'vitest'
import { extract, lines } from './tree.js'

const SERVICE = {
  'src/metrics.ts': `
import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client'
import type { TaskType } from './types.js'
export class MetricsService {
  readonly registry = new Registry()
  readonly tasksSent: Counter<'task_type' | 'status'>
  readonly state: Gauge
  readonly duration: Histogram<'task_type'>
  constructor() {
    collectDefaultMetrics({ register: this.registry, prefix: 'ml_' })
    this.tasksSent = new Counter({
      name: 'ml_producer_tasks_sent_total', help: 'Tasks sent', labelNames: ['task_type', 'status'] as const, registers: [this.registry],
    })
    this.state = new Gauge({ name: 'ml_producer_state', help: 'State', labelNames: ['state'], registers: [this.registry] })
    this.duration = new Histogram({
      name: 'ml_producer_publish_seconds', help: 'Latency', labelNames: ['task_type'], buckets: [1, 0.1], registers: [this.registry],
    })
  }
  recordTaskSent(type: TaskType, status: 'success' | 'failed') {
    this.tasksSent.inc({ task_type: type, status })
  }
}
`,
  'src/types.ts': `
export const TASK_TYPES = ['embed', 'transcribe'] as const
export type TaskType = (typeof TASK_TYPES)[number]
export interface Task { readonly type: TaskType }
`,
  'src/publisher.ts': `
import type { MetricsService } from './metrics.js'
import type { Task } from './types.js'
export class Publisher {
  constructor(private readonly metrics: MetricsService) {}
  async publish(task: Task) {
    const end = this.metrics.duration.startTimer({ task_type: task.type })
    this.metrics.recordTaskSent(task.type, 'success')
    this.metrics.tasksSent.inc({ task_type: task.type, status: 'queued' })
    end()
  }
  connected(name: string) { this.metrics.state.labels(name).set(1) }
}
`,
}

test('a metrics service that other modules record through', async () => {
  expect(await lines(SERVICE)).toEqual([
    'counter ml_producer_tasks_sent_total{status=queued|success, task_type=embed|transcribe} yes src/metrics.ts:12:13',
    'gauge ml_producer_state{state=…} yes src/metrics.ts:14:36',
    'histogram ml_producer_publish_seconds{task_type=embed|transcribe} yes src/metrics.ts:16:13',
  ])
})

test('its help, buckets and default metrics', async () => {
  const { declarations, instrumentations, problems } = await extract(SERVICE)
  expect(declarations.map(({ help, buckets, via }) => ({ help, buckets, via }))).toEqual([
    { help: 'Tasks sent', buckets: undefined, via: [] },
    { help: 'State', buckets: undefined, via: [] },
    { help: 'Latency', buckets: [0.1, 1], via: [] },
  ])
  expect(instrumentations.map(({ catalog, prefix }) => ({ catalog, prefix }))).toEqual([{ catalog: 'nodejs-default', prefix: 'ml_' }])
  expect(problems).toEqual([])
})

test('a workspace without metrics', async () => {
  expect(await extract({ 'src/a.ts': 'export const a = 1' })).toEqual({ declarations: [], instrumentations: [], problems: [] })
})

test('tests are not producers', async () => {
  const text = `import { Counter } from 'prom-client'; new Counter({ name: 'a_total', help: 'A' }).inc()`
  expect(await lines({ 'src/a.test.ts': text, 'test/b.ts': text, 'src/__tests__/c.ts': text, 'src/d.d.ts': text })).toEqual([])
})

test('broken source is read as far as it goes', async () => {
  const { declarations, problems } = await extract({
    'a.ts': `import { Counter } from 'prom-client'\nconst a = new Counter({ name: 'a_total', help: 'A' })\nfunction broken( {\na.inc()\nconst b = new Counter({ name: 'b_total', help: 'B' })\n`,
  })
  expect(declarations.map(({ name }) => name.parts)).toContainEqual(['a_total'])
  expect(problems.length).toBeGreaterThan(0)
  expect(problems[0]!.source.path).toBe('a.ts')
  expect(problems[0]!.source.positionAt(problems[0]!.problem.span.start).line).toBeGreaterThanOrEqual(3)
})

test.each([
  ['parentheses', '('.repeat(50_000), ')'.repeat(50_000)],
  ['template literals', '`${'.repeat(50_000), '}`'.repeat(50_000)],
  ['else if', 'if (a) b; else '.repeat(50_000), ''],
  ['arrows', 'a => '.repeat(50_000), ''],
])('a source with too deeply nested %s is a problem, not a crash', async (_, before, after) => {
  const source = `import { Counter } from 'prom-client'\n`
  const { declarations, problems } = await extract({
    'deep.ts': `${source}${before}1${after}\n`,
    'metrics.ts': `${source}export const jobs = new Counter({ name: 'jobs_total', help: 'Jobs' })\n`,
  })
  expect(declarations.map(({ name }) => name.parts)).toEqual([['jobs_total']])
  expect(problems.map(({ source: { path }, problem }) => `${path}: ${problem.message}`)).toEqual(['deep.ts: nested too deep to be read'])
})
