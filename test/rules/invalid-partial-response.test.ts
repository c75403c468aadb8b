import { expect, test } from 'vitest'
import { lintLines } from './lint-files.js'

const rules = 'rules: [{ record: "a:b", expr: up }]'
const group = (strategy: string) => `  - name: g\n    partial_response_strategy: ${strategy}\n    ${rules}\n`
const resource = (strategy: string) => `apiVersion: monitoring.coreos.com/v1\nkind: PrometheusRule\nmetadata: { name: jobs }\nspec:\n  groups:\n${group(strategy).replaceAll(/^/gm, '  ')}`

test('reports what is neither "warn" nor "abort"', async () => {
  expect(await lintLines('invalid-partial-response', { 'rules.yml': `groups:\n${group('ignore')}` })).toEqual([
    'rules.yml:3:32 error «ignore» "ignore" is no partial response strategy: Thanos takes "warn" and "abort", and refuses the file',
  ])
  expect(await lintLines('invalid-partial-response', { 'rules.yaml': resource('warning') })).toEqual([
    'rules.yaml:7:34 error «warning» "warning" is no partial response strategy: Thanos takes "warn" and "abort", and refuses the file',
  ])
})

test.each(['warn', 'abort', 'WARN', 'Abort', '""', '"{{ .Values.strategy }}"'])('takes %s', async (strategy) => {
  expect(await lintLines('invalid-partial-response', { 'rules.yaml': resource(strategy) })).toEqual([])
})
