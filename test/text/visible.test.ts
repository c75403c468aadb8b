import { expect, test } from 'vitest'
import { visible } from '../../src/text/visible.js'

test('every control, separator and bidirectional override is an escape, and nothing else is', () => {
  const escaped: string[] = []
  for (let code = 0; code <= 0xffff; code++) {
    const character = String.fromCharCode(code)
    const shown = visible(character)
    if (shown === character) continue
    expect(JSON.parse(`"${shown}"`)).toBe(character)
    escaped.push(shown)
  }
  const between = (first: number, last: number) =>
    Array.from({ length: last - first + 1 }, (_, i) => `\\u${(first + i).toString(16).padStart(4, '0')}`)
  expect(escaped).toEqual([...between(0, 0x1f), ...between(0x7f, 0x9f), ...between(0x2028, 0x202e), ...between(0x2066, 0x2069)])
})
