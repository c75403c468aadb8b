import { expect, test } from 'vitest'
import { wantsColor } from '../../src/report/color.js'

const terminal = { isTTY: true }
const pipe = {}

test.each([
  [terminal, {}, undefined, true],
  [pipe, {}, undefined, false],
  [terminal, { TERM: 'dumb' }, undefined, false],
  [terminal, { NO_COLOR: '1' }, undefined, false],
  [terminal, { NO_COLOR: '' }, undefined, true],
  [pipe, { FORCE_COLOR: '1' }, undefined, true],
  [pipe, { FORCE_COLOR: '' }, undefined, true],
  [terminal, { FORCE_COLOR: '0' }, undefined, false],
  [terminal, { FORCE_COLOR: 'false' }, undefined, false],
  [pipe, { FORCE_COLOR: '1', NO_COLOR: '1' }, undefined, true],
  [pipe, { NO_COLOR: '1' }, true, true],
  [terminal, { FORCE_COLOR: '1' }, false, false],
])('on %j with %j and the flag %s: %s', (stream, env, flag, expected) => {
  expect(wantsColor(stream, env, flag)).toBe(expected)
})
