import { chmodSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { keptRun } from '../../src/cli/kept-run.js'
import { main } from '../../src/cli/main.js'
import { formatterNames } from '../../src/report/index.js'
import { dashboardWith, producer } from '../rules/lint-files.js'
import { git, gitIsMissing } from './git-repository.js'
import { repository, runIn, type Files, type Outcome, type Repository } from './repository.js'

const stack: Files = {
  'src/metrics.ts': producer,
  'lost.json': dashboardWith('jobs_lost_total'),
  'odd.json': { ...dashboardWith('odd_total'), uid: 'odd' },
  'rules.yml': 'groups:\n  - name: jobs\n    rules:\n      - alert: Slow\n        expr: jobs_queued > 1\n',
}
const env = { HOME: '/nowhere' }
const cache = 'node_modules/.cache/ml-dash-lint'

/** Runs a command line as the program does, with what it kept before. `meanwhile` is done when all was read, before anything is kept. */
async function runKept(cwd: string, argv: readonly string[], { variables = {}, settled = 0, meanwhile = () => undefined }: { readonly variables?: Record<string, string>; readonly settled?: number; readonly meanwhile?: () => void } = {}): Promise<Outcome & { readonly wasKept: boolean }> {
  const written = { stdout: '', stderr: '' }
  const terminal = {
    cwd: () => cwd,
    env: { ...env, ...variables },
    stdout: { write: (text: string) => void (written.stdout += text) },
    stderr: { write: (text: string) => void (written.stderr += text) },
  }
  const whole = ['node', 'ml-dash-lint', ...argv]
  const kept = keptRun(whole, terminal, settled)
  const before = kept?.repeated()
  const run = async (one: Parameters<typeof main>[1]) => {
    const code = await main(whole, one)
    meanwhile()
    return code
  }
  const code = before ?? await (kept ? kept.noted(run) : run(terminal))
  return { code, ...written, wasKept: before !== undefined }
}

/** What the run gives where nothing is kept. */
const fresh = (cwd: string, argv: readonly string[], variables: Record<string, string> = {}) => runIn(cwd, ['--no-cache', ...argv], { ...env, ...variables })

function project(more: Files = {}): Repository {
  const made = repository({ ...stack, ...more })
  mkdirSync(join(made.path, 'node_modules'))
  return made
}

const keptIn = (folder: string) => readdirSync(folder).filter((name) => name.startsWith('run-'))

describe('a second run writes what the first one wrote', () => {
  const color = { FORCE_COLOR: '1', CI: 'true', GITHUB_WORKSPACE: '/' }
  test.each<[string, readonly string[], Record<string, string>?]>([
    ['without options', []],
    ...formatterNames.map((format): [string, readonly string[]] => [format, ['--format', format]]),
    ['in colour', ['--color']],
    ['with variables', [], color],
    ['quiet', ['--quiet']],
    ['with coverage', ['--coverage']],
    ['over a limit', ['--max-warnings', '0', '--min-coverage', '100']],
    ['one rule', ['--rule', 'unknown-metric']],
    ['a preset', ['--preset', 'strict']],
    ['files', ['lost.json', 'rules.yml']],
    ['a folder of its own', ['--cache-location', 'elsewhere']],
    ['the same with =', ['--cache-location=elsewhere']],
  ])('%s', async (_, argv, variables = {}) => {
    const { path } = project()
    const expected = await fresh(path, argv, variables)
    expect([expected.stdout.length > 0 || expected.code === 0, expected.code]).toEqual([true, expect.toSatisfy((code: number) => code < 2)])
    // The folder itself changes when a folder for what is kept is made in it.
    await runKept(path, argv, { variables })
    expect(await runKept(path, argv, { variables })).toMatchObject(expected)
    expect(await runKept(path, argv, { variables })).toEqual({ ...expected, wasKept: true })
  })
})

describe('what changes is linted anew', () => {
  const baseline = (path: string) => runIn(path, ['--no-cache', '--update-baseline'], env)
  test.each<[string, (repository: Repository) => unknown, (Files | undefined)?, (readonly string[] | undefined)?]>([
    ['a file of the same size', ({ write, read }) => write({ 'lost.json': read('lost.json').replace('jobs_lost_total', 'jobs_lust_total') })],
    ['a file of the same size and time', ({ write, read, path }) => {
      write({ 'lost.json': read('lost.json').replace('jobs_lost_total', 'jobs_lust_total') })
      utimesSync(join(path, 'lost.json'), 1_700_000_000, 1_700_000_000)
    }, undefined, undefined],
    ['code', ({ write, read }) => write({ 'src/metrics.ts': read('src/metrics.ts').replaceAll('jobs_queued', 'jobs_waiting') })],
    ['a new file', ({ write }) => write({ 'more/new.json': { ...dashboardWith('new_total'), uid: 'new' } })],
    ['a new file beside others', ({ write }) => write({ 'new.json': { ...dashboardWith('new_total'), uid: 'new' } })],
    ['a file less', ({ path }) => rmSync(join(path, 'lost.json'))],
    ['another name', ({ path }) => renameSync(join(path, 'lost.json'), join(path, 'last.json'))],
    ['a folder that is passed over', ({ path }) => renameSync(join(path, 'src'), join(path, 'vendor'))],
    ['a .gitignore', ({ write }) => write({ '.gitignore': 'lost.json\n' })],
    ['the configuration', ({ write }) => write({ 'ml-dash-lint.config.json': { rules: { 'unknown-metric': 'off' } } })],
    ['a configuration that comes', ({ write }) => write({ 'package.json': { 'ml-dash-lint': { rules: { 'unknown-metric': 'off' } } } })],
    ['what it goes on from', ({ write }) => write({ 'base.json': { rules: { 'unknown-metric': 'off' } } }), { 'base.json': {}, 'ml-dash-lint.config.json': { extends: './base.json' } }],
    ['a baseline that comes', ({ path }) => baseline(path)],
    ['a baseline that goes', ({ path }) => rmSync(join(path, 'ml-dash-lint-baseline.json')), { 'ml-dash-lint-baseline.json': { version: 1, findings: {} } }],
    ['a registry file', ({ write }) => write({ 'more.registry.json': { version: 1, families: [{ name: 'jobs_lost', type: 'counter', labels: [] }] } }), { 'more.registry.json': { version: 1, families: [] } }, ['--registry', 'more.registry.json', '.']],
    ['what a glob of the configuration fits', ({ write }) => write({ 'left-out/new.json': '{}' }), { 'ml-dash-lint.config.json': { ignore: ['left-out/'] } }],
    ['a link', ({ path }) => {
      rmSync(join(path, 'link'))
      symlinkSync('two', join(path, 'link'))
    }, { 'one/a.json': dashboardWith('a_total'), 'two/a.json': dashboardWith('b_total') }, ['link']],
    ['a file that may not be read', ({ path }) => chmodSync(join(path, 'lost.json'), 0o000)],
    ['a file that was cut short', ({ write, read }) => write({ 'lost.json': read('lost.json').slice(0, 40) })],
  ])('%s', async (_, change, more = {}, argv = []) => {
    const made = project(more)
    const { path } = made
    if (argv.includes('link')) symlinkSync('one', join(path, 'link'))
    await runKept(path, argv)
    const before = await runKept(path, argv)
    expect(before).toMatchObject({ wasKept: true })
    await change(made)
    const after = await runKept(path, argv)
    expect(after).toEqual({ ...(await fresh(path, argv)), wasKept: false })
    expect(await runKept(path, argv)).toEqual({ ...after, wasKept: after.code < 2 })
  })

  test('a configuration above', async () => {
    const { path, write } = project()
    const inner = join(path, 'inner')
    write({ 'inner/rules.yml': 'groups: [{ name: a, rules: [{ record: "a:b", expr: "lost_total" }] }]\n' })
    await runKept(inner, [])
    expect(await runKept(inner, [])).toMatchObject({ wasKept: true })
    write({ 'ml-dash-lint.config.json': { externalMetrics: ['lost_total'] } })
    expect(await runKept(inner, [])).toEqual({ ...(await fresh(inner, [])), wasKept: false })
  })

  test.each([
    ['a variable', { FORCE_COLOR: '1' }, { FORCE_COLOR: '0' }],
    ['a variable that comes', {}, { FORCE_COLOR: '1' }],
    ['the day', { ML_DASH_LINT_TODAY: '2026-01-01' }, { ML_DASH_LINT_TODAY: '2026-01-02' }],
  ])('%s', async (_, before, after) => {
    const { path } = project()
    await runKept(path, [], { variables: before })
    expect(await runKept(path, [], { variables: before })).toMatchObject({ wasKept: true })
    expect(await runKept(path, [], { variables: after })).toEqual({ ...(await fresh(path, [], after)), wasKept: false })
  })
})

describe('a run is not kept', () => {
  test.each<[string, readonly string[], Files?]>([
    ['that mends', ['--fix']],
    ['that writes a file', ['--format', 'json=report.json']],
    ['that writes its report', ['--output', 'report.txt']],
    ['that writes a baseline', ['--update-baseline']],
    ['that tells times', ['--debug']],
    ['of a glob', ['*.json']],
    ['that was asked for wrongly', ['--rule', 'no-such-rule']],
    ['of nothing', ['nowhere']],
    ['with plugins', ['--plugins', '.'], { 'ml-dash-lint.config.json': { plugins: ['./plugin.mjs'] }, 'plugin.mjs': 'export default { name: "our", rules: [] }\n' }],
    ['whose configuration goes on from a package', [], { 'ml-dash-lint.config.json': { extends: 'shared/base.json' }, 'node_modules/shared/base.json': {} }],
    ['that keeps nothing', [], { 'ml-dash-lint.config.json': { cache: false } }],
    ['that is to keep nothing', ['--no-cache']],
  ])('%s', async (_, argv, more = {}) => {
    const { path, write } = project()
    write(more)
    await runKept(path, argv)
    expect(await runKept(path, argv)).toMatchObject({ wasKept: false })
  })

  test.skipIf(gitIsMissing)('that asks git', async () => {
    const { path } = project()
    rmSync(join(path, '.git'), { recursive: true })
    git(path, 'init', '-q')
    git(path, 'add', '.')
    git(path, 'commit', '-q', '-m', 'All')
    await runKept(path, ['--since', 'HEAD'])
    expect(await runKept(path, ['--since', 'HEAD'])).toMatchObject({ code: 0, wasKept: false })
  })

  test('while files have changed a moment ago, or change meanwhile', async () => {
    const { path, write } = project()
    await runKept(path, [])
    await runKept(path, [], { settled: 60_000, variables: { NO_COLOR: '1' } })
    expect(await runKept(path, [], { variables: { NO_COLOR: '1' } })).toMatchObject({ wasKept: false })
    const touched = { variables: { NO_COLOR: '2' }, meanwhile: () => write({ 'lost.json': dashboardWith('jobs_queued') }) }
    await runKept(path, [], touched)
    expect(await runKept(path, [], { variables: { NO_COLOR: '2' } })).toEqual({ ...(await fresh(path, [], { NO_COLOR: '2' })), wasKept: false })
  })
})

test.each<[string, (file: string) => void]>([
  ['half of it', (file) => writeFileSync(file, readFileSync(file, 'utf8').slice(0, 200))],
  ['nothing', (file) => writeFileSync(file, '')],
  ['another exit code', (file) => writeFileSync(file, readFileSync(file, 'utf8').replace(/"code":\d/, '"code":7'))],
  ['another stream', (file) => writeFileSync(file, readFileSync(file, 'utf8').replace('"stdout"', '"cwd"'))],
  ['a question that nobody asks', (file) => writeFileSync(file, readFileSync(file, 'utf8').replace('["content ', '["toString '))],
  ['a list', (file) => writeFileSync(file, '[]')],
  ['a folder', (file) => {
    rmSync(file)
    mkdirSync(file)
  }],
  ['a link', (file) => {
    renameSync(file, join(dirname(file), 'other'))
    symlinkSync('other', file)
  }],
])('an entry that is %s counts for nothing', async (_, spoil) => {
  const { path } = project()
  await runKept(path, [])
  const first = await runKept(path, [])
  expect(first).toMatchObject({ wasKept: true })
  const [name] = keptIn(join(path, cache))
  spoil(join(path, cache, name!))
  expect(await runKept(path, [])).toEqual({ ...first, wasKept: false })
})

test('only so many runs are kept', async () => {
  const { path } = project()
  await runKept(path, [])
  for (let run = 0; run < 30; run++) await runKept(path, ['--max-warnings', String(run)])
  expect(keptIn(join(path, cache))).toHaveLength(24)
})
