import { expect, test } from 'vitest'
import { expectMarks } from './marked.js'

const provisioned = {
  'grafana/provisioning/datasources/all.yml': 'apiVersion: 1\ndatasources:\n  - { name: Prometheus, type: prometheus, uid: prometheus }\n',
}

test('v2beta1: elements, a layout of tabs and rows, variables, annotations', async () => {
  expect(await expectMarks({
    ...provisioned,
    'grafana/provisioning/dashboards/jobs.json': `{
  "apiVersion": "dashboard.grafana.app/v2beta1",
  "kind": "Dashboard",
  "metadata": { "name": "jobs" },
  "spec": {
    "title": "Jobs",
    "tags": ["jobs"],
    "timeSettings": { "from": "now-1h", "to": "now", "autoRefresh": "10s", "timezone": "browser" },
    "variables": [
      {
        "kind": "QueryVariable",
        "spec": {
          "name": "queue",
          "query": { "kind": "DataQuery", "group": "prometheus", "version": "v0", "datasource": { "name": "prometheus" }, "spec": { "query": "label_values(«unknown-metric:queue_dept», queue)", "refId": "A" } }
        }
      },
      { "kind": "CustomVariable", "spec": { "name": "size", "query": "1,2", "multi": true } }
    ],
    "annotations": [
      { "kind": "AnnotationQuery", "spec": { "name": "Done", "enable": true, "query": { "kind": "DataQuery", "group": "prometheus", "version": "v0", "datasource": { "name": "prometheus" }, "spec": { "expr": "changes(«unknown-metric:jobs_don_total»[1m]) > 0" } } } }
    ],
    "elements": {
      "panel-1": {
        "kind": "Panel",
        "spec": {
          "id": 1,
          "title": "Depth of «unknown-variable:$queu»",
          "data": {
            "kind": "QueryGroup",
            "spec": {
              "queries": [
                { "kind": "PanelQuery", "spec": { "refId": "A", "hidden": false, "query": { "kind": "DataQuery", "group": "prometheus", "version": "v0", "datasource": { "name": "prometheus" }, "spec": { "expr": "max by (queue) (queue_depth)", "legendFormat": "{{queue}} {{«unavailable-label:instance»}}" } } } },
                { "kind": "PanelQuery", "spec": { "refId": "B", "query": { "kind": "DataQuery", "group": "prometheus", "version": "v0", "datasource": { "name": «unknown-datasource:"promethius"» }, "spec": { "expr": "max(queue_depth{queue=\\"«unknown-label-value:male»\\"})" } } } },
                { "kind": "PanelQuery", "spec": { "refId": "C", "query": { "kind": "DataQuery", "group": "loki", "version": "v0", "spec": { "expr": "{app=\\"x\\"} |= \\"y\\"" } } } }
              ],
              "transformations": [],
              "queryOptions": {}
            }
          },
          "vizConfig": { "kind": "VizConfig", "group": "timeseries", "version": "12.0.0", "spec": { "options": {}, "fieldConfig": { "defaults": { "unit": "short" }, "overrides": [] } } }
        }
      },
      "panel-2": {
        "kind": "Panel",
        "spec": {
          "id": 2,
          "title": "Broken",
          "data": { "kind": "QueryGroup", "spec": { "queries": [{ "kind": "PanelQuery", "spec": { "refId": "A", "query": { "kind": "DataQuery", "group": "prometheus", "version": "v0", "datasource": { "name": "prometheus" }, "spec": { "expr": "sum(queue_depth«promql-syntax:»" } } } }] } },
          "vizConfig": { "kind": "VizConfig", "group": "stat", "spec": {} }
        }
      },
      "panel-3": { "kind": "LibraryPanel", "spec": { "id": 3, "title": "Shared", "libraryPanel": { "name": "Shared", "uid": "shared" } } }
    },
    "layout": {
      "kind": "TabsLayout",
      "spec": {
        "tabs": [
          { "kind": "TabsLayoutTab", "spec": { "title": "Queues", "layout": { "kind": "RowsLayout", "spec": { "rows": [
            { "kind": "RowsLayoutRow", "spec": { "title": "Depth", "repeat": { "mode": "variable", "value": "«unknown-variable:sizes»" }, "layout": { "kind": "AutoGridLayout", "spec": { "items": [{ "kind": "AutoGridLayoutItem", "spec": { "element": { "kind": "ElementReference", "name": "panel-1" } } }] } } } }
          ] } } } },
          { "kind": "TabsLayoutTab", "spec": { "title": "Rest", "layout": { "kind": "GridLayout", "spec": { "items": [
            { "kind": "GridLayoutItem", "spec": { "x": 0, "y": 0, "width": 12, "height": 8, "element": { "kind": "ElementReference", "name": "panel-2" } } },
            { "kind": "GridLayoutItem", "spec": { "x": 12, "y": 0, "width": 12, "height": 8, "element": { "kind": "ElementReference", "name": "panel-3" } } }
          ] } } } }
        ]
      }
    }
  }
}
`,
  })).toEqual([
    'No producer exposes "queue_dept". Did you mean "queue_depth" (gauge, src/metrics.ts:4)?',
    'No producer exposes "jobs_don_total". Did you mean "jobs_done_total" (counter, src/metrics.ts:3)?',
    'No variable "queu" is defined in this dashboard. Did you mean "queue"?',
    'This prints nothing: the result has no label "instance": "max by (queue)" drops it.',
    'No datasource "promethius" is provisioned. Did you mean "prometheus"?',
    'Label "queue" of "queue_depth" (gauge, src/metrics.ts:4) is never "male". It is one of: "mail".',
    'unclosed left parenthesis',
    'No variable "sizes" is defined in this dashboard. Did you mean "size"?',
  ])
})

test('v2alpha1 in YAML, among other documents, and in a list; uids are the names of the resources', async () => {
  const panel = (expr: string) => `        panel-1:
          kind: Panel
          spec:
            id: 1
            title: Depth
            data:
              kind: QueryGroup
              spec:
                queries:
                  - kind: PanelQuery
                    spec:
                      refId: A
                      datasource: { type: prometheus, uid: prometheus }
                      query:
                        kind: prometheus
                        spec:
                          expr: ${expr}
            vizConfig:
              kind: stat
              spec: { pluginVersion: 12.0.0 }
`
  const dashboard = (name: string, title: string, expr: string) => `    apiVersion: dashboard.grafana.app/v2alpha1
    kind: Dashboard
    metadata:
      name: ${name}
    spec:
      title: ${title}
      tags: [jobs]
      elements:
${panel(expr)}      layout:
        kind: GridLayout
        spec: { items: [{ kind: GridLayoutItem, spec: { x: 0, y: 0, width: 24, height: 8, element: { kind: ElementReference, name: panel-1 } } }] }
`
  expect(await expectMarks({
    ...provisioned,
    'dashboards/all.yaml': `apiVersion: v1
kind: ConfigMap
metadata: { name: other }
data: { a: b }
---
apiVersion: v1
kind: List
items:
  -
${dashboard('jobs', 'Jobs', 'max(«unknown-metric:queue_dept»)')}  -
${dashboard('«duplicate-uid:jobs»', 'Other', 'max(queue_depth)')}`,
  })).toEqual([
    'No producer exposes "queue_dept". Did you mean "queue_depth" (gauge, src/metrics.ts:4)?',
    'uid "jobs" is already used by "Jobs": Grafana keeps one dashboard of a uid, so that the second is refused or replaces the first',
  ])
})

test('a bare spec, and a GrafanaManifest', async () => {
  const spec = (expr: string) => ({
    title: 'Jobs', tags: ['jobs'], variables: [], annotations: [],
    elements: {
      a: { kind: 'Panel', spec: { id: 1, title: 'A', data: { kind: 'QueryGroup', spec: { queries: [{ kind: 'PanelQuery', spec: { refId: 'A', query: { kind: 'DataQuery', group: 'prometheus', version: 'v0', spec: { expr } } } }] } }, vizConfig: { kind: 'VizConfig', group: 'stat', spec: {} } } },
    },
    layout: { kind: 'GridLayout', spec: { items: [{ kind: 'GridLayoutItem', spec: { x: 0, y: 0, width: 24, height: 8, element: { kind: 'ElementReference', name: 'a' } } }] } },
  })
  await expectMarks({
    'bare.json': JSON.stringify(spec('max(«unknown-metric:queue_dept»)')).replace('{', '«missing-uid:{»'),
    'manifest.yaml': `apiVersion: grafana.integreatly.org/v1beta1
kind: GrafanaManifest
metadata: { name: jobs }
spec:
  template:
    apiVersion: dashboard.grafana.app/v2
    kind: Dashboard
    metadata: { name: jobs }
    spec: ${JSON.stringify(spec('max(«unknown-metric:queue_dept»)'))}
`,
  })
})
