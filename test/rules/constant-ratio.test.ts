import { expect, test } from 'vitest'
import { dashboardWith, lintLines, producer } from './lint-files.js'

const lint = (...exprs: string[]) => lintLines('constant-ratio', { 'd.json': dashboardWith(...exprs), 'src/metrics.ts': producer })

test('finds series that are divided by themselves', async () => {
  expect(await lint(
    'rate(jobs_done_total{status="ok"}[5m]) / rate(jobs_done_total[5m]) * 100',
    '100 * sum by (status) (jobs_done_total{status="ok"}) / sum by (status) (jobs_done_total)',
    'sum by (kind) (rate(jobs_done_total[5m])) / sum by (kind) (rate(jobs_done_total[5m]))',
    'jobs_done_total{kind="$kind", status="ok"} / on (instance, kind, status) jobs_done_total{kind="$kind"}',
    'jobs_done_total{status="ok"} > jobs_done_total',
    'jobs_queued - jobs_queued',
  )).toEqual([
    'd.json:20:61 error «/» This "/" is always 1 (or NaN): both sides are matched on "status" too, so each series meets itself. Aggregate both sides without "status", with sum() for instance',
    'd.json:35:75 error «/» This "/" is always 100 (or NaN): both sides are matched on "status" too, so each series meets itself. Aggregate both sides without "status", with sum() for instance',
    'd.json:50:62 error «/» This "/" is always 1 (or NaN): both sides are the same',
    'd.json:65:67 error «/» This "/" is always 1 (or NaN): both sides are matched on "status" too, so each series meets itself. Aggregate both sides without "status", with sum() for instance',
    'd.json:80:51 error «>» This ">" never yields anything: both sides are matched on "status" too, so each series meets itself. Aggregate both sides without "status", with sum() for instance',
    'd.json:95:32 error «-» This "-" is always 0 (or NaN): both sides are the same',
  ])
})

test('is silent where the label is gone, is not matched on, or the ranges differ', async () => {
  expect(await lint(
    'sum(rate(jobs_done_total{status="ok"}[5m])) / sum(rate(jobs_done_total[5m]))',
    'sum by (kind) (rate(jobs_done_total{status="ok"}[5m])) / sum by (kind) (rate(jobs_done_total[5m]))',
    'jobs_done_total{status="ok"} / ignoring (status) group_left sum without (status) (jobs_done_total)',
    'rate(jobs_done_total[5m]) / rate(jobs_done_total[1h])',
    'jobs_queued / jobs_queued offset 1h',
    'topk(3, jobs_done_total{status="ok"}) / topk(3, jobs_done_total)',
    'jobs_done_total{status="ok"} / jobs_done_total{kind="a"}',
    'max by (kind) (jobs_done_total) / min by (kind) (jobs_done_total)',
    'jobs_done_total unless jobs_done_total{status="ok"}',
  )).toEqual([])
})

test('is silent where people make a 1 or a 0, or leave out NaN', async () => {
  expect(await lint('jobs_done_total * (jobs_queued / jobs_queued)', 'sum by (kind) (jobs_done_total) * on (kind) group_right avg by (kind) (avg by (kind) (jobs_done_total) / avg by (kind) (jobs_done_total))', 'jobs_done_total or (jobs_queued - jobs_queued)', 'jobs_queued == jobs_queued', 'jobs_queued != jobs_queued')).toEqual([])
})
