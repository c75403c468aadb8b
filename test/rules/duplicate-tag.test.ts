import { expect, test } from 'vitest'
import { dashboardWith, lintLines } from './lint-files.js'

const tagged = (tags: unknown) => ({ ...dashboardWith('up'), tags })

test('finds tags that are listed again, and nothing else in the list', async () => {
  expect(await lintLines('duplicate-tag', { 'a.json': tagged(['x', 'y', 'x', 'X', 'x']), 'b.json': tagged(['x', 1, 1]), 'c.json': tagged('x') })).toEqual([
    'a.json:7:5 warning «"x"» The tag "x" is already listed',
    'a.json:9:5 warning «"x"» The tag "x" is already listed',
  ])
})
