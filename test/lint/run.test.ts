import { expect, test } from 'vitest'
import { defineRule } from '../../src/lint/rule.js'
import { runRules } from '../../src/lint/run.js'
import { dashboardWith, producer } from '../rules/lint-files.js'
import { loadFiles } from '../workspace/load-files.js'

const files = {
  'b.json': { ...dashboardWith('jobs_queued', 'jobs_queued + up'), uid: 'b', title: 'B' },
  'a.json': { ...dashboardWith('up'), uid: 'a', title: 'A' },
  'rules.yml': 'groups:\n  - name: g\n    rules:\n      - { alert: A, expr: up == 0 }\n      - { record: "r:up", expr: sum(up) }\n',
  'datasources.yml': 'apiVersion: 1\ndatasources:\n  - { name: Prometheus, type: prometheus, uid: prometheus }\n',
  'src/metrics.ts': producer,
}

test('each subject is offered once, with a description of where it stands', async () => {
  const { workspace } = await loadFiles(files)
  const seen: Record<string, number> = {}
  const count = (subject: string) => (seen[subject] = (seen[subject] ?? 0) + 1)
  const rule = <S extends Parameters<typeof defineRule>[0]['subject']>(subject: S) =>
    ({ rule: defineRule<S>({ name: subject, subject, severity: 'error', summary: subject, check: () => count(subject) }), severity: 'error' as const, options: {} })
  runRules(workspace, [
    rule('workspace'), rule('file'), rule('dashboard'), rule('panel'), rule('variable'), rule('query'), rule('selector'),
    rule('ruleGroup'), rule('alertingRule'), rule('recordingRule'), rule('datasource'),
  ])
  expect(seen).toEqual({
    workspace: 1, file: 4, dashboard: 2, panel: 3, query: 5, selector: 6, ruleGroup: 1, alertingRule: 1, recordingRule: 1, datasource: 1,
  })
})

test('findings are sorted by file, place, rule and message, whatever the order of the rules', async () => {
  const { workspace } = await loadFiles(files)
  const selectors = (name: string, message: string) => ({
    rule: defineRule({
      name,
      subject: 'selector',
      severity: 'error',
      summary: 'x',
      check({ query, selector }, { report }) {
        report({ at: query.place(selector.start, selector.end), message })
      },
    }),
    severity: 'error' as const,
    options: {},
  })
  const [first, second] = [selectors('x-rule', 'one'), selectors('a-rule', 'two')]
  const run = (...rules: (typeof first)[]) => runRules(workspace, rules).map(({ rule, message, context, place: { source, span } }) => {
    const { line, column } = source.positionAt(span.start)
    return `${source.path}:${line}:${column} ${rule} ${message}, ${context ?? ''}`
  })
  expect(run(first, second)).toEqual(run(second, first))
  expect(run(first, second).slice(0, 6)).toEqual([
    'a.json:20:20 a-rule two, panel "Panel 1" in dashboard "A"',
    'a.json:20:20 x-rule one, panel "Panel 1" in dashboard "A"',
    'b.json:20:20 a-rule two, panel "Panel 1" in dashboard "B"',
    'b.json:20:20 x-rule one, panel "Panel 1" in dashboard "B"',
    'b.json:35:20 a-rule two, panel "Panel 2" in dashboard "B"',
    'b.json:35:20 x-rule one, panel "Panel 2" in dashboard "B"',
  ])
})

test('a finding may be milder than its rule, never harsher; options reach the rule', async () => {
  const { workspace } = await loadFiles(files)
  const rule = defineRule<'dashboard', { word: string }>({
    name: 'own',
    subject: 'dashboard',
    severity: 'error',
    summary: 'x',
    check(dashboard, { options, report }) {
      report({ at: dashboard.place('title'), message: `${options.word} plain` })
      report({ at: dashboard.place('title'), message: `${options.word} weak`, severity: 'warning', context: 'elsewhere' })
      report({ at: dashboard.place('title'), message: `${options.word} strong`, severity: 'error' })
    },
  })
  const run = (severity: 'error' | 'warning') => runRules(workspace, [{ rule, severity, options: { word: 'a' } }])
    .filter(({ place }) => place.source.path === 'a.json')
    .map((found) => [found.message, found.severity, found.context])
  expect(run('error')).toEqual([['a plain', 'error', 'dashboard "A"'], ['a strong', 'error', 'dashboard "A"'], ['a weak', 'warning', 'elsewhere']])
  expect(run('warning')).toEqual([['a plain', 'warning', 'dashboard "A"'], ['a strong', 'warning', 'dashboard "A"'], ['a weak', 'warning', 'elsewhere']])
})
