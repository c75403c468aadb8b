import { expect, test } from 'vitest'
import { dashboardWith, lintFiles, lintLines, producer, prometheusConfig } from './lint-files.js'

const rule = (expr: string, text: string) => ({
  'rules.yml': `groups:\n  - name: jobs\n    rules:\n      - alert: A\n        expr: ${JSON.stringify(expr)}\n        annotations:\n          text: ${JSON.stringify(text)}\n`,
  'src/metrics.ts': producer,
  'prometheus.yml': prometheusConfig,
})
const alert = (expr: string, text: string) => lintLines('unavailable-label', rule(expr, text))

const panel = (target: object, type = 'timeseries') => lintLines('unavailable-label', {
  'd.json': {
    uid: 'jobs', title: 'Jobs', tags: ['jobs'], schemaVersion: 39, templating: { list: [] },
    panels: [{ id: 1, type, title: 'P', datasource: { type: 'prometheus', uid: 'prometheus' }, targets: [{ refId: 'A', ...target }] }],
  },
  'src/metrics.ts': producer,
  'prometheus.yml': prometheusConfig,
})

test('finds labels that the alerting series lost', async () => {
  expect([
    await alert('sum(jobs_done_total) > 1', '{{ $labels.kind }} on {{ .Labels.instance }}'),
    await alert('sum by (kind) (jobs_done_total) > 1', 'of {{ $labels.knd | title }}'),
    await alert('absent(jobs_done_total{kind="a", status!="ok"})', '{{ $labels.kind }} {{ $labels.status }} {{ $labels.instance }}'),
    await alert('jobs_queued > 1', '{{ $labels.status }}'),
  ]).toEqual([
    [
      'rules.yml:7:29 error «kind» This prints nothing: the result has no label "kind": "sum" drops it.',
      'rules.yml:7:51 error «instance» This prints nothing: the result has no label "instance": "sum" drops it.',
    ],
    [
      'rules.yml:7:32 error «knd» This prints nothing: the result has no label "knd": "sum by (kind)" drops it. Did you mean "kind"?',
    ],
    [
      'rules.yml:7:48 error «status» This prints nothing: the result has no label "status": "absent()" drops it.',
      'rules.yml:7:69 error «instance» This prints nothing: the result has no label "instance": "absent()" drops it.',
    ],
    [
      'rules.yml:7:29 error «status» This prints nothing: the result has no label "status" ("jobs_queued", gauge, src/metrics.ts:5).',
    ],
  ])
})

test('is silent on labels that are there, that are asked for first, and where the dot is something else', async () => {
  expect([
    await alert('sum by (kind) (jobs_done_total) > 1', '{{ $labels.kind }} {{ $value }} {{ $externalLabels.kind }}'),
    await alert('jobs_queued == 0 or absent(jobs_queued)', '{{ $labels.instance }}'),
    await alert('sum(jobs_done_total) > 1', '{{ if $labels.kind }}of {{ $labels.kind }}{{ end }}'),
    await alert('sum(jobs_done_total) > 1', '{{ range query "up" }}{{ .Labels.instance }}{{ end }}'),
    await alert('elsewhere_total > 1', '{{ $labels.anything }}'),
    await alert('sum(jobs_done_total) > 1', '$labels.kind is no action'),
  ].flat()).toEqual([])
})

test('reads what the text itself asks Prometheus for', async () => {
  expect([
    await alert('sum(jobs_done_total) > 1', '{{ with query "sum by (kind) (jobs_done_total)" }}{{ . | first | label "knd" }}{{ end }}'),
    await alert('sum(jobs_done_total) > 1', '{{ range query "sum by (kind) (jobs_done_total)" }}{{ .Labels.kind }} {{ .Labels.status }}{{ end }}'),
    await alert('sum by (kind) (jobs_done_total) > 1', '{{ range query "elsewhere" }}{{ .Labels.x }} {{ $.Labels.status }}{{ end }}'),
  ]).toEqual([
    ['rules.yml:7:93 error «knd» This prints nothing: the result has no label "knd": "sum by (kind)" drops it. Did you mean "kind"?'],
    ['rules.yml:7:101 error «status» This prints nothing: the result has no label "status": "sum by (kind)" drops it.'],
    ['rules.yml:7:77 error «status» This prints nothing: the result has no label "status": "sum by (kind)" drops it.'],
  ])
})

test('warns of legends', async () => {
  expect(await panel({ expr: 'sum by (kind) (jobs_done_total)', legendFormat: '{{kind}} {{ status }}' })).toEqual([
    'd.json:24:40 warning «status» This prints nothing: the result has no label "status": "sum by (kind)" drops it.',
  ])
})

test('is silent where one number is shown without a name beside it', async () => {
  const lone = { expr: 'sum(jobs_done_total)', legendFormat: '{{kind}}' }
  const number = (target: object, panel: object) => lintLines('unavailable-label', {
    'd.json': {
      uid: 'jobs', title: 'Jobs', tags: ['jobs'], schemaVersion: 39, templating: { list: [] },
      panels: [{ id: 1, title: 'P', datasource: { type: 'prometheus', uid: 'prometheus' }, targets: [{ refId: 'A', ...target }, { refId: 'B', hide: true, expr: 'jobs_queued' }], ...panel }],
    },
    'src/metrics.ts': producer,
    'prometheus.yml': prometheusConfig,
  })
  expect([
    await number(lone, { type: 'stat' }),
    await number(lone, { type: 'stat', options: { textMode: 'value' } }),
    await number(lone, { type: 'gauge' }),
    await number(lone, { type: 'bargauge', fieldConfig: { defaults: { displayName: 'Jobs' } } }),
    await number(lone, { type: 'singlestat' }),
  ].flat()).toEqual([])
  const told = [expect.stringMatching(/warning «kind» This legend comes out empty: the result has no label "kind": "sum" drops it\.$/)]
  expect([
    await number(lone, { type: 'timeseries' }),
    await number(lone, { type: 'stat', title: '' }),
    await number(lone, { type: 'stat', options: { textMode: 'value_and_name' } }),
    await number(lone, { type: 'stat', fieldConfig: { defaults: { displayName: '${__series.name}' } } }),
    await number(lone, { type: 'gauge', options: { reduceOptions: { values: true } } }),
    await number(lone, { type: 'gauge', targets: [{ refId: 'A', ...lone }, { refId: 'B', expr: 'jobs_queued' }] }),
    await number(lone, { type: 'singlestat', valueName: 'name' }),
  ]).toEqual(Array(7).fill(told))
  expect(await number({ expr: 'sum by (status) (jobs_done_total)', legendFormat: '{{kind}}' }, { type: 'stat' })).toHaveLength(1)
})

test('is silent where no legend is shown, and on what is no label', async () => {
  expect([
    await panel({ expr: 'sum(jobs_done_total)', legendFormat: '{{kind}}', format: 'table' }),
    await panel({ expr: 'sum(jobs_done_total)', legendFormat: '{{kind}}', hide: true }),
    await panel({ expr: 'sum(jobs_done_total)', legendFormat: '{{kind}}' }, 'table'),
    await panel({ expr: 'sum(jobs_done_total)', legendFormat: '__auto' }),
    await panel({ expr: 'sum(jobs_done_total)', legendFormat: '{{kind,status}} {{$kind}} {{__name__}}' }),
  ].flat()).toEqual([])
})

const table = (panelKeys: object, ...targets: readonly object[]) => lintLines('unavailable-label', {
  'd.json': {
    uid: 'jobs', title: 'Jobs', tags: ['jobs'], schemaVersion: 39, templating: { list: [] },
    panels: [{
      id: 1, type: 'table', title: 'P', datasource: { type: 'prometheus', uid: 'prometheus' },
      targets: targets.map((one, i) => ({ refId: 'AB'[i], format: 'table', instant: true, ...one })), ...panelKeys,
    }],
  },
  'src/metrics.ts': producer,
  'prometheus.yml': prometheusConfig,
}).then((lines) => lines.map((line) => line.replace(/^d\.json:\d+:\d+ /, '')))

const override = (id: string, options: string) => ({ matcher: { id, options }, properties: [] })
const byKind = { expr: 'sum by (kind) (jobs_done_total)' }
const drops = 'the result has no label "status": "sum by (kind)" drops it.'

test('warns of columns that overrides, transformations and sorting name, and no query gives', async () => {
  expect([
    await table({ fieldConfig: { overrides: [override('byName', 'status'), override('byRegexp', '/^status$/'), override('byName', 'kind')] } }, byKind),
    await table({ transformations: [{ id: 'organize', options: { renameByName: { status: 'Status', kind: 'Kind' } } }] }, byKind),
    await table({ transformations: [{ id: 'joinByField', options: { byField: 'status' } }, { id: 'sortBy', options: { sort: [{ field: 'status' }] } }] }, byKind, byKind),
    await table({ transformations: [{ id: 'groupBy', options: { fields: { status: { operation: 'groupby' } } } }] }, byKind),
    await table({ transformations: [{ id: 'filterFieldsByName', options: { include: { names: ['kind', 'status'] } } }] }, byKind),
    await table({ transformations: [{ id: 'labelsToFields', options: { valueLabel: 'status' } }] }, { ...byKind, format: 'time_series' }),
    await table({ options: { sortBy: [{ displayName: 'status' }] } }, byKind),
  ]).toEqual([
    [`warning «status» This override is for no column: ${drops}`, `warning «status» This override is for no column: ${drops}`],
    [`warning «status» This transformation finds no such column: ${drops}`],
    [`warning «status» This transformation finds no such column: ${drops}`, `warning «status» This transformation finds no such column: ${drops}`],
    [`warning «status» This transformation finds no such column: ${drops}`],
    [`warning «status» This transformation finds no such column: ${drops}`],
    [`warning «status» This transformation finds no such column: ${drops}`],
    [`warning «status» This sorts by no column: ${drops}`],
  ])
})

test('is silent on columns that another query, a transformation or a name may give', async () => {
  const overrides = [override('byName', 'status')]
  const organize = (options: object) => ({ transformations: [{ id: 'organize', options }] })
  expect([
    await table({ fieldConfig: { overrides } }, byKind, { expr: 'sum by (status) (jobs_done_total)' }),
    await table({ fieldConfig: { overrides } }, byKind, { expr: 'elsewhere' }),
    await table({ fieldConfig: { overrides } }, byKind, { expr: 'sum(', refId: 'B' }),
    await table({ fieldConfig: { overrides } }, { ...byKind, format: 'time_series', legendFormat: '{{kind}}' }),
    await table({ fieldConfig: { overrides }, ...organize({ renameByName: { kind: 'status' } }) }, byKind),
    await table({ fieldConfig: { overrides }, transformations: [{ id: 'calculateField', options: { alias: 'status' } }] }, byKind),
    await table({ fieldConfig: { overrides }, transformations: [{ id: 'extractFields', options: {} }] }, byKind),
    await table({ fieldConfig: { defaults: { displayName: '${__field.name}' }, overrides } }, byKind),
    await table(organize({ excludeByName: { status: true }, indexByName: { status: 1 }, renameByName: { status: '' } }), byKind),
    await table({ transformations: [{ id: 'organize', disabled: true, options: { renameByName: { status: 'Status' } } }] }, byKind),
    await table({ repeat: 'status' }, byKind),
    await table({ fieldConfig: { overrides: [override('byName', 'instance'), override('byName', '__name__')] } }, byKind),
    await table({ fieldConfig: { overrides: [override('byName', 'Value'), override('byName', 'Total'), override('byRegexp', '/status/')] } }, byKind),
  ].flat()).toEqual([])
})

test('tells programs the names', async () => {
  const [diagnostic] = await lintFiles('unavailable-label', rule('sum by (kind) (jobs_done_total) > 1', '{{ $labels.knd }}'))
  expect(diagnostic?.data).toEqual({ label: 'knd', suggestion: 'kind' })
})

test('finds labels that the result of a query in a text lacks', async () => {
  expect([
    await alert('jobs_queued > 1', '{{ with query "sum by (kind) (jobs_done_total)" }}{{ . | first | label "status" }} {{ . | first | label "kind" }}{{ end }}'),
    await alert('jobs_queued > 1', '{{ range query "sum(jobs_done_total)" }}{{ .Labels.kind }}{{ end }}'),
    await alert('jobs_queued > 1', '{{ range query (printf "sum by (%s) (jobs_done_total)" $labels.job) }}{{ .Labels.kind }}{{ end }}'),
    await alert('jobs_queued > 1', '{{ range query "elsewhere" }}{{ .Labels.kind }}{{ end }}'),
  ]).toEqual([
    ['rules.yml:7:93 error «status» This prints nothing: the result has no label "status": "sum by (kind)" drops it.'],
    ['rules.yml:7:71 error «kind» This prints nothing: the result has no label "kind": "sum" drops it.'],
    [],
    [],
  ])
})

test('lets metrics bring labels of their own along from a gateway, where no configuration says how they are scraped', async () => {
  const { 'prometheus.yml': config, ...bare } = rule('jobs_queued > 1', '{{ $labels.exported_instance }} {{ $labels.exported_kind }}')
  expect(await lintLines('unavailable-label', bare)).toEqual([
    'rules.yml:7:61 error «exported_kind» This prints nothing: the result has no label "exported_kind" ("jobs_queued", gauge, src/metrics.ts:5).',
  ])
  expect(await lintLines('unavailable-label', { ...bare, 'prometheus.yml': config })).toEqual([
    'rules.yml:7:29 error «exported_instance» This prints nothing: the result has no label "exported_instance" ("jobs_queued", gauge, src/metrics.ts:5). Did you mean "instance"?',
    'rules.yml:7:61 error «exported_kind» This prints nothing: the result has no label "exported_kind" ("jobs_queued", gauge, src/metrics.ts:5).',
  ])
})

test('suggests no label that targets may have for one that is taken away by its name', async () => {
  expect(await lintLines('unavailable-label', {
    'm.ts': producer,
    'alerts.yml': 'groups:\n  - name: a\n    rules:\n      - alert: Down\n        expr: sum without (instance) (up == bool 0) > 0\n        annotations: { summary: "{{ $labels.instance }} of {{ $labels.job }}" }\n',
    'd.json': dashboardWith('up{host="a", server="b"}', 'up{node="a", pod="b"}'),
  })).toEqual(['alerts.yml:6:45 error «instance» This prints nothing: the result has no label "instance": "sum without (instance)" drops it.'])
})
