import { expect, test } from 'vitest'
import { lintFiles, lintLines } from './lint-files.js'

const query = (name: string, more: object = {}) => ({ name, type: 'query', datasource: { type: 'prometheus', uid: 'prometheus' }, query: 'label_values(up, job)', ...more })
const panel = (more: object) => ({ id: 1, type: 'timeseries', title: 'Up', datasource: { type: 'prometheus', uid: 'prometheus' }, targets: [{ refId: 'A', expr: 'up' }], ...more })
const jobs = (list: object[], panels: object[], more: object = {}) => ({ 'jobs.json': { uid: 'jobs', title: 'Jobs', templating: { list }, panels, schemaVersion: 39, ...more } })
const unused = async (...parts: Parameters<typeof jobs>) => (await lintFiles('unused-variable', jobs(...parts))).map(({ message }) => /variable "(\w+)"/.exec(message)![1])

test('reports a variable that nothing uses but its own definition', async () => {
  expect(await lintLines('unused-variable', jobs([query('job'), query('instance', { regex: '/$instance/', current: { text: '$instance' } })], [panel({ title: 'Up of $job' })]))).toEqual([
    'jobs.json:16:17 warning «"instance"» Nothing in this dashboard uses the variable "instance": whatever is chosen, it shows the same',
  ])
})

test.each([
  ['a query', [panel({ targets: [{ refId: 'A', expr: 'up{job="${x:regex}"}' }] })]],
  ['a title in the old form', [panel({ title: '[[x]]' })]],
  ['a repeat', [panel({ repeat: 'x' })]],
  ['a repeated row', [{ type: 'row', title: 'Row', repeat: '$x', panels: [panel({})] }]],
  ['a datasource', [panel({ datasource: { type: 'prometheus', uid: '$x' } })]],
  ['code of a language that is not read', [panel({ targets: [{ refId: 'A', rawSql: 'select $x' }] })]],
  ['a plugin', [{ ...panel({}), type: 'acme-echarts-panel', options: { code: 'return variables.x' } }]],
  ['a transformation', [panel({ transformations: [{ id: 'filterFieldsByName', options: { include: { variable: '$x' }, byVariable: true } }] })]],
])('counts %s', async (_, panels) => {
  expect(await unused([query('x'), query('y')], panels)).toEqual(['y'])
})

test('counts other variables, annotations and links', async () => {
  expect(await unused([query('x'), query('y', { query: 'label_values(up{job="$x"}, instance)' })], [panel({ title: '$y' })])).toEqual([])
  expect(await unused([query('x')], [panel({})], { annotations: { list: [{ name: 'a', expr: 'x{job="$x"}' }] } })).toEqual([])
  expect(await unused([query('x')], [panel({})], { links: [{ title: 'b', type: 'link', url: '/d/b?var-x=$x' }] })).toEqual([])
})

test('leaves a variable to unknown-variable that is used in another spelling', async () => {
  expect(await unused([query('task_type'), query('region')], [panel({ title: 'Up of $taskType' })])).toEqual(['region'])
})

test('two variables of which each names the other are used', async () => {
  expect(await unused([query('x', { regex: '$y' }), query('y', { regex: '$x' })], [panel({})])).toEqual([])
})

test('says nothing of variables that are handed on, apply by themselves, or are for whoever imports the dashboard', async () => {
  expect(await unused([query('x')], [panel({})], { links: [{ type: 'dashboards', tags: ['a'], includeVars: true }] })).toEqual([])
  expect(await unused([query('x')], [panel({ links: [{ url: '/d/b?${__all_variables}' }] })])).toEqual([])
  expect(await unused([query('x')], [panel({ libraryPanel: { uid: 'a', name: 'A' } })])).toEqual([])
  expect(await unused([query('x')], [])).toEqual([])
  expect(await unused([query('x', { hide: 2 }), query('y', { hide: 1 })], [panel({})])).toEqual(['y'])
  expect(await unused([{ name: 'x', type: 'adhoc' }, { name: 'y', type: 'groupby' }, { name: 'z', type: 'constant', query: '1' }], [panel({})])).toEqual([])
  expect(await unused([{ name: 'x', type: 'datasource', query: 'prometheus' }, { name: 'y', type: 'textbox' }], [panel({})])).toEqual(['x', 'y'])
})

test('finds what layouts of schema v2 name', async () => {
  const variable = (name: string) => ({ kind: 'CustomVariable', spec: { name, query: 'a,b', multi: false, includeAll: false, options: [], current: {}, hide: 'dontHide', skipUrlSync: false } })
  const element = { kind: 'Panel', spec: { id: 1, title: 'Up', data: { kind: 'QueryGroup', spec: { queries: [], transformations: [], queryOptions: {} } }, vizConfig: { kind: 'VizConfig', group: 'text', spec: { options: {} } } } }
  const item = { kind: 'GridLayoutItem', spec: { x: 0, y: 0, width: 24, height: 8, element: { kind: 'ElementReference', name: 'panel-1' } } }
  const inner = { kind: 'GridLayout', spec: { items: [item] } }
  const tab = { kind: 'TabsLayoutTab', spec: { title: 'T', layout: inner, conditionalRendering: { spec: { items: [{ kind: 'ConditionalRenderingVariable', spec: { variable: 'shown', operator: 'equals', value: 'a' } }] } } } }
  const row = { kind: 'RowsLayoutRow', spec: { title: 'R', repeat: { mode: 'variable', value: 'each' }, layout: { kind: 'TabsLayout', spec: { tabs: [tab] } } } }
  const files = { 'v2.json': { apiVersion: 'dashboard.grafana.app/v2beta1', kind: 'Dashboard', metadata: { name: 'jobs' }, spec: {
    title: 'Jobs', elements: { 'panel-1': element }, layout: { kind: 'RowsLayout', spec: { rows: [row] } }, variables: [variable('shown'), variable('each'), variable('unused')],
  } } }
  expect((await lintFiles('unused-variable', files)).map(({ context }) => context)).toEqual(['variable "unused" in dashboard "Jobs"'])
})
