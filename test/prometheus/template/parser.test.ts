import { expect, test } from 'vitest'
import { checkTemplate } from '../../../src/prometheus/template/check.js'
import { failing, good, unreadable } from './texts.js'

const first = (text: string) => checkTemplate(text).problems.map(({ kind, message }) => `${kind}: ${message}`)[0]

test.each(unreadable)('refuses %s', (text, message) => {
  expect(first(text)).toBe(`syntax: ${message}`)
})

test.each(failing)('reads %s, and finds that it fails', (text) => {
  expect(first(text)).toMatch(/^expansion: /)
})

test.each(good)('has nothing against %s', (text) => {
  expect(checkTemplate(text).problems).toEqual([])
})

test('does not fall over nests that nobody wrote', () => {
  expect(first(`{{ ${'('.repeat(100_000)}1${')'.repeat(100_000)} }}`)).toBe('syntax: max expression depth exceeded')
  expect(first('{{ if true }}'.repeat(100_000))).toBe('syntax: max expression depth exceeded')
  expect(first(`{{ if true }}${'{{ else if true }}'.repeat(100_000)}{{ end }}`)).toBe('syntax: max expression depth exceeded')
})

test('speaks as Go does since 1.20', () => {
  expect(first('{{ $value ) }}')).toBe('syntax: unexpected right paren')
  expect(first('{{ with $value }}{{ else with $labels.job }}{{ . }}{{ end }}')).toBeUndefined()
})

test('knows functions that ask for a server, and those that came late', () => {
  expect(first('{{ externalURL }}{{ pathPrefix }} {{ now | humanizeTimestamp }} {{ urlQueryEscape $labels.job }} {{ toDuration 5 }}')).toBeUndefined()
})
