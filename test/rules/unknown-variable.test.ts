import { expect, test } from 'vitest'
import { dashboardWith, lintLines } from './lint-files.js'

const variables = { list: [{ name: 'task_type', type: 'custom', query: 'a,b' }, { name: 'ds', type: 'datasource', query: 'prometheus' }] }

test('knows defined variables, Grafana\'s own, and what only looks like one', async () => {
  expect(await lintLines('unknown-variable', {
    'jobs.json': {
      ...dashboardWith(
        'rate(jobs_total{t=~"$task_type"}[$__rate_interval])',
        'x{t="${task_type:regex}"}[${__range_s}s] or x{t="[[task_type]]"}',
        'label_replace(x, "a", "$1-${2}", "b", "(.*)-(.*)$")',
      ),
      templating: variables,
    },
  })).toEqual([])
})

test('reports each use of a variable that nobody defined', async () => {
  expect(await lintLines('unknown-variable', {
    'jobs.json': { ...dashboardWith('x{t="$taskType"}', 'x{t="${region:regex}"}'), templating: variables },
  })).toEqual([
    'jobs.json:20:26 error «$taskType» No variable "taskType" is defined in this dashboard. Did you mean "task_type"?',
    'jobs.json:35:26 error «${region:regex}» No variable "region" is defined in this dashboard.',
  ])
})
