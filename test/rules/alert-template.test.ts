import { expect, test } from 'vitest'
import { lintLines } from './lint-files.js'

/** A rule file of one alert, with these labels and annotations in YAML. */
const alert = (texts: { expr?: string; labels?: string; annotations?: string }) => `groups:
  - name: jobs
    rules:
      - alert: JobsWait
        expr: ${texts.expr ?? 'jobs_queued > 100'}
        labels: { ${texts.labels ?? ''} }
        annotations: { ${texts.annotations ?? ''} }
`

const problemsOf = (texts: Parameters<typeof alert>[0], more = {}) => lintLines('alert-template', { 'alerts.yml': alert(texts), ...more })

test('says what Prometheus refuses in the syntax, at its characters', async () => {
  expect(await problemsOf({
    labels: 'a: "{{ $value | humanise }}"',
    annotations: 'b: "{{ $labels.job", c: "{{ end }}", d: "{{ $label.job }}", e: "{{ if $value }}many", f: "{{ tmpl `x` . }}", g: "{{ \'{\' }}{{ \'ab\' }}"',
  })).toEqual([
    'alerts.yml:6:35 error «humanise» function "humanise" not defined. Did you mean "humanize"?',
    'alerts.yml:7:28 error «{{ $labels.job» unclosed action',
    'alerts.yml:7:52 error «end» unexpected {{end}}',
    'alerts.yml:7:68 error «$label» undefined variable "$label". Did you mean "$labels"?',
    'alerts.yml:7:107 error «» unexpected EOF',
    'alerts.yml:7:117 error «tmpl» function "tmpl" not defined',
    "alerts.yml:7:149 error «'ab'» malformed character constant: 'ab'",
  ])
})

test('says what fails when the alert fires', async () => {
  expect(await problemsOf({
    annotations: `
          calls: "{{ value }} {{ $value humanize }} {{ title $value }}",
          fields: "{{ .Label.job }} {{ $labels.job.name }} {{ (query \`up\\\` | first).Metric }}",
          compare: "{{ if gt $value 90 }}very {{ end }}{{ if gt $value 90.0 }}much{{ end }}",
          loop: "{{ range $value }}{{ . }}{{ end }}",
          humanize: "{{ query \`up\` | humanize }}",
          regexp: "{{ reReplaceAll \`(\` \`\` $labels.job }}",
          other: "{{ template \`legend\` . }}" `.replace('\\`', '`'),
  })).toEqual([
    'alerts.yml:8:22 error «value» This fails when the alert fires: wrong number of args for value: want 1 got 0',
    "alerts.yml:8:34 error «$value» This fails when the alert fires: can't give argument to non-function $value",
    'alerts.yml:8:62 error «$value» This fails when the alert fires: wrong type for value; expected string; got float64',
    "alerts.yml:9:23 error «.Label» This fails when the alert fires: can't evaluate field Label: an alert has .Labels, .ExternalLabels, .ExternalURL and .Value",
    "alerts.yml:9:51 error «.name» This fails when the alert fires: can't evaluate field name in type string",
    "alerts.yml:9:83 error «.Metric» This fails when the alert fires: can't evaluate field Metric: a sample of a query has .Labels and .Value",
    'alerts.yml:10:27 error «gt $value 90» This fails when the alert fires: error calling gt: incompatible types for comparison: float64 and int ("5" is an integer, "5.0" is a float)',
    "alerts.yml:11:27 error «$value» This fails when the alert fires: range can't iterate over $value",
    "alerts.yml:12:25 error «query `up`» This fails when the alert fires: error calling humanize: can't convert template.queryResult to float",
    'alerts.yml:13:23 error «reReplaceAll `(` `` $labels.job» This fails when the alert fires: error calling reReplaceAll: regexp: Compile(`(`): error parsing regexp: missing closing ): `(`',
    'alerts.yml:14:19 error «{{ template `legend`» This fails when the alert fires: template "legend" not defined',
  ])
})

test('holds the value in a label against it, unless it is only asked or always the same', async () => {
  expect(await problemsOf({ labels: "a: '{{ $value }}', b: '{{ with $x := .Value }}{{ printf \"%.0f\" $x }}{{ end }}', c: '{{ if gt $value 90.0 }}critical{{ end }}'", annotations: "a: '{{ $value }}'" })).toEqual([
    'alerts.yml:6:26 error «$value» The value is a label here: whenever it changes, this is another alert, which waits for its "for" again and is sent anew. Put it into an annotation.',
    'alerts.yml:6:56 error «.Value» The value is a label here: whenever it changes, this is another alert, which waits for its "for" again and is sent anew. Put it into an annotation.',
  ])
  expect(await problemsOf({ expr: 'up == 0', labels: "a: '{{ $value }}'" })).toEqual([])
  expect(await problemsOf({ expr: 'up == bool 0', labels: "a: '{{ $value }}'" })).toHaveLength(1)
})

test('reads the queries in a text, through the escapes of its strings', async () => {
  expect(await problemsOf({
    annotations: `
          sum: '{{ query "sum(up" }}',
          escaped: '{{ with query "up{job=\\"a\\",,}" }}{{ . | first | value }}{{ end }}',
          range: '{{ range query "up[5m]" }}{{ .Value }}{{ end }}',
          printf: '{{ with printf "sum(up{instance=%q} %% 5" $labels.instance | query }}{{ . | first | value }}{{ end }}',
          good: '{{ with printf "rate(%s_total{instance=%q}[%dm])" "up" $labels.instance 5 | query }}{{ . | first | value | humanize }}{{ end }}' `,
  })).toEqual([
    'alerts.yml:8:33 error «» The query fails when the alert fires: unclosed left parenthesis',
    'alerts.yml:9:49 error «,» The query fails when the alert fires: unexpected "," in label matching, expected identifier or "}"',
    'alerts.yml:10:35 error «up[5m]» The query fails when the alert fires: rule result is not a vector or scalar',
    'alerts.yml:11:60 error «» The query fails when the alert fires: unclosed left parenthesis',
  ])
})

test('knows which external labels Prometheus sets', async () => {
  const annotations = "a: '{{ $externalLabels.cluster }} {{ $externalLabels.region }}', b: '{{ .ExternalLabels.regoin }}', c: '{{ with $externalLabels.zone }}{{ . }}{{ end }}'"
  const config = (more = '') => ({ 'prometheus.yml': `global: { external_labels: { cluster: eu, area: west } }\nrule_files: [rules/*.yml, '/etc/prometheus/al*.yml']\n${more}` })
  expect(await problemsOf({ annotations }, config())).toEqual([
    'alerts.yml:7:77 error «region» This prints nothing: prometheus.yml sets no external label "region".',
    'alerts.yml:7:112 error «regoin» This prints nothing: prometheus.yml sets no external label "regoin".',
  ])
  expect(await problemsOf({ annotations }, config('remote_write: [{ url: "http://mimir/api/v1/push" }]\n'))).toEqual([])
  expect(await problemsOf({ annotations }, { 'prometheus.yml': 'global: { external_labels: { cluster: eu } }\nrule_files: [other.yml]\n' })).toEqual([])
  expect(await problemsOf({ annotations })).toEqual([])
})

test("checks the labels of a group that alerts get, and points into YAML's block scalars", async () => {
  expect(await lintLines('alert-template', {
    'alerts.yml': 'groups:\n  - name: jobs\n    labels: { team: "{{ team }}" }\n    rules:\n      - alert: A\n        expr: up == 0\n        annotations:\n          text: |\n            Down:\n            {{ $labels.job | toUper }}\n',
    'records.yml': 'groups:\n  - name: jobs\n    labels: { team: "{{ team }}" }\n    rules:\n      - { record: a, expr: up }\n',
  })).toEqual([
    'alerts.yml:3:25 error «team» function "team" not defined',
    'alerts.yml:10:30 error «toUper» function "toUper" not defined. Did you mean "toUpper"?',
  ])
})

test.each([
  ['escaped for Helm', alert({ annotations: "a: '{{`{{`}} $labels.job {{`}}`}}', b: '{{ \"{{\" }} $value | humanise }}'" })],
  ['values of Helm', alert({ annotations: "a: '{{ .Values.team }}', b: '{{ humanise }}'" })],
  ['an expression of Helm', alert({ expr: "'up == {{ .Values.down }}'", annotations: "b: '{{ humanise }}'" })],
  ['escaped for Jinja', alert({ annotations: 'a: "{{ \'{{\' }} $labels.job {{ \'}}\' }}"' })],
  ["Loki's", alert({ expr: '\'sum(rate({app="jobs"} |= "error" [5m])) > 1\'', annotations: "b: '{{ humanise }}'" })],
  ["vmalert's", `${alert({ annotations: "b: '{{ $expr }}'" })}    concurrency: 2\n`],
])('leaves a file alone that is not for Prometheus as it stands: %s', async (_, file) => {
  expect(await lintLines('alert-template', { 'alerts.yml': file })).toEqual([])
})

test('only warns where vmalert may read the file', async () => {
  expect(await problemsOf({ annotations: "a: '{{ $expr }}'" }, { 'compose.yml': 'services:\n  metrics:\n    image: victoriametrics/victoria-metrics:v1.100.0\n' })).toEqual([
    'alerts.yml:7:31 warning «$expr» undefined variable "$expr" (in Prometheus; vmalert, which may run here, may take it)',
  ])
})
