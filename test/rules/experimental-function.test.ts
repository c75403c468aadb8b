import { expect, test } from 'vitest'
import { stack, stackWith } from './compose-stack.js'
import { dashboardWith, lintLines, type Files } from './lint-files.js'

const queries = { 'grafana/dashboards/jobs.json': dashboardWith('sort_by_label(up, "job") or limitk(2, up)', 'rate(up[5m])', 'mad_over_time(up[5m]) > $limit') }
const lint = (files: Files) => lintLines('experimental-function', { ...files, ...queries })
const reason = 'is experimental, and "prometheus" (docker-compose.yml) is started without --enable-feature=promql-experimental-functions: the query fails'

test('functions and aggregations that the server does not know', async () => {
  expect(await lint(stack)).toEqual([
    `grafana/dashboards/jobs.json:20:20 warning «sort_by_label» sort_by_label ${reason}`,
    `grafana/dashboards/jobs.json:20:50 warning «limitk» limitk ${reason}`,
    `grafana/dashboards/jobs.json:50:20 warning «mad_over_time» mad_over_time ${reason}`,
  ])
})

test.each<[string, Files]>([
  ['it is switched on', stackWith('      - --storage', '      - --enable-feature=exemplar-storage,promql-experimental-functions\n      - --storage')],
  ['it is switched on with two words', stackWith('      - --storage', '      - --enable-feature\n      - promql-experimental-functions\n      - --storage')],
  ['the command has a variable', stackWith('      - --storage', '      - ${FEATURES}\n      - --storage')],
  ['another server may answer', { ...stack, 'docker-compose.vm.yml': 'services:\n  vm:\n    image: victoriametrics/victoria-metrics\n' }],
  ['no server is at hand', { 'x.yml': 'a: b\n' }],
])('nothing is said where %s', async (_, files) => {
  expect(await lint(files)).toEqual([])
})
