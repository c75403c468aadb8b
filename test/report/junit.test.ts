import { describe, expect, test } from 'vitest'
import { junit } from '../../src/report/junit.js'
import type { Report } from '../../src/report/report.js'
import { readXml, xmlReaderIsMissing, type Element } from './read-xml.js'
import { cleanReport, diagnostic, driftedReport, hostileReport, placeIn, reportOf } from './sample.js'

const tally = { total: 1, proved: 1, refuted: 0, unverified: 0 }

/** With a dashboard that has no findings. */
function withConsumer({ ...report }: Report, file: string): Report {
  const coverage = { selectors: tally, labels: tally, values: tally, unverified: [], unverifiedMetrics: [], documents: [], consumers: [{ file, selectors: tally, unverified: [] }] }
  return { ...report, coverage: () => coverage }
}

test('the whole report', () => {
  expect(junit(withConsumer(driftedReport, 'grafana/dashboards/ml-jobs.json'), { color: false })).toBe(`\
<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="ml-dash-lint" tests="4" failures="3" errors="0" time="0">
  <testsuite name="grafana/dashboards/ml-analytics.json" tests="1" failures="1" errors="0" time="0" file="grafana/dashboards/ml-analytics.json">
    <testcase name="unknown-metric: No producer exposes &quot;ml_cost_dollars_total&quot;. Did you mean &quot;ml_cost_usd_total&quot; (counter, python/shared/metrics.py:61)?" classname="grafana/dashboards/ml-analytics.json" time="0">
      <failure type="error" message="No producer exposes &quot;ml_cost_dollars_total&quot;. Did you mean &quot;ml_cost_usd_total&quot; (counter, python/shared/metrics.py:61)?">grafana/dashboards/ml-analytics.json:7:31
No producer exposes "ml_cost_dollars_total". Did you mean "ml_cost_usd_total" (counter, python/shared/metrics.py:61)?
panel "Total Cost (24h)" in dashboard "ML Analytics &amp; Cost Monitoring"</failure>
    </testcase>
  </testsuite>
  <testsuite name="grafana/dashboards/ml-copy, 100%.json" tests="2" failures="2" errors="0" time="0" file="grafana/dashboards/ml-copy, 100%.json">
    <testcase name="duplicate-uid: uid &quot;ml-analytics&quot; is already used by &quot;ML Analytics&quot;" classname="grafana/dashboards/ml-copy, 100%.json" time="0">
      <failure type="error" message="uid &quot;ml-analytics&quot; is already used by &quot;ML Analytics&quot;">grafana/dashboards/ml-copy, 100%.json:1:10
uid "ml-analytics" is already used by "ML Analytics"
grafana/dashboards/ml-analytics.json:2:10 first used here</failure>
    </testcase>
    <testcase name="required-tags: The dashboard has no tags" classname="grafana/dashboards/ml-copy, 100%.json" time="0">
      <failure type="warning" message="The dashboard has no tags">grafana/dashboards/ml-copy, 100%.json:1:1
The dashboard has no tags</failure>
    </testcase>
  </testsuite>
  <testsuite name="grafana/dashboards/ml-jobs.json" tests="1" failures="0" errors="0" time="0" file="grafana/dashboards/ml-jobs.json">
    <testcase name="no findings" classname="grafana/dashboards/ml-jobs.json" time="0" />
  </testsuite>
</testsuites>
`)
})

/** What jenkinsci/xunit-plugin's junit-10.xsd lets stand where, as far as this format goes. */
const allowed: Readonly<Record<string, { readonly children: readonly string[]; readonly required: readonly string[]; readonly attributes: readonly string[] }>> = {
  testsuites: { children: ['testsuite'], required: [], attributes: ['name', 'time', 'tests', 'failures', 'errors'] },
  testsuite: { children: ['testcase'], required: ['name', 'tests', 'failures', 'errors'], attributes: ['name', 'tests', 'failures', 'errors', 'time', 'file'] },
  testcase: { children: ['failure'], required: ['name'], attributes: ['name', 'time', 'classname'] },
  failure: { children: [], required: [], attributes: ['type', 'message'] },
}

function violations({ name, attributes, children }: Element): string[] {
  const rule = allowed[name]!
  return [
    ...rule.required.filter((key) => !(key in attributes)).map((key) => `${name} lacks ${key}`),
    ...Object.keys(attributes).filter((key) => !rule.attributes.includes(key)).map((key) => `${name} has ${key}`),
    ...children.filter((child) => !rule.children.includes(child.name)).map((child) => `${name} holds ${child.name}`),
    ...children.flatMap(violations),
  ]
}

describe.skipIf(xmlReaderIsMissing)('read back', () => {
  test.each([['drifted', driftedReport], ['clean', cleanReport], ['hostile', hostileReport]])('the %s report is what Jenkins takes, counted rightly', (_name, report) => {
    const root = readXml(junit(withConsumer(report, 'a.json'), { color: false }))
    expect(violations(root)).toEqual([])
    const cases = root.children.flatMap((suite) => suite.children)
    expect([root.attributes['tests'], root.attributes['failures']]).toEqual([String(cases.length), String(cases.filter((one) => one.children.length > 0).length)])
    expect(root.children.map((suite) => Number(suite.attributes['tests']))).toEqual(root.children.map((suite) => suite.children.length))
  })

  test('hostile names are what they were', () => {
    const [suite] = readXml(junit(hostileReport, { color: false })).children
    const [, message, , , context] = suite!.children[0]!.children[0]!.text.split('\n')
    expect(message).toBe('No producer exposes "a|b`c`". See [here](https://evil.example) www.evil.example @admin #12 GH-3 $x$ <img src=x onerror=alert(1)> **bold** ]]> --> \\u0000\\uffff\\ud800\\u202e')
    expect(context).toBe('panel "</code></td><script>" in dashboard "$job | @team"')
  })

  test('each test of a file has a name of its own, that lines do not change', () => {
    const found = (text: string) => diagnostic('unknown-metric', placeIn('a.json', text), 'No producer exposes "up2"')
    const namesIn = (...texts: string[]) => readXml(junit(reportOf(texts.map(found)), { color: false })).children.flatMap((suite) => suite.children.map(({ attributes }) => attributes['name']))
    expect(namesIn('«a»', ' «a»')).toEqual(['unknown-metric: No producer exposes "up2"', 'unknown-metric: No producer exposes "up2" (2)'])
    expect(namesIn('\n«a»', '\n\n «a»')).toEqual(namesIn('«a»', ' «a»'))
  })
})
