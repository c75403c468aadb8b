import { expect, test } from 'vitest'
import { lintLines, prometheusConfig, producer } from './lint-files.js'

const rules = (...lines: string[]) => ({ 'rules.yml': ['groups:', '  - name: g', '    rules:', ...lines.map((line) => `      ${line}`), ''].join('\n') })


const lint = (options: object, ...exprs: string[]) => lintLines('aggregation-labels', rules(...exprs.map((expr, i) => `- { record: "r${i}", expr: '${expr}' }`)), { options })

test('wants labels kept', async () => {
  expect(await lint(
    { keep: ['cluster'] }, 'sum(x)', 'sum by (job) (x)', 'sum by (cluster) (x)', 'sum without (job) (x)', 'sum without (cluster) (x)', 'topk(3, x)',
    'sum by (job) (sum by (cluster, job) (x))', 'max(sum(x))',
  )).toEqual([
    'rules.yml:4:32 warning «sum» "sum" drops "cluster", which is to be kept',
    'rules.yml:5:32 warning «sum» "sum" drops "cluster", which is to be kept',
    'rules.yml:8:32 warning «sum» "sum" drops "cluster", which is to be kept',
    'rules.yml:10:32 warning «sum» "sum" drops "cluster", which is to be kept',
    'rules.yml:11:36 warning «sum» "sum" drops "cluster", which is to be kept',
  ])
})

test('wants labels dropped by the outermost aggregation', async () => {
  expect(await lint({ strip: ['instance'] }, 'sum(x)', 'sum by (instance) (x)', 'sum without (job) (x)', 'sum(max by (instance) (x))', 'sum without (job) (sum by (job) (x))')).toEqual([
    'rules.yml:5:32 warning «sum» "sum" keeps "instance", which is to be dropped',
    'rules.yml:6:32 warning «sum» "sum" keeps "instance", which is to be dropped',
  ])
})

test('knows what a metric of the code has', async () => {
  const files = {
    ...rules('- { record: a, expr: sum without (kind) (jobs_done_total) }', '- { record: b, expr: sum by (job) (jobs_done_total) }'),
    'src/metrics.ts': producer,
    'prometheus.yml': `${prometheusConfig}rule_files: [rules.yml]\n`,
  }
  expect(await lintLines('aggregation-labels', files, { options: { keep: ['status', 'colour'], strip: ['tier', 'colour'] } })).toEqual([
    'rules.yml:4:28 warning «sum» "sum" keeps "tier", which is to be dropped',
    'rules.yml:5:28 warning «sum» "sum" drops "status", which is to be kept',
  ])
})

test('is about the queries that the configuration names', async () => {
  expect(await lint({ keep: ['cluster'], in: ['alerts', 'panels'] }, 'sum(x)')).toEqual([])
})
