import { describe, expect, test } from 'vitest'
import { checkstyle } from '../../src/report/checkstyle.js'
import { readXml, xmlReaderIsMissing } from './read-xml.js'
import { cleanReport, driftedReport, hostileReport } from './sample.js'

test('the whole report', () => {
  expect(checkstyle(driftedReport, { color: false })).toBe(`\
<?xml version="1.0" encoding="UTF-8"?>
<checkstyle version="4.3">
  <file name="grafana/dashboards/ml-analytics.json">
    <error line="7" column="31" severity="error" message="No producer exposes &quot;ml_cost_dollars_total&quot;. Did you mean &quot;ml_cost_usd_total&quot; (counter, python/shared/metrics.py:61)? (panel &quot;Total Cost (24h)&quot; in dashboard &quot;ML Analytics &amp; Cost Monitoring&quot;)" source="ml-dash-lint.unknown-metric" />
  </file>
  <file name="grafana/dashboards/ml-copy, 100%.json">
    <error line="1" column="10" severity="error" message="uid &quot;ml-analytics&quot; is already used by &quot;ML Analytics&quot;" source="ml-dash-lint.duplicate-uid" />
    <error line="1" column="1" severity="warning" message="The dashboard has no tags" source="ml-dash-lint.required-tags" />
  </file>
</checkstyle>
`)
})

test('a report without files when clean', () => {
  expect(checkstyle(cleanReport, { color: false })).toBe('<?xml version="1.0" encoding="UTF-8"?>\n<checkstyle version="4.3">\n</checkstyle>\n')
})

describe.skipIf(xmlReaderIsMissing)('read back', () => {
  test('hostile names are what they were; what XML cannot hold is an escape', () => {
    const [file] = readXml(checkstyle(hostileReport, { color: false })).children
    expect(file!.attributes['name']).toBe('dash`<b>|boards/@admin\\u001b[31m&"\'.json')
    expect(file!.children.map(({ name, attributes }) => [name, attributes['message']])).toEqual([[
      'error',
      'No producer exposes "a|b`c`". See [here](https://evil.example) www.evil.example @admin #12 GH-3 $x$ <img src=x onerror=alert(1)> **bold** ]]> --> \\u0000\\uffff\\ud800\\u202e\n| a | b |\n| - | - | (panel "</code></td><script>" in dashboard "$job | @team")',
    ]])
  })
})
