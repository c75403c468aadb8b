import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseAllDocuments, stringify } from 'yaml'
import { readPlainYaml } from '../../src/text/yaml-plain.js'
import { readYamlValue } from '../../src/text/yaml-value.js'

/** What the parser has of the only document of a text; `undefined` where it has more or a fault. */
function parsedValue(text: string): { value: unknown } | undefined {
  const documents = parseAllDocuments(text, { prettyErrors: false, merge: true, logLevel: 'silent', uniqueKeys: false })
  const [document] = Array.isArray(documents) ? documents : []
  if (document === undefined || documents.length !== 1 || document.errors.length > 0) return undefined
  const { value, problem } = readYamlValue(document)
  return problem ? undefined : { value }
}

/** Whether the text is plain; that it means what the parser says is checked. */
function isPlain(text: string): boolean {
  const plain = readPlainYaml(text)
  if (plain !== undefined) expect(plain, text).toEqual(parsedValue(text))
  return plain !== undefined
}

const root = join(import.meta.dirname, '../..')
const folders = [join(root, 'fixtures'), join(root, 'test'), join(root, '../shared/corpus')].filter((folder) => existsSync(folder))
const filesBelow = (folder: string) => readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => /\.ya?ml$/.test(path)).map((path) => readFileSync(join(folder, path), 'utf8'))
const texts = folders.flatMap(filesBelow)

describe('YAML that is plain', () => {
  test.each([
    ['a: b\n', { a: 'b' }],
    ['a: b', { a: 'b' }],
    ['a: |\n  b', { a: 'b\n' }],
    ['a: |-\n  b\n   ', { a: 'b\n ' }],
    ['a: 1\nb: -2.5\nc: 5m\nd: true\ne: ~\nf:\ng: 1.3.6\n', { a: 1, b: -2.5, c: '5m', d: true, e: null, f: null, g: '1.3.6' }],
    ['---\n# c\na: # d\n  - b # e\n  -   c: 1\n      d: 2\n', { a: ['b', { c: 1, d: 2 }] }],
    ['a:\n- b\n- c\nd: e\n', { a: ['b', 'c'], d: 'e' }],
    ['a: one\n  two\n  three\nb: c\n', { a: 'one two three', b: 'c' }],
    [`a: 'it''s\n  long'\nb: "x \\"y\\" \\u0041\n  z"\n`, { a: "it's long", b: 'x "y" A z' }],
    ['a: |\n  x\n    y\n\n  z\n\nb: |-\n  x\n\nc: >\n  x\n  y\nd: |+\n  x\n\n', { a: 'x\n  y\n\nz\n', b: 'x', c: 'x y\n', d: 'x\n\n' }],
    ['a: :b:c\nd: 1\n', { a: ':b:c', d: 1 }],
    ['a: []\nb: {}\n"c d": e\n', { a: [], b: {}, 'c d': 'e' }],
    ['a: [1, b c,  "d, ]",\'e\'\'f\' , [], {}] # g\nb: { c: 1.5 , "d e": [true, -2, ~], f: $x/y }\n', { a: [1, 'b c', 'd, ]', "e'f", [], {}], b: { c: 1.5, 'd e': [true, -2, null], f: '$x/y' } }],
    ['- { a: b }\n- [c]\n', [{ a: 'b' }, ['c']]],
  ])('%j is read', (text, value) => {
    expect(readPlainYaml(text)).toEqual({ value })
    expect(parsedValue(text)).toEqual({ value })
  })

  test.each([
    '', '# only a comment\n', 'a: &x b\n', 'a: *x\n', 'a: !t b\n', 'a: [1,\n  2]\n', 'a: [- b]\n', 'a: [b: c]\n', 'a: {b}\n', 'a: {b: 1, b: 2}\n', 'a: [1] b\n', 'a: [1]\n  b\n', 'a: {b:1}\n', 'a: [b,]\n', 'a: [b, , c]\n', 'a: [b\n', 'a: [b #c]\n', 'a: [0x1]\n', 'a: [*b]\n', 'a: {<<: b}\n', 'a: {"": b}\n', 'a: b\na: c\n', '<<: b\n', 'a: b: c\n', 'a:\n\tb: c\n', 'a: b\n---\nc: d\n',
    'a: |2\n  b\n', 'a: |+\n  b', 'a: >\n  b\n\n  c\n', '? a\n: b\n', '- - a\n', 'a: 0x1f\n', 'a: 1e3\n', 'a: .inf\n', 'a: b\n\n  c\n', 'a: b\n   # c\n  d\n', 'a: "b\\\n  c"\n', 'a: "b" c\n', 'a: b\r\n', '\ufeffa: b\n', ' a: b\n', 'a:\n  b: c\n d: e\n',
  ])('%j is not', (text) => {
    expect(readPlainYaml(text)).toBeUndefined()
  })

  test('is most of what there is', () => {
    const length = (all: readonly string[]) => all.reduce((sum, text) => sum + text.length, 0)
    expect(length(texts.filter(isPlain)) / length(texts)).toBeGreaterThan(0.5)
  })

  test('means what the parser says, whatever stands in it', () => {
    const value = fc.letrec((tie) => ({
      node: fc.oneof({ maxDepth: 4 }, fc.string(), fc.string({ unit: fc.constantFrom(' ', '\n', "'", '"', '#', ':', '-', '{', '}', '[', ']', '|', '>', '&', '*', '!', '%', '@', '`', ',', '?', '\\', 'a', '1', '.', 'e', '+') }), fc.integer(), fc.double(), fc.boolean(), fc.constant(null), fc.array(tie('node')), fc.dictionary(fc.string(), tie('node'))),
    })).node
    const options = fc.record({ collectionStyle: fc.constantFrom('any' as const, 'flow' as const), lineWidth: fc.constantFrom(0, 20, 80), indentSeq: fc.boolean(), defaultStringType: fc.constantFrom('PLAIN' as const, 'QUOTE_DOUBLE' as const, 'QUOTE_SINGLE' as const, 'BLOCK_LITERAL' as const, 'BLOCK_FOLDED' as const), defaultKeyType: fc.constant('PLAIN' as const) })
    fc.assert(fc.property(fc.dictionary(fc.string({ unit: fc.constantFrom('a', 'b', 'c'), minLength: 1 }), value), options, (one, how) => { isPlain(stringify(one, how)) }), { numRuns: 2000 })
  })

  test('means what the parser says, whatever is broken in it', () => {
    const short = texts.filter((text) => text.length < 4000)
    const pieces = fc.constantFrom(' ', '  ', '\n', '\t', '-', '- ', ':', ': ', '#', ' #', "'", '"', '|', '>', '|-', '\\', '&a', '*a', '{', '}', '[', ']', '<<: ', '? ', '!', '%', ',', 'a: ', '1', '.', '0x', 'null', '\n\n', '\n  ', '\n---\n', '...', '~', '\u00e9', '\r')
    fc.assert(fc.property(fc.nat(), fc.array(fc.tuple(fc.nat(), fc.nat(3), pieces), { minLength: 1, maxLength: 4 }), (which, edits) => {
      let text = short[which % short.length]!
      for (const [at, removed, added] of edits) {
        const start = at % (text.length + 1)
        text = text.slice(0, start) + added + text.slice(start + removed)
      }
      isPlain(text)
    }), { numRuns: 3000 })
  })
})
