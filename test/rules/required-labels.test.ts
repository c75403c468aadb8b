import { expect, test } from 'vitest'
import { lintLines } from './lint-files.js'

const rules = (...lines: string[]) => ({ 'rules.yml': ['groups:', '  - name: g', '    rules:', ...lines.map((line) => `      ${line}`), ''].join('\n') })


const options = {
  alerts: {
    labels: { severity: { values: ['page', 'ticket'] }, team: { pattern: '[a-z]+', required: false }, instance: { forbidden: true } },
    annotations: { summary: {}, runbook_url: { is: 'url' }, 'query*': { is: 'promql' }, '*': { forbidden: 'TODO.*' } },
  },
  records: { labels: { team: {} } },
}

test('wants labels and annotations to be there, and to be as they should', async () => {
  expect(await lintLines('required-labels', rules(
    '- alert: Wrong',
    '  expr: up == 0',
    '  labels: { severity: pages, team: Ops, instance: x }',
    '  annotations: { runbook_url: wiki, query_one: "sum(", note: TODO }',
    '- alert: Bare',
    '  expr: up == 0',
    '- record: r',
    '  expr: sum(up)',
  ), { options })).toEqual([
    'rules.yml:4:16 warning «Wrong» This alert lacks the annotation "summary"',
    'rules.yml:6:29 warning «pages» The label "severity" must be one of "page", "ticket", not "pages". Did you mean "page"?',
    'rules.yml:6:42 warning «Ops» The label "team" must match "[a-z]+": it is "Ops"',
    'rules.yml:6:57 warning «x» The label "instance" must not be there',
    'rules.yml:7:37 warning «wiki» The annotation "runbook_url" must be a URL, not "wiki"',
    'rules.yml:7:54 warning «"sum("» The annotation "query_one" must be PromQL: unclosed left parenthesis',
    'rules.yml:7:68 warning «TODO» The annotation "note" must not match "TODO.*": it is "TODO"',
    'rules.yml:8:16 warning «Bare» This alert lacks the annotation "runbook_url"',
    'rules.yml:8:16 warning «Bare» This alert lacks the annotation "summary"',
    'rules.yml:8:16 warning «Bare» This alert lacks the label "severity"',
    'rules.yml:10:17 warning «r» This recording rule lacks the label "team"',
  ])
})

test('is content with what is as asked for, labels of the group included', async () => {
  const fine = `groups:
  - name: g
    labels: { team: ops }
    rules:
      - alert: Fine
        expr: up == 0
        labels: { severity: page }
        annotations: { summary: Down, runbook_url: 'https://wiki.example/down', query: sum(up), note: done }
      - record: r
        expr: sum(up)
`
  expect(await lintLines('required-labels', { 'rules.yml': fine }, { options })).toEqual([])
})

test('says of a value with a template only that it is forbidden', async () => {
  expect(await lintLines('required-labels', rules(
    '- alert: Templates',
    '  expr: up == 0',
    "  labels: { severity: '{{ $labels.severity }}' }",
    "  annotations: { summary: 'TODO {{ $value }}', runbook_url: '{{ $labels.url }}' }",
  ), { options })).toEqual([
    'rules.yml:7:33 warning «\'TODO {{ $value }}\'» The annotation "summary" must not match "TODO.*": it is "TODO {{ $value }}"',
  ])
})

test('points at a label of the group', async () => {
  const files = { 'rules.yml': 'groups:\n  - name: g\n    labels: { severity: low }\n    rules:\n      - { alert: A, expr: up == 0 }\n' }
  expect(await lintLines('required-labels', files, { options: { alerts: { labels: { severity: { pattern: 'page|ticket' } } } } })).toEqual([
    'rules.yml:3:25 warning «low» The label "severity" must match "page|ticket": it is "low"',
  ])
})
