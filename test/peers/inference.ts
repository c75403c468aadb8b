/** What a peer checks, with an input in our own words, and what ml-dash-lint says of it. */
export interface PeerRow {
  /** The peer and its name for the check. */
  readonly peer: 'pint' | 'promtool' | 'promruval'
  readonly check: string
  /** What is wrong, in a few words. */
  readonly finds: string
  /** One group of rules, as it stands below `rules:`. */
  readonly rules: string
  /** What the inference rules report: `line:column severity rule «text» message`. */
  readonly ours: readonly string[]
  /** Why nothing is reported, where that is meant. */
  readonly silentBecause?: string
}

/** The inference rules, and what stands beside them. */
export const ruleNames: ReadonlySet<string> = new Set([
  'unmatched-vectors', 'constant-ratio', 'alert-never-fires', 'alert-always-fires', 'aggregated-away', 'histogram-quantile', 'unavailable-label',
  'alert-template', 'or-vector', 'rate-of-gauge', 'counter-without-rate', 'range-too-short', 'promql-syntax',
])

/** The program whose metrics the rules read. */
export const program = `import { Counter, Gauge } from 'prom-client'
const requests = new Counter({ name: 'requests_total', help: 'Requests', labelNames: ['cluster', 'status'] })
const errors = new Counter({ name: 'errors_total', help: 'Errors', labelNames: ['cluster', 'reason'] })
const queue = new Gauge({ name: 'queue_length', help: 'Waiting', labelNames: ['cluster'] })
const info = new Gauge({ name: 'cluster_info', help: 'Clusters', labelNames: ['cluster', 'env'] })
export function serve(cluster, status, reason, waiting, env) {
  requests.inc({ cluster, status })
  errors.inc({ cluster, reason })
  queue.set({ cluster }, waiting)
  info.set({ cluster, env }, 1)
}
`

export const prometheus = `global:
  scrape_interval: 1m
  external_labels:
    site: north
rule_files: [rules.yml]
scrape_configs:
  - job_name: app
    static_configs:
      - targets: ['app:3000']
`

const alert = (expr: string, extra = '') => `- alert: A\n  expr: ${expr}\n${extra}`
const text = (template: string) => `  annotations:\n    text: '${template}'\n`

export const rows: readonly PeerRow[] = [
  {
    peer: 'pint', check: 'alerts/comparison', finds: 'no condition', rules: alert('requests_total'),
    ours: ['5:15 warning alert-always-fires «requests_total» This alert always fires: nothing is compared, and an alert fires for each series, whatever its value'],
  },
  { peer: 'pint', check: 'alerts/comparison', finds: 'no condition, but series that are there only when something is wrong', rules: alert('requests_total{status="504"}'), ours: [], silentBecause: 'series of one label value may be the alarm' },
  {
    peer: 'pint', check: 'alerts/comparison', finds: 'a comparison with bool', rules: alert('queue_length > bool 100'),
    ours: ['5:28 warning alert-always-fires «>» This alert always fires: with "bool" the comparison yields 0 or 1 and leaves no series out, and an alert fires for each series, whatever its value: leave "bool" out'],
  },
  {
    peer: 'pint', check: 'alerts/template', finds: 'an action that is not closed', rules: alert('queue_length > 100', text('{{ $value')),
    ours: ['7:18 error alert-template «{{ $value» unclosed action'],
  },
  {
    peer: 'pint', check: 'alerts/template', finds: 'an unknown function', rules: alert('queue_length > 100', text('{{ $value | humanise }}')),
    ours: ['7:30 error alert-template «humanise» function "humanise" not defined. Did you mean "humanize"?'],
  },
  {
    peer: 'pint', check: 'alerts/template', finds: 'a function that is called without its arguments', rules: alert('queue_length > 100', text('{{ value }}')),
    ours: ['7:21 error alert-template «value» This fails when the alert fires: wrong number of args for value: want 1 got 0'],
  },
  {
    peer: 'pint', check: 'alerts/template', finds: 'a label that an aggregation drops', rules: alert('sum(queue_length) > 100', text('{{ $labels.instance }}')),
    ours: ['7:29 error unavailable-label «instance» This prints nothing: the result has no label "instance": "sum" drops it.'],
  },
  {
    peer: 'pint', check: 'alerts/template', finds: 'a label that absent() has not', rules: alert('absent(queue_length{cluster="a"})', text('{{ $labels.instance }} of {{ $labels.cluster }}')),
    ours: ['7:29 error unavailable-label «instance» This prints nothing: the result has no label "instance": "absent()" drops it.'],
  },
  {
    peer: 'pint', check: 'alerts/template', finds: 'the value in a label', rules: alert('queue_length > 100', "  labels:\n    value: '{{ $value }}'\n"),
    ours: ['7:22 error alert-template «$value» The value is a label here: whenever it changes, this is another alert, which waits for its "for" again and is sent anew. Put it into an annotation.'],
  },
  {
    peer: 'pint', check: 'alerts/template', finds: 'broken PromQL in query', rules: alert('queue_length > 100', text('{{ query "sum(queue_length" | first | value }}')),
    ours: ['7:44 error alert-template «» The query fails when the alert fires: unclosed left parenthesis'],
  },
  {
    peer: 'pint', check: 'alerts/template', finds: 'a label that the result of query has not', rules: alert('queue_length > 100', text('{{ with query "sum(queue_length)" }}{{ . | first | label "cluster" }}{{ end }}')),
    ours: ['7:76 error unavailable-label «cluster» This prints nothing: the result has no label "cluster": "sum" drops it.'],
  },
  { peer: 'pint', check: 'alerts/template', finds: 'a rate that is printed as it is', rules: alert('rate(requests_total[5m]) > 1', text('{{ $value }} a second')), ours: [], silentBecause: 'how many digits are shown is taste' },
  {
    peer: 'pint', check: 'alerts/external_labels', finds: 'an external label that prometheus.yml does not set', rules: alert('queue_length > 100', text('{{ $externalLabels.region }} {{ $externalLabels.site }}')),
    ours: ['7:37 error alert-template «region» This prints nothing: prometheus.yml sets no external label "region".'],
  },
  {
    peer: 'pint', check: 'promql/impossible', finds: 'a side that excludes nothing', rules: alert('queue_length{cluster="a"} unless sum(errors_total)'),
    ours: ['5:41 error unmatched-vectors «unless» This "unless" leaves out nothing: the left side has cluster = "a", the right side has no label "cluster": "sum" drops it'],
  },
  {
    peer: 'pint', check: 'promql/impossible', finds: 'a label that only one side keeps', rules: alert('sum by (cluster, status) (requests_total{cluster="a", status="500"}) / sum by (cluster) (requests_total) > 0.1'),
    ours: ['5:84 error unmatched-vectors «/» This "/" never yields anything, so the alert never fires: the left side has status = "500", the right side has no label "status": "sum by (cluster)" drops it'],
  },
  {
    peer: 'pint', check: 'promql/impossible', finds: 'an aggregation by what is aggregated away', rules: alert('group by (cluster) (sum(errors_total)) > 0'),
    ours: ['5:25 error aggregated-away «cluster» There is no label "cluster" here any more: "sum" drops it'],
  },
  { peer: 'pint', check: 'promql/impossible', finds: 'a join on a label that both sides lost', rules: alert('sum(errors_total) / on (cluster) count(requests_total) > 0.1'), ours: [], silentBecause: 'both sides are one series without labels, which match whatever the join names' },
  {
    peer: 'pint', check: 'promql/impossible', finds: 'a join on a label that one side lost', rules: alert('sum(errors_total) / on (job) group_left () requests_total > 0.1'),
    ours: ['5:39 error aggregated-away «job» There is no label "job" here any more: "sum" drops it'],
  },
  { peer: 'pint', check: 'promql/impossible', finds: 'labels of group_left that an "and" leaves out', rules: alert('queue_length and on (job) errors_total * on (cluster) group_left (env) cluster_info'), ours: [], silentBecause: 'the labels are not asked for afterwards' },
  { peer: 'pint', check: 'promql/impossible', finds: 'a label of group_left that the left side has', rules: alert('errors_total * on (cluster) group_left (reason) cluster_info > 1'), ours: [], silentBecause: 'group_left may replace a label on purpose' },
  {
    peer: 'pint', check: 'promql/vector_matching', finds: 'sides with different labels', rules: alert('sum by (cluster, job) (errors_total) / sum by (cluster) (requests_total) > 0.1'),
    ours: ['5:52 error unmatched-vectors «/» This "/" never yields anything, so the alert never fires: the left side has job = "app", which every target has, the right side has no label "job": "sum by (cluster)" drops it'],
  },
  {
    peer: 'pint', check: 'promql/rate', finds: 'a range shorter than two scrapes', rules: alert('rate(requests_total[1m]) > 1'),
    ours: ['5:35 warning range-too-short «1m» rate() needs two samples, and with a scrape every 60 s there is at most one in 60 s: it yields nothing'],
  },
  {
    peer: 'pint', check: 'promql/rate', finds: 'a rate of a gauge', rules: alert('rate(queue_length[5m]) > 1'),
    ours: ['5:20 warning rate-of-gauge «queue_length[5m]» rate() of "queue_length" (gauge, app.js:4) takes each fall for a restart, and the code sets or decrements it. Use the gauge itself, or delta() or deriv() of it; declare it as a counter if it only ever rises'],
  },
  {
    peer: 'pint', check: 'promql/rate', finds: 'a rate of a recorded sum of counters', rules: `- record: requests:sum\n  expr: sum(requests_total)\n${alert('rate(requests:sum[5m]) > 1')}`,
    ours: ['7:20 warning rate-of-gauge «requests:sum[5m]» "requests:sum" is a recorded sum of counters: rate() of it takes each restart of one for a restart of all. Record the sum of the rate() of each'],
  },
  {
    peer: 'pint', check: 'promql/counter', finds: 'an alert on what a counter has come to', rules: alert('errors_total > 10'),
    ours: ['5:28 warning counter-without-rate «>» A counter only rises and starts anew with its program: once this is true it stays so until then. Compare increase() or rate() of it ("errors_total", counter, app.js:3)'],
  },
  {
    peer: 'promtool', check: 'check rules', finds: 'an action that ends nothing', rules: alert('queue_length > 100', text('{{ end }}')),
    ours: ['7:21 error alert-template «end» unexpected {{end}}'],
  },
  {
    peer: 'promtool', check: 'check rules', finds: 'an undefined variable', rules: alert('queue_length > 100', text('{{ $label.job }}')),
    ours: ['7:21 error alert-template «$label» undefined variable "$label". Did you mean "$labels"?'],
  },
  {
    peer: 'promruval', check: 'validFunctionsOnCounters', finds: 'a counter averaged over time', rules: alert('avg_over_time(requests_total[5m]) > 10'),
    ours: ['5:49 warning counter-without-rate «>» A counter only rises and starts anew with its program: once this is true it stays so until then. Compare increase() or rate() of it ("requests_total", counter, app.js:2)'],
  },
  {
    peer: 'promruval', check: 'rateBeforeAggregation', finds: 'a rate over an aggregation', rules: alert('increase(sum(requests_total)[5m:]) > 10'),
    ours: ['5:24 warning rate-of-gauge «sum(requests_total)[5m:]» increase() of a "sum" of counters takes each restart of one for a restart of all. Take the increase() of each first, and aggregate that'],
  },
  {
    peer: 'promruval', check: 'expressionDoesNotUseRangeShorterThan', finds: 'a range shorter than a scrape', rules: alert('rate(requests_total[10s]) > 1'),
    ours: ['5:35 warning range-too-short «10s» rate() needs two samples, and with a scrape every 60 s there is at most one in 10 s: it yields nothing'],
  },
]
