import type { Diagnostic } from '../../src/lint/diagnostic.js'
import { causesOf } from '../../src/report/causes.js'
import type { Report, Summary } from '../../src/report/report.js'
import { sourceText, type Place } from '../../src/text/source.js'

/** The place of what stands between « and » in a text. */
export function placeIn(path: string, marked: string): Place {
  const start = marked.indexOf('«')
  const end = marked.indexOf('»') - 1
  return { source: sourceText(path, marked.replace('«', '').replace('»', '')), span: { start, end } }
}

export function diagnostic(rule: string, place: Place, message: string, more: Partial<Diagnostic> = {}): Diagnostic {
  return { rule, severity: 'error', message, place, data: {}, related: [], suggestions: [], ...more }
}

const nothing: Summary = { files: 1, dashboards: 1, ruleFiles: 0, queries: 0, families: 0, errors: 0, warnings: 0, causes: 0, byRule: {} }

/** A report of these diagnostics, counted. */
export function reportOf(diagnostics: readonly Diagnostic[], read: Partial<Summary> = {}): Report {
  const errors = diagnostics.filter((found) => found.severity === 'error').length
  const byRule: Record<string, number> = {}
  for (const { rule } of diagnostics) byRule[rule] = (byRule[rule] ?? 0) + 1
  return { diagnostics, summary: { ...nothing, ...read, errors, warnings: diagnostics.length - errors, causes: causesOf(diagnostics).length, byRule } }
}

const dashboard = `{
  "title": "ML Analytics & Cost Monitoring",
  "panels": [
    {
      "title": "Total Cost (24h)",
      "targets": [{
        "expr": "sum(increase(«ml_cost_dollars_total»[24h]))"
      }]
    }
  ]
}
`

const costPlace = placeIn('grafana/dashboards/ml-analytics.json', dashboard)

/** A renamed metric, a copied uid and a dashboard without tags: what a run over a drifted stack finds. */
export const driftedReport: Report = reportOf(
  [
    diagnostic(
      'unknown-metric',
      costPlace,
      'No producer exposes "ml_cost_dollars_total". Did you mean "ml_cost_usd_total" (counter, python/shared/metrics.py:61)?',
      {
        context: 'panel "Total Cost (24h)" in dashboard "ML Analytics & Cost Monitoring"',
        data: { metric: 'ml_cost_dollars_total', suggestion: 'ml_cost_usd_total' },
        suggestions: [{ message: 'write "ml_cost_usd_total"', replacement: { place: costPlace, text: 'ml_cost_usd_total' } }],
      },
    ),
    diagnostic('duplicate-uid', placeIn('grafana/dashboards/ml-copy, 100%.json', '{ "uid": «"ml-analytics"» }\n'), 'uid "ml-analytics" is already used by "ML Analytics"', {
      related: [{ place: placeIn('grafana/dashboards/ml-analytics.json', '{\n  "uid": «"ml-analytics"»\n}\n'), message: 'first used here' }],
      suggestions: [{ message: 'give the copy a uid of its own' }],
    }),
    diagnostic('required-tags', placeIn('grafana/dashboards/ml-copy, 100%.json', '«{ "uid": "ml-analytics" }»\n'), 'The dashboard has no tags', {
      severity: 'warning',
    }),
  ],
  { files: 14, dashboards: 3, ruleFiles: 1, queries: 58, families: 31 },
)

export const cleanReport: Report = reportOf([], { files: 14, dashboards: 3, ruleFiles: 1, queries: 58, families: 31 })

/** A finding whose names hold all that XML, Markdown, terminals and GitHub would obey. */
export const hostileReport: Report = reportOf([
  diagnostic(
    'unknown-metric',
    placeIn('dash`<b>|boards/@admin\u001b[31m&"\'.json', 'x: «y»\n'),
    'No producer exposes "a|b`c`". See [here](https://evil.example) www.evil.example @admin #12 GH-3 $x$ <img src=x onerror=alert(1)> **bold** ]]> --> \u0000\uffff\ud800\u202e\n| a | b |\n| - | - |',
    { context: 'panel "</code></td><script>" in dashboard "$job | @team"' },
  ),
])
