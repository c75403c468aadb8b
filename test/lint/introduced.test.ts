import { expect, test } from 'vitest'
import type { Diagnostic, Severity } from '../../src/lint/diagnostic.js'
import { introduced } from '../../src/lint/introduced.js'
import { sourceText } from '../../src/text/source.js'

/** The findings of rule `r` in a file: one on each text between « and ». */
function found(path: string, marked: string, { severity = 'error', context, message = 'm' }: { severity?: Severity; context?: string; message?: string } = {}): Diagnostic[] {
  const source = sourceText(path, marked.replace(/[«»]/g, ''))
  return [...marked.matchAll(/«([^»]*)»/g)].map(({ 1: text, index }, i): Diagnostic => {
    const start = index - 2 * i
    return { rule: 'r', severity, message, place: { source, span: { start, end: start + text!.length } }, ...(context !== undefined && { context }), data: {}, related: [], suggestions: [] }
  })
}

const same = (path: string) => path
const starts = (diagnostics: readonly Diagnostic[]) => diagnostics.map(({ place }) => place.span.start)

test('another message, line and context make no finding new; another text, file and rule do', () => {
  const before = found('a.json', '«x»', { context: 'panel "A"' })
  expect(introduced(found('a.json', '\n\n«x»', { context: 'panel "B"', message: 'other' }), before, same)).toEqual([])
  expect(introduced(found('a.json', '«y»'), before, same)).toHaveLength(1)
  expect(introduced(found('b.json', '«x»'), before, same)).toHaveLength(1)
  expect(introduced(found('a.json', '«x»').map((one) => ({ ...one, rule: 'q' })), before, same)).toHaveLength(1)
  expect(introduced(found('b.json', '«x»'), before, (path) => (path === 'b.json' ? 'a.json' : path))).toEqual([])
})

test('as many as there are more, and those where something was changed', () => {
  expect(starts(introduced(found('a', '1 «x»\n2 «x»\n3 «x»'), found('a', '1 «x»\n3 «x»'), same))).toEqual([6])
  expect(starts(introduced(found('a', '«x»\n1 «x»\n'), found('a', '1 «x»\n'), same))).toEqual([0])
  expect(starts(introduced(found('a', '1 «x»\n«x»'), found('a', '1 «x»\n'), same))).toEqual([4])
  // The line that has changed, though what changed in it stands behind the finding.
  expect(starts(introduced(found('a', '«x» 2\n«x» 1\n'), found('a', '«x» 1\n'), same))).toEqual([0])
  expect(starts(introduced(found('a', '1 «x» «x»'), found('a', '1 «x»'), same))).toEqual([4])
  expect(introduced(found('a', '1 «x»'), found('a', '1 «x» «x»'), same)).toEqual([])
  // Two copies of what was one file: the first goes for the old one.
  expect(introduced([...found('b', '«x»'), ...found('c', '«x»')], found('a', '«x»'), () => 'a').map(({ place }) => place.source.path)).toEqual(['c'])
})

test('the one of another panel is new, wherever it stands', () => {
  const now = [...found('a', '«x»!', { context: 'panel "new"' }), ...found('a', '!«x»', { context: 'panel "old"' })]
  expect(introduced(now, found('a', '«x»', { context: 'panel "old"' }), same).map(({ context }) => context)).toEqual(['panel "new"'])
})

test('a warning that has become an error is new, an error that has become a warning is not', () => {
  const warning = found('a', '«x»', { severity: 'warning' })
  const error = found('a', '«x»')
  expect(introduced(error, warning, same)).toEqual(error)
  expect(introduced(warning, error, same)).toEqual([])
  expect(introduced([...warning, ...error], error, same)).toEqual(warning)
})

test('other line breaks are no other text', () => {
  expect(introduced(found('a', '«x\r\ny»'), found('a', '«x\ny»'), same)).toEqual([])
})
