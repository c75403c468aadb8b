import { describe, expect, test } from 'vitest'
import type { DocumentPath } from '../../src/text/document.js'
import { sourceText } from '../../src/text/source.js'
import { parseYaml } from '../../src/text/yaml.js'

const parse = (text: string) => parseYaml(sourceText('rules.yaml', text))[0]!

function textAt(text: string, pick: (document: ReturnType<typeof parse>) => { start: number; end: number }): string {
  const { start, end } = pick(parse(text))
  return text.slice(start, end)
}

function problemsIn(text: string): string[] {
  const { problems, source } = parse(text)
  return problems.map(({ message, span }) => {
    const { line, column } = source.positionAt(span.start)
    return `${line}:${column} ${message}`
  })
}

describe('values', () => {
  test('are those of the core schema, as Go reads them into untyped values', () => {
    expect(parse('a: yes\nb: true\nc: 1.5\nd: ~\ne: 1h30m\nf:\n1: x\n').value).toEqual({
      a: 'yes', b: true, c: 1.5, d: null, e: '1h30m', f: null, 1: 'x',
    })
  })

  test('merge keys bring in what the map itself does not have', () => {
    const text = `
base: &base { severity: page, team: ml }
other: &other { team: ops, tier: 2 }
labels:
  <<: [*base, *other]
  severity: ticket
`
    expect(parse(text).value).toMatchObject({ labels: { severity: 'ticket', team: 'ml', tier: 2 } })
    expect(textAt(text, (document) => document.spanOf(['labels', 'team']))).toBe('ml')
    expect(textAt(text, (document) => document.spanOf(['labels', 'tier']))).toBe('2')
    expect(textAt(text, (document) => document.spanOf(['labels', 'severity']))).toBe('ticket')
  })

  test('one document for each "---"', () => {
    const documents = parseYaml(sourceText('all.yaml', 'a: 1\n---\nb: 2\n...\n---\nc: 3\n'))
    expect(documents.map(({ value }) => value)).toEqual([{ a: 1 }, { b: 2 }, { c: 3 }])
    expect(documents[1]!.spanOf(['b'])).toEqual({ start: 12, end: 13 })
  })

  test.each(['', '# nothing here\n', '\uFEFF', '---\n'])('%j holds null', (text) => {
    expect(parse(text).value).toBeNull()
    expect(parse(text).problems).toEqual([])
  })
})

describe('places', () => {
  const text = `groups:
  - name: ml   # the name
    rules:
      - alert: Down
        expr: up == 0
        for:
`
  test.each<[DocumentPath, string, string]>([
    [['groups', 0, 'name'], 'ml', 'name'],
    [['groups', 0, 'rules', 0, 'alert'], 'Down', 'alert'],
    [['groups', 0, 'rules', 0, 'lables', 'x'], 'alert: Down\n        expr: up == 0\n        for:', 'alert: Down\n        expr: up == 0\n        for:'],
    [['groups', 0, 'rules', 0, 'for'], '', 'for'],
  ])('of %j', (path, value, key) => {
    expect(textAt(text, (document) => document.spanOf(path))).toBe(value)
    expect(textAt(text, (document) => document.keySpanOf(path))).toBe(key)
  })

  test('of an alias are those of its anchor', () => {
    const aliased = 'a: &query sum(up)\nb: *query\n'
    expect(parse(aliased).value).toEqual({ a: 'sum(up)', b: 'sum(up)' })
    expect(textAt(aliased, (document) => document.spanInString(['b'], 4, 6))).toBe('up')
  })
})

describe('characters of a string', () => {
  const styles: Record<string, string> = {
    plain: 'expr: sum(rate(jobs_total[5m]))  # all\n',
    'plain over lines': 'expr: sum(rate(\n  jobs_total[5m]\n\n  ))\n',
    'single quotes': `expr: 'sum(rate(jobs_total{a=''b''}[5m]))'\n`,
    'single quotes over lines': `expr: 'sum(\n\n  rate(jobs_total[5m]))'\n`,
    'double quotes': String.raw`expr: "sum(\x72ate(\"\u0041\U0001F600\" + jobs_total[5m]))"` + '\n',
    'double quotes over lines': 'expr: "sum( \\\n    rate(\n    jobs_total[5m]))"\n',
    literal: 'expr: |\n  sum(\n\n    rate(jobs_total[5m])\n  )\nnext: 1\n',
    'literal, stripped': 'expr: |-\n      # a comment\n      jobs_total\n\n',
    'literal, kept': 'expr: |+\n  jobs_total\n\n',
    'literal with its indentation told': 'expr: |2\n    x +\n  jobs_total\n',
    'literal with a comment beside its header': 'expr: |  # why\n  jobs_total\n',
    folded: 'expr: >\n  sum(\n  rate(\n  jobs_total[5m]))\n\n  # more\n    deeper\n  jobs_total\n',
    'folded, stripped': 'expr: >-\n\n  sum(rate(jobs_total[5m]))\n  > 1\n',
    'in a list': '- expr: |\n    x\n- expr: |-\n    jobs_total\n',
    'flow map': '{expr: "a\\tb jobs_total", other: 1}\n',
  }
  for (const lineBreak of ['\n', '\r\n']) {
    test.each(Object.keys(styles))(`%s (${JSON.stringify(lineBreak)})`, (style) => {
      const text = styles[style]!.replaceAll('\n', lineBreak)
      const path = style === 'in a list' ? [1, 'expr'] : ['expr']
      const document = parse(text)
      expect(document.problems).toEqual([])
      const value = path.reduce<unknown>((at, key) => (at as Record<string | number, unknown>)[key], document.value) as string
      const words = [...value.matchAll(/[A-Za-z_0-9[\]]+|\S/g)]
      const written = words.map(({ 0: word, index }) => {
        const { start, end } = document.spanInString(path, index, index + word.length)
        return text.slice(start, end)
      })
      const unescaped = (part: string) =>
        style.startsWith('double') ? (JSON.parse(`"${part.replace(/\\x(..)/g, '\\u00$1').replace(/\\U0001F600/g, '😀')}"`) as string) : part.replace(/^''$/, "'")
      // Both halves of an emoji stand at its one escape.
      expect(written.map(unescaped)).toEqual(words.map(([word]) => (/^[\ud800-\udfff]$/.test(word) ? '😀' : word)))
    })
  }

  test.each([
    ['quotes', 'a:\n  expr: "sum(\n  jobs_total\n\n) > 1"\n  for: 5m\n', 'sum( jobs_total\n) > 1'],
    ['quotes without indentation', "a:\n  expr: 'x +\njobs_total'\n  for: 5m\n", 'x + jobs_total'],
  ])('in %s whose lines are indented no deeper than their key, as Go takes them', (_, text, value) => {
    const document = parse(text)
    expect(document.problems).toEqual([])
    expect(document.value).toEqual({ a: { expr: value, for: '5m' } })
    const start = value.indexOf('jobs_total')
    expect(textAt(text, (one) => one.spanInString(['a', 'expr'], start, start + 10))).toBe('jobs_total')
    expect(textAt(text, (one) => one.spanOf(['a', 'for']))).toBe('5m')
  })

  test('in a flow collection closed at the start of a line', () => {
    const text = 'a:\n  labels: { b: c,\n  d: jobs_total\n  }\n  list: [1,\n2]\n  for: 5m\n'
    expect(parse(text).problems).toEqual([])
    expect(parse(text).value).toEqual({ a: { labels: { b: 'c', d: 'jobs_total' }, list: [1, 2], for: '5m' } })
    expect(textAt(text, (document) => document.spanInString(['a', 'labels', 'd'], 0, 4))).toBe('jobs')
    expect(textAt(text, (document) => document.spanOf(['a', 'for']))).toBe('5m')
  })

  test('past the end are the end of the string', () => {
    const text = 'expr: |\n  up\nfor: 1m\n'
    expect(textAt(text, (document) => document.spanInString(['expr'], 0, 99)).trimEnd()).toBe('up')
  })
})

describe('problems', () => {
  test.each([
    ['groups:\n\t- name: a\n', '2:1 A tab cannot indent YAML: use spaces'],
    ['- name: a\n\trules: []\n', '2:1 A tab cannot indent YAML: use spaces'],
    ['a: *nowhere\n', '1:4 No anchor "&nowhere" stands before this alias'],
    ['b: *later\na: &later 1\n', '1:4 No anchor "&later" stands before this alias'],
    ['a: &a [*a]\n', '1:8 The anchor "&a" contains an alias to itself'],
    ['a: 1\na: 2\n', '2:1 The key "a" is already set in this map'],
    ['expr: up: down\n', '1:7 A second ":" in one line: quote the value, or begin the map on its own line'],
    ['a: "x\n', '1:4 A string has no closing "'],
    ['a: [1, 2\n', '1:8 A flow collection has no closing "]", or its lines are not indented enough'],
    ['a:\n  - b\n c: 1\n', '3:2 The indentation does not match the lines above'],
    ['a: @x\n', '1:4 A value cannot begin with "@": quote it'],
    ['a: "x" y\n', '1:8 Unexpected "y"'],
    ['image: {{ .Values.image }}\n', '1:9 A key has to be a string ("{{ … }}" is a template, not YAML)'],
    ['<<: 1\n', '1:1 "<<" takes a map or a list of maps'],
  ])('%j', (text, expected) => {
    expect(problemsIn(text)).toEqual([expected])
  })

  test.each([['['.repeat(100_000)], ['- '.repeat(50_000)], [`${'['.repeat(600)}${']'.repeat(600)}`]])(
    'nesting without end is told, not followed (%#)',
    (text) => {
      expect(parse(text).problems.map(({ message }) => message)).toEqual(['Nested deeper than 500 levels'])
    },
  )

  test('aliases that multiply are told, not followed', () => {
    const lines = ['a0: &a0 [x, x, x, x, x, x, x, x, x, x]']
    for (let i = 1; i < 20; i++) lines.push(`a${i}: &a${i} [${Array<string>(10).fill(`*a${i - 1}`).join(', ')}]`)
    expect(parse(lines.join('\n')).problems.map(({ message }) => message)).toEqual([
      'The aliases of this document stand for too many values',
    ])
  })

  test('__proto__ is a key like others', () => {
    expect(Object.keys(parse('__proto__: {polluted: true}\n').value as object)).toEqual(['__proto__'])
  })
})
