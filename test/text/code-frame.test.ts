import { describe, expect, test } from 'vitest'
import { codeFrame } from '../../src/text/code-frame.js'
import { sourceText } from '../../src/text/source.js'

/** The frame as text; the range is what stands between « and ». */
function frame(marked: string, width?: number): string {
  const start = marked.indexOf('«')
  const end = marked.indexOf('»') - 1
  const source = sourceText('a.json', marked.replace('«', '').replace('»', ''))
  const rows = codeFrame({ source, span: { start, end } }, width)
  return '\n' + rows.map((row) => `${row.gutter} │ ${row.text}`.trimEnd()).join('\n') + '\n'
}

describe('one line', () => {
  test('marks the exact characters and takes the indentation off', () => {
    expect(frame('{\n      "expr": "sum(increase(«ml_cost_dollars_total»[24h]))",\n}')).toBe(`
2 │ "expr": "sum(increase(ml_cost_dollars_total[24h]))",
  │                       ^^^^^^^^^^^^^^^^^^^^^
`)
  })

  test('an empty range is one mark, at the end of the line too', () => {
    expect(frame('sum(«»x)')).toBe(`
1 │ sum(x)
  │     ^
`)
    expect(frame('sum(x«»\n)')).toBe(`
1 │ sum(x
  │      ^
`)
    expect(frame('\n«»')).toBe(`
2 │
  │ ^
`)
    expect(frame('«»').trim()).toBe('')
  })

  test('a range that is only the line break is marked where it starts', () => {
    expect(frame('a:\r\n  b: 1«\r\n»c: 2')).toBe(`
2 │ b: 1
  │     ^
`)
  })

  test('a range past the end of the text is marked at its end', () => {
    const rows = codeFrame({ source: sourceText('a', 'up'), span: { start: 10, end: 20 } })
    expect(rows).toEqual([
      { kind: 'source', gutter: '1', text: 'up' },
      { kind: 'marks', gutter: ' ', text: '  ^' },
    ])
  })

  test('a mark inside the indentation keeps what it points at', () => {
    expect(frame('groups:\n  «\t»- name: a')).toBe(`
2 │   - name: a
  │ ^^
`)
  })

  test('a place between CR and LF is the end of that line', () => {
    expect(frame('a: 1\r«\n»b: 2')).toBe(`
1 │ a: 1
  │     ^
`)
    expect(frame('«»\r\na: 1')).toBe(`
1 │
  │ ^
`)
  })

  test('lines may end in CR alone', () => {
    expect(frame('a\rb «c»\rd')).toBe(`
2 │ b c
  │   ^
`)
  })
})

describe('columns that are not characters', () => {
  test('tabs go to the next tab stop', () => {
    expect(frame('a\tb\t«cc»\td')).toBe(`
1 │ a   b   cc  d
  │         ^^
`)
  })

  test('wide characters take two columns', () => {
    expect(frame('"title": "機械学習 «コスト» x"')).toBe(`
1 │ "title": "機械学習 コスト x"
  │                    ^^^^^^
`)
    expect(frame('"🚀🚀 «up»"')).toBe(`
1 │ "🚀🚀 up"
  │       ^^
`)
  })

  test('an emoji sequence is one character of two columns', () => {
    expect(frame('👩‍👩‍👧 «👍🏽» 🇩🇪 x')).toBe(`
1 │ 👩‍👩‍👧 👍🏽 🇩🇪 x
  │    ^^
`)
  })

  test('combining marks take no column, and are marked with their letter', () => {
    expect(frame('Cafe\u0301 «au\u0308 lait»')).toBe(`
1 │ Cafe\u0301 au\u0308 lait
  │      ^^^^^^^
`)
    expect(frame('Cafe«\u0301»')).toBe(`
1 │ Cafe\u0301
  │    ^
`)
  })

  test('a character of no width still gets a mark', () => {
    expect(frame('«\ufeff»{}')).toBe(`
1 │ \ufeff{}
  │ ^
`)
  })

  test('control characters are shown as escapes, all of them marked', () => {
    expect(frame('a\u001b[31m«b\u202e»\u0000c')).toBe(`
1 │ a\\u001b[31mb\\u202e\\u0000c
  │            ^^^^^^^
`)
  })
})

describe('long lines', () => {
  const filler = '"x":1,'.repeat(20_000)

  test('minified JSON is cut to the width, around the range', () => {
    expect(frame(`{${filler}"expr":"«ml_cost_dollars_total»",${filler}}`, 60)).toBe(`
1 │ …1,"x":1,"expr":"ml_cost_dollars_total","x":1,"x":1,"x"…
  │                  ^^^^^^^^^^^^^^^^^^^^^
`)
  })

  test('at its start and at its end it is cut on one side only', () => {
    expect(frame(`«{»${filler}`, 30)).toBe(`
1 │ {"x":1,"x":1,"x":1,"x":1…
  │ ^
`)
    expect(frame(`${filler}«}»`, 30)).toBe(`
1 │ …x":1,"x":1,"x":1,"x":1,}
  │                         ^
`)
  })

  test('a range that is longer than the width is shown from its start', () => {
    expect(frame(`{${filler}«${filler}»}`, 40)).toBe(`
1 │ …"x":1,"x":1,"x":1,"x":1,"x":1,"x":…
  │  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
`)
  })

  test('every row fits the width, whatever the place and the characters', () => {
    const line = 'ab\t機🚀e\u0301\u0007'.repeat(400)
    const source = sourceText('a', line)
    for (let start = 0; start < line.length; start += 37) {
      const [text, marks] = codeFrame({ source, span: { start, end: start + 5 } }, 50)
      expect(marks!.text.length).toBeLessThanOrEqual(46)
      expect(text!.text).not.toMatch(/[\u0000-\u001f\ud800-\udbff](?![\udc00-\udfff])/)
    }
  })
})

describe('several lines', () => {
  test('each line is marked where the range covers text', () => {
    expect(frame('    «{\n      "a": 1,\n\n      "b": 2  \n    }» x')).toBe(`
1 │ {
  │ ^
2 │   "a": 1,
  │   ^^^^^^^
3 │
4 │   "b": 2
  │   ^^^^^^
5 │ } x
  │ ^
`)
  })

  test('a long range shows its first lines and its last', () => {
    expect(frame('8\n'.repeat(7) + '«one\ntwo\nthree\nfour\nfive\nsix»')).toBe(`
 8 │ one
   │ ^^^
 9 │ two
   │ ^^^
10 │ three
   │ ^^^^^
   │ …
13 │ six
   │ ^^^
`)
  })

  test('lines indented with tabs and with blanks line up', () => {
    expect(frame('«\ta: 1\n      b: 2»')).toBe(`
1 │ a: 1
  │ ^^^^
2 │   b: 2
  │   ^^^^
`)
  })
})
