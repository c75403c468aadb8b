import { expect, test } from 'vitest'
import { dashboardWith } from '../rules/lint-files.js'
import { loadFiles } from './load-files.js'

const prometheus = { type: 'prometheus', uid: 'prometheus' }
const target = (expr: string, more: object = {}) => ({ refId: 'A', expr, ...more })

test('reads every PromQL expression of dashboards and rule files, with its place and what it belongs to', async () => {
  const { workspace } = await loadFiles({
    'a.json': {
      ...dashboardWith(),
      annotations: { list: [{ name: 'Deploys', datasource: prometheus, expr: 'changes(build_info[5m]) > 0' }] },
      panels: [
        { id: 1, type: 'row', title: 'Open', collapsed: false, panels: [] },
        { id: 2, type: 'stat', title: 'Up', datasource: prometheus, targets: [target('up'), target('')] },
        { id: 3, type: 'row', title: 'Collapsed', collapsed: true, panels: [{ id: 4, type: 'stat', title: 'Inner', datasource: prometheus, targets: [target('a\\b{x="é\\n"}')] }] },
      ],
      templating: { list: [
        { name: 'job', type: 'query', datasource: prometheus, query: { query: 'label_values(up{env="a"}, job)', refId: 'V' } },
        { name: 'old', type: 'query', datasource: prometheus, query: 'query_result(topk(1, up))' },
        { name: 'names', type: 'query', datasource: prometheus, query: 'label_names()' },
        { name: 'list', type: 'custom', query: 'up,down' },
      ] },
    },
    'rules.yml': 'groups:\n  - name: g\n    rules:\n      - alert: A\n        expr: |\n          up\n            == 0\n      - record: r\n        expr: "sum(up)"\n',
  })
  expect(workspace.queries.map((query) => {
    const { source, span } = query.place(0, query.text.length)
    const { line, column } = source.positionAt(span.start)
    return [query.text, query.context, `${source.path}:${line}:${column}`, source.text.slice(span.start, span.end)]
  })).toEqual([
    ['up', 'panel "Up" in dashboard "Jobs"', 'a.json:27:20', 'up'],
    ['a\\b{x="é\\n"}', 'panel "Inner" in dashboard "Jobs"', 'a.json:52:24', 'a\\\\b{x=\\"é\\\\n\\"}'],
    ['up{env="a"}', 'variable "job" in dashboard "Jobs"', 'a.json:69:34', 'up{env=\\"a\\"}'],
    ['topk(1, up)', 'variable "old" in dashboard "Jobs"', 'a.json:80:32', 'topk(1, up)'],
    ['changes(build_info[5m]) > 0', 'annotation "Deploys" in dashboard "Jobs"', 'a.json:106:18', 'changes(build_info[5m]) > 0'],
    ['up\n  == 0\n', 'alert "A" in group "g"', 'rules.yml:6:11', 'up\n            == 0\n'],
    ['sum(up)', 'recording rule "r" in group "g"', 'rules.yml:9:16', 'sum(up)'],
  ])
})

test('reads only what goes to a Prometheus datasource', async () => {
  const panel = (title: string, datasource: unknown, ...targets: object[]) => ({ id: 1, type: 'stat', title, ...(datasource !== undefined && { datasource }), targets })
  const { workspace } = await loadFiles({
    'datasources.yml': 'apiVersion: 1\ndatasources:\n  - { name: Main, type: prometheus, isDefault: true }\n  - { name: Logs, type: loki, uid: logs }\n',
    'a.json': {
      ...dashboardWith(),
      panels: [
        panel('default', null, target('from_default')),
        panel('by name', 'Main', target('by_name')),
        panel('of Loki', { type: 'loki', uid: 'logs' }, target('{app="a"} |= "x"')),
        panel('by the name of Loki', 'Logs', target('{app="b"}')),
        panel('mixed', { type: 'datasource', uid: '-- Mixed --' }, target('mixed_a', { datasource: { type: 'prometheus', uid: '${ds}' } }), target('{app="c"}', { datasource: { type: 'loki', uid: 'logs' } })),
        panel('variable', '$ds', target('by_variable')),
        panel('of the variable of Loki', { uid: '${logs}' }, target('{app="d"}')),
        panel('expression', { type: '__expr__', uid: '__expr__' }, target('$A * 2')),
      ],
      templating: { list: [{ name: 'ds', type: 'datasource', query: 'prometheus' }, { name: 'logs', type: 'datasource', query: 'loki' }] },
    },
  })
  expect(workspace.queries.map(({ text }) => text)).toEqual(['from_default', 'by_name', 'mixed_a', 'by_variable'])
})
