import { expect, test } from 'vitest'
import { dashboardWith, lintLines, producer, prometheusConfig } from './lint-files.js'

const lint = (...exprs: string[]) => lintLines('or-vector', { 'd.json': dashboardWith(...exprs), 'src/metrics.ts': producer, 'prometheus.yml': prometheusConfig })

test('finds series that stand in for none', async () => {
  expect(await lint('jobs_queued or vector(0)', 'sum by (job) (rate(jobs_done_total[5m])) or vector(0)', 'rate(jobs_done_total[5m]) / (jobs_queued or vector(1))')).toEqual([
    'd.json:20:32 warning «or vector(0)» This adds a series without labels and stands in for none: each series on the left has the label "job". Aggregate the left side without labels first, or leave this out',
    'd.json:35:61 warning «or vector(0)» This adds a series without labels and stands in for none: each series on the left has the label "job". Aggregate the left side without labels first, or leave this out',
    'd.json:50:61 warning «or vector(1)» This adds a series without labels and stands in for none: each series on the left has the label "job". Aggregate the left side without labels first, or leave this out',
  ])
})

test('is silent where it stands in, may do so, or is taken up again', async () => {
  expect(await lint(
    'sum(jobs_queued) or vector(0)',
    'sum by (kind) (jobs_done_total) or vector(0)',
    'sum(jobs_queued or vector(0))',
    'max by (job) (jobs_queued or vector(0))',
    'jobs_queued or on () vector(0)',
    '(jobs_queued or vector(0)) > 10',
    'scalar(jobs_queued or vector(0))',
    'elsewhere_total or vector(0)',
  )).toEqual([])
})
