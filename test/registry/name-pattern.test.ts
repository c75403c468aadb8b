import fc from 'fast-check'
import { expect, test } from 'vitest'
import { joinNames, parsePattern, patternMatches, patternsOverlap, patternText, wholeName } from '../../src/registry/name-pattern.js'

test.each([
  ['jobs_total', 'jobs_total', true],
  ['jobs_total', 'jobs', false],
  ['celery_*_seconds', 'celery_task_runtime_seconds', true],
  ['celery_*_seconds', 'celery__seconds', true],
  ['celery_*_seconds', 'celery_seconds', false],
  ['*_total', 'jobs_total', true],
  ['*_total', '_total', true],
  ['jobs_*', 'jobs_', true],
  ['*', '', true],
  ['a*b*c', 'axxbyyc', true],
  ['a*b*c', 'abc', true],
  ['a*b*c', 'acb', false],
  ['ab*ba', 'aba', false],
  ['a*ab*b', 'aabb', true],
  ['a*ab*b', 'aab', false],
  ['*x*x*', 'x', false],
  ['shard_#_total', 'shard_3_total', true],
  ['shard_#_total', 'shard_12_total', true],
  ['shard_#_total', 'shard__total', false],
  ['shard_#_total', 'shard_x_total', false],
  ['shard_#_total', 'shard_-3_total', false],
  ['shard_#_total', 'shard_3x_total', false],
  ['#', '', false],
  ['#', '007', true],
  ['a_#', 'a_1_1', false],
  ['a_*_#', 'a_1_1', true],
  ['a_*_#', 'a_1_x', false],
  ['*_#_*', 'a_x_1_b', true],
  ['*_#_*', 'a_x_b_1', false],
  // The first place of a part is not always the right one.
  ['*_#_b', 'x_1_2_b', true],
  ['#1#', '111', true],
  ['#1#', '11', false],
])('%s matches %s: %s', (pattern, name, expected) => {
  expect(patternMatches(parsePattern(pattern), name)).toBe(expected)
})

test.each([
  ['*_total', 'jobs_*', true],
  ['*_total', 'jobs_*_seconds', false],
  ['ml_*', 'celery_*', false],
  ['ml_*_total', 'ml_producer_*', true],
  ['a*x*b', 'a*y*b', true],
  ['jobs_total', '*_total', true],
  ['*_total', 'jobs', false],
  ['shard_#_total', 'shard_3_total', true],
  ['shard_#_total', 'shard_x_total', false],
  ['shard_#_total', 'shard_*', true],
  ['shard_#_total', 'worker_#_total', false],
])('%s and %s have a name in common: %s', (left, right, expected) => {
  expect(patternsOverlap(parsePattern(left), parsePattern(right))).toBe(expected)
  expect(patternsOverlap(parsePattern(right), parsePattern(left))).toBe(expected)
})

test.each([['celery_*_seconds'], ['*'], ['a\\*b*c'], ['back\\\\slash'], ['*😀*'], ['shard_#_total'], ['*_#'], ['a\\#b#c']])('%s reads back as it was', (text) => {
  expect(patternText(parsePattern(text))).toBe(text)
})

test('a * with a backslash before it belongs to the name', () => {
  expect(wholeName(parsePattern('a\\*b'))).toBe('a*b')
  expect(wholeName(parsePattern('a*b'))).toBeUndefined()
})

test.each([
  ['a', 'b', 'ab'],
  ['a*', '*b', 'a*b'],
  ['a#', '#b', 'a#b'],
  ['a#', '*b', 'a*b'],
  ['*', '#', '*'],
  ['#_', '_*', '#__*'],
  ['a#b', 'c*d#', 'a#bc*d#'],
])('%s and %s behind it are %s', (left, right, expected) => {
  expect(patternText(joinNames(parsePattern(left), parsePattern(right)))).toBe(expected)
})

test('a name matches as it would with regular expressions', () => {
  const piece = fc.constantFrom('*', '#', '1', '2', '_', 'a')
  const text = fc.array(piece, { maxLength: 8 }).map((all) => all.join(''))
  fc.assert(fc.property(text, fc.array(fc.constantFrom('1', '2', '_', 'a'), { maxLength: 8 }).map((all) => all.join('')), (pattern, name) => {
    const expression = new RegExp(`^${pattern.replaceAll('*', '[^]*').replaceAll('#', '[0-9]+')}$`)
    expect(patternMatches(parsePattern(pattern), name)).toBe(expression.test(name))
  }), { numRuns: 5000 })
})
