import { expect, test } from 'vitest'
import { dashboardWith, lintLines } from './lint-files.js'

const tagged = (tags: unknown) => ({ ...dashboardWith('up'), tags })

test('wants any tag', async () => {
  expect(await lintLines('required-tags', { 'absent.json': tagged(undefined), 'empty.json': tagged([]), 'fine.json': tagged(['x']) })).toEqual([
    'absent.json:1:1 warning «{» This dashboard has no tags',
    'empty.json:4:11 warning «[]» This dashboard has no tags',
  ])
})

test('wants the tags that the configuration requires', async () => {
  expect(await lintLines('required-tags', { 'a.json': tagged(['x']), 'b.json': tagged(['team', 'ml']) }, { options: { tags: ['team', 'ml'] } })).toEqual([
    'a.json:4:11 warning «[\n    "x"\n  ]» This dashboard lacks the tags "team", "ml"',
  ])
})
