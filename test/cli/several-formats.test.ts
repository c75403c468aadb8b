import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { dashboardWith, producer } from '../rules/lint-files.js'
import { repository, runIn } from './repository.js'

const drifted = { 'dashboards/jobs.json': dashboardWith('jobs_queue'), 'src/metrics.ts': producer }

test('each --format with a file writes it, and one goes to the terminal', async () => {
  const { run, read } = repository(drifted)
  const only = async (format: string) => (await run('--format', format)).stdout
  const [stylish, unix, sarif] = [await only('stylish'), await only('unix'), await only('sarif')]
  expect(await run('--format', 'sarif=reports/out.sarif', '--format', 'stylish', '-f', 'unix=reports/a=b.txt')).toEqual({ code: 1, stdout: stylish, stderr: '' })
  expect([read('reports/out.sarif'), read('reports/a=b.txt')]).toEqual([sarif, unix])
})

test('where each names a file, the terminal stays quiet', async () => {
  const { run, read } = repository(drifted)
  expect(await run('--format', 'json=report.json')).toEqual({ code: 1, stdout: '', stderr: '' })
  expect(JSON.parse(read('report.json'))).toMatchObject({ summary: { errors: 1 } })
})

test('--output is the file of the one that names none', async () => {
  const { run, read } = repository(drifted)
  const { stdout } = await run('--format', 'unix')
  expect(await run('--format', 'unix', '--format', 'json=report.json', '--output', 'report.txt')).toEqual({ code: 1, stdout: '', stderr: '' })
  expect(read('report.txt')).toBe(stdout)
})

test('colour is for the terminal, not for files', async () => {
  const { path, read } = repository(drifted)
  const { stdout } = await runIn(path, ['--format', 'stylish=report.txt', '--format', 'stylish'], { FORCE_COLOR: '1' })
  expect([stdout.includes('\u001b['), read('report.txt').includes('\u001b[')]).toEqual([true, false])
})

test('a report that cannot be written does not take the others with it', async () => {
  const { run, read } = repository(drifted)
  expect(await run('--format', 'json=src/metrics.ts/report.json', '--format', 'unix=report.txt')).toEqual({
    code: 2, stdout: '', stderr: 'ml-dash-lint: cannot write src/metrics.ts/report.json: a file stands where a folder is needed\n',
  })
  expect(read('report.txt')).toContain('[unknown-metric]')
})

describe('wrong usage', () => {
  test.each([
    [['--format', 'json', '--format', 'stylish'], 'ml-dash-lint: only one report can go to the terminal, not json and stylish: write --format json=FILE\n'],
    [['--format', 'json', '--format', 'stylish', '-o', 'x'], 'ml-dash-lint: only one report can go to x, not json and stylish: write --format json=FILE\n'],
    [['--format', 'json=a', '--output', 'x'], 'ml-dash-lint: --output x has no report: each --format names a file of its own\n'],
    [['--format', 'json=a', '--format', 'unix=./b/../a'], 'ml-dash-lint: two reports would go to ./b/../a\n'],
    [['--format', 'json=a', '--format', 'unix', '-o', 'a'], 'ml-dash-lint: two reports would go to a\n'],
    [['--format', 'json='], "error: option '-f, --format <format>' argument 'json=' is invalid. It names no file after \"=\".\n"],
    [['--format', 'sarf=a'], "error: option '-f, --format <format>' argument 'sarf=a' is invalid. Allowed choices are stylish, compact, json, ndjson, sarif, github, gitlab, junit, checkstyle, markdown, unix.\n(Did you mean sarif?)\n"],
  ])('%j', async (argv, stderr) => {
    const { run, path } = repository(drifted)
    expect(await run(...argv)).toEqual({ code: 2, stdout: '', stderr })
    expect(existsSync(join(path, 'a'))).toBe(false)
  })
})

test('gitlab names files from the root that GitLab checked out', async () => {
  const { path } = repository({ 'stack/rules.yml': 'groups:\n  - name: jobs\n    rules:\n      - { alert: A, expr: "sum(" }\n' })
  const { stdout } = await runIn(join(path, 'stack'), ['--format', 'gitlab'], { CI_PROJECT_DIR: path })
  expect(JSON.parse(stdout)).toMatchObject([{ location: { path: 'stack/rules.yml', lines: { begin: 4 } } }])
})
