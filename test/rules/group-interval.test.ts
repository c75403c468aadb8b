import { expect, test } from 'vitest'
import { lintLines } from './lint-files.js'

const groups = ['5s', '1m', '10m', '0s'].map((interval) => `  - name: every ${interval}\n    interval: ${interval}\n    rules: [{ record: "r:${interval}", expr: up }]\n`)
const files = { 'rules.yml': `groups:\n${groups.join('')}  - name: as configured\n    rules: [{ record: r, expr: up }]\n` }

test('holds intervals of groups against both ends', async () => {
  expect(await lintLines('group-interval', files, { options: { interval: { min: '15s', max: '5m' } } })).toEqual([
    'rules.yml:3:15 warning «5s» The interval of group "every 5s", 5s, is shorter than 15s',
    'rules.yml:9:15 warning «10m» The interval of group "every 10m", 10m, is longer than 5m',
  ])
})

test('without options holds them against what a selector looks back', async () => {
  expect(await lintLines('group-interval', files)).toEqual(['rules.yml:9:15 warning «10m» The interval of group "every 10m", 10m, is longer than 5m'])
})
