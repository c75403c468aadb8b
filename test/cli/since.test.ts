import { appendFileSync, chmodSync, cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { createHash } from 'node:crypto'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { dashboardWith, producer } from '../rules/lint-files.js'
import { folder, git, gitEnvironment, gitIsMissing, gitRepository, gitRepositoryAt, type GitRepository } from './git-repository.js'
import { builtIsMissing, executable, repository, runIn } from './repository.js'
import { violations } from './schemas.js'

if (gitIsMissing) console.log(`skipped: ${gitIsMissing}`)

const stack = { 'src/metrics.ts': producer, 'dashboards/jobs.json': dashboardWith('jobs_queued', 'jobs_lost_total') }
const renamed = producer.replaceAll('jobs_queued', 'jobs_waiting')

interface Json {
  readonly diagnostics: readonly { file: string; severity: string; rule: string; range: { start: { line: number } }; data: { metric?: string } }[]
  readonly summary: { readonly since: { readonly revision: string; readonly commit: string; readonly before: number } }
}

/** `file:line metric` of each finding since a revision, or its rule where it is about none; the standard error has to be empty. */
async function since(made: GitRepository, revision: string, ...rest: string[]): Promise<string[]> {
  const { stdout, stderr } = await made.lint(['--format', 'json', '--since', revision, ...rest])
  expect(stderr).toBe('')
  return (JSON.parse(stdout) as Json).diagnostics.map(({ file, range, data, rule }) => `${file}:${range.start.line} ${data.metric ?? rule}`)
}

async function complaint(made: GitRepository, ...argv: string[]): Promise<string> {
  const { code, stdout, stderr } = await made.lint(argv)
  expect([code, stdout]).toEqual([2, ''])
  return stderr
}

describe.skipIf(gitIsMissing)('what is reported', () => {
  test('a metric that is renamed in code: the dashboard that it breaks, and not what was wrong before', async () => {
    const made = gitRepository(stack)
    expect(await since(made, 'HEAD')).toEqual([])
    made.write({ 'src/metrics.ts': renamed })
    expect(await since(made, 'HEAD')).toEqual(['dashboards/jobs.json:20 jobs_queued'])
    made.git('add', '--all')
    expect(await since(made, 'HEAD')).toEqual(['dashboards/jobs.json:20 jobs_queued'])
    made.commit()
    expect(await since(made, 'HEAD')).toEqual([])
    expect(await since(made, 'HEAD~1')).toEqual(['dashboards/jobs.json:20 jobs_queued'])
  })

  test('the exit code, the summary and --max-warnings are about what is new', async () => {
    const made = gitRepository({ ...stack, 'dashboards/jobs.json': { ...dashboardWith('jobs_queued', 'jobs_lost_total'), tags: [] } })
    expect(await made.lint(['--since', 'HEAD', '--max-warnings', '0'])).toEqual({
      code: 0, stderr: '',
      stdout: 'No new problems since HEAD in 2 files: 1 dashboard, 0 rule files, 2 queries, 3 metric families; 2 selectors, all checked\n2 problems were there before\n',
    })
    made.write({ 'src/metrics.ts': renamed })
    const { code, stdout } = await made.lint(['--since', 'HEAD'])
    expect(code).toBe(1)
    expect(stdout.split('\n').slice(-3)).toEqual([
      '1 new problem (1 error, 0 warnings) since HEAD in 2 files: 1 dashboard, 0 rule files, 2 queries, 3 metric families; 2 selectors, all checked',
      '2 problems were there before', '',
    ])
    const report = (await made.lint(['--since', 'HEAD', '--format', 'json'])).stdout
    expect(violations('report', report)).toEqual([])
    expect((JSON.parse(report) as Json).summary).toMatchObject({ errors: 1, warnings: 0, byRule: { 'unknown-metric': 1 }, since: { revision: 'HEAD', commit: made.git('rev-parse', 'HEAD'), before: 2 } })
  })

  test('what stands elsewhere in its file, in a panel or dashboard of another title, was there before', async () => {
    const made = gitRepository(stack)
    made.write({ 'dashboards/jobs.json': { description: 'All\njobs', ...dashboardWith('jobs_lost_total', 'jobs_queued'), title: 'Work' } })
    expect(await since(made, 'HEAD')).toEqual([])
  })

  test('of two that are alike, the one that was written now', async () => {
    const panel = (id: number, expr: string) => ({ id, type: 'timeseries', title: `Panel ${id}`, datasource: { type: 'prometheus', uid: 'prometheus' }, targets: [{ refId: 'A', expr }] })
    const board = (...panels: object[]) => ({ ...dashboardWith(), panels })
    const made = gitRepository({ 'src/metrics.ts': producer, 'dashboards/jobs.json': board(panel(1, 'jobs_queued'), panel(3, 'jobs_lost_total')) })
    made.write({ 'dashboards/jobs.json': board(panel(1, 'jobs_queued'), panel(2, 'jobs_lost_total'), panel(3, 'jobs_lost_total')) })
    expect(await since(made, 'HEAD')).toEqual(['dashboards/jobs.json:35 jobs_lost_total'])
  })

  test('one more of those that the baseline has', async () => {
    const made = gitRepository({ ...stack, 'dashboards/jobs.json': dashboardWith('jobs_lost_total', 'jobs_lost_total') })
    await made.lint(['--update-baseline'])
    made.commit()
    expect(await since(made, 'HEAD')).toEqual([])
    made.write({ 'dashboards/jobs.json': dashboardWith('jobs_lost_total', 'jobs_lost_total', 'jobs_lost_total') })
    expect(await since(made, 'HEAD')).toEqual(['dashboards/jobs.json:50 jobs_lost_total'])
    made.write({ 'dashboards/jobs.json': dashboardWith('jobs_lost_total', 'jobs_gone_total') })
    expect(await since(made, 'HEAD')).toEqual(['dashboards/jobs.json:35 jobs_gone_total'])
  })

  test('what could not be known, and is known to be wrong now', async () => {
    const made = gitRepository({ 'src/metrics.ts': producer, 'dashboards/tasks.json': dashboardWith('jobs_queued', 'tasks_queud') })
    made.write({ 'src/tasks.ts': producer.replaceAll('jobs_', 'tasks_') })
    expect((await made.lint(['--since', 'HEAD', '--format', 'unix'])).stdout).toBe('dashboards/tasks.json:35:20: error: No producer exposes "tasks_queud". Did you mean "tasks_queued" (gauge, src/tasks.ts:5)? [unknown-metric]\n')
  })

  test('a rule that was switched on with the change tells what is new', async () => {
    const made = gitRepository(stack)
    made.write({ 'ml-dash-lint.config.json': { rules: { 'panel-description': 'error' } } })
    expect(await since(made, 'HEAD')).toEqual([])
    made.write({ 'dashboards/more.json': { ...dashboardWith('jobs_queued'), uid: 'more', title: 'More' } })
    expect(await since(made, 'HEAD')).toEqual(['dashboards/more.json:12 panel-description'])
  })

  test('what the other side did meanwhile is no change of this one', async () => {
    const made = gitRepository(stack)
    made.git('switch', '--quiet', '--create', 'change')
    made.write({ 'src/metrics.ts': renamed })
    made.commit()
    made.git('switch', '--quiet', 'main')
    made.write({ 'dashboards/jobs.json': dashboardWith('jobs_queued', 'jobs_done_total') })
    made.commit()
    made.git('switch', '--quiet', 'change')
    expect(await since(made, 'main')).toEqual(['dashboards/jobs.json:20 jobs_queued'])
    expect((await made.lint(['--since', 'main'])).stdout).toContain('\n1 problem was there before\n')
  })

  test('a registry file is read as it was, whatever it is called', async () => {
    const made = gitRepository(stack)
    const { stdout: registry } = await made.lint(['registry', 'export', 'src'])
    made.write({ 'contracts/jobs.registry': registry.replaceAll('jobs_done', 'jobs_lost'), 'ml-dash-lint.config.json': { registry: ['contracts/jobs.registry'] } })
    made.commit()
    expect(await since(made, 'HEAD')).toEqual([])
    made.write({ 'contracts/jobs.registry': registry })
    expect(await since(made, 'HEAD')).toEqual(['dashboards/jobs.json:35 jobs_lost_total'])
  })
})

describe.skipIf(gitIsMissing)('files that come, go and move', () => {
  const more = { ...dashboardWith('jobs_gone_total'), uid: 'more', title: 'More' }

  test('a new file, tracked or not; one that is ignored counts as it is', async () => {
    const made = gitRepository({ ...stack, '.gitignore': 'build/\n', 'ml-dash-lint.config.json': { include: ['build/dashboards/'] } })
    made.write({ 'build/dashboards/made.json': more })
    expect(await since(made, 'HEAD')).toEqual([])
    made.write({ 'dashboards/more.json': { ...more, uid: 'third', title: 'Third' } })
    expect(await since(made, 'HEAD')).toEqual(['dashboards/more.json:20 jobs_gone_total'])
    made.git('add', 'dashboards')
    expect(await since(made, 'HEAD')).toEqual(['dashboards/more.json:20 jobs_gone_total'])
  })

  test('code that is gone, with its folder', async () => {
    const made = gitRepository({ ...stack, 'src/other.ts': 'export const x = 1\n', 'lib/deep/jobs.ts': producer.replaceAll('jobs_', 'tasks_'), 'dashboards/tasks.json': { ...dashboardWith('tasks_queued'), uid: 't', title: 'T' } })
    rmSync(join(made.path, 'lib'), { recursive: true })
    expect(await since(made, 'HEAD')).toEqual(['dashboards/tasks.json:20 tasks_queued'])
    made.commit()
    expect(await since(made, 'HEAD^')).toEqual(['dashboards/tasks.json:20 tasks_queued'])
  })

  test('a file in the place of a folder, and a folder in the place of a file', async () => {
    const made = gitRepository({ ...stack, 'a/jobs.json': more, 'b.json': { ...more, uid: 'b', title: 'B' } })
    rmSync(join(made.path, 'a'), { recursive: true })
    rmSync(join(made.path, 'b.json'))
    made.write({ a: 'text', 'b.json/jobs.json': { ...more, uid: 'c', title: 'C', refresh: '5s' } })
    expect(await since(made, 'HEAD')).toEqual(['b.json/jobs.json:20 jobs_gone_total'])
    made.commit()
    made.git('checkout', '--quiet', 'HEAD^')
    expect(await since(made, 'main')).toEqual([])
  })

  test.each([
    ['moved and staged', (made: GitRepository) => made.git('mv', 'dashboards', 'boards')],
    ['moved and not staged', (made: GitRepository) => renameSync(join(made.path, 'dashboards'), join(made.path, 'boards'))],
    ['moved, changed and staged', (made: GitRepository) => {
      made.git('mv', 'dashboards', 'boards')
      made.write({ 'boards/jobs.json': { ...dashboardWith('jobs_queued', 'jobs_lost_total'), refresh: '1m' } })
      made.git('add', '--all')
    }],
  ])('a dashboard that was %s', async (_, move) => {
    const made = gitRepository(stack)
    move(made)
    expect(await since(made, 'HEAD')).toEqual([])
    expect(await since(made, 'HEAD', 'boards/jobs.json')).toEqual([])
    made.write({ 'src/metrics.ts': renamed })
    expect(await since(made, 'HEAD', 'boards')).toHaveLength(1)
  })

  test('a copy is new', async () => {
    const made = gitRepository(stack)
    made.write({ 'dashboards/copy.json': { ...dashboardWith('jobs_queued', 'jobs_lost_total'), uid: 'copy', title: 'Copy' } })
    expect(await since(made, 'HEAD')).toEqual(['dashboards/copy.json:35 jobs_lost_total'])
  })

  test('a link is no file', async () => {
    const made = gitRepository(stack)
    rmSync(join(made.path, 'src/metrics.ts'))
    symlinkSync('elsewhere.ts', join(made.path, 'src/metrics.ts'))
    made.commit()
    rmSync(join(made.path, 'src/metrics.ts'))
    made.write({ 'src/metrics.ts': producer })
    // There was no metric at all before: all that is said of names now is new.
    expect(await since(made, 'HEAD')).toEqual(['dashboards/jobs.json:35 jobs_lost_total'])
  })

  test('names of every kind', async () => {
    const names = ['a b', 'ü', '日本', '-f', '"q"', "it's", 'line\nbreak', '[x]*?', 'tab\t', '$(touch owned)', ':colon', '%41', '.hidden', 'back\\slash']
    const made = gitRepository({ 'src/metrics.ts': producer })
    const files = Object.fromEntries(names.map((name, i) => [`dashboards/${name}/${name}.json`, { ...dashboardWith('jobs_queued', 'jobs_lost_total'), uid: `u${i}`, title: `T${i}` }]))
    made.write(files)
    expect(await since(made, 'HEAD')).toHaveLength(names.length)
    made.commit()
    expect(await since(made, 'HEAD')).toEqual([])
    for (const file of Object.keys(files)) appendFileSync(join(made.path, file), '\n')
    expect(await since(made, 'HEAD')).toEqual([])
    made.write({ 'src/metrics.ts': renamed })
    expect(await since(made, 'HEAD')).toHaveLength(names.length)
    expect(await since(made, 'HEAD', ...names.map((name) => `./dashboards/${name}`))).toHaveLength(names.length)
  })

  test('other line breaks', async () => {
    const made = gitRepository({ ...stack, 'rules/jobs.yml': 'groups:\n  - name: jobs\n    rules:\n      - alert: Lost\n        expr: |\n          jobs_lost_total\n            > on() jobs_lost_total\n' })
    for (const file of ['rules/jobs.yml', 'dashboards/jobs.json']) {
      const path = join(made.path, file)
      writeFileSync(path, readFileSync(path, 'utf8').replaceAll('\n', '\r\n'))
    }
    expect(await since(made, 'HEAD')).toEqual([])
  })
})

describe.skipIf(gitIsMissing)('the paths that are named', () => {
  test('a file, a folder, a glob, one that is new, and what was there is known all the same', async () => {
    const made = gitRepository(stack)
    made.write({ 'src/metrics.ts': renamed, 'dashboards/new.json': { ...dashboardWith('jobs_gone_total'), uid: 'new', title: 'New' } })
    const broken = 'dashboards/jobs.json:20 jobs_queued'
    const added = 'dashboards/new.json:20 jobs_gone_total'
    expect(await since(made, 'HEAD', 'dashboards/jobs.json')).toEqual([broken])
    expect(await since(made, 'HEAD', 'dashboards/new.json')).toEqual([added])
    expect(await since(made, 'HEAD', 'dashboards/*.json')).toEqual([broken, added])
    expect(await since(made, 'HEAD', 'dashboards')).toEqual([broken, added])
    expect(await since(made, 'HEAD', 'src')).toEqual([])
  })

  test('a stack among tests that is named', async () => {
    const made = gitRepository({ 'fixtures/stack/src/metrics.ts': producer, 'fixtures/stack/jobs.json': dashboardWith('jobs_queued', 'jobs_lost_total') })
    made.write({ 'fixtures/stack/src/metrics.ts': renamed })
    expect(await since(made, 'HEAD', 'fixtures/stack')).toEqual(['fixtures/stack/jobs.json:20 jobs_queued'])
  })

  test('a run in a folder below, and one whose configuration is a root of its own', async () => {
    const made = gitRepository({ 'team/src/metrics.ts': producer, 'team/dashboards/jobs.json': dashboardWith('jobs_queued', 'jobs_lost_total'), 'README.txt': '' })
    made.write({ 'team/src/metrics.ts': renamed })
    const found = async () => (JSON.parse((await made.lint(['--format', 'json', '--since', 'HEAD'], 'team/dashboards')).stdout) as Json).diagnostics.map(({ file, data }) => `${file} ${data.metric}`)
    expect(await found()).toEqual(['jobs.json jobs_queued'])
    made.write({ 'team/ml-dash-lint.config.json': {} })
    expect(await found()).toEqual(['jobs.json jobs_queued'])
  })

  test('several roots, of one repository and of two', async () => {
    const other = gitRepository(stack)
    const made = gitRepository({ 'a/src/metrics.ts': producer, 'a/jobs.json': dashboardWith('jobs_queued'), 'a/ml-dash-lint.config.json': {}, 'b/src/metrics.ts': producer.replaceAll('jobs_', 'tasks_'), 'b/tasks.json': { ...dashboardWith('tasks_queued'), uid: 'b', title: 'B' }, 'b/ml-dash-lint.config.json': {} })
    made.write({ 'a/src/metrics.ts': renamed, 'b/src/metrics.ts': renamed.replaceAll('jobs_', 'tasks_') })
    expect(await since(made, 'HEAD', 'a', 'b')).toEqual(['a/jobs.json:20 jobs_queued', 'b/tasks.json:20 tasks_queued'])
    other.write({ 'src/metrics.ts': producer.replaceAll('jobs_queued', 'jobs_held') })
    const lines = await since(made, 'HEAD', 'b', other.path)
    expect(lines.map((line) => line.slice(line.lastIndexOf('/') + 1))).toEqual(['jobs.json:20 jobs_queued', 'tasks.json:20 tasks_queued'])
  })
})

describe.skipIf(gitIsMissing)('kinds of checkouts', () => {
  test('a worktree, and a commit that is checked out by itself', async () => {
    const made = gitRepository(stack)
    const path = join(folder(), 'tree')
    made.git('worktree', 'add', '--quiet', '--detach', path)
    const tree = gitRepositoryAt(path)
    writeFileSync(join(path, 'src/metrics.ts'), renamed)
    expect(await since(tree, 'main')).toEqual(['dashboards/jobs.json:20 jobs_queued'])
  })

  test('a pull request as GitHub checks it out with "fetch-depth: 2": what it is merged into is the first parent', async () => {
    const made = gitRepository(stack)
    made.git('switch', '--quiet', '--create', 'change')
    made.write({ 'src/metrics.ts': renamed })
    made.commit()
    made.git('switch', '--quiet', 'main')
    made.write({ 'dashboards/jobs.json': { ...dashboardWith('jobs_queued', 'jobs_lost_total', 'jobs_gone_total'), refresh: '1m' } })
    made.commit()
    made.git('merge', '--quiet', '--no-edit', 'change')
    made.git('update-ref', 'refs/pull/1/merge', 'HEAD')
    const path = join(folder(), 'clone')
    mkdirSync(path)
    git(path, 'init', '--quiet')
    git(path, 'fetch', '--quiet', '--depth=2', `file://${made.path}`, 'refs/pull/1/merge')
    git(path, 'checkout', '--quiet', '--detach', 'FETCH_HEAD')
    expect(await since(gitRepositoryAt(path), 'HEAD^1')).toEqual(['dashboards/jobs.json:20 jobs_queued'])
  })

  test.skipIf(builtIsMissing)('a hook before each commit: with the index that git has made for it', () => {
    const made = gitRepository(stack)
    writeFileSync(join(made.path, '.git/hooks/pre-commit'), `#!/bin/sh\nexec "${process.execPath}" "${executable}" --format unix --since HEAD\n`, { mode: 0o755 })
    made.write({ 'dashboards/jobs.json': { ...dashboardWith('jobs_queued', 'jobs_lost_total'), refresh: '1m' } })
    made.git('commit', '--quiet', '--all', '--message', 'fine')
    made.write({ 'src/metrics.ts': renamed })
    const broken = 'dashboards/jobs.json:20:20: error: No producer exposes "jobs_queued". Did you mean "jobs_waiting" (gauge, src/metrics.ts:5)? [unknown-metric]'
    expect(() => made.git('commit', '--all', '--message', 'broken')).toThrow(broken)
    expect(() => made.git('commit', '--message', 'broken', 'src/metrics.ts')).toThrow(broken)
    expect(made.git('log', '--format=%s')).toBe('fine\na change')
  })

  test('submodules and repositories within count as they are', async () => {
    const inner = gitRepository({ 'jobs.json': { ...dashboardWith('jobs_queued', 'jobs_gone_total'), uid: 'inner', title: 'Inner' } })
    const made = gitRepository(stack)
    made.git('submodule', '--quiet', 'add', inner.path, 'inner')
    expect(await since(made, 'HEAD')).toEqual([])
    made.commit()
    made.write({ 'src/metrics.ts': renamed, 'inner/more.json': { ...dashboardWith('jobs_gone_total'), uid: 'more', title: 'More' } })
    expect(await since(made, 'HEAD')).toEqual(['dashboards/jobs.json:20 jobs_queued', 'inner/jobs.json:20 jobs_queued'])
  })

  test('what a sparse checkout leaves out is no change, and was not there before', async () => {
    const made = gitRepository({ ...stack, 'left/jobs.json': { ...dashboardWith('jobs_gone_total'), uid: 'left', title: 'Left' }, 'left/lib/metrics.ts': producer.replaceAll('jobs_', 'tasks_'), 'dashboards/tasks.json': { ...dashboardWith('tasks_queued'), uid: 't', title: 'T' } })
    rmSync(join(made.path, 'left/lib'), { recursive: true })
    made.write({ 'left/new.json': { ...dashboardWith('jobs_gone_total'), uid: 'new', title: 'New' }, 'left/jobs.json': {} })
    made.commit()
    made.git('sparse-checkout', 'set', 'src', 'dashboards')
    expect(existsSync(join(made.path, 'left'))).toBe(false)
    expect(await since(made, 'HEAD')).toEqual([])
    expect(await since(made, 'HEAD^')).toEqual([])
    made.write({ 'src/metrics.ts': renamed })
    expect(await since(made, 'HEAD^')).toEqual(['dashboards/jobs.json:20 jobs_queued'])
    made.git('sparse-checkout', 'disable')
    expect(await since(made, 'HEAD^')).toHaveLength(3)
  })

  test('a merge with conflicts', async () => {
    const made = gitRepository(stack)
    made.git('switch', '--quiet', '--create', 'change')
    made.write({ 'src/metrics.ts': renamed })
    made.commit()
    made.git('switch', '--quiet', 'main')
    made.write({ 'src/metrics.ts': producer.replaceAll('jobs_queued', 'jobs_held') })
    made.commit()
    expect(() => made.git('merge', 'change')).toThrow()
    made.write({ 'src/metrics.ts': renamed })
    expect(await since(made, 'HEAD^')).toEqual(['dashboards/jobs.json:20 jobs_queued'])
  })

  test('what Git LFS keeps is taken from there', async () => {
    const content = `${JSON.stringify(dashboardWith('jobs_queued', 'jobs_lost_total'), null, 2)}\n`
    const id = createHash('sha256').update(content).digest('hex')
    const made = gitRepository({ 'src/metrics.ts': producer, 'dashboards/jobs.json': `version https://git-lfs.github.com/spec/v1\noid sha256:${id}\nsize ${content.length}\n` })
    const kept = join(made.path, '.git/lfs/objects', id.slice(0, 2), id.slice(2, 4), id)
    mkdirSync(dirname(kept), { recursive: true })
    writeFileSync(kept, content)
    made.write({ 'dashboards/jobs.json': content, 'src/metrics.ts': renamed })
    expect(await since(made, 'HEAD')).toEqual(['dashboards/jobs.json:20 jobs_queued'])
    rmSync(kept)
    expect(await since(made, 'HEAD')).toHaveLength(2)
  })
})

describe.skipIf(gitIsMissing)('what is missing is told', () => {
  const clone = (from: GitRepository, ...options: string[]) => {
    const path = join(folder(), 'clone')
    git(from.path, 'clone', '--quiet', ...options, `file://${from.path}`, path)
    return gitRepositoryAt(path)
  }
  const grown = () => {
    const made = gitRepository(stack)
    made.git('switch', '--quiet', '--create', 'change')
    for (let i = 0; i < 3; i++) {
      made.write({ 'src/metrics.ts': `${renamed}// ${i}\n` })
      made.commit()
    }
    return made
  }

  test('a shallow clone: more of its history, and once that is there, nothing', async () => {
    const deep = grown()
    const shallow = clone(deep, '--depth', '1', '--branch', 'change')
    const help = 'this clone is shallow: fetch more of its history ("git fetch --unshallow", or "fetch-depth: 0" of actions/checkout)'
    expect(await complaint(shallow, '--since', 'origin/main')).toBe(`ml-dash-lint: --since origin/main: there is no commit of that name here; ${help}\n`)
    shallow.git('fetch', '--quiet', '--depth', '1', 'origin', 'main:refs/remotes/origin/main')
    expect(await complaint(shallow, '--since', 'origin/main')).toBe(`ml-dash-lint: --since origin/main: what is checked out has no commit in common with it; ${help}\n`)
    expect(await complaint(shallow, '--since', 'main')).toBe('ml-dash-lint: --since main: there is no commit of that name here. Did you mean "origin/main"?\n')
    shallow.git('fetch', '--quiet', '--deepen', '1')
    expect(await since(shallow, 'HEAD~1')).toEqual([])
    shallow.git('fetch', '--quiet', '--unshallow')
    expect(await since(shallow, 'origin/main')).toEqual(['dashboards/jobs.json:20 jobs_queued'])
  })

  test('a partial clone: the files of then, and nothing is fetched', async () => {
    const deep = grown()
    deep.git('config', 'uploadpack.allowFilter', 'true')
    const partial = clone(deep, '--filter=blob:none', '--branch', 'change')
    const commit = deep.git('rev-parse', 'main')
    expect(await complaint(partial, '--since', 'origin/main')).toBe(`ml-dash-lint: --since origin/main: the content of then of src/metrics.ts is not in this clone, which is a partial one: "git diff --numstat ${commit.slice(0, 12)}" fetches what is needed\n`)
    partial.git('diff', '--numstat', commit.slice(0, 12))
    expect(await since(partial, 'origin/main')).toEqual(['dashboards/jobs.json:20 jobs_queued'])
  })

  test('no such revision, one like another, none at all', async () => {
    const made = gitRepository(stack)
    expect(await complaint(made, '--since', 'mian')).toBe('ml-dash-lint: --since mian: there is no commit of that name here. Did you mean "main"?\n')
    expect(await complaint(made, '--since', 'v1.2')).toBe('ml-dash-lint: --since v1.2: there is no commit of that name here: where it is a branch of a remote, "git fetch" brings it\n')
    expect(await complaint(made, '--since', '0'.repeat(40))).toContain('there is no commit of that name here')
    expect(await complaint(made, '--since', 'HEAD:src')).toContain('there is no commit of that name here')
    expect(await complaint(made, '--since', '')).toContain('there is no commit of that name here')
  })

  test('a revision is never an option', async () => {
    const made = gitRepository(stack)
    expect(await complaint(made, '--since=--output=owned')).toContain('--since --output=owned: there is no commit of that name here')
    expect(await complaint(made, '--since=-h')).toContain('--since -h: there is no commit of that name here')
    expect(existsSync(join(made.path, 'owned'))).toBe(false)
  })

  test('no commit yet, none in common', async () => {
    const made = gitRepository(stack)
    made.git('switch', '--quiet', '--orphan', 'empty')
    made.write({ ...stack, 'other.txt': '' })
    expect(await complaint(made, '--since', 'main')).toBe('ml-dash-lint: --since main: what is checked out has no commit in common with it\n')
    made.commit()
    expect(await complaint(made, '--since', 'main')).toBe('ml-dash-lint: --since main: what is checked out has no commit in common with it\n')
  })

  test('no repository, and no git', async () => {
    const path = folder()
    const plain = gitRepositoryAt(path)
    writeFileSync(join(path, 'metrics.ts'), producer)
    expect(await complaint(plain, '--since', 'HEAD')).toBe('ml-dash-lint: --since HEAD: this folder is in no git repository\n')
    const made = gitRepository(stack)
    expect(await runIn(made.path, ['--since', 'HEAD'], { PATH: path })).toEqual({ code: 2, stdout: '', stderr: 'ml-dash-lint: --since HEAD: git tells what was there before, and there is no git to be run\n' })
    expect(await runIn(repository(stack).path, ['--since', 'HEAD'], gitEnvironment)).toMatchObject({ code: 2, stderr: 'ml-dash-lint: --since HEAD: this folder is in no git repository\n' })
  })
})

describe.skipIf(gitIsMissing)('a repository that one does not trust', () => {
  test('nothing that its configuration names is run, and nothing in it is written', async () => {
    const made = gitRepository({ ...stack, '.gitattributes': '*.ts filter=own diff=own\n*.json filter=a=b\n' })
    const program = join(made.path, 'program.sh')
    writeFileSync(program, `#!/bin/sh\ntouch "${made.path}/owned"\ncat\n`)
    chmodSync(program, 0o755)
    for (const hook of ['post-index-change', 'post-checkout', 'pre-auto-gc']) cpSync(program, join(made.path, '.git/hooks', hook))
    const settings = {
      'core.fsmonitor': program, 'core.hooksPath': dirname(program), 'core.pager': program, 'core.sshCommand': program, 'core.askPass': program, 'core.editor': program,
      'diff.external': program, 'diff.own.textconv': program, 'diff.own.command': program, 'diff.trustExitCode': 'true',
      'filter.own.clean': program, 'filter.own.smudge': program, 'filter.own.process': program, 'filter.own.required': 'true',
      'filter.a=b.clean': program, 'filter.a=b.process': program, 'filter.a=b.required': 'true', 'filter.lfs.process': program, 'alias.diff-index': `!${program}`,
    }
    for (const [key, value] of Object.entries(settings)) made.git('config', key, value)
    made.write({ 'src/metrics.ts': renamed })
    // As old as the index, and of the same size: git looks into such a file (racy-git).
    const index = join(made.path, '.git/index')
    const dashboard = join(made.path, 'dashboards/jobs.json')
    writeFileSync(dashboard, readFileSync(dashboard))
    const now = new Date()
    for (const file of [dashboard, index]) utimesSync(file, now, now)
    const written = { bytes: readFileSync(index), at: statSync(index).mtimeMs }
    expect(await since(made, 'HEAD')).toEqual(['dashboards/jobs.json:20 jobs_queued'])
    expect(existsSync(join(made.path, 'owned'))).toBe(false)
    expect({ bytes: readFileSync(index), at: statSync(index).mtimeMs }).toEqual(written)
    // The same without the guards: the programs are run.
    expect(() => made.git('status')).toThrow()
    expect(existsSync(join(made.path, 'owned'))).toBe(true)
  })
})
