import { expect, test } from 'vitest'
import { stack, stackWith } from './compose-stack.js'
import { dashboardWith, lintLines, type Files } from './lint-files.js'

const lint = (files: Files, ...exprs: string[]) => lintLines('beyond-retention', { ...files, 'grafana/dashboards/jobs.json': dashboardWith(...exprs) })
const kept = 'and "prometheus" (docker-compose.yml) keeps 15 d (--storage.tsdb.retention.time)'

test('a range, an offset and a subquery that reach further back', async () => {
  expect(await lint(stack, 'increase(up[30d])', 'up - up offset 40d', 'max_over_time(rate(up[5d])[10d:1h] offset 12h)', 'rate(up[5m] offset 15d)')).toEqual([
    `grafana/dashboards/jobs.json:20:32 warning «30d» This reaches back 30 d, ${kept}`,
    `grafana/dashboards/jobs.json:35:35 warning «40d» This reaches back 40 d, ${kept}`,
    `grafana/dashboards/jobs.json:50:42 warning «5d» This reaches back 15.5 d, ${kept}`,
    `grafana/dashboards/jobs.json:65:39 warning «15d» This reaches back 15 d, ${kept}`,
  ])
})

test('with an override file, what is kept with it or without it, whichever is longer', async () => {
  const keeping = (days: number) => ({ ...stack, 'docker-compose.override.yml': `services:\n  prometheus:\n    command: ['--config.file=/etc/prometheus/prometheus.yml', '--storage.tsdb.retention.time=${days}d']\n` })
  expect(await lint(keeping(30), 'increase(up[20d])', 'increase(up[40d])')).toEqual([
    'grafana/dashboards/jobs.json:35:32 warning «40d» This reaches back 40 d, and "prometheus" (docker-compose.yml with docker-compose.override.yml) keeps 30 d (--storage.tsdb.retention.time)',
  ])
  expect(await lint(keeping(5), 'increase(up[20d])', 'increase(up[10d])')).toEqual([`grafana/dashboards/jobs.json:20:32 warning «20d» This reaches back 20 d, ${kept}`])
})

test.each<[string, Files, string]>([
  ['it is kept', stack, 'increase(up[15d])'],
  ['the range is a variable', stack, 'increase(up[$range] offset 14d)'],
  ['the time is fixed', stack, 'max_over_time(up[30d:1h] @ 1700000000)'],
  ['the retention is not told', stackWith('      - --storage.tsdb.retention.time=15d\n', ''), 'increase(up[30d])'],
  ['other data are read from elsewhere', { ...stack, 'prometheus/prometheus.yml': `${stack['prometheus/prometheus.yml'] as string}remote_read: [{ url: 'http://long:9201/read' }]\n` }, 'increase(up[30d])'],
])('nothing is said where %s', async (_, files, expr) => {
  expect(await lint(files, expr)).toEqual([])
})
