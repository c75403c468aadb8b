import { expect, test } from 'vitest'
import { alertFile, query } from './grafana-alert-files.js'
import { lintLines } from './lint-files.js'

const points = `apiVersion: 1
contactPoints:
  - name: platform
    receivers: [{ uid: a, type: email, settings: { addresses: a@example.org, subject: '{{ template "x.title" . }}{{ template "default.title" . }}' } }]
`
const rule = (receiver: string) => `uid: a\ntitle: A\ncondition: A\nnotification_settings: { receiver: ${receiver}, mute_time_intervals: [nights] }\ndata:\n${query('A', 'up', ', instant: true')}`

test('reports names of nothing that is provisioned; those that are like none with a warning', async () => {
  expect(await lintLines('unknown-receiver', {
    'provisioning/alerting/points.yml': points,
    'provisioning/alerting/rules.yml': alertFile(rule('platfrom')),
    'provisioning/alerting/policies.yml': 'apiVersion: 1\npolicies:\n  - { receiver: platform, routes: [{ receiver: everybody, routes: [{ receiver: grafana-default-email }] }] }\n',
  })).toEqual([
    'provisioning/alerting/policies.yml:3:48 warning «everybody» No contact point "everybody" is provisioned. There is: "platform".',
    'provisioning/alerting/rules.yml:10:44 error «platfrom» No contact point "platfrom" is provisioned. Did you mean "platform"?',
  ])
})

test('says nothing where none is provisioned, or one of a name that is not known', async () => {
  expect(await lintLines('unknown-receiver', { 'provisioning/alerting/rules.yml': alertFile(rule('platfrom')) })).toEqual([])
  expect(await lintLines('unknown-receiver', {
    'provisioning/alerting/points.yml': `${points}  - name: $POINT\n`,
    'provisioning/alerting/rules.yml': alertFile(rule('platfrom')),
  })).toEqual([])
})
