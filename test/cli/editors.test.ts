import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { main } from '../../src/cli/main.js'
import { dashboardWith, producer } from '../rules/lint-files.js'
import { repository, runIn } from './repository.js'

const drifted = { 'dashboards/jobs.json': dashboardWith('jobs_queued'), 'src/metrics.ts': producer }

/** Runs a command line whose standard input is a text. */
async function runWith(stdin: string, cwd: string, ...argv: string[]) {
  let [stdout, stderr] = ['', '']
  const code = await main(['node', 'ml-dash-lint', ...argv], {
    cwd: () => cwd, env: {}, readStdin: () => Promise.resolve(stdin),
    stdout: { write: (text: string) => (stdout += text) }, stderr: { write: (text: string) => (stderr += text) },
  })
  return { code, stdout, stderr }
}

describe('--stdin', () => {
  const text = JSON.stringify(dashboardWith('jobs_queue'), null, 2)
  const message = 'error: No producer exposes "jobs_queue". Did you mean "jobs_queued" (gauge, src/metrics.ts:5)? [unknown-metric]\n'

  test('lints a text in the place of a file, held against all around it', async () => {
    const { path, read } = repository(drifted)
    const before = read('dashboards/jobs.json')
    expect(await runWith(text, path, '--stdin', '--stdin-filename', 'dashboards/jobs.json', '--format', 'unix')).toEqual({ code: 1, stdout: `dashboards/jobs.json:20:20: ${message}`, stderr: '' })
    expect(read('dashboards/jobs.json')).toBe(before)
  })

  test('of a file that is not there yet', async () => {
    const { path } = repository(drifted)
    const other = text.replace('"uid": "jobs"', '"uid": "other"').replace('"title": "Jobs"', '"title": "Other"')
    expect(await runWith(other, path, '--stdin', '--stdin-filename', 'dashboards/[new] one.json', '--format', 'unix')).toEqual({ code: 1, stdout: `dashboards/[new] one.json:20:20: ${message}`, stderr: '' })
  })

  test('of code: what it declares counts, and not what lies on the disk', async () => {
    const { path } = repository({ ...drifted, 'dashboards/jobs.json': dashboardWith('jobs_queue') })
    const renamed = producer.replaceAll('jobs_queued', 'jobs_queue')
    const { stdout } = await runWith(renamed, path, '--stdin', '--stdin-filename', 'src/metrics.ts', '--rule', 'unused-metric', '--format', 'unix')
    expect(stdout).not.toContain('jobs_queue')
    expect(stdout).toContain('jobs_done_total')
  })

  test.each([
    [['--stdin'], '--stdin needs --stdin-filename: where a file lies says what it is held against'],
    [['--stdin-filename', 'a.json'], '--stdin-filename has no meaning without --stdin'],
    [['--stdin', '--stdin-filename', 'a.json', 'dashboards'], '--stdin lints what it is given, and not dashboards'],
    [['--stdin', '--stdin-filename', 'a.json', '--watch'], '--watch cannot watch what --stdin is given'],
  ])('wrong usage: %j', async (argv, stderr) => {
    expect(await runWith(text, repository(drifted).path, ...argv)).toEqual({ code: 2, stdout: '', stderr: `ml-dash-lint: ${stderr}\n` })
  })
})

describe('--print-config', () => {
  const config = {
    extends: 'strict',
    registry: ['known.registry.json'],
    rules: { 'unknown-label': 'off', 'required-tags': ['error', { tags: ['ml'] }] },
    overrides: [{ uids: ['jobs'], rules: { 'unknown-metric': 'off' } }, { groups: ['quiet'], rules: { 'unknown-metric': 'warning' } }],
  }
  const files = { ...drifted, 'ml-dash-lint.config.json': config, 'known.registry.json': { version: 1, families: [], patterns: [] }, 'alerts.yml': 'groups:\n  - name: loud\n    rules:\n      - { alert: A, expr: up == 0 }\n  - name: quiet\n    rules:\n      - { alert: B, expr: up == 1 }\n' }
  interface Printed { readonly rules: Record<string, unknown>; readonly overrides?: unknown; readonly registry: unknown }

  test('presets and overrides worked in, and a configuration again', async () => {
    const { run, runIn: runBelow, write } = repository(files)
    const { code, stdout } = await run('--print-config', 'dashboards/jobs.json')
    const printed = JSON.parse(stdout) as Printed
    expect(code).toBe(0)
    expect(printed).toMatchObject({ registry: ['known.registry.json'], rules: { 'unknown-metric': 'off', 'unknown-label': 'off', 'required-tags': ['error', { tags: ['ml'] }], 'unused-metric': 'warning' } })
    expect((await runBelow('dashboards', '--print-config', 'jobs.json')).stdout).toBe(stdout)
    write({ 'ml-dash-lint.config.json': stdout })
    expect((await run('--print-config', 'dashboards/jobs.json')).stdout).toBe(stdout)
  })

  test('of a file with several groups, what is otherwise in one', async () => {
    const { stdout } = await repository(files).run('--print-config', 'alerts.yml')
    const { rules, overrides } = JSON.parse(stdout) as Printed
    expect([rules['unknown-metric'], overrides]).toEqual(['error', [{ groups: ['quiet'], rules: { 'unknown-metric': 'warning' } }]])
  })

  test('of what is not there', async () => {
    expect(await repository(files).run('--print-config', 'alerts.yaml')).toEqual({ code: 2, stdout: '', stderr: 'ml-dash-lint: no such file or folder: alerts.yaml\n' })
  })
})

test('--debug tells what became of each file', async () => {
  const { run } = repository({
    ...drifted,
    '.gitignore': 'old*\n',
    'ml-dash-lint.config.json': { ignore: ['drafts/'], maxFileSize: 5000 },
    'old.json': dashboardWith('x'), 'drafts/a.json': dashboardWith('x'), 'node_modules/a/b.json': '{}',
    'src/metrics.test.ts': producer, 'package.json': '{}', 'README.md': '# Jobs\n',
    'large.json': `{ "panels": [], "schemaVersion": 1, "x": "${'x'.repeat(5000)}" }`, 'alerts.libsonnet': "{ prometheusAlerts+:: { groups+: [] } }\n", 'Dockerfile': 'FROM node\n',
  })
  const { code, stdout, stderr } = await run('--debug', 'dashboards', '--format', 'unix')
  expect([code, stdout]).toEqual([0, ''])
  expect(stderr.replace(/\d+ ms/g, 'N ms').replace(/^debug: cache: .*$/m, 'debug: cache: somewhere')).toBe(`\
debug: configuration: ml-dash-lint.config.json
debug: root: .
debug: cache: somewhere
debug: catalogs: none
debug: Dockerfile: read as what tells how programs are built and started (known, not reported on)
debug: README.md: not read: lists no metrics (known, not reported on)
debug: alerts.libsonnet: not read: no dashboard and no rule stand in it as they are (known, not reported on)
debug: dashboards/jobs.json: read as dashboard
debug: drafts/: not read: ignored by "ignore" in the configuration: drafts/
debug: large.json: not read: this file is 0.01 MB and was not read: the limit is 0.01 MB ("maxFileSize" in the configuration) (known, not reported on)
debug: ml-dash-lint.config.json: not read: no dashboard, no rules and no configuration stand in it (known, not reported on)
debug: node_modules/: not read: folders called "node_modules" hold what others made, dependencies or build output
debug: old.json: not read: ignored by .gitignore: old*
debug: package.json: read as what tells how modules are found (known, not reported on)
debug: src/metrics.test.ts: not read: a test, or type declarations: what it declares, nothing exposes (known, not reported on)
debug: src/metrics.ts: read as code (known, not reported on)
debug: step "discover": N ms
debug: step "documents": N ms
debug: step "models": N ms
debug: step "queries": N ms
debug: step "registry": N ms
debug: step "metrics documents": N ms
debug: step "rules": N ms
`)
})

describe('--watch', () => {
  test('lints again when a file changes, and ends with 130 when interrupted', async () => {
    const { path } = repository(drifted)
    let interrupt = () => {}
    const interrupted = new Promise<void>((resolve) => (interrupt = resolve))
    let [stdout, stderr] = ['', '']
    const code = main(['node', 'ml-dash-lint', '--watch', '--format', 'unix', '--format', 'json=report.json', '--cache-location', 'cache'], {
      cwd: () => path, env: {}, interrupted: () => interrupted,
      stdout: { write: (text: string) => (stdout += text) }, stderr: { write: (text: string) => (stderr += text) },
    })
    const until = async (isSo: () => boolean) => {
      for (let i = 0; i < 400 && !isSo(); i++) await new Promise((resolve) => setTimeout(resolve, 50))
      expect(isSo()).toBe(true)
    }
    const runs = () => stderr.split('watching for changes').length - 1
    await until(() => runs() === 1)
    writeFileSync(join(path, 'dashboards/jobs.json'), JSON.stringify(dashboardWith('jobs_queue'), null, 2))
    await until(() => runs() === 2)
    expect(stdout).toContain('dashboards/jobs.json:20:20: error: No producer exposes "jobs_queue"')
    // What a run writes itself is no change.
    await new Promise((resolve) => setTimeout(resolve, 500))
    expect(runs()).toBe(2)
    interrupt()
    expect(await code).toBe(130)
    expect(stderr).toBe('ml-dash-lint: watching for changes; end with Ctrl+C\n\nml-dash-lint: changed: dashboards/jobs.json\nml-dash-lint: watching for changes; end with Ctrl+C\n')
  })

  test('wrong usage ends it at once', async () => {
    expect(await runIn(repository(drifted).path, ['--watch', 'nowhere'])).toMatchObject({ code: 2 })
  })
})
