import { expect, test } from 'vitest'
import { dashboardWith, producer, prometheusConfig } from '../rules/lint-files.js'
import { repository } from './repository.js'

const stack = {
  'b/dashboards/copy.json': { ...dashboardWith('jobs_queue', 'rate(jobs_done_total{state="a"}[5m])'), title: 'Copy' },
  'a/dashboards/jobs.json': dashboardWith('jobs_lost_total', 'sum by (kinds) (jobs_done_total)'),
  'a/prometheus.yml': prometheusConfig,
  'b/rules.yml': 'groups:\n  - name: jobs\n    rules:\n      - alert: JobsLost\n        expr: jobs_lost_total > 0\n',
  'b/broken.json': '{ "schemaVersion": 39, "panels": [',
  'c/src/metrics.ts': producer,
  'c/src/conflict.ts': producer.replaceAll('Gauge', 'Counter').replace("labelNames: ['kind', 'status']", "labelNames: ['kind']"),
}

const formats = ['stylish', 'json', 'github', 'sarif', 'unix']

test.each(formats)('%s: the same output whatever the order of the path arguments, and no absolute path', async (format) => {
  const { run, path } = repository(stack)
  const { stdout, stderr } = await run('--format', format, 'a', 'b', 'c')
  expect(stdout).not.toBe('')
  for (const paths of [['c', 'b', 'a'], ['b', 'c', 'a', 'b/rules.yml'], ['.'], [path], ['**/*.{json,yml,ts}']]) {
    expect(await run('--format', format, ...paths)).toEqual({ code: 1, stdout, stderr })
  }
  expect(stdout).not.toContain(path)
})

test.each([['registry', 'export'], ['usage', 'export']])('%s %s: the same, in two checkouts', async (...command) => {
  const { run, path } = repository(stack)
  const { code, stdout } = await run(...command, 'a', 'b', 'c')
  expect(code).toBe(0)
  expect((await run(...command, 'c', 'b', 'a')).stdout).toBe(stdout)
  expect((await repository(stack).run(...command)).stdout).toBe(stdout)
  expect(stdout).not.toContain(path)
})
