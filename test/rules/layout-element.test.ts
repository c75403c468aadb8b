import { expect, test } from 'vitest'
import { lintLines } from './lint-files.js'

const element = (id: number) => ({ kind: 'Panel', spec: { id, title: `Panel ${id}`, vizConfig: { kind: 'VizConfig', group: 'text', spec: {} } } })
const item = (name: string, kind = 'GridLayoutItem') => ({ kind, spec: { element: { kind: 'ElementReference', name } } })
const grid = (...names: string[]) => ({ kind: 'GridLayout', spec: { items: names.map((name) => item(name)) } })
const spec = (names: readonly string[], layout: unknown) => ({ title: 'Jobs', tags: ['jobs'], elements: Object.fromEntries(names.map((name, index) => [name, element(index + 1)])), layout })
const resource = (names: readonly string[], layout: unknown) => ({ apiVersion: 'dashboard.grafana.app/v2beta1', kind: 'Dashboard', metadata: { name: 'jobs' }, spec: spec(names, layout) })
const lint = (dashboard: object | string, path = 'jobs.json') => lintLines('layout-element', { [path]: dashboard })

const missing = (name: string, rest = '') => `No element "${name}" is in this dashboard: Grafana does not open it.${rest}`
const unshown = (name: string) => `No layout shows the element "${name}": nobody sees it, and Grafana drops it when the dashboard is saved`

test('reports what a layout names and is not there, and what is there and no layout names', async () => {
  expect(await lint(resource(['panel-1', 'panel-tow'], grid('panel-1', 'panel-two')))).toEqual([
    `jobs.json:25:7 warning «"panel-tow"» ${unshown('panel-tow')}`,
    `jobs.json:56:25 error «"panel-two"» ${missing('panel-two', ' Did you mean "panel-tow"?')}`,
  ])
})

test('in rows, tabs and grids of each kind, however deep', async () => {
  const tab = (layout: unknown) => ({ kind: 'TabsLayoutTab', spec: { title: 'Tab', layout } })
  const row = (layout: unknown) => ({ kind: 'RowsLayoutRow', spec: { title: 'Row', layout } })
  const layout = {
    kind: 'TabsLayout',
    spec: { tabs: [
      tab({ kind: 'RowsLayout', spec: { rows: [row({ kind: 'AutoGridLayout', spec: { items: [item('a', 'AutoGridLayoutItem'), item('gone', 'AutoGridLayoutItem')] } })] } }),
      tab({ kind: 'GridLayout', spec: { items: [{ kind: 'GridLayoutRow', spec: { title: 'Old', y: 0, elements: [item('b'), item('lost'), item('b-clone-1')] } }] } }),
    ] },
  }
  expect((await lint(resource(['a', 'b'], layout))).map((line) => line.slice(line.indexOf('error')))).toEqual([
    `error «"gone"» ${missing('gone')}`,
    `error «"lost"» ${missing('lost')}`,
  ])
})

test('of a bare spec, one that is wrapped, and a resource in YAML', async () => {
  expect(await lint(spec(['a'], grid('a', 'b')))).toEqual([`jobs.json:38:23 error «"b"» ${missing('b')}`])
  expect(await lint({ dashboard: spec(['a', 'b'], grid('a')) })).toEqual([`jobs.json:20:7 warning «"b"» ${unshown('b')}`])
  expect(await lint(`apiVersion: dashboard.grafana.app/v2alpha1
kind: Dashboard
metadata: { name: jobs }
spec:
  title: Jobs
  elements:
    a: { kind: Panel, spec: { id: 1, title: A, vizConfig: { kind: text, spec: {} } } }
  layout:
    kind: GridLayout
    spec: { items: [{ kind: GridLayoutItem, spec: { element: { kind: ElementReference, name: b } } }] }
`, 'jobs.yaml')).toEqual([
    `jobs.yaml:7:5 warning «a» ${unshown('a')}`,
    `jobs.yaml:10:94 error «b» ${missing('b')}`,
  ])
})

test('says nothing of names that are filled in, and of layouts that are not known nothing of what they show', async () => {
  expect(await lint(resource(['${name}'], grid('a')))).toEqual([])
  expect(await lint(resource(['a'], grid('${name}')))).toEqual([])
  expect(await lint(resource(['a'], { kind: 'NotebookLayout', spec: { cells: [] } }))).toEqual([])
  expect(await lint({ uid: 'jobs', title: 'Jobs', schemaVersion: 39, panels: [], elements: { a: 1 }, layout: { kind: 'x' } })).toEqual([])
})
