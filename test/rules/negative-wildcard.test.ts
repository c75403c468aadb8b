import { expect, test } from 'vitest'
import { dashboardWith, lintLines } from './lint-files.js'

test('reports matchers that exclude every series', async () => {
  expect(await lintLines('negative-wildcard', { 'jobs.json': dashboardWith('up{job!~".*"}', 'up{x="y", job!~"^.*$"}') })).toEqual([
    'jobs.json:20:23 warning «job!~\\".*\\"» job!~".*" excludes every series, with and without "job": this selects nothing',
    'jobs.json:35:32 warning «job!~\\"^.*$\\"» job!~"^.*$" excludes every series, with and without "job": this selects nothing',
  ])
})

test('says nothing of other patterns and of variables', async () => {
  expect(await lintLines('negative-wildcard', { 'jobs.json': dashboardWith('up{job=~".*"}', 'up{job!~"a.*"}', 'up{job!~".+"}', 'up{job!~"$job"}', 'up{job!="x"}', 'up{job!~""}') })).toEqual([])
})
