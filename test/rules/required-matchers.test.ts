import { expect, test } from 'vitest'
import { dashboardWith, lintLines } from './lint-files.js'

const matchers = [{ label: 'job', op: '=~', value: '$job' }, { label: 'cluster' }]

test('wants matchers, whatever the spelling of their variables', async () => {
  expect(await lintLines('required-matchers', {
    'a.json': dashboardWith(
      'a{job=~"$job", cluster="x"}', 'b{job=~"${job:regex}", cluster!=""} + c{job=~"[[job]]", cluster=~".+"}',
      'd', 'e{job="$job"}', 'rate(f{job=~"worker"}[5m])', '{job=~"$job"}',
    ),
  }, { options: { matchers } })).toEqual([
    'a.json:50:20 warning «d» This selector lacks job=~"$job" and a matcher on "cluster"',
    'a.json:65:20 warning «e» This selector lacks job=~"$job" and a matcher on "cluster"',
    'a.json:80:25 warning «f» This selector lacks job=~"$job" and a matcher on "cluster"',
    'a.json:95:20 warning «{job=~\\"$job\\"}» This selector lacks a matcher on "cluster"',
  ])
})

test('leaves alone other metrics, other queries, and what a variable filters', async () => {
  const files = {
    'a.json': dashboardWith('up', 'ALERTS', 'x{$filters}', 'node_load1', 'y'),
    'rules.yml': 'groups:\n  - name: g\n    rules:\n      - { alert: A, expr: y > 1 }\n',
  }
  expect(await lintLines('required-matchers', files, { options: { matchers: [{ label: 'job' }], except: 'up|ALERTS', metrics: '[a-zA-Z]+', in: ['panels'] } })).toEqual([
    'a.json:80:20 warning «y» This selector lacks a matcher on "job"',
  ])
})
