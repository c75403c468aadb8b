import { expect, test } from 'vitest'
import { dashboardWith } from '../rules/lint-files.js'
import { expectMarks } from './marked.js'

const panel = (expr: string) => ({ type: 'stat', title: 'Jobs', datasource: { type: 'prometheus', uid: 'prometheus' }, targets: [{ refId: 'A', expr }] })
const element = (name: string, expr: string) => ({ uid: name, name, kind: 1, type: 'stat', version: 1, model: { ...panel(expr), libraryPanel: { uid: name, name } } })
const json = (value: unknown) => JSON.stringify(value, null, 2)

test('library panels of the API, alone and in a list: variables in them are those of some dashboard', async () => {
  expect(await expectMarks({
    'library/one.json': json({ result: element('one', 'sum(«unknown-metric:jobs_don_total»{queue=~"$queue"})') }),
    'library/bare.json': json(element('bare', 'sum(rate(jobs_done_total{queue="$queue"}[5m])«promql-syntax:»')),
    'library/all.json': json({ result: { totalCount: 2, elements: [element('two', 'max(queue_depth)'), element('three', 'max(«unknown-metric:queue_dept»)')] } }),
    'library/other.json': json({ result: { uid: 'v', name: 'v', kind: 2, model: { type: 'query', query: 'sum(' } } }),
  })).toEqual([
    'No producer exposes "queue_dept". Did you mean "queue_depth" (gauge, src/metrics.ts:4)?',
    'unclosed left parenthesis',
    'No producer exposes "jobs_don_total". Did you mean "jobs_done_total" (counter, src/metrics.ts:3)?',
  ])
})

test('an export brings library panels along, whose variables are those of the dashboard', async () => {
  const exported = {
    ...dashboardWith('max(queue_depth)'),
    templating: { list: [{ name: 'queue', type: 'custom', query: 'mail,print' }] },
    __elements: { shown: element('shown', 'sum(«unknown-metric:jobs_don_total»{queue="$queue", other="«unknown-variable:$quue»"})') },
  }
  expect(await expectMarks({ 'dashboard.json': json(exported) })).toEqual([
    'No producer exposes "jobs_don_total". Did you mean "jobs_done_total" (counter, src/metrics.ts:3)?',
    'No variable "quue" is defined in this dashboard. Did you mean "queue"?',
  ])
})

test('a dashboard refers to a library panel, at hand or not; GrafanaLibraryPanel holds one', async () => {
  const dashboard = dashboardWith('max(queue_depth)')
  const refers = { ...dashboard, panels: [...(dashboard as { panels: unknown[] }).panels, { id: 9, title: 'x', gridPos: { x: 0, y: 9, w: 1, h: 1 }, libraryPanel: { uid: 'elsewhere', name: 'Elsewhere' } }] }
  expect(await expectMarks({
    'dashboard.json': json(refers),
    'library.yaml': `apiVersion: grafana.integreatly.org/v1beta1
kind: GrafanaLibraryPanel
metadata: { name: jobs }
spec:
  json: |
${json(panel('sum(«unknown-metric:jobs_don_total»{queue="$queue"})')).replace(/^/gm, '    ')}
`,
  })).toEqual([
    'No producer exposes "jobs_don_total". Did you mean "jobs_done_total" (counter, src/metrics.ts:3)?',
  ])
})
