import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { join } from 'node:path'
import { freePorts, type Running, start, stop, until } from '../live/processes.js'
import { madeFamilies, openMetrics, recordingRules, samples, start as firstScrape, step, type Series } from './world.js'

export interface Answer {
  readonly series: readonly { readonly metric: Readonly<Record<string, string>>; readonly value: number }[]
}

export interface Server {
  /** What an instant query yields; `undefined` where Prometheus refuses it. */
  ask(query: string, time: number): Promise<Answer | undefined>
  stop(): Promise<void>
}

/** The programs that are needed and are not on the PATH. */
export function missingPrograms(): string[] {
  return ['prometheus', 'promtool'].filter((program) => {
    try {
      execFileSync(program, ['--version'], { stdio: 'ignore' })
      return false
    } catch {
      return true
    }
  })
}

/** Starts Prometheus over the samples of the world and what its recording rules make of them. */
export async function startWithWorld(directory: string): Promise<Server> {
  const data = join(directory, 'data')
  mkdirSync(data, { recursive: true })
  writeFileSync(join(directory, 'prometheus.yml'), 'global: {}\n')
  const scraped = madeFamilies().flatMap(({ series }) => series)
  createBlocks(directory, data, 'scraped', scraped)
  const first = await startServer(directory)
  const recorded: Series[] = []
  for (const { record, expr, labels } of recordingRules) {
    for (const { metric, values } of await first.askRange(expr)) recorded.push(recordedSeries(record, { ...metric, ...labels }, values))
  }
  await first.stop()
  createBlocks(directory, data, 'recorded', recorded)
  return startServer(directory)
}

function recordedSeries(name: string, labels: Readonly<Record<string, string>>, points: readonly (readonly [number, string])[]): Series {
  const byTime = new Map(points)
  const present = Object.fromEntries(Object.entries(labels).filter(([label, value]) => value !== '' && label !== '__name__'))
  const values = Array.from({ length: samples }, (_, i) => byTime.get(firstScrape + i * step)).map((text) => text === undefined ? undefined : Number(text.replace('+Inf', 'Infinity').replace('-Inf', '-Infinity')))
  return { name, labels: present, values }
}

function createBlocks(directory: string, data: string, name: string, series: readonly Series[]): void {
  const file = join(directory, `${name}.om`)
  writeFileSync(file, openMetrics(series))
  execFileSync('promtool', ['tsdb', 'create-blocks-from', 'openmetrics', file, data], { stdio: 'ignore' })
}

interface RangeServer extends Server {
  askRange(query: string): Promise<{ metric: Record<string, string>; values: [number, string][] }[]>
}

async function startServer(directory: string): Promise<RangeServer> {
  const [port] = await freePorts(1)
  const running: Running = start('prometheus', 'prometheus', [
    '--config.file=prometheus.yml', '--storage.tsdb.path=data', '--storage.tsdb.retention.time=100y', `--web.listen-address=127.0.0.1:${port}`, '--log.level=error',
  ], { cwd: directory })
  const agent = new Agent({ keepAlive: true, maxSockets: 8 })
  await until('Prometheus', async () => ((await fetch(`http://127.0.0.1:${port}/-/ready`)).ok ? true : undefined), { running: [running] })

  function post(path: string, body: string): Promise<Response> {
    return new Promise((resolve, reject) => {
      const sent = request({ host: '127.0.0.1', port, path, method: 'POST', agent, headers: { 'content-type': 'application/x-www-form-urlencoded' } }, (response) => {
        const chunks: Buffer[] = []
        response.on('data', (chunk: Buffer) => chunks.push(chunk))
        response.on('end', () => resolve(JSON.parse(Buffer.concat(chunks).toString()) as Response))
        response.on('error', reject)
      })
      sent.on('error', reject)
      sent.end(body)
    })
  }

  return {
    async ask(query, time) {
      const { data } = await post('/api/v1/query', `query=${encodeURIComponent(query)}&time=${time}`)
      if (data === undefined) return undefined
      return { series: data.result.map(({ metric, value }) => ({ metric, value: numberFrom(value![1]) })) }
    },
    async askRange(query) {
      const end = firstScrape + (samples - 1) * step
      const { data } = await post('/api/v1/query_range', `query=${encodeURIComponent(query)}&start=${firstScrape}&end=${end}&step=${step}`)
      return data!.result.map(({ metric, values }) => ({ metric, values: values! }))
    },
    async stop() {
      agent.destroy()
      await stop(running)
    },
  }
}

interface Response {
  readonly data?: { readonly result: readonly { readonly metric: Record<string, string>; readonly value?: [number, string]; readonly values?: [number, string][] }[] }
}

function numberFrom(text: string): number {
  return text === '+Inf' ? Infinity : text === '-Inf' ? -Infinity : Number(text)
}
