import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { dashboardWith, producer } from '../rules/lint-files.js'
import { repository, type Files } from './repository.js'

const fileName = 'ml-dash-lint.config.json'
const files: Files = {
  'src/metrics.ts': producer,
  'deploy/grafana/jobs.json': dashboardWith('jobs_queued', 'billing_invoices_total', 'billing_refunds_total', 'redis_up'),
  'deploy/rules/jobs.yml': 'groups:\n  - name: jobs\n    rules:\n      - alert: Backlog\n        expr: jobs_lost_total > 100\n',
}

const written = `// What ml-dash-lint is told here it cannot see by itself. Comments and trailing commas are allowed.
{
  // Found:
  //   1 dashboard in deploy/grafana
  //   1 rule file in deploy/rules
  //   3 metric families of programs in src
  //   5 queries with 5 selectors, of which 2 can be checked

  // "recommended", which is the default, reports what is surely wrong; "strict" also what is fragile.
  "extends": ["recommended"],

  // Could not be checked, because nothing at hand exposes it:
  //   billing_*: 2 names, first in deploy/grafana/jobs.json
  //   redis_*: 1 name of Redis exporter, first in deploy/grafana/jobs.json

  // Exporters that run although nothing in the repository shows it:
  // "catalogs": ["redis-exporter"],

  // What other repositories expose, from "ml-dash-lint registry export" there:
  // "registry": ["other-service.registry.json"],

  // What others look after, and is not to be checked:
  // "externalMetrics": ["billing_*"],
}
`

test('says what was found and what would verify the rest, and what comes next', async () => {
  const { run, read } = repository(files)
  const { code, stdout, stderr } = await run('init')
  expect([code, stderr]).toEqual([0, ''])
  expect(stdout).toBe(`3 problems (1 error, 2 warnings) in 3 files: 1 dashboard, 1 rule file, 5 queries, 3 metric families; 5 selectors, 2 checked; 3 not: billing_* (2 names), redis_* (1 name)
unverified-metric 2, unknown-metric 1

Wrote ml-dash-lint.config.json. Next:
  ml-dash-lint                      shows the 3 problems
  ml-dash-lint --update-baseline    accepts them, so that later runs report what is new
`)
  expect(read(fileName)).toBe(written)
})

test('what it offers is a configuration once the comment signs are taken away, and does what it says', async () => {
  const { run, read, write } = repository(files)
  await run('init')
  const uncommented = read(fileName).replace(/\/\/ ("(?:catalogs|externalMetrics)")/g, '$1')
  expect(uncommented).not.toBe(read(fileName))
  write({ [fileName]: uncommented })
  const { code, stdout } = await run()
  expect([code, stdout.split('\n').filter((line) => / {2}(error|warning) {2}/.test(line))]).toEqual([1, ['deploy/rules/jobs.yml:5:15  error  unknown-metric']])
})

test('a stack without problems', async () => {
  const { run, read } = repository({ 'src/metrics.ts': producer, 'jobs.json': dashboardWith('jobs_queued') })
  expect((await run('init')).stdout).toBe(`No problems in 2 files: 1 dashboard, 0 rule files, 1 query, 3 metric families; 1 selector, checked

Wrote ml-dash-lint.config.json. Next:
  ml-dash-lint    on each commit and in CI
`)
  expect(read(fileName)).toContain('  "extends": ["recommended"]\n}\n')
})

test.each([
  ['its own file', { [fileName]: '{ "rules": {} }' }, fileName],
  ['a file with mistakes', { [fileName]: '{ rules' }, fileName],
  ['package.json', { 'package.json': { name: 'jobs', 'ml-dash-lint': {} } }, 'package.json'],
])('never writes over %s', async (_, there: Files, told) => {
  const { run, read, path } = repository({ ...files, ...there })
  const before = told === fileName ? read(fileName) : undefined
  expect(await run('init')).toEqual({ code: 2, stdout: '', stderr: `ml-dash-lint: ${told} configures this folder already; nothing was written\n` })
  expect(existsSync(join(path, fileName)) ? read(fileName) : undefined).toBe(before)
})

test('from a folder below it is written at the root, whose parts know each other', async () => {
  const { runIn, read } = repository(files)
  const { stdout } = await runIn('deploy', 'init')
  expect(stdout).toContain('Wrote ../ml-dash-lint.config.json.')
  expect(read(fileName)).toBe(written)
})

test('nothing to lint, nothing written', async () => {
  const { run, path } = repository({ 'README.md': 'Nothing here' })
  expect((await run('init')).code).toBe(2)
  expect(existsSync(join(path, fileName))).toBe(false)
})

test('names of folders cannot get out of their comments', async () => {
  const { run, read } = repository({ 'src/metrics.ts': producer, 'a\n"rules": {/b/jobs.json': dashboardWith('jobs_queued') })
  expect((await run('init')).code).toBe(0)
  expect(read(fileName)).toContain('1 dashboard in a\\u000a"rules": {/b\n')
})
