import { describe, expect, test } from 'vitest'
import { looksLikeDashboard, looksLikeDashboardV2, readDashboard } from '../../src/grafana/dashboard.js'
import { parseJson } from '../../src/text/json.js'
import { sourceText } from '../../src/text/source.js'

const read = (value: unknown) => readDashboard(parseJson(sourceText('dashboard.json', JSON.stringify(value))))

const panel = { type: 'timeseries', title: 'Rate', gridPos: { x: 0, y: 0, w: 12, h: 8 }, targets: [{ expr: 'up', refId: 'A' }] }

describe('what is a dashboard', () => {
  test.each([
    ['exported', { title: 'A', schemaVersion: 39, panels: [panel] }, []],
    ['of the API', { dashboard: { title: 'A', schemaVersion: 39, panels: [] }, overwrite: true }, ['dashboard']],
    ['with meta', { meta: { slug: 'a' }, dashboard: { title: 'A', panels: [panel] } }, ['dashboard']],
    ['with rows', { title: 'A', rows: [{ panels: [{ type: 'graph', span: 6 }] }], time: { from: 'now-1h', to: 'now' } }, []],
    ['without panels', { title: 'Empty', schemaVersion: 39, templating: { list: [] } }, []],
    ['written by hand', { title: 'A', panels: [panel] }, []],
    ['whose panels are broken', { title: 'A', uid: 'a', schemaVersion: 39, panels: 'none' }, []],
    ['with nothing right but its names', { title: 'A', uid: 'a', panels: 'none' }, []],
    ['as a resource', { apiVersion: 'dashboard.grafana.app/v1beta1', kind: 'Dashboard', metadata: { name: 'a' }, spec: { title: 'A' } }, ['spec']],
  ])('%s', (_, value, path) => {
    expect(looksLikeDashboard(value)).toEqual(path)
  })

  test.each<[string, unknown]>([
    ['a package.json', { name: 'panels', version: '1.0.0', title: 'A', dependencies: {} }],
    ['a tsconfig.json', { compilerOptions: {}, include: ['src'] }],
    ['JSON with panels and a title', { title: 'Comic', panels: [{ image: '1.png' }, { image: '2.png' }] }],
    ['a data set with a schemaVersion', { schemaVersion: 2, rows: [{ id: 1 }] }],
    ['a library panel', { uid: 'x', name: 'Rate', kind: 1, model: panel }],
    ['one panel', panel],
    ['a collapsed row', { type: 'row', title: 'Row', gridPos: { x: 0, y: 0, w: 24, h: 1 }, panels: [panel] }],
    ['a list of dashboards', [{ title: 'A', schemaVersion: 39, panels: [panel] }]],
    ['a Perses dashboard', { kind: 'Dashboard', metadata: { name: 'a' }, spec: { panels: {}, layouts: [] } }],
    ['a Datadog dashboard', { title: 'A', widgets: [], template_variables: [], layout_type: 'ordered' }],
    ['a dashboard of schema v2', { apiVersion: 'dashboard.grafana.app/v2beta1', kind: 'Dashboard', spec: { title: 'A', elements: {}, layout: { kind: 'GridLayout' } } }],
    ['nothing', null],
  ])('not %s', (_, value) => {
    expect(looksLikeDashboard(value)).toBeUndefined()
  })

  test('schema v2 is recognised by its own function', () => {
    const spec = { title: 'A', elements: {}, layout: { kind: 'RowsLayout', spec: {} } }
    expect(looksLikeDashboardV2({ apiVersion: 'dashboard.grafana.app/v2beta1', kind: 'Dashboard', spec })).toBe(true)
    expect(looksLikeDashboardV2(spec)).toBe(true)
    expect(looksLikeDashboardV2({ title: 'A', schemaVersion: 39, panels: [] })).toBe(false)
  })
})

test('the head of a dashboard', () => {
  expect(read({ uid: 'costs', title: 'Costs', tags: ['ml', 3], schemaVersion: '39', panels: [], __inputs: [{ path: ['__inputs', 0], name: 'DS_PROMETHEUS', type: 'datasource', pluginId: 'prometheus' }] }))
    .toMatchObject({
      path: [], uid: 'costs', title: 'Costs', tags: ['ml'], schemaVersion: 39,
      inputs: [{ path: ['__inputs', 0], name: 'DS_PROMETHEUS', type: 'datasource', pluginId: 'prometheus' }],
    })
})

test('a resource has its uid in its metadata', () => {
  const resource = { apiVersion: 'dashboard.grafana.app/v1', kind: 'Dashboard', metadata: { name: 'costs' }, spec: { title: 'Costs', panels: [panel] } }
  const dashboard = read(resource)
  expect(dashboard.uid).toBe('costs')
  expect(dashboard.panels[0]!.targets[0]!.expr).toEqual({ text: 'up', path: ['spec', 'panels', 0, 'targets', 0, 'expr'] })
})

describe('panels', () => {
  const at = (y: number, more: object) => ({ type: 'stat', gridPos: { x: 0, y, w: 12, h: 4 }, ...more })

  test('stand in the row above them on the grid, or in the collapsed row that holds them', () => {
    const { panels } = read({
      title: 'A',
      schemaVersion: 39,
      panels: [
        at(0, { title: 'Overview' }),
        at(9, { type: 'row', title: 'Errors', collapsed: true, repeat: 'queue', panels: [at(10, { title: 'Failed' })] }),
        at(2, { title: 'Sent' }),
        at(1, { type: 'row', title: 'Tasks', collapsed: false, panels: [] }),
      ],
    })
    expect(panels.map(({ title, row, repeat, path }) => ({ title, row, repeat, path }))).toEqual([
      { title: 'Overview', row: undefined, repeat: undefined, path: ['panels', 0] },
      { title: 'Errors', row: undefined, repeat: 'queue', path: ['panels', 1] },
      { title: 'Failed', row: 'Errors', repeat: 'queue', path: ['panels', 1, 'panels', 0] },
      { title: 'Sent', row: 'Tasks', repeat: undefined, path: ['panels', 2] },
      { title: 'Tasks', row: undefined, repeat: undefined, path: ['panels', 3] },
    ])
  })

  test('of old dashboards stand in rows', () => {
    const { panels } = read({
      dashboard: { title: 'A', rows: [{ title: 'Tasks', repeat: 'queue', panels: [{ id: 1, type: 'graph', title: 'Sent', span: 6 }] }] },
    })
    expect(panels.map(({ type, title, row, path, id }) => ({ type, title, row, path, id }))).toEqual([
      { type: 'row', title: 'Tasks', row: undefined, path: ['dashboard', 'rows', 0], id: undefined },
      { type: 'graph', title: 'Sent', row: 'Tasks', path: ['dashboard', 'rows', 0, 'panels', 0], id: 1 },
    ])
  })

  test('send their targets to their own datasource, unless it is "-- Mixed --" or the target is an expression', () => {
    const { panels } = read({
      title: 'A',
      schemaVersion: 39,
      panels: [
        { ...panel, datasource: { type: 'prometheus', uid: 'prom' }, targets: [{ expr: 'a' }, { expr: 'b', datasource: { type: 'prometheus', uid: 'old' }, hide: true }, { type: 'math', datasource: { type: '__expr__', uid: '__expr__' } }] },
        { ...panel, datasource: '-- Mixed --', targets: [{ expr: 'c' }, { expr: 'd', datasource: 'Prometheus' }] },
        { ...panel, datasource: null, targets: [{ expr: 'e', datasource: null }] },
      ],
    })
    expect(panels.map(({ targets }) => targets.map(({ datasource, hidden }) => ({ datasource, hidden })))).toEqual([
      [
        { datasource: { type: 'prometheus', id: 'prom' }, hidden: false },
        { datasource: { type: 'prometheus', id: 'prom' }, hidden: true },
        { datasource: { type: '__expr__', id: '__expr__', path: ['panels', 0, 'targets', 2, 'datasource', 'uid'] }, hidden: false },
      ],
      [
        { datasource: {}, hidden: false },
        { datasource: { id: 'Prometheus', path: ['panels', 1, 'targets', 1, 'datasource'] }, hidden: false },
      ],
      [{ datasource: {}, hidden: false }],
    ])
  })

  test('that name no datasource take that of their first target; in old dashboards, of the last', () => {
    const targets = [{ expr: 'a', datasource: { uid: 'one' } }, { expr: 'b', datasource: { uid: 'two' } }]
    const datasources = (schemaVersion: number) => read({ title: 'A', schemaVersion, panels: [{ ...panel, datasource: null, targets }] }).panels[0]!.targets.map(({ datasource }) => datasource)
    expect(datasources(39)).toEqual([{ id: 'one', path: ['panels', 0, 'targets', 0, 'datasource', 'uid'] }, { id: 'one' }])
    expect(datasources(30)).toEqual([{ id: 'two' }, { id: 'two', path: ['panels', 0, 'targets', 1, 'datasource', 'uid'] }])
  })

  test('made from a library panel say so', () => {
    expect(read({ title: 'A', panels: [{ ...panel, libraryPanel: { uid: 'lib', name: 'Rate' } }] }).panels[0]!.libraryPanel).toEqual({ uid: 'lib', name: 'Rate' })
  })

  test('that list alerts name them', () => {
    const filter = '{alertname="QueueBacklog", severity=~"a|b", alertname=~"WorkerDown|Slow"}'
    const { panels } = read({
      title: 'A',
      schemaVersion: 39,
      panels: [
        { type: 'alertlist', options: { alertName: 'Budget', alertInstanceLabelFilter: filter } },
        { type: 'alertlist', nameFilter: 'Old' },
        { type: 'alertlist', options: { alertName: '', alertInstanceLabelFilter: '{alertname=~"^Ceph.+"}' } },
      ],
    })
    const options = ['panels', 0, 'options']
    expect(panels.map(({ alertNames }) => alertNames)).toEqual([
      [
        { text: 'Budget', path: [...options, 'alertName'], start: 0, match: 'contains' },
        { text: 'QueueBacklog', path: [...options, 'alertInstanceLabelFilter'], start: 12, match: 'exact' },
        { text: 'WorkerDown', path: [...options, 'alertInstanceLabelFilter'], start: filter.indexOf('WorkerDown'), match: 'exact' },
        { text: 'Slow', path: [...options, 'alertInstanceLabelFilter'], start: filter.indexOf('Slow'), match: 'exact' },
      ],
      [{ text: 'Old', path: ['panels', 1, 'nameFilter'], start: 0, match: 'contains' }],
      [],
    ])
  })
})

test('variables', () => {
  const list = [
    { name: 'ds', type: 'datasource', query: 'prometheus' },
    { name: 'job', type: 'query', datasource: { type: 'prometheus', uid: '$ds' }, query: 'label_values(up, job)', definition: 'shown only' },
    { name: 'pod', type: 'query', datasource: '$ds', query: { qryType: 1, query: 'label_values(up, pod)', refId: 'x' } },
    { name: 'env', type: 'custom', query: String.raw`prod, Staging : stg ,a\,b` },
    { name: 'step', type: 'interval', query: '1m,10m, 1h' },
    { name: 'prefix', type: 'constant', query: 'ml_' },
    { name: 'free', type: 'textbox', query: '' },
    { name: 'filters', type: 'adhoc', datasource: null },
    { type: 'query' },
  ]
  const at = (index: number) => ['templating', 'list', index]
  expect(read({ title: 'A', templating: { list } }).variables).toEqual([
    { path: at(0), name: 'ds', type: 'datasource', datasource: {}, datasourceType: 'prometheus' },
    { path: at(1), name: 'job', type: 'query', datasource: { type: 'prometheus', id: '$ds', path: [...at(1), 'datasource', 'uid'] }, query: { text: 'label_values(up, job)', path: [...at(1), 'query'] } },
    { path: at(2), name: 'pod', type: 'query', datasource: { id: '$ds', path: [...at(2), 'datasource'] }, query: { text: 'label_values(up, pod)', path: [...at(2), 'query', 'query'] } },
    { path: at(3), name: 'env', type: 'custom', datasource: {}, options: ['prod', 'stg', 'a,b'] },
    { path: at(4), name: 'step', type: 'interval', datasource: {}, options: ['1m', '10m', '1h'] },
    { path: at(5), name: 'prefix', type: 'constant', datasource: {}, options: ['ml_'] },
    { path: at(6), name: 'free', type: 'textbox', datasource: {} },
    { path: at(7), name: 'filters', type: 'adhoc', datasource: {} },
  ])
})

test('annotations', () => {
  const list = [
    { name: 'Deploys', datasource: 'Prometheus', enable: true, expr: 'ALERTS{alertname="Down"}' },
    { name: 'Alerts', datasource: { type: 'prometheus', uid: 'prom' }, enable: false, target: { expr: 'ALERTS', refId: 'Anno' } },
    { builtIn: 1, name: 'Annotations & Alerts', datasource: { type: 'grafana', uid: '-- Grafana --' }, target: { type: 'dashboard' } },
  ]
  const at = (index: number) => ['annotations', 'list', index]
  expect(read({ title: 'A', annotations: { list } }).annotations).toEqual([
    { path: at(0), name: 'Deploys', datasource: { id: 'Prometheus', path: [...at(0), 'datasource'] }, expr: { text: 'ALERTS{alertname="Down"}', path: [...at(0), 'expr'] }, enabled: true },
    { path: at(1), name: 'Alerts', datasource: { type: 'prometheus', id: 'prom', path: [...at(1), 'datasource', 'uid'] }, expr: { text: 'ALERTS', path: [...at(1), 'target', 'expr'] }, enabled: false },
    { path: at(2), name: 'Annotations & Alerts', datasource: { type: 'grafana', id: '-- Grafana --', path: [...at(2), 'datasource', 'uid'] }, enabled: true },
  ])
})

test('parts of the wrong type are read as absent', () => {
  const broken = {
    title: ['A'], uid: 7, tags: 'ml', schemaVersion: {}, panels: 'none', rows: 3, templating: [], annotations: { list: {} }, __inputs: 'x',
  }
  expect(read(broken)).toMatchObject({ tags: [], panels: [], variables: [], annotations: [], inputs: [] })
  const deeper = { title: 'A', panels: [null, 'x', [], { type: 4, targets: 'up', gridPos: [], options: 'x', datasource: [] }, { targets: [null, { expr: 5 }] }] }
  expect(read(deeper).panels.map(({ type, targets }) => ({ type, targets: targets.length }))).toEqual([{ type: '', targets: 0 }, { type: '', targets: 1 }])
})
