import { expect, test } from 'vitest'
import { parseVariableQuery } from '../../src/grafana/variable-query.js'

const span = (query: string, text: string) => {
  const start = query.lastIndexOf(text)
  return { text, start, end: start + text.length }
}

test.each([
  ['label_values(up, job)', 'up', 'job'],
  ['label_values(up{job=~"a|b", env="(x,y)"}, instance)', 'up{job=~"a|b", env="(x,y)"}', 'instance'],
  ['label_values(rate(http_requests_total{code!="5.."}[5m]) > 0,  pod )  ', 'rate(http_requests_total{code!="5.."}[5m]) > 0', 'pod'],
  ['label_values({__name__=~"$metric.*"}, $label)', '{__name__=~"$metric.*"}', '$label'],
  ['label_values(up{job="$job",}, instance)', 'up{job="$job",}', 'instance'],
  ['label_values(certmanager_certificate_ready_status, )', 'certmanager_certificate_ready_status', ''],
])('%s', (query, selector, label) => {
  const asked = parseVariableQuery(query)
  expect(asked).toMatchObject({ kind: 'label_values', selector: span(query, selector), label: { text: label } })
  if (label !== '') expect(asked).toMatchObject({ label: span(query, label) })
})

test.each([
  ['label_values(job)', 'job'],
  ['label_values({}, job)', 'job'],
  ['label_values( { } ,job)', 'job'],
])('%s asks all series', (query, label) => {
  expect(parseVariableQuery(query)).toEqual({ kind: 'label_values', label: span(query, label) })
})

test.each([
  ['label_names()', { kind: 'label_names' }],
  ['label_names(up)', { kind: 'label_names', match: span('label_names(up)', 'up') }],
  ['metrics(ml_.*_total)', { kind: 'metrics', pattern: span('metrics(ml_.*_total)', 'ml_.*_total') }],
  ['query_result(topk(3, sum by (job) (up)))', { kind: 'query_result', expr: span('query_result(topk(3, sum by (job) (up)))', 'topk(3, sum by (job) (up))') }],
  ['query_result(\n  up)\n', { kind: 'query_result', expr: span('query_result(\n  up)\n', 'up') }],
  [' up{job="api"} ', { kind: 'series', expr: span(' up{job="api"} ', 'up{job="api"}') }],
  ['label_values_total', { kind: 'series', expr: span('label_values_total', 'label_values_total') }],
  ['', undefined],
  ['  ', undefined],
  ['label_values()', undefined],
  ['metrics()', undefined],
  ['query_result( )', undefined],
])('%j', (query, expected) => {
  expect(parseVariableQuery(query)).toEqual(expected)
})
