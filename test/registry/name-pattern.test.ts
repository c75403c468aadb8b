import { expect, test } from 'vitest'
import { parsePattern, patternMatches, patternsOverlap, patternText, wholeName } from '../../src/registry/name-pattern.js'

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
])('%s and %s have a name in common: %s', (left, right, expected) => {
  expect(patternsOverlap(parsePattern(left), parsePattern(right))).toBe(expected)
  expect(patternsOverlap(parsePattern(right), parsePattern(left))).toBe(expected)
})

test.each([['celery_*_seconds'], ['*'], ['a\\*b*c'], ['back\\\\slash'], ['*😀*']])('%s reads back as it was', (text) => {
  expect(patternText(parsePattern(text))).toBe(text)
})

test('a * with a backslash before it belongs to the name', () => {
  expect(wholeName(parsePattern('a\\*b'))).toBe('a*b')
  expect(wholeName(parsePattern('a*b'))).toBeUndefined()
})
