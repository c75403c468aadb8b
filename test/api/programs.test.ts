import { describe, expect, test, vi } from 'vitest'
import { ConfigurationError, defineRule, format, formats, lint, loadWorkspace, UsageError, type Plugin } from '../../src/index.js'
import { findingsOf, testRule } from '../../src/testing.js'
import { formatterNames } from '../../src/report/index.js'
import { dashboardWith, producer } from '../rules/lint-files.js'
import { repository } from '../cli/repository.js'

const stack = {
  'src/metrics.ts': producer,
  'jobs.json': { ...dashboardWith('rate(jobs_doen_total[5m])'), tags: [] },
}
const lintHere = (files: Parameters<typeof repository>[0], options: Parameters<typeof lint>[0] = {}) => lint({ cwd: repository(files).path, cache: false, ...options })

test('what is found is plain data, with lines, columns and offsets', async () => {
  const { diagnostics, summary, failedRules, notes, unread, coverage } = await lintHere(stack, { rules: ['unknown-metric'] })
  expect(JSON.parse(JSON.stringify(diagnostics))).toEqual([{
    rule: 'unknown-metric',
    severity: 'error',
    message: 'No producer exposes "jobs_doen_total". Did you mean "jobs_done_total" (counter, src/metrics.ts:3)?',
    file: 'jobs.json',
    range: { start: { line: 18, column: 25 }, end: { line: 18, column: 40 } },
    span: { start: 330, end: 345 },
    context: 'panel "Panel 1" in dashboard "Jobs"',
    data: { metric: 'jobs_doen_total', suggestion: 'jobs_done_total' },
    related: [{ file: 'src/metrics.ts', range: { start: { line: 3, column: 41 }, end: { line: 3, column: 58 } }, span: { start: 97, end: 114 }, message: '"jobs_done_total" is declared here' }],
    suggestions: [{
      message: 'Replace with "jobs_done_total"',
      replacement: { file: 'jobs.json', range: { start: { line: 18, column: 25 }, end: { line: 18, column: 40 } }, span: { start: 330, end: 345 }, text: 'jobs_done_total' },
    }],
  }])
  const text = `${JSON.stringify(stack['jobs.json'], null, 2)}\n`
  expect(text.slice(diagnostics[0]!.span.start, diagnostics[0]!.span.end)).toBe('jobs_doen_total')
  expect([summary.errors, summary.warnings, failedRules, notes, unread, coverage().selectors]).toEqual([1, 0, [], [], [], { total: 1, proved: 0, refuted: 1, unverified: 0 }])
})

test('nothing is printed, and the process goes on', async () => {
  const spies = [vi.spyOn(process.stdout, 'write'), vi.spyOn(process.stderr, 'write'), vi.spyOn(process, 'exit')]
  try {
    const result = await lintHere(stack)
    await format(result, 'stylish')
    expect(spies.map((spy) => spy.mock.calls)).toEqual([[], [], []])
  } finally {
    spies.forEach((spy) => spy.mockRestore())
  }
})

describe('format', () => {
  test('gives what the command line prints, in every format', async () => {
    const here = repository(stack)
    const result = await lint({ cwd: here.path, cache: false })
    expect(formats).toEqual(formatterNames)
    for (const name of formats) expect(await format(result, name)).toBe((await here.run('--no-cache', '--format', name)).stdout)
  })

  test('some of the diagnostics, and milder ones, give other numbers', async () => {
    const result = await lintHere(stack)
    expect(result.diagnostics.map(({ rule }) => rule)).toEqual(['required-tags', 'unknown-metric'])
    const text = await format({ ...result, diagnostics: result.diagnostics.slice(1).map((one) => ({ ...one, severity: 'warning' as const })) }, 'stylish')
    expect(text).toContain('1 problem (0 errors, 1 warning) in 2 files: 1 dashboard')
    expect(text).not.toContain('required-tags')
  })

  test('a name that is none', async () => {
    await expect(format(await lintHere(stack), 'xml')).rejects.toThrow(RangeError)
  })
})

describe('what cannot be done is thrown', () => {
  test('a wrong configuration', async () => {
    const error = await lintHere({ ...stack, 'ml-dash-lint.config.json': '{ "ignores": [] }' }).catch((one: unknown) => one)
    expect(error).toBeInstanceOf(ConfigurationError)
    expect((error as ConfigurationError).message).toBe('ml-dash-lint.config.json:1:3: unknown key "ignores" in this file. Did you mean "ignore"?')
    expect((error as ConfigurationError).diagnostics.map(({ rule, file, span }) => [rule, file, span])).toEqual([['configuration', 'ml-dash-lint.config.json', { start: 2, end: 11 }]])
  })

  test.each([
    ['a path', { paths: ['gone'] }, 'no such file or folder: gone'],
    ['a rule', { rules: ['unknown-metrics'] }, 'there is no rule "unknown-metrics". Did you mean "unknown-metric"?'],
  ])('%s that there is not', async (_, options, reason) => {
    await expect(lintHere(stack, options)).rejects.toEqual(new UsageError([reason]))
  })

  test('by loadWorkspace, too', async () => {
    const { path: cwd } = repository({ ...stack, 'wrong.json': '{ "ignores": [] }' })
    await expect(loadWorkspace({ cwd, cache: false, paths: ['gone'] })).rejects.toThrow(UsageError)
    await expect(loadWorkspace({ cwd, cache: false, config: 'wrong.json' })).rejects.toThrow(ConfigurationError)
  })
})

test('plugins run where the configuration is named, or where that is asked for', async () => {
  const plugin = 'export default { name: "our", rules: [{ name: "all", subject: "dashboard", severity: "warning", summary: "None", check(d, { report }) { report({ at: d.place("uid"), message: "Found" }) } }] }'
  const files = { ...stack, 'our.mjs': plugin, 'ml-dash-lint.config.json': { plugins: ['./our.mjs'] } }
  const rules = ['our/all']
  for (const options of [{ config: 'ml-dash-lint.config.json' }, { plugins: true }]) {
    expect((await lintHere(files, { ...options, rules })).diagnostics.map(({ rule, message }) => [rule, message])).toEqual([['our/all', 'Found']])
  }
  await expect(lintHere(files, { rules })).rejects.toThrow(ConfigurationError)
  await expect(lintHere(files, { plugins: false, rules })).rejects.toThrow(UsageError)
})

test('loadWorkspace gives what rules see', async () => {
  const { registry, dashboards, queries } = await loadWorkspace({ cwd: repository(stack).path, cache: false })
  expect(registry.families.flatMap(({ name, origin }) => (origin.kind === 'code' ? [name] : []))).toEqual(['jobs_done_total', 'jobs_duration_seconds', 'jobs_queued'])
  expect([[...dashboards].map(({ title }) => title), queries.map(({ text }) => text)]).toEqual([['Jobs'], ['rate(jobs_doen_total[5m])']])
})

describe('testing a rule', () => {
  const rule = defineRule<'dashboard', { readonly prefix: string }>({
    name: 'title',
    subject: 'dashboard',
    severity: 'off',
    summary: 'Each title begins with the name of the team',
    options: { type: 'object', properties: { prefix: { type: 'string' } }, additionalProperties: false },
    defaults: { prefix: 'ML' },
    check(dashboard, { options, report }) {
      if (!dashboard.title?.startsWith(options.prefix)) report({ at: dashboard.place('title'), message: `It does not begin with "${options.prefix}"` })
    },
  })
  const plugin: Plugin = { name: 'our', rules: [rule] }
  const files = { 'jobs.json': dashboardWith('up') }

  test('gives a line for each finding, with the options that are given, or the defaults', async () => {
    expect(plugin.rules).toHaveLength(1)
    expect(await testRule(rule, files)).toEqual(['jobs.json:3:12 warning «"Jobs"» It does not begin with "ML"'])
    expect(await testRule(rule, files, { options: { prefix: 'Jo' } })).toEqual([])
    expect((await findingsOf(rule, files)).map(({ file, span }) => [file, span])).toEqual([['jobs.json', { start: 30, end: 36 }]])
  })

  test('takes what the configuration says', async () => {
    const onFamilies = defineRule({ name: 'families', subject: 'workspace', severity: 'warning', summary: 'None', check(workspace, { report }) {
      const { source } = workspace.files[0]!
      report({ at: { source, span: { start: 0, end: 1 } }, message: [...workspace.activeCatalogs].join() })
    } })
    expect(await testRule(onFamilies, files, { config: { catalogs: ['node-exporter'] } })).toEqual(['jobs.json:1:1 warning «{» node-exporter'])
    await expect(testRule(onFamilies, files, { config: { catalog: [] } })).rejects.toThrow(ConfigurationError)
  })

  test('throws what the rule throws, and what is wrong with the rule or its options', async () => {
    const throwing = { ...rule, check: () => { throw new Error('no') } }
    await expect(testRule(throwing, files)).rejects.toEqual(new Error('no'))
    await expect(testRule({ ...rule, subject: 'dash' as never }, files)).rejects.toThrow('the rule needs a "subject"')
    await expect(testRule(rule, files, { options: { prefixes: '' } })).rejects.toEqual(new UsageError(['options of rule "title": unknown key "prefixes" in the options. Did you mean "prefix"?']))
  })
})
