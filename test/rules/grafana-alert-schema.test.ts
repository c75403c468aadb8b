import { expect, test } from 'vitest'
import { alertFile, expression, query } from './grafana-alert-files.js'
import { lintLines } from './lint-files.js'

const path = 'provisioning/alerting/jobs.yml'

test('reports what Grafana refuses at its start', async () => {
  expect(await lintLines('grafana-alert-schema', {
    [path]: alertFile(
      `uid: a b\ntitle: A\ncondition: A\nfor: 5 minutes\nexecErrState: ALERTING\ndata:\n${query('A', 'up')}`,
      `uid: b\ntitle: B\ncondition: A\ndata: []`,
      `uid: c\ntitle: C\ncondition: A\nlabels: { a: [b] }\nnotification_settings: {}\ndata:\n  - { refId: A, datasourceUid: prometheus, relativeTimeRange: { from: 10m }, model: [] }`,
    ),
  })).toEqual([
    'provisioning/alerting/jobs.yml:7:14 error «a b» a uid has 1 to 40 letters, digits, "-" and "_"',
    'provisioning/alerting/jobs.yml:10:14 error «5 minutes» this is no duration that Grafana reads here, such as "5m" or "1h30m"',
    'provisioning/alerting/jobs.yml:11:23 error «ALERTING» "execErrState" is one of "Error", "Alerting", "OK", "KeepLast"',
    'provisioning/alerting/jobs.yml:17:15 error «[]» a rule has at least one query in "data"',
    'provisioning/alerting/jobs.yml:21:22 error «[b]» "a" must be a string or a number or a boolean or null, not a list',
    'provisioning/alerting/jobs.yml:22:32 error «{}» "notification_settings" lacks "receiver"',
    'provisioning/alerting/jobs.yml:24:79 error «10m» this is a number of seconds, such as 600',
    'provisioning/alerting/jobs.yml:24:93 error «[]» "model" is an object with what the datasource is asked for',
  ])
})

test('reports expressions that Grafana cannot read', async () => {
  expect(await lintLines('grafana-alert-schema', {
    [path]: alertFile(`uid: a\ntitle: A\ncondition: D\ndata:\n${[
      query('A', 'up'),
      expression('B', 'type: reduce, expression: A'),
      expression('C', 'type: treshold, expression: B'),
      expression('D', 'type: threshold, expression: B, conditions: [{ evaluator: { type: above, params: ["5"] } }]'),
      expression('E', 'type: threshold, expression: B, conditions: []'),
    ].join('\n')}`),
  })).toEqual([
    'provisioning/alerting/jobs.yml:12:57 error «{ type: reduce, expression: A }» "model" lacks "reducer"',
    'provisioning/alerting/jobs.yml:13:65 error «treshold» "type" must be one of "math", "reduce", "resample", "classic_conditions", "threshold", "sql". Did you mean "threshold"?',
    'provisioning/alerting/jobs.yml:14:125 error «above» "type" must be one of "gt", "lt", "eq", "ne", "gte", "lte", "within_range", "outside_range", "within_range_included", "outside_range_included"',
    'provisioning/alerting/jobs.yml:14:141 error «"5"» this is a number, without quotes',
    'provisioning/alerting/jobs.yml:15:103 error «[]» a threshold has exactly one condition',
  ])
})

test('takes what Grafana takes: other keys, numbers for texts, environment variables, a rule that records', async () => {
  expect(await lintLines('grafana-alert-schema', {
    [path]: `${alertFile(
      `uid: 17\ntitle: 18\ncondition: A\nfor: $WAIT\nnoDataState: ''\ndashboardUid: x\nteam: y\nlabels: { a: 1, b: true }\ndata:\n${query('A', 'up', ', instant: true')}`,
      `uid: r\ntitle: R\nrecord: { metric: 'up:count', from: A }\ndata:\n${query('A', 'count(up)', ', instant: true')}\n${expression('B', 'type: reduce, expression: A, reducer: Mean')}`,
    )}deleteRules: [{ orgId: 1, uid: old }]\nresetPolicies: [1]\n`,
  })).toEqual([])
})
