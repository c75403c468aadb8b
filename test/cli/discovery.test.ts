import { symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { dashboardWith } from '../rules/lint-files.js'
import { repository, type Files, type Repository } from './repository.js'

/** A dashboard that has no tags: whatever is read of these is reported. */
const untagged = { ...dashboardWith('up'), tags: undefined }
const dashboards = (...paths: string[]): Files =>
  Object.fromEntries(paths.map((path, i) => [path, { ...untagged, uid: `uid${i}`, title: `Title ${i}` }]))

/** The files that a run reads. */
async function filesRead(run: Promise<{ stdout: string }>): Promise<string[]> {
  const { stdout } = await run
  const { diagnostics } = JSON.parse(stdout) as { diagnostics: { file: string }[] }
  return diagnostics.map(({ file }) => file)
}

const filesIn = ({ run }: Repository, ...argv: string[]) => filesRead(run('--format', 'json', ...argv))

describe('.gitignore', () => {
  test('is honoured in each folder, with negation', async () => {
    expect(await filesIn(repository({
      '.gitignore': '/generated\n*.draft.json\n!keep.draft.json\n',
      'team/.gitignore': 'local/\n!important.draft.json\n',
      ...dashboards(
        'generated/a.json', 'team/generated/a.json', 'x.draft.json', 'keep.draft.json',
        'team/local/a.json', 'team/deep/local/a.json', 'team/important.draft.json', 'local/a.json',
      ),
    }))).toEqual(['keep.draft.json', 'local/a.json', 'team/generated/a.json', 'team/important.draft.json'])
  })

  test('above the folder that is linted counts too, up to the root of the repository', async () => {
    const { runIn } = repository({
      '.gitignore': 'drafts/\n/team/old.json\n',
      ...dashboards('team/drafts/a.json', 'team/old.json', 'team/new.json', 'team/sub/old.json'),
    })
    expect(await filesRead(runIn('team', '--format', 'json'))).toEqual(['new.json', 'sub/old.json'])
    expect(await filesRead(runIn('team/sub', '--format', 'json', '..'))).toEqual(['../new.json', 'old.json'])
  })

  test('does not hide a file that is named', async () => {
    expect(await filesIn(repository({ '.gitignore': '*.json\n', ...dashboards('a.json', 'b.json') }), 'b.json')).toEqual(['b.json'])
  })
})

test('dependencies, virtual environments, build output, caches and .git are passed over; hidden folders are not', async () => {
  expect(await filesIn(repository({
    'env/pyvenv.cfg': 'home = /usr/bin\n',
    ...dashboards(
      'node_modules/exporter/a.json', 'packages/x/node_modules/y/a.json', '.git/a.json', 'dist/a.json', 'web/build/a.json',
      '.venv/a.json', 'venv/lib/a.json', 'env/lib/a.json', 'target/a.json', 'vendor/a.json', '__pycache__/a.json', '.tox/a.json',
      '.github/a.json', 'environment/a.json', 'distribution/a.json',
    ),
  }))).toEqual(['.github/a.json', 'distribution/a.json', 'environment/a.json'])
})

describe('symbolic links', () => {
  test('are not followed, neither out of the tree nor in circles', async () => {
    const outside = repository(dashboards('a.json'))
    const inside = repository(dashboards('own.json', 'sub/b.json'))
    symlinkSync(outside.path, join(inside.path, 'linked'))
    symlinkSync(join(outside.path, 'a.json'), join(inside.path, 'linked.json'))
    symlinkSync('..', join(inside.path, 'sub/up'))
    symlinkSync('nowhere.json', join(inside.path, 'dangling.json'))
    expect(await filesIn(inside)).toEqual(['own.json', 'sub/b.json'])
  })

  test('are followed where they are named', async () => {
    const { path, run } = repository(dashboards('real/a.json', 'other.json'))
    symlinkSync('real', join(path, 'current'))
    expect(await filesRead(run('--format', 'json', 'current'))).toEqual(['real/a.json'])
  })
})

describe('path arguments', () => {
  const files = dashboards('a/one.json', 'a/two.json', 'b/one.json', 'b/deep/one.json', 'b/[x].json')

  test('files, folders and globs, each file once', async () => {
    const all = repository(files)
    expect(await filesIn(all, 'a/one.json')).toEqual(['a/one.json'])
    expect(await filesIn(all, 'b', 'b/one.json', './b/', 'a/one.json')).toEqual(['a/one.json', 'b/[x].json', 'b/deep/one.json', 'b/one.json'])
    expect(await filesIn(all, '**/one.json')).toEqual(['a/one.json', 'b/deep/one.json', 'b/one.json'])
    expect(await filesIn(all, 'b/[x].json')).toEqual(['b/[x].json'])
    expect(await filesIn(all, '{a,b}/t*')).toEqual(['a/two.json'])
  })

  test('lead out of the working directory', async () => {
    const { runIn } = repository(files)
    expect(await filesRead(runIn('b/deep', '--format', 'json', '../../a'))).toEqual(['../../a/one.json', '../../a/two.json'])
  })

  test('of an absolute path are told from the working directory', async () => {
    const { path, run } = repository(files)
    expect(await filesRead(run('--format', 'json', join(path, 'a')))).toEqual(['a/one.json', 'a/two.json'])
  })
})

describe('configuration', () => {
  const files = dashboards('dashboards/a.json', 'dashboards/old/b.json', 'dist/c.json', 'local/d.json', 'drafts/e.json')

  test('ignore narrows, include widens', async () => {
    expect(await filesIn(repository({
      ...files,
      '.gitignore': 'local/\ndrafts/\n',
      'ml-dash-lint.config.json': { ignore: ['old/'], include: ['dist/', 'local/'] },
    }))).toEqual(['dashboards/a.json', 'dist/c.json', 'local/d.json'])
  })

  test('include names a folder below one that is passed over', async () => {
    expect(await filesIn(repository({
      '.gitignore': 'local/\n',
      'ml-dash-lint.config.json': { include: ['build/grafana/dashboards/', '/local/*/kept.json'] },
      ...dashboards('build/a.json', 'build/grafana/b.json', 'build/grafana/dashboards/c.json', 'build/grafana/dashboards/deep/d.json', 'local/x/kept.json', 'local/x/e.json'),
    }))).toEqual(['build/grafana/dashboards/c.json', 'build/grafana/dashboards/deep/d.json', 'local/x/kept.json'])
  })

  test('ignore can take back what it says', async () => {
    expect(await filesIn(repository({
      ...files,
      'ml-dash-lint.config.json': { ignore: ['*.json', '!a.json'] },
    }))).toEqual(['dashboards/a.json'])
  })

  test('ignore counts from the configuration file, wherever the command runs', async () => {
    const { runIn } = repository({ ...files, 'ml-dash-lint.config.json': { ignore: ['/dashboards/old'] } })
    expect(await filesRead(runIn('dashboards', '--format', 'json'))).toEqual(['a.json'])
  })
})
