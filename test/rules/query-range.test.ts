import { expect, test } from 'vitest'
import { dashboardWith, lintLines } from './lint-files.js'

const files = {
  'a.json': dashboardWith('rate(x[5m])', 'rate(x[30d])', 'rate(x[$__range])', 'max_over_time(rate(x[5m])[2d:1h])', 'x offset 4w - x offset -4w'),
  'rules.yml': 'groups:\n  - name: g\n    rules:\n      - { alert: A, expr: "rate(x[10s]) > 1" }\n',
}

test('holds ranges and offsets against both ends', async () => {
  expect(await lintLines('query-range', files, { options: { range: { min: '1m', max: '1d' }, offset: { max: '1w' } } })).toEqual([
    'a.json:35:27 warning «30d» The range of 30d is longer than 1d',
    'a.json:65:46 warning «2d» The range of 2d is longer than 1d',
    'a.json:80:29 warning «4w» The offset of 4w is longer than 1w',
    'a.json:80:43 warning «-4w» The offset of 4w is longer than 1w',
    'rules.yml:4:35 warning «10s» The range of 10s is shorter than 1m',
  ])
})

test('is about the queries that the configuration names', async () => {
  expect(await lintLines('query-range', files, { options: { range: { min: '1m', max: '1d' }, in: ['alerts'] } })).toEqual([
    'rules.yml:4:35 warning «10s» The range of 10s is shorter than 1m',
  ])
})
