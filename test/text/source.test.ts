import { expect, test } from 'vitest'
import { sourceText } from '../../src/text/source.js'

test('columns count characters, on lines longer than what is counted beforehand', () => {
  const text = `😀\n${'a😀'.repeat(2000)}b\r\nc`
  const source = sourceText('a.txt', text)
  expect(source.positionAt(text.indexOf('b'))).toEqual({ line: 2, column: 4001 })
  expect(source.positionAt(text.length)).toEqual({ line: 3, column: 2 })
  expect(source.line(2)!.endsWith('b')).toBe(true)
  expect(source.lineSpan(3)).toEqual({ start: text.length - 1, end: text.length })
  expect(source.line(4)).toBeUndefined()
})
