import { expect, test } from 'vitest'
import { alertFile, expression, query } from './grafana-alert-files.js'
import { lintLines } from './lint-files.js'

const path = 'provisioning/alerting/jobs.yml'
const reduced = `data:\n${query('A', 'up')}\n${expression('B', 'type: reduce, expression: A, reducer: last')}`
const texts = (key: string, lines: readonly string[]) => `${key}:\n${lines.map((line, i) => `  t${i}: '${line}'`).join('\n')}`
const rule = (key: string, ...lines: readonly string[]) => `uid: a\ntitle: A\ncondition: B\n${reduced}\n${texts(key, lines)}`

test('reports what Grafana cannot expand', async () => {
  expect(await lintLines('grafana-alert-template', {
    [path]: alertFile(rule('annotations',
      '{{ $externalLabels.cluster }}', '{{ $labels.job', '{{ .Foo }}', '{{ $values.B.Number }}', '{{ printf "%.2f" $value }}', '{{ if gt $values.B.Value 5 }}x{{ end }}', '{{ humanizePercentage .Value }}',
    )),
  })).toEqual([
    'provisioning/alerting/jobs.yml:14:19 error «$externalLabels» Grafana cannot expand this text, and sends it as it is written: undefined variable "$externalLabels". Did you mean "$labels"?',
    'provisioning/alerting/jobs.yml:15:16 error «{{ $labels.job» Grafana cannot expand this text, and sends it as it is written: unclosed action',
    'provisioning/alerting/jobs.yml:16:19 error «.Foo» Grafana cannot expand this text, and sends it as it is written: can\'t evaluate field Foo: an alert has .Labels, .Values and .Value',
    'provisioning/alerting/jobs.yml:17:28 error «.Number» Grafana cannot expand this text, and sends it as it is written: can\'t evaluate field Number: a result has .Labels and .Value',
    'provisioning/alerting/jobs.yml:18:33 error «$value» Grafana cannot expand this text, and sends it as it is written: printf writes "%!…(string=…)" for a text where it is told to write a number. "$value" is a text in Grafana; a number is "$values.B.Value", for the expression "B"',
    'provisioning/alerting/jobs.yml:19:22 error «gt $values.B.Value 5» Grafana cannot expand this text, and sends it as it is written: error calling gt: incompatible types for comparison: float64 and int ("5" is an integer, "5.0" is a float)',
    'provisioning/alerting/jobs.yml:20:38 error «.Value» Grafana cannot expand this text, and sends it as it is written: error calling humanizePercentage: can\'t convert string to float. "$value" is a text in Grafana; a number is "$values.B.Value", for the expression "B"',
  ])
})

test('reports values that there never are', async () => {
  expect(await lintLines('grafana-alert-template', {
    [path]: alertFile(rule('annotations', '{{ $values.A }} {{ index $values "Bee" }} {{ (index .Values "B").Value }}', '{{ with $values.C }}{{ .Value }}{{ end }}')),
    'provisioning/alerting/classic.yml': alertFile(`uid: b\ntitle: A\ncondition: B\ndata:\n${query('A', 'up')}\n${
      expression('B', 'type: classic_conditions, conditions: [{ evaluator: { type: gt, params: [1] }, operator: { type: and }, query: { params: [A] }, reducer: { type: max } }]')
    }\n${texts('annotations', ['{{ $values.B }} {{ $values.B0 }} {{ $labels.job }} {{ $labels.alertname }} {{ if $labels.x }}{{ $labels.x }}{{ end }}'])}`),
  })).toEqual([
    'provisioning/alerting/classic.yml:14:27 error «B» This prints "[no value]": of a classic condition there is only "B0"',
    'provisioning/alerting/classic.yml:14:60 error «job» This prints "[no value]": a classic condition results in one value without labels',
    'provisioning/alerting/jobs.yml:14:27 error «A» This prints "[no value]": "A" is a time series, and only single values are kept: print what reduces it',
    'provisioning/alerting/jobs.yml:14:50 error «Bee» This prints "[no value]": no query or expression of this rule has the refId "Bee"',
  ])
})

test('knows that Grafana fills in environment variables, in labels only', async () => {
  expect(await lintLines('grafana-alert-template', {
    [path]: alertFile(rule('labels', '{{ $labels.job }}', '{{ $$labels.job }} {{ $$values.C }}', '{{ .Labels.job }}', '$TEAM {{ $labels.job }}', '{{ $$label.job }}')),
    'k8s/rules.yaml': `apiVersion: grafana.integreatly.org/v1beta1\nkind: GrafanaAlertRuleGroup\nmetadata: { name: a }\nspec:\n  interval: 1m\n  rules:\n    - ${rule('labels', '{{ $labels.job }}').replaceAll('\n', '\n      ')}\n`,
  })).toEqual([
    'provisioning/alerting/jobs.yml:14:19 error «$labels» In labels Grafana takes "$labels" for an environment variable, before it reads the template: write "$$labels"',
    'provisioning/alerting/jobs.yml:15:47 error «C» This prints "[no value]": no query or expression of this rule has the refId "C"',
    'provisioning/alerting/jobs.yml:18:20 error «$label» Grafana cannot expand this text, and sends it as it is written: undefined variable "$label". Did you mean "$labels"?',
  ])
})
