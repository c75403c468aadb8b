import { describe, expect, test } from 'vitest'
import { stack as composeStack } from '../rules/compose-stack.js'
import { dashboardWith, producer } from '../rules/lint-files.js'
import { repository } from './repository.js'

const stack = {
  'src/metrics.ts': producer,
  'grafana/jobs.json': dashboardWith('rate(jobs_done_total[5m])', 'jobs_queud'),
  'grafana/other.json': { ...dashboardWith('jobs_donne_total'), uid: 'other', title: 'Other' },
}

async function findings(run: Promise<{ stdout: string }>): Promise<{ places: string[]; summary: Record<string, unknown> }> {
  const { stdout } = await run
  const { diagnostics, summary } = JSON.parse(stdout) as { diagnostics: { file: string; rule: string }[]; summary: Record<string, unknown> }
  return { places: diagnostics.map(({ file, rule }) => `${file} ${rule}`), summary }
}

describe('paths say what is reported, not what is known', () => {
  test('a dashboard that is named is held against the code of the repository', async () => {
    const { run } = repository(stack)
    const { places, summary } = await findings(run('--format', 'json', 'grafana/jobs.json'))
    expect(places).toEqual(['grafana/jobs.json unknown-metric'])
    expect(summary).toMatchObject({ files: 1, dashboards: 1, queries: 2, families: 3, roots: [''] })
    expect((await run('grafana/jobs.json')).stdout).toContain('1 problem (1 error, 0 warnings) in 1 file: 1 dashboard, 0 rule files, 2 queries, 3 metric families known from all of this folder;')
  })

  test('so is one in the folder that the linter runs in', async () => {
    const { runIn } = repository(stack)
    const { places, summary } = await findings(runIn('grafana', '--format', 'json'))
    expect(places).toEqual(['jobs.json unknown-metric', 'other.json unknown-metric'])
    expect(summary['roots']).toEqual(['..'])
  })

  test('the nearest folder with a configuration is what is known', async () => {
    const { run } = repository({ ...stack, 'grafana/ml-dash-lint.config.json': { rules: { 'required-tags': 'off' } } })
    expect((await findings(run('--format', 'json', 'grafana/jobs.json'))).summary).toMatchObject({ families: 0, roots: ['grafana'] })
    expect((await findings(run('--format', 'json', 'grafana/jobs.json', 'src'))).summary).toMatchObject({ families: 3, roots: [''] })
  })

  test('the folder of a configuration that is named counts, and no other is looked for', async () => {
    const { run } = repository({ ...stack, 'lint.json': {}, 'grafana/ml-dash-lint.config.json': {} })
    expect((await findings(run('--format', 'json', '--config', 'lint.json', 'grafana/jobs.json'))).places).toEqual(['grafana/jobs.json unknown-metric'])
  })

  test('a file that a hook names and that is no consumer is no wrong usage; a folder without any is', async () => {
    const { run } = repository({ ...stack, 'src/other.ts': 'export const x = 1\n', 'docs/x.ts': '' })
    expect(await run('src/other.ts')).toMatchObject({ code: 0, stderr: '' })
    expect((await run('docs')).code).toBe(2)
    expect((await run('nowhere')).code).toBe(2)
  })

  test('a stack in a folder called "fixtures" counts where it is named', async () => {
    const { run } = repository({ 'fixtures/src/metrics.ts': producer, 'fixtures/jobs.json': dashboardWith('jobs_queud') })
    expect((await findings(run('--format', 'json', 'fixtures'))).places).toEqual(['fixtures/jobs.json unknown-metric'])
  })

  test('a stack beside or above the working directory is the same stack', async () => {
    const { path, runIn } = repository(composeStack)
    const elsewhere = repository({ 'a.txt': '' })
    for (const [run, named] of [[runIn, path], [elsewhere.runIn, path]] as const) {
      expect((await run('.', '--format', 'unix', named)).stdout).toBe('')
    }
    expect((await runIn('grafana', '--format', 'unix', '..')).stdout).toBe('')
  })

  test('paths of two repositories know both', async () => {
    const other = repository(stack)
    const { run } = repository({ 'a.json': dashboardWith('up') })
    const { summary } = await findings(run('--format', 'json', 'a.json', `${other.path}/grafana/jobs.json`))
    expect(summary).toMatchObject({ files: 2, families: 3 })
  })
})

test('"registry export" writes what is declared below the path, and never an empty registry without a word', async () => {
  const { run } = repository({ ...stack, 'lib/more.ts': producer.replaceAll('jobs_', 'tasks_') })
  const { stdout, stderr } = await run('registry', 'export', 'lib')
  expect((JSON.parse(stdout) as { families: { name: string }[] }).families.map(({ name }) => name)).toEqual(['tasks_done_total', 'tasks_duration_seconds', 'tasks_queued'])
  expect(stderr).toBe('')
  expect(await run('registry', 'export', 'grafana')).toMatchObject({
    code: 0, stderr: 'ml-dash-lint: the registry is empty: no code in grafana is seen to expose metrics\n',
  })
})
