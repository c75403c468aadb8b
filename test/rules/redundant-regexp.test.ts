import { expect, test } from 'vitest'
import { dashboardWith, lintLines } from './lint-files.js'

const messages = async (...exprs: string[]) => (await lintLines('redundant-regexp', { 'jobs.json': dashboardWith(...exprs) })).map((line) => line.replace(/^.*?» /, ''))

test('reports regular expressions that say nothing more', async () => {
  expect(await lintLines('redundant-regexp', { 'jobs.json': dashboardWith('up{job=~"bar"}') })).toEqual([
    'jobs.json:20:23 warning «job=~\\"bar\\"» "bar" is one value and no pattern: write = instead of =~',
  ])
  expect(await messages('up{job!~"^bar$"}', 'up{job=~"^b.+$"}', 'up{job=~".*"}', 'up{job!~".+"}')).toEqual([
    '"^bar$" is one value and no pattern: write != instead of !~, and leave out the anchors',
    'Prometheus matches whole values: "^" at the beginning and "$" at the end of "^b.+$" change nothing',
    'job=~".*" matches every series, with and without "job": leave it out',
    'job!~".+" matches the series without "job": write ="" for that',
  ])
})

test('says nothing of what needs one', async () => {
  expect(await messages('up{job=~"a|b"}', 'up{job=~"^a|b$"}', 'up{job=~".+"}', 'up{job=~"$job"}', 'up{job=~"a\\\\$"}', 'up{job="^a$"}', 'up{job!~".*"}')).toEqual([])
})
