import { expect, test } from 'vitest'
import { mentionPlaces, mentions } from '../../../src/extract/typescript/sources/words.js'

test('names are found as whole words', () => {
  expect(mentionPlaces('done.inc(); undone; $done; done', new Set(['done']))).toEqual([0, 27])
})

test('a quoted key may hold what means something in regular expressions', () => {
  const names = new Set(['}); try { return', 'a.b', 'x$'])
  expect(mentions('const names = { "}); try { return": 1 }', names)).toBe(true)
  expect(mentions('const names = { acb: 1 }', names)).toBe(false)
})
