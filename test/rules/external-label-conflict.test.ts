import { expect, test } from 'vitest'
import { lintFiles, lintLines } from './lint-files.js'

const config = (more = '') => `global:\n  external_labels:\n    site: north\n    cluster: a\nrule_files: ['*.yml']\nscrape_configs: []\n${more}`
const rules = `groups:
  - name: g
    labels: { cluster: b }
    rules:
      - { record: 'job:up:sum', expr: sum by (job) (up), labels: { site: south, team: x } }
      - { alert: Down, expr: up == 0, labels: { site: north, severity: page } }
`

test('reports labels that Prometheus adds itself, on rules and groups', async () => {
  const files = { 'prometheus.yml': config(), 'rules.yml': rules }
  expect(await lintLines('external-label-conflict', files)).toEqual([
    'rules.yml:3:24 warning «b» prometheus.yml gives "cluster" to all that leaves this Prometheus, and what is recorded here keeps its own: federated or written elsewhere, it seems to come from another server',
    'rules.yml:5:74 warning «south» prometheus.yml gives "site" to all that leaves this Prometheus, and what is recorded here keeps its own: federated or written elsewhere, it seems to come from another server',
    'rules.yml:6:55 warning «north» prometheus.yml gives "site" to all that leaves this Prometheus, and here it is overridden: this alert is told apart from all others of the same server',
  ])
  expect((await lintFiles('external-label-conflict', files)).map(({ context, related: [one] }) => [context, one!.place.source.positionAt(one!.place.span.start).line])).toEqual([
    ['group "g"', 4], ['recording rule "job:up:sum" in group "g"', 3], ['alert "Down" in group "g"', 3],
  ])
})

test('says nothing where another configuration loads the rules, or may', async () => {
  expect(await lintLines('external-label-conflict', { 'prometheus.yml': config().replace('*.yml', 'other.yml'), 'rules.yml': rules })).toEqual([])
  expect(await lintLines('external-label-conflict', { 'rules.yml': rules })).toEqual([])
})
