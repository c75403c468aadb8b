import { expect, test } from 'vitest'
import { lintLines } from './lint-files.js'

const panel = (datasource: unknown, ...targets: unknown[]) => ({ id: 1, type: 'stat', title: 'P', datasource, targets: targets.map((one, i) => ({ refId: String(i), expr: 'up', datasource: one })) })

test('wants variables in the place of datasources', async () => {
  expect(await lintLines('fixed-datasource', {
    'a.json': {
      uid: 'a',
      title: 'A',
      panels: [
        panel({ type: 'prometheus', uid: 'prom' }, { type: 'prometheus', uid: 'prom' }),
        panel('Prometheus', undefined),
        panel({ type: 'prometheus', uid: '${datasource}' }, { type: 'prometheus', uid: '${datasource}' }),
        panel({ type: 'datasource', uid: '-- Mixed --' }, { type: 'loki', uid: 'loki' }, { type: '__expr__', uid: '__expr__' }),
        panel('{{ .Values.datasource }}', undefined),
        panel(null, undefined),
        { id: 9, type: 'row', title: 'R', datasource: { type: 'prometheus', uid: 'prom' } },
      ],
      annotations: { list: [{ name: 'Deployments', builtIn: 0, datasource: { type: 'prometheus', uid: 'prom' }, expr: 'up' }, { builtIn: 1, datasource: { type: 'grafana', uid: '-- Grafana --' } }] },
      templating: { list: [{ name: 'datasource', type: 'datasource', query: 'prometheus' }, { name: 'job', type: 'query', datasource: 'prom', query: 'label_values(job)' }] },
    },
  })).toEqual([
    'a.json:11:16 warning «"prom"» Datasource "prom" is fixed: take a variable of type "datasource", so that this dashboard works in any Grafana',
    'a.json:28:21 warning «"Prometheus"» Datasource "Prometheus" is fixed: take a variable of type "datasource", so that this dashboard works in any Grafana',
    'a.json:69:20 warning «"loki"» Datasource "loki" is fixed: take a variable of type "datasource", so that this dashboard works in any Grafana',
    'a.json:123:18 warning «"prom"» Datasource "prom" is fixed: take a variable of type "datasource", so that this dashboard works in any Grafana',
    'a.json:146:23 warning «"prom"» Datasource "prom" is fixed: take a variable of type "datasource", so that this dashboard works in any Grafana',
  ])
})
