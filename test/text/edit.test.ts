import fc from 'fast-check'
import { stringify } from 'yaml'
import { describe, expect, test } from 'vitest'
import { embeddedIn } from '../../src/text/embedded.js'
import type { DocumentPath, StructuredDocument } from '../../src/text/document.js'
import { parseJson } from '../../src/text/json.js'
import { sourceText } from '../../src/text/source.js'
import { valueAt } from '../../src/text/value.js'
import { parseHelmTemplate } from '../../src/text/helm-template.js'
import { parseYaml } from '../../src/text/yaml.js'

type Read = (text: string) => StructuredDocument
const json: Read = (text) => parseJson(sourceText('a.json', text))
const yaml: Read = (text) => parseYaml(sourceText('a.yaml', text))[0]!

/** The text with one stretch of a string replaced; `undefined` where that cannot be written. */
function replaced(read: Read, text: string, path: DocumentPath, old: string, meant: string): string | undefined {
  const document = read(text)
  const start = String(valueAt(document.value, path)).indexOf(old)
  const edit = document.edit({ kind: 'characters', path, start, end: start + old.length, text: meant })
  return edit && text.slice(0, edit.span.start) + edit.text + text.slice(edit.span.end)
}

describe('a text is spelt as its place wants it', () => {
  test.each<[string, Read, string, string, string, string | undefined]>([
    ['JSON', json, String.raw`{"a": "x=\"old\"\n"}`, 'old', 'a "b" \\', String.raw`{"a": "x=\"a \"b\" \\\"\n"}`],
    ['JSON, over an escape', json, String.raw`{"a": "x=\"old\""}`, '"old"', "'new'", String.raw`{"a": "x='new'"}`],
    ['JSON with a byte order mark, tabs and CRLF', json, '\ufeff{\r\n\t"a":\t"old"\r\n}', 'old', 'new', '\ufeff{\r\n\t"a":\t"new"\r\n}'],
    ['a plain scalar', yaml, 'a: sum(old) # why\nb: 1', 'old', 'new', 'a: sum(new) # why\nb: 1'],
    ['a plain scalar that would be none', yaml, 'a: x old', 'old', 'new: y', undefined],
    ['a whole plain scalar that needs quotes', yaml, 'a: old', 'old', "it's: 1", "a: 'it''s: 1'"],
    ['a whole plain scalar that would be a number', yaml, 'a: old', 'old', '12', "a: '12'"],
    ['a plain scalar in brackets', yaml, '{a: old}', 'old', 'x, y', "{a: 'x, y'}"],
    ['a single-quoted scalar', yaml, "a: 'it''s old'", 'old', "Bob's", "a: 'it''s Bob''s'"],
    ['a double-quoted scalar', yaml, String.raw`a: "x=\"old\""`, 'old', '"', String.raw`a: "x=\"\"\""`],
    ['a double-quoted scalar, over a line break', yaml, 'a: "x old\n  y"', 'old y', 'new', undefined],
    ['a literal block', yaml, 'a: |\n    x\n    sum(old)  \nb: 1\n', 'old', "it's \"x\"", "a: |\n    x\n    sum(it's \"x\")  \nb: 1\n"],
    ['a literal block with CRLF', yaml, 'a: |\r\n  x\r\n  old\r\n', 'old', 'new', 'a: |\r\n  x\r\n  new\r\n'],
    ['a literal block, a line of it', yaml, 'a: |\n  old\n  y\n', 'old', ' new', undefined],
    ['a folded block', yaml, 'a: >-\n  x\n  old\n  y', 'old', 'new', 'a: >-\n  x\n  new\n  y'],
    ['a folded block, over a break', yaml, 'a: >-\n  x\n  old\n  y', 'old y', 'new', undefined],
    ['a text with a line break', yaml, 'a: |\n  old\n', 'old', 'x\ny', undefined],
  ])('%s', (_, read, text, old, meant, wanted) => {
    const result = replaced(read, text, ['a'], old, meant)
    expect(result).toBe(wanted)
    if (result !== undefined) expect(read(result).value).toEqual({ ...(read(text).value as object), a: String(valueAt(read(text).value, ['a'])).replace(old, () => meant) })
  })
})

test('an action of a template stays, and none comes to be', () => {
  const helm: Read = (text) => parseHelmTemplate(sourceText('a.yaml', text), 'yaml', parseYaml)[0]!
  const text = 'a: x {{ .Values.old }} old'
  expect(replaced(helm, text, ['a'], 'old }}', 'new')).toBeUndefined()
  expect(replaced(helm, text, ['a'], ' old', ' {{ x }}')).toBeUndefined()
  expect(replaced(helm, 'a: old {{ .Values.x }}', ['a'], 'old', 'new')).toBe('a: new {{ .Values.x }}')
})

const texts = fc.string({ unit: fc.constantFrom(...Array.from('ab \'"\\:#,{}[]\n\t-|>&*!%@`éλ😀0')), maxLength: 12 })
const kinds = ['PLAIN', 'QUOTE_SINGLE', 'QUOTE_DOUBLE', 'BLOCK_LITERAL', 'BLOCK_FOLDED'] as const

/** Whatever is written is what was meant, and nothing else is. How often nothing can be written, too. */
function counted(write: (value: string, random: number) => { text: string; read: Read }): { written: number; refused: number } {
  const counts = { written: 0, refused: 0 }
  fc.assert(fc.property(texts, fc.constantFrom('old', 'x', 'a.b'), texts, texts, fc.nat(), (before, old, after, meant, random) => {
    const value = before + old + after
    const { text, read } = write(value, random)
    const document = read(text)
    const start = before.length
    fc.pre(valueAt(document.value, ['list', 1, 'a']) === value)
    const edit = document.edit({ kind: 'characters', path: ['list', 1, 'a'], start, end: start + old.length, text: meant })
    if (edit === undefined) {
      counts.refused++
      return
    }
    counts.written++
    const result = text.slice(0, edit.span.start) + edit.text + text.slice(edit.span.end)
    expect(read(result).value).toEqual({ list: [1, { a: before + meant + after, b: value }], z: [value] })
  }), { numRuns: 3000, seed: 11 })
  return counts
}

test('in JSON every text can be written in the place of any', () => {
  const write = (value: string, random: number) => ({ text: JSON.stringify({ list: [1, { a: value, b: value }], z: [value] }, null, random % 3), read: json })
  expect(counted(write)).toEqual({ written: 3000, refused: 0 })
})

test('what is written into YAML of any style is what was meant', () => {
  const write = (value: string, random: number) => ({
    text: stringify({ list: [1, { a: value, b: value }], z: [value] }, { defaultStringType: kinds[random % kinds.length]!, collectionStyle: random % 7 === 0 ? 'flow' : 'block', lineWidth: random % 3 === 0 ? 20 : 0 }),
    read: yaml,
  })
  expect(counted(write).written).toBeGreaterThan(1000)
})

test('what is written into JSON that is a string of YAML is what was meant', () => {
  const write = (value: string, random: number) => ({
    text: stringify({ x: { held: JSON.stringify({ list: [1, { a: value, b: value }], z: [value] }, null, random % 3) } }, { defaultStringType: kinds[1 + random % 4]!, lineWidth: 0 }),
    read: (text: string) => embeddedIn(yaml(text), ['x', 'held'], (source) => [parseJson(source)])[0]!,
  })
  expect(counted(write).written).toBeGreaterThan(1500)
})

test('an item of a list goes with the comma before it', () => {
  const text = '{\n  "tags": [\n    "a",\n    "b" ,\n    "a"\n  ]\n}'
  const edit = json(text).edit({ kind: 'without', path: ['tags', 2] })!
  expect(text.slice(0, edit.span.start) + edit.text + text.slice(edit.span.end)).toBe('{\n  "tags": [\n    "a",\n    "b"\n  ]\n}')
  expect(json(text).edit({ kind: 'without', path: ['tags', 0] })).toBeUndefined()
})
