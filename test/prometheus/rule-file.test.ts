import { describe, expect, test } from 'vitest'
import { looksLikeRuleFile, readRuleFile, ruleFileProblems } from '../../src/prometheus/rule-file.js'
import { sourceText } from '../../src/text/source.js'
import { parseYaml } from '../../src/text/yaml.js'

const parse = (text: string) => parseYaml(sourceText('rules.yaml', text))[0]!

test('groups and rules', () => {
  const document = parse(`groups:
  - name: ml
    labels: { team: ml }
    rules:
      - record: job:jobs:rate5m
        expr: sum by (job) (rate(jobs_total[5m]))
      - alert: Down
        expr: up == 0
        for: 5m
        labels: { severity: page, version: 1.10, urgent: true, empty: }
        annotations: { summary: "{{ $labels.job }} is down" }
      - alert: One
        expr: 1.0
      - alert: NoExpression
      - expr: nameless
`)
  const rules = ['groups', 0, 'rules']
  expect(readRuleFile(document)).toEqual({
    document,
    language: 'promql',
    groups: [{
      path: ['groups', 0],
      name: 'ml',
      labels: { team: 'ml' },
      rules: [
        { kind: 'recording', path: [...rules, 0], record: 'job:jobs:rate5m', expr: 'sum by (job) (rate(jobs_total[5m]))', exprPath: [...rules, 0, 'expr'], labels: {} },
        {
          kind: 'alerting', for: '5m', path: [...rules, 1], alert: 'Down', expr: 'up == 0', exprPath: [...rules, 1, 'expr'],
          labels: { severity: 'page', version: '1.10', urgent: 'true', empty: '' },
          annotations: { summary: '{{ $labels.job }} is down' },
        },
        { kind: 'alerting', path: [...rules, 2], alert: 'One', expr: '1.0', exprPath: [...rules, 2, 'expr'], labels: {}, annotations: {} },
      ],
    }],
  })
})

describe('what is a rule file', () => {
  test.each([
    ['with rules', 'groups:\n- name: a\n  rules:\n  - alert: A\n    expr: up == 0\n'],
    ['with a misspelt name', 'groups:\n- name: a\n  rules:\n  - alrt: A\n    expr: up == 0\n'],
    ['with a rule without an expression', 'groups:\n- name: a\n  rules:\n  - record: a\n'],
  ])('%s', (_, text) => {
    expect(looksLikeRuleFile(parse(text).value)).toBe(true)
  })

  test.each([
    ['a Compose file', 'services:\n  grafana: { image: grafana/grafana }\n'],
    ['a Kubernetes manifest', 'apiVersion: apps/v1\nkind: Deployment\nspec: {}\n'],
    ['a PrometheusRule', 'apiVersion: monitoring.coreos.com/v1\nkind: PrometheusRule\nspec:\n  groups: []\n'],
    ["Grafana's alert rules", 'apiVersion: 1\ngroups:\n- orgId: 1\n  name: a\n  folder: b\n  rules:\n  - uid: x\n    title: A\n    condition: C\n    data: []\n'],
    ['an Alertmanager configuration', 'route:\n  group_by: [job]\nreceivers:\n- name: a\n'],
    ['a mkdocs.yml', 'site_name: x\nnav: []\n'],
    ['groups of something else', 'groups:\n- name: admins\n  users: [a]\n'],
    ['groups of firewall rules', 'groups:\n- name: web\n  rules:\n  - port: 80\n'],
    ['nothing', ''],
  ])('not %s', (_, text) => {
    expect(looksLikeRuleFile(parse(text).value)).toBe(false)
  })
})

test.each([
  ['sum by (job) (rate({app="x"} |= "error" [5m])) > 1', 'logql'],
  ['count_over_time({app="x"} | json | level="error" [5m]) > 0', 'logql'],
  ['sum(rate({app="x"}[5m])) > 10', 'logql'],
  ['bytes_rate({app="x"}[5m]) > 1', 'logql'],
  ['rate({app="x"} != "debug" [5m])', 'logql'],
  ['rate(jobs_total{app=~"x|json"}[5m]) > 1', 'promql'],
  ['rate({__name__=~"a_.*"}[5m]) > 1', 'promql'],
  ['rate({"http.requests", app="x"}[5m]) > 1', 'promql'],
  ['sum(rate(loki_request_duration_seconds_count{route=~"a|b"}[5m])) > 1 # |= "x"', 'promql'],
  ['vector(1)', 'promql'],
])('%s is %s', (expr, language) => {
  expect(readRuleFile(parse(`groups:\n- name: a\n  rules:\n  - alert: A\n    expr: ${JSON.stringify(expr)}\n`)).language).toBe(language)
})

test('what Prometheus refuses beyond the form', () => {
  const text = `groups:
  - name: a
    labels: { "bad name": x }
    rules:
      - record: sum(up)
        expr: up
        labels: { __name__: x, ok: y }
      - record: job:up:sum
        expr: up
      - alert: Any Name (is fine)
        expr: up
        annotations: { "summary text": x, http.url: y }
  - name: a
    rules: []
`
  const document = parse(text)
  expect(ruleFileProblems(document).map(({ message, path, onKey }) => {
    const { start, end } = onKey === true ? document.keySpanOf(path) : document.spanOf(path)
    return [message, text.slice(start, end), document.source.positionAt(start).line]
  })).toEqual([
    ['"bad name" is not a name for a label', '"bad name"', 3],
    ['"sum(up)" is not a name for a metric', 'sum(up)', 5],
    ['"__name__" is set by "record"', '__name__', 7],
    ['"summary text" is not a name for an annotation', '"summary text"', 12],
    ['Group "a" is already defined on line 2', 'a', 13],
  ])
})

test.each([
  ['concurrency: 2', 'metricsql'],
  ['type: prometheus', 'metricsql'],
  ['type: vlogs', 'other'],
  ['type: graphite', 'other'],
  ['type: counter', 'promql'],
  ['interval: 1m', 'promql'],
  ['partial_response_strategy: warn', 'promql'],
])('a group with %s is of %s', (key, language) => {
  expect(readRuleFile(parse(`groups:\n- name: a\n  ${key}\n  rules:\n  - alert: A\n    expr: up == 0\n`)).language).toBe(language)
})
