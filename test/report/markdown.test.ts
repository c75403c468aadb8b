import { parser, GFM } from '@lezer/markdown'
import { describe, expect, test } from 'vitest'
import { markdown } from '../../src/report/markdown.js'
import type { Report } from '../../src/report/report.js'
import { cleanReport, diagnostic, driftedReport, hostileReport, placeIn, reportOf } from './sample.js'

const github = parser.configure(GFM)

/** What GitHub's Markdown is made of here: the kinds of nodes, each once, with the HTML tags as they are written. */
function kindsIn(text: string): string[] {
  const kinds = new Set<string>()
  github.parse(text).iterate({
    enter({ name, from, to }) {
      if (name === 'HTMLTag' || name === 'HTMLBlock') kinds.add(`${name} ${text.slice(from, to)}`)
      else if (!name.endsWith('Mark') && !name.startsWith('Table') && name !== 'Document') kinds.add(name)
    },
  })
  return [...kinds].sort()
}

test('a table for each file', () => {
  const ruleDocs = (rule: string) => ({ summary: '', ...(rule === 'unknown-metric' && { url: 'https://example.com/rules/unknown-metric' }) })
  expect(markdown(driftedReport, { color: true, ruleDocs })).toBe(`\
### ml-dash-lint: 2 errors and 1 warning

3 problems (2 errors, 1 warning) in 14 files: 3 dashboards, 1 rule file, 58 queries, 31 metric families

#### <code>grafana/dashboards/ml-analytics.json</code>

| line | | finding | rule |
| ---: | --- | --- | --- |
| 7 | error | No producer exposes <code>ml_cost_dollars_total</code>. Did you mean <code>ml_cost_usd_total</code> (counter, python/shared/metrics.py:61)?<br>panel <code>Total Cost (24h)</code> in dashboard <code>ML Analytics &#38; Cost Monitoring</code> | [<code>unknown-metric</code>](https://example.com/rules/unknown-metric) |

#### <code>grafana/dashboards/ml-copy, 100%.json</code>

| line | | finding | rule |
| ---: | --- | --- | --- |
| 1 | error | uid <code>ml-analytics</code> is already used by <code>ML Analytics</code> | <code>duplicate-uid</code> |
| 1 | warning | The dashboard has no tags | <code>required-tags</code> |

duplicate-uid 1, required-tags 1, unknown-metric 1
`)
})

test('a sentence when clean', () => {
  expect(markdown(cleanReport, { color: false })).toBe(`\
### ml-dash-lint: no problems

No problems in 14 files: 3 dashboards, 1 rule file, 58 queries, 31 metric families
`)
})

describe('hostile names', () => {
  const text = markdown(hostileReport, { color: false })

  test('make no markup but ours', () => {
    expect(kindsIn(text)).toEqual([
      'ATXHeading3', 'ATXHeading4', 'Entity', 'HTMLTag </code>', 'HTMLTag </span>', 'HTMLTag <br>', 'HTMLTag <code>', 'HTMLTag <span>', 'Paragraph',
    ])
    expect(text.split('\n').filter((line) => line.startsWith('|'))).toHaveLength(3)
  })

  test('in code are what they were when copied', () => {
    expect(text).toContain('<code>a&#124;b&#96;c&#96;</code>')
  })

  test('make no mention, reference, address or formula', () => {
    const rendered = text.replace(/<code>.*?<\/code>/g, '').replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)))
    expect(rendered.match(/[@#$]\w|https?:\/\/|www\.|GH-\d/g)).toBe(null)
    expect(rendered.replaceAll('\u200b', '').replaceAll('<span>$</span>', '$')).toContain('See [here](https://evil.example) www.evil.example @admin #12 GH-3 $x$ <img src=x onerror=alert(1)> **bold** ]]> -->')
  })
})

describe('what does not fit a comment of 65,536 characters', () => {
  const many = (count: number, message: string): Report =>
    reportOf(Array.from({ length: count }, (_, i) => diagnostic('unknown-metric', placeIn(`dashboards/${i >> 3}.json`, '«x»'), message)))

  test.each([[5_000, 'No producer exposes "x"'], [3_000, '|'.repeat(2_000)], [500, '\u{1f4a5}'.repeat(10_000)]])('%i findings are cut and counted', (count, message) => {
    const text = markdown(many(count, message), { color: false })
    expect(text.length).toBeLessThanOrEqual(65_536)
    expect(text.length).toBeGreaterThan(60_000)
    const shown = text.split('\n').filter((line) => /^\| \d+ \|/.test(line)).length
    expect(text).toContain(`\n…and ${count - shown} more findings, which do not fit here\n`)
    expect(text).toContain(`${count} problems`)
  })

  test('all is shown where all fits', () => {
    expect(markdown(many(100, 'x'), { color: false })).not.toContain('do not fit')
  })
})
