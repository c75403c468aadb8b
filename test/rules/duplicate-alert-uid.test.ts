import { expect, test } from 'vitest'
import { alertFile, query } from './grafana-alert-files.js'
import { lintLines } from './lint-files.js'

const rule = (uid: string, title: string) => `uid: ${uid}\ntitle: ${title}\ncondition: A\ndata:\n${query('A', 'up', ', instant: true')}`

test('reports each rule but the first of a uid, in all files of one Grafana', async () => {
  expect(await lintLines('duplicate-alert-uid', {
    'grafana/provisioning/alerting/a.yml': alertFile(rule('one', 'One'), rule('two', 'Two'), rule('one', 'Again')),
    'grafana/provisioning/alerting/b.yml': alertFile(rule('two', 'Copy'), rule('$UID', 'X'), rule('$UID', 'Y')),
  })).toEqual([
    'grafana/provisioning/alerting/a.yml:17:14 error «one» uid "one" is already used by "One": Grafana keeps one rule of a uid, so that the second replaces the first',
    'grafana/provisioning/alerting/b.yml:7:14 error «two» uid "two" is already used by "Two": Grafana keeps one rule of a uid, so that the second replaces the first',
  ])
})

test('says nothing of other organizations, other Grafanas and what the API answered with', async () => {
  expect(await lintLines('duplicate-alert-uid', {
    'grafana/provisioning/alerting/a.yml': alertFile(rule('one', 'One')),
    'grafana/provisioning/alerting/b.yml': alertFile(rule('one', 'One')).replace('- name', '- orgId: 2\n    name'),
    'staging/provisioning/alerting/a.yml': alertFile(rule('one', 'One')),
    'export/monday.json': [{ uid: 'one', title: 'One', condition: 'A', data: [] }],
    'export/tuesday.json': [{ uid: 'one', title: 'One', condition: 'A', data: [] }],
  })).toEqual([])
})
