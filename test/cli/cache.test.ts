import { chmodSync, mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { dashboardWith, producer } from '../rules/lint-files.js'
import { repository, runIn } from './repository.js'

const files = { 'src/metrics.ts': producer, 'd.json': dashboardWith('jobs_lost_total') }
const found = { code: 1, stdout: 'd.json:20:20: error: No producer exposes "jobs_lost_total" [unknown-metric]\n', stderr: '' }
const lint = ['--format', 'unix', '.']

/** The results that are kept, and what else lies there: drafts that were left behind. */
function kept(folder: string): { results: number; others: string[] } {
  const names = readdirSync(folder)
  const isResult = (name: string) => /^extraction-[0-9a-f]{64}\.json$/.test(name)
  return { results: names.filter(isResult).length, others: names.filter((name) => !isResult(name)) }
}

test('several runs at once share a cache, and find the same', async () => {
  const { path, run } = repository(files)
  const all = await Promise.all(Array.from({ length: 6 }, () => run('--cache-location', 'kept/here', ...lint)))
  expect(all).toEqual(Array.from({ length: 6 }, () => found))
  expect(kept(join(path, 'kept/here'))).toEqual({ results: 1, others: [] })
})

test('--cache-location is where results are kept, --no-cache and "cache": false keep none', async () => {
  const { path, run, write } = repository(files)
  mkdirSync(join(path, 'node_modules'))
  expect(await run('--no-cache', ...lint)).toEqual(found)
  expect(readdirSync(join(path, 'node_modules'))).toEqual([])
  expect(await run('--cache-location', 'a', ...lint)).toEqual(found)
  expect([kept(join(path, 'a')), readdirSync(join(path, 'node_modules'))]).toEqual([{ results: 1, others: [] }, []])
  expect(await run(...lint)).toEqual(found)
  expect(kept(join(path, 'node_modules/.cache/ml-dash-lint'))).toEqual({ results: 1, others: [] })
  write({ 'ml-dash-lint.config.json': { cache: false } })
  expect(await run('--cache-location', 'b', ...lint)).toEqual(found)
  expect(readdirSync(path)).not.toContain('b')
})

test.each([
  ['registry', 'export', '.'],
  ['registry', 'explain', 'jobs_queued', '.'],
  ['registry', 'check', '--usage', 'usage.json', '.'],
  ['usage', 'export', '.'],
])('%s %s takes both options', async (...command) => {
  const { path, run } = repository({ ...files, 'usage.json': { version: 1, consumers: [] } })
  const plain = await run(...command, '--no-cache')
  expect([plain.code, readdirSync(path)]).toEqual([0, expect.not.arrayContaining(['kept'])])
  expect(await run(...command, '--cache-location', 'kept')).toEqual(plain)
  expect(kept(join(path, 'kept'))).toEqual({ results: 1, others: [] })
})

// In /proc a folder that is made says that the one around it does not exist.
test.each([['/proc', () => '/proc'], ['a file', () => '/dev/null'], ['a read-only folder', readOnlyFolder]])('a home that is %s changes nothing', async (_, home) => {
  expect(await runIn(repository(files).path, lint, { HOME: home() })).toEqual(found)
})

function readOnlyFolder(): string {
  const { path } = repository({})
  chmodSync(path, 0o555)
  return path
}

test('a report that is written below /proc is an error, and ends', async () => {
  expect(await repository(files).run('--output', '/proc/reports/report.json', ...lint)).toEqual({
    code: 2, stdout: '', stderr: 'ml-dash-lint: cannot write /proc/reports/report.json: no such folder\n',
  })
})
