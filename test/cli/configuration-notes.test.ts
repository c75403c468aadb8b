import { expect, test } from 'vitest'
import { dashboardWith, producer } from '../rules/lint-files.js'
import { repository } from './repository.js'

const clean = { 'dashboards/jobs.json': dashboardWith('jobs_queued', 'billing_open'), 'src/metrics.ts': producer }

const notesOf = async (run: (...argv: string[]) => Promise<{ readonly stdout: string }>, ...argv: string[]) =>
  (JSON.parse((await run('--format', 'json', ...argv)).stdout) as { notes: string[] }).notes

test('what of a configuration matches nothing is told, where all was looked at', async () => {
  const { run, write } = repository({
    ...clean,
    'ml-dash-lint.config.json': {
      externalMetrics: ['billing_*', 'shipping_*'],
      overrides: [{ uids: ['jobs'], rules: {} }, { uids: ['jbos'], rules: {} }, { files: ['dashboards/'], rules: {} }, { groups: ['x*'], rules: {} }, { folders: ['dashboards'], rules: {} }, { files: ['src/'], rules: {} }],
    },
  })
  expect(await notesOf(run)).toEqual([
    '"externalMetrics" in ml-dash-lint.config.json names "shipping_*", which no query asks for.',
    'Entry 2 of "overrides" in ml-dash-lint.config.json is about nothing that was found.',
    'Entry 4 of "overrides" in ml-dash-lint.config.json is about nothing that was found.',
  ])
  expect(await notesOf(run, 'dashboards')).toEqual([])
  write({ 'dashboards/open.json': { ...dashboardWith('${x}_total'), uid: 'open', title: 'Open' } })
  expect((await notesOf(run)).filter((note) => note.includes('externalMetrics'))).toEqual([])
})

test('so are entries of "ignore" and "include" that nothing fits', async () => {
  const { run, write } = repository({
    ...clean,
    '.gitignore': 'generated/\n*.gen.json\n', 'services/mail/.gitignore': 'mail-out/\n',
    'archive/old.json': dashboardWith('x'), 'archive/notes.csv': '', 'rendered/a.json': dashboardWith('x'),
    'ml-dash-lint.config.json': {
      ignore: ['archive/', 'achive/', 'archive/*.json', '*.csv', '*.tmp', './drafts/', '/rendered', 'generated/', 'dashboards/generated/x.json', 'old.gen.json', 'mail-out/', 'build/dashboards/', 'docs/**/*.json'],
      include: ['generated/', 'dist/', 'renderd/'],
    },
  })
  expect(await notesOf(run)).toEqual([
    '"ignore" in ml-dash-lint.config.json names "achive/", which no file and no folder fits.',
    '"ignore" in ml-dash-lint.config.json names "*.tmp", which no file and no folder fits.',
    '"ignore" in ml-dash-lint.config.json names "./drafts/", which no file and no folder fits.',
    '"ignore" in ml-dash-lint.config.json names "docs/**/*.json", which no file and no folder fits.',
    '"include" in ml-dash-lint.config.json names "renderd/", which no file and no folder fits.',
  ])
  expect(await notesOf(run, 'dashboards')).toEqual([])
  write({ 'ml-dash-lint.config.json': { ignore: ['achive/', '!achive/keep.json'] } })
  expect(await notesOf(run)).toEqual([])
})

test('what a shared configuration says is about other repositories, too', async () => {
  const { run } = repository({
    ...clean,
    'base.json': { externalMetrics: ['shipping_*'], ignore: ['attic/'], overrides: [{ uids: ['other'], rules: {} }] },
    'ml-dash-lint.config.json': { extends: './base.json', externalMetrics: ['billing_*'], overrides: [{ uids: ['jobs'], rules: {} }, { uids: ['jbos'], rules: {} }] },
  })
  expect(await notesOf(run)).toEqual(['Entry 2 of "overrides" in ml-dash-lint.config.json is about nothing that was found.'])
})

test.each(['ml-dash-lint.config.jsonc', 'ml-dash-lint.json', '.ml-dash-lintrc', 'mldashlint.config.json', '.ml-dash-lint.yml'])('%s is told not to be read', async (name) => {
  const { run } = repository({ ...clean, [name]: '{}' })
  expect((await notesOf(run))).toContain(`${name} is not read: a configuration is called ml-dash-lint.config.json.`)
})

test('what is named otherwise is nobody\'s configuration', async () => {
  const { run } = repository({ ...clean, 'ml-dash-lint.config.json': {}, 'ml-dash-lint.sarif': '{}', 'ml-dash-lint-report.json': '{}', 'package.json': {} })
  expect(await notesOf(run)).toEqual([])
})
