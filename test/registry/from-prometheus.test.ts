import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { writeRegistry } from '../../src/registry/file.js'
import { registryFromPrometheus } from '../../src/registry/from-prometheus.js'
import { serve, unusedAddress } from './loopback.js'

const limits = { timeoutMs: 5000, maxBytes: 1_000_000 }

const exposition = `# HELP jobs_total Jobs done.
# TYPE jobs_total counter
jobs_total{queue="high"} 3
jobs_total{queue="low"} 4
# TYPE jobs_created gauge
jobs_created{queue="high"} 1700000000
# HELP wait_seconds Time waited.
# TYPE wait_seconds histogram
wait_seconds_bucket{le="0.5"} 1
wait_seconds_bucket{le="2"} 2
wait_seconds_bucket{le="+Inf"} 2
wait_seconds_sum 1.5
wait_seconds_count 2
# HELP size_bytes Sizes.
# TYPE size_bytes summary
size_bytes{quantile="0.5"} 10
size_bytes{quantile="0.99"} 20
size_bytes_sum 30
size_bytes_count 2
nameless 1
`

test('a real Prometheus: families, labels, values, buckets and quantiles', async ({ skip }) => {
  if (spawnSync('prometheus', ['--version']).error) skip('prometheus is not installed')
  const target = await serve((_, response) => void response.setHeader('content-type', 'text/plain; version=0.0.4').end(exposition))
  const url = await startPrometheus(target)

  const all = await registryFromPrometheus(url, limits)
  if (!all.ok) throw new Error(all.message)
  expect(all.warnings).toEqual([])
  expect(writeRegistry(all.content)).toBe(`{
  "version": 1,
  "families": [
    {
      "name": "job:jobs:sum",
      "type": "unknown",
      "labels": [],
      "series": [
        "job:jobs:sum"
      ],
      "recorded": "yes",
      "origin": { "kind": "recording-rule" },
      "declarations": []
    },
    {
      "name": "jobs_total",
      "type": "counter",
      "help": "Jobs done.",
      "labels": [
        { "name": "env", "values": ["test"], "open": true },
        { "name": "queue", "values": ["high", "low"], "open": true }
      ],
      "series": [
        "jobs_created",
        "jobs_total"
      ],
      "recorded": "yes",
      "declarations": []
    },
    {
      "name": "nameless",
      "type": "unknown",
      "labels": [
        { "name": "env", "values": ["test"], "open": true }
      ],
      "series": [
        "nameless"
      ],
      "recorded": "yes",
      "declarations": []
    },
    {
      "name": "size_bytes",
      "type": "summary",
      "help": "Sizes.",
      "labels": [
        { "name": "env", "values": ["test"], "open": true }
      ],
      "series": [
        "size_bytes",
        "size_bytes_count",
        "size_bytes_sum"
      ],
      "quantiles": [0.5, 0.99],
      "recorded": "yes",
      "declarations": []
    },
    {
      "name": "wait_seconds",
      "type": "histogram",
      "help": "Time waited.",
      "labels": [
        { "name": "env", "values": ["test"], "open": true }
      ],
      "series": [
        "wait_seconds_bucket",
        "wait_seconds_count",
        "wait_seconds_sum"
      ],
      "buckets": [0.5, 2],
      "recorded": "yes",
      "declarations": []
    }
  ]
}
`)

  const some = await registryFromPrometheus(url, { ...limits, match: '{queue="high"}', seriesLimit: 0 })
  expect(some.ok && some.content.families.map(({ name, labels }) => [name, labels])).toEqual([
    ['jobs_total', [{ name: 'env', values: [], open: true }, { name: 'queue', values: [], open: true }]],
  ])
  expect(await registryFromPrometheus(url, { ...limits, match: '{queue=}' })).toEqual({
    ok: false,
    message: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/api\/v1\/label\/__name__\/values refused: .*parse error/) as string,
  })
})

test('a server that is no Prometheus, or cannot be read', async () => {
  const page = await serve((_, response) => void response.end('<html>'))
  expect(await registryFromPrometheus(`${page}/`, limits)).toEqual({
    ok: false,
    message: `${page}/api/v1/metadata answered with HTTP status 200 and not as Prometheus does`,
  })
  const unused = await unusedAddress()
  expect(await registryFromPrometheus(unused, limits)).toEqual({
    ok: false,
    message: `${unused}/api/v1/metadata cannot be reached: the connection was refused`,
  })
  const large = await serve((_, response) => void response.end(' '.repeat(2000)))
  expect(await registryFromPrometheus(large, { ...limits, maxBytes: 1000 })).toEqual({
    ok: false,
    message: `${large}/api/v1/metadata answered with more than 1000 bytes`,
  })
  expect(await registryFromPrometheus(page, { ...limits, match: 'up' })).toEqual({
    ok: false,
    message: '"up" is no selector of the form {job="api"}',
  })
})

test('warnings of the server are passed on, once each', async () => {
  const url = await serve((request, response) => {
    const data = request.url === '/api/v1/metadata' ? {} : request.url!.includes('__name__/values') ? ['a', 'b'] : []
    response.end(JSON.stringify({ status: 'success', data, warnings: ['results truncated due to limit'] }))
  })
  const result = await registryFromPrometheus(url, limits)
  expect(result.ok && result.warnings).toEqual(['results truncated due to limit'])
  expect(result.ok && result.content.families.map(({ name, type }) => [name, type])).toEqual([['a', 'unknown'], ['b', 'unknown']])
})

/** Starts a Prometheus that scrapes `target`, and waits until it has the samples and what its rule makes of them. */
async function startPrometheus(target: string): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'from-prometheus-'))
  const listen = (await unusedAddress()).replace('http://', '')
  writeFileSync(
    join(folder, 'prometheus.yml'),
    `global: { scrape_interval: 200ms, scrape_timeout: 200ms, evaluation_interval: 200ms }
rule_files: [rules.yml]
scrape_configs:
  - job_name: test
    static_configs: [{ targets: ['${target.replace('http://', '')}'], labels: { env: test } }]
`,
  )
  writeFileSync(
    join(folder, 'rules.yml'),
    'groups: [{ name: g, rules: [{ record: "job:jobs:sum", expr: sum by (job) (jobs_total) }] }]\n',
  )
  const server = spawn(
    'prometheus',
    [`--config.file=${folder}/prometheus.yml`, `--storage.tsdb.path=${folder}/data`, `--web.listen-address=${listen}`],
    { stdio: 'ignore' },
  )
  const ended = new Promise((resolve) => server.once('exit', resolve))
  onTestFinished(async () => {
    server.kill()
    await ended
    rmSync(folder, { recursive: true })
  })
  const url = `http://${listen}`
  for (let attempt = 0; attempt < 150; attempt++) {
    const answer = await fetch(`${url}/api/v1/query?query=job:jobs:sum`).then((response) => response.text(), () => '')
    if (answer.includes('"value"')) return url
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error('Prometheus did not come up')
}
