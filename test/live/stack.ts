import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { openMetricsTypes, readExposition, type ExposedFamily } from './exposition.js'
import { freePorts, type Running, start, stop, until } from './processes.js'
import { type PrometheusServer, startPrometheus } from './prometheus.js'

export const root = fileURLToPath(new URL('../..', import.meta.url))
export const fixture = join(root, 'fixtures/ml-services')
export const driftedFixture = join(root, 'fixtures/ml-services-drifted')

const programs = join(root, 'test/live/programs')
const python = process.env['ML_DASH_LINT_PYTHON'] ?? 'python3'

/** What this machine lacks to run the stack, in words; empty when it can. */
export function missingPrerequisites(): string[] {
  const runs = (command: string, ...args: string[]) => spawnSync(command, args, { stdio: 'ignore' }).status === 0
  return [
    runs('redis-server', '--version') ? [] : ['redis-server'],
    runs('prometheus', '--version') ? [] : ['prometheus'],
    runs(python, '-c', 'import celery, prometheus_client, kombu.transport.redis')
      ? []
      : ['a python with celery[redis] and prometheus_client (ML_DASH_LINT_PYTHON)'],
  ].flat()
}

/** The fixture's stack, running on ports of 127.0.0.1. */
export interface Stack {
  /** Scrapes the producer, the workers and the event exporter. */
  scrape(): Promise<readonly Map<string, ExposedFamily>[]>
  /** Goes through every code path of producer and workers, and waits until all tasks have come to an end. */
  drive(): Promise<void>
  /** Takes the broker away from the producer, and ends the workers. */
  outage(): Promise<void>
  readonly prometheus: PrometheusServer
  /** A Prometheus with the configuration, the rules and the event exporter of the drifted fixture. */
  readonly driftedPrometheus: PrometheusServer
  stop(): Promise<void>
}

export async function startStack(): Promise<Stack> {
  const directory = mkdtempSync(join(tmpdir(), 'ml-dash-lint-live-'))
  const running: Running[] = []
  const stopAll = async () => {
    for (const program of running.reverse()) await stop(program)
    rmSync(directory, { recursive: true, force: true })
  }
  try {
    return await startIn(directory, running, stopAll)
  } catch (error) {
    await stopAll()
    throw error
  }
}

async function startIn(directory: string, running: Running[], stopAll: () => Promise<void>): Promise<Stack> {
  const ports = await freePorts(8)
  const [redis, producer, workers, exporter, driftedExporter, main, drifted, nothing] = ports as [
    number, number, number, number, number, number, number, number,
  ]
  const run = (...args: Parameters<typeof start>): Running => {
    const program = start(...args)
    running.push(program)
    return program
  }

  run('redis', 'redis-server', ['--port', String(redis), '--bind', '127.0.0.1', '--save', ''], { cwd: directory })

  const environment = {
    CELERY_BROKER_URL: `redis://127.0.0.1:${redis}/0`,
    WORKER_METRICS_PORT: String(workers),
    QUEUE_POLL_SECONDS: '1',
    // So low that a few tasks spend it, and the alerts on it fire.
    HOURLY_BUDGET_USD: '0.01',
    DAILY_BUDGET_USD: '0.01',
    PYTHONDONTWRITEBYTECODE: '1',
  }
  const runExporter = (name: string, from: string, port: number) =>
    run(name, python, ['-m', 'exporter'], {
      cwd: join(from, 'python'),
      env: { ...environment, EXPORTER_METRICS_PORT: String(port) },
    })
  const exporterRun = runExporter('exporter', fixture, exporter)
  const driftedExporterRun = runExporter('drifted exporter', driftedFixture, driftedExporter)
  await listening(exporterRun, /Connected to redis/)
  await listening(driftedExporterRun, /Connected to redis/)

  const workersRun = run(
    'workers',
    python,
    ['-m', 'celery', '-A', 'workers.celery_app', 'worker', '--pool=threads', '--concurrency=4', '--loglevel=INFO'],
    { cwd: join(fixture, 'python'), env: environment },
  )
  await listening(workersRun, /\bready\./)

  const producerRun = run('producer', process.execPath, ['--expose-gc', join(programs, 'producer.mjs'), compileProducer(directory)], {
    cwd: directory,
    env: {
      HOST: '127.0.0.1',
      PORT: String(producer),
      RECONNECT_DELAY_MS: '10',
      MAX_RECONNECT_DELAY_MS: '50',
      MAX_RETRIES: '2',
      RETRY_DELAY_MS: '5',
      CIRCUIT_BREAKER_THRESHOLD: '4',
      CIRCUIT_BREAKER_RESET_MS: '200',
    },
  })
  await listening(producerRun, /^done start$/m)

  const local = (port: number) => `127.0.0.1:${port}`
  const targets = {
    'producer:9464': local(producer),
    'workers:9465': local(workers),
    'celery-exporter:9466': local(exporter),
    'flower:5555': local(nothing),
  }
  const runPrometheus = async (from: string, port: number, to: Readonly<Record<string, string>>) => {
    const server = await startPrometheus(from, { ...to, 'localhost:9090': local(port) }, port, join(directory, String(port)))
    running.push(server.running)
    return server
  }
  const prometheus = await runPrometheus(fixture, main, targets)
  const driftedPrometheus = await runPrometheus(driftedFixture, drifted, {
    ...targets,
    'celery-exporter:9466': local(driftedExporter),
  })

  const scrape = () => Promise.all([producer, workers, exporter].map(scrapePort))
  let expectedTasks = 0
  return {
    prometheus,
    driftedPrometheus,
    scrape,
    async drive() {
      const drivenBefore = producerRun.output().split('done drive').length
      producerRun.child.stdin?.write('drive\n')
      const options = { cwd: join(fixture, 'python'), env: { ...process.env, ...environment }, encoding: 'utf8' as const }
      expectedTasks += Number(execFileSync(python, [join(programs, 'drive_workers.py')], options))
      await until(
        'the producer',
        () => Promise.resolve(producerRun.output().split('done drive').length > drivenBefore || undefined),
        { running: [producerRun] },
      )
      await until(
        `${expectedTasks} tasks`,
        async () => {
          const [, ofWorkers, ofExporter] = await scrape()
          const completed = sum(ofWorkers, 'ml_tasks_completed_total')
          const told = sum(ofExporter, 'celery_task_succeeded_total') + sum(ofExporter, 'celery_task_failed_total')
          return (completed >= expectedTasks && told >= expectedTasks) || undefined
        },
        { running: [workersRun, exporterRun] },
      )
    },
    async outage() {
      producerRun.child.stdin?.write('outage\n')
      await listening(producerRun, /^done outage$/m)
      await stop(workersRun)
    },
    stop: stopAll,
  }
}

function listening(program: Running, sign: RegExp): Promise<true> {
  return until(`${program.name} to be ready`, () => Promise.resolve(sign.test(program.output()) || undefined), {
    running: [program],
  })
}

async function scrapePort(port: number): Promise<Map<string, ExposedFamily>> {
  const url = `http://127.0.0.1:${port}/metrics`
  const families = readExposition(await (await fetch(url)).text())
  const openMetrics = await fetch(url, { headers: { accept: 'application/openmetrics-text; version=1.0.0' } })
  // prom-client serves the one format that its registry is set to.
  if (openMetrics.headers.get('content-type')?.includes('openmetrics') !== true) return families
  for (const [name, type] of openMetricsTypes(await openMetrics.text())) families.get(name)!.type = type
  return families
}

function sum(families: Map<string, ExposedFamily> | undefined, series: string): number {
  return families?.get(series)?.sums.get(series) ?? 0
}

/** Compiles the producer, which finds prom-client among this project's own dependencies. Returns the folder. */
function compileProducer(directory: string): string {
  const from = join(fixture, 'producer/src')
  const to = join(directory, 'producer')
  mkdirSync(to)
  cpSync(join(fixture, 'producer/package.json'), join(to, 'package.json'))
  symlinkSync(join(root, 'node_modules'), join(to, 'node_modules'), 'dir')
  for (const file of readdirSync(from, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'))) {
    const { outputText } = ts.transpileModule(readFileSync(join(from, file), 'utf8'), {
      compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ES2022, verbatimModuleSyntax: true },
    })
    const output = join(to, file.replace(/\.ts$/, '.js'))
    mkdirSync(dirname(output), { recursive: true })
    writeFileSync(output, outputText)
  }
  return to
}
