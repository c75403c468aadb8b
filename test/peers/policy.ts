import { dashboardWith } from '../rules/lint-files.js'

/** What a peer checks that is a matter of policy or taste, with an input in our own words, and what ml-dash-lint says of it. */
export interface PolicyRow {
  /** The peer, its name for the check, and what is wrong, in a few words. */
  readonly peer: 'dashboard-linter' | 'pint' | 'mimirtool' | 'gcx' | 'promruval'
  readonly check: string
  readonly finds: string
  /** A dashboard, or a group of rules as it stands below `rules:`. */
  readonly input: object | string
  /** Our rule, and the options that ask for what the peer asks for; those of the preset `grafana-mixin` where there are none. */
  readonly rule: string
  readonly options?: object
  /** pint's configuration that asks for it: the inside of a `rule` block. */
  readonly pint?: string
  /** What the rule reports: `line:column «text» message`. */
  readonly ours: readonly string[]
}

const datasource = { name: 'datasource', type: 'datasource', query: 'prometheus', label: 'Data source' }
const choice = (name: string) => ({ name, type: 'query', label: name, datasource: { type: 'prometheus', uid: '$datasource' }, query: `label_values(up, ${name})`, multi: true, includeAll: true, allValue: '.+', refresh: 2 })
const withVariables = (...list: object[]) => ({ ...dashboardWith('up'), templating: { list } })
const panel = (more: object) => ({ uid: 'a', title: 'A', tags: ['a'], panels: [{ id: 1, type: 'timeseries', title: 'P', description: 'Of it', targets: [{ refId: 'A', expr: 'up' }], ...more }] })
const alert = (expr: string, more = '') => `- alert: A\n  expr: ${expr}\n${more}`
const labels = (of: 'labels' | 'annotations', requirements: object) => ({ alerts: { [of]: requirements } })

export const rows: readonly PolicyRow[] = [
  {
    peer: 'dashboard-linter', check: 'template-datasource-rule', finds: 'no variable for the datasource', input: withVariables(choice('job'), choice('instance')), rule: 'dashboard-variables',
    ours: ['3:12 «"Jobs"» This dashboard lacks the variable "datasource" or "prometheus_datasource"'],
  },
  {
    peer: 'dashboard-linter', check: 'template-datasource-rule (name)', finds: 'a variable for the datasource of another name', input: withVariables({ ...datasource, name: 'ds' }, choice('job'), choice('instance')), rule: 'dashboard-variables',
    ours: ['3:12 «"Jobs"» This dashboard lacks the variable "datasource" or "prometheus_datasource"'],
  },
  {
    peer: 'dashboard-linter', check: 'template-datasource-rule (label)', finds: 'another label on it', input: withVariables({ ...datasource, label: 'DS' }, choice('job'), choice('instance')), rule: 'dashboard-variables',
    ours: ['31:18 «"DS"» Variable "datasource" must have the label "Data source" or "Prometheus data source", not "DS"'],
  },
  { peer: 'dashboard-linter', check: 'template-job-rule', finds: 'no variable "job"', input: withVariables(datasource, choice('instance')), rule: 'dashboard-variables', ours: ['3:12 «"Jobs"» This dashboard lacks the variable "job"'] },
  {
    peer: 'dashboard-linter', check: 'template-job-rule (details)', finds: 'one value only, no "All"', input: withVariables(datasource, { ...choice('job'), multi: false, includeAll: false, allValue: '' }, choice('instance')), rule: 'dashboard-variables',
    ours: ['42:18 «false» Variable "job" must let people choose several values ("multi")', '43:23 «false» Variable "job" must let people choose "All" ("includeAll")', '44:21 «""» Variable "job" must write "All" as ".+" ("allValue")'],
  },
  { peer: 'dashboard-linter', check: 'template-instance-rule', finds: 'no variable "instance"', input: withVariables(datasource, choice('job')), rule: 'dashboard-variables', ours: ['3:12 «"Jobs"» This dashboard lacks the variable "instance"'] },
  { peer: 'dashboard-linter', check: 'template-on-time-change-reload-rule', finds: 'a variable that is asked once', input: withVariables({ ...choice('job'), refresh: 1 }), rule: 'variable-refresh', ours: ['39:20 «1» Variable "job" offers what there was when the dashboard was loaded, and not what there is in the time range: set "refresh" to 2'] },
  { peer: 'dashboard-linter', check: 'panel-datasource-rule', finds: 'a panel with a fixed datasource', input: panel({ datasource: { type: 'prometheus', uid: 'prom' } }), rule: 'fixed-datasource', ours: ['21:16 «"prom"» Datasource "prom" is fixed: take a variable of type "datasource", so that this dashboard works in any Grafana'] },
  { peer: 'dashboard-linter', check: 'panel-title-description-rule', finds: 'no description', input: panel({ description: '' }), rule: 'panel-description', ours: ['12:22 «""» This panel has no description'] },
  { peer: 'dashboard-linter', check: 'panel-units-rule', finds: 'no unit', input: panel({}), rule: 'panel-unit-required', ours: ['11:16 «"P"» This panel shows its values without a unit: "none" and "short" are units too'] },
  { peer: 'dashboard-linter', check: 'target-job-rule', finds: 'a selector without the job', input: dashboardWith('up{instance=~"$instance"}'), rule: 'required-matchers', ours: ['20:20 «up» This selector lacks job=~"$job"'] },
  { peer: 'dashboard-linter', check: 'target-instance-rule', finds: 'a selector without the instance', input: dashboardWith('up{job=~"$job"}'), rule: 'required-matchers', ours: ['20:20 «up» This selector lacks instance=~"$instance"'] },
  { peer: 'dashboard-linter', check: 'target-counter-agg-rule', finds: 'a counter as it is', input: dashboardWith('sum(requests_total)'), rule: 'forbidden-promql', ours: ['20:24 «requests_total» "requests_total" outside rate(), irate(), increase() is forbidden: a counter is shown by rate(), irate() or increase()'] },
  { peer: 'dashboard-linter', check: 'uneditable-dashboard', finds: 'a dashboard that can be edited', input: { ...panel({}), editable: true }, rule: 'editable-dashboard', ours: ['21:15 «true» This dashboard can be edited in Grafana, and what is changed there is lost with the next deployment: set "editable" to false'] },
  { peer: 'pint', check: 'promql/range_query (max)', finds: 'a range longer than is allowed', input: alert('max_over_time(up[40d]) == 0'), rule: 'query-range', options: { range: { max: '2h' } }, pint: 'range_query { max = "2h" }', ours: ['5:32 «40d» The range of 40d is longer than 2h'] },
  { peer: 'pint', check: 'alerts/annotation', finds: 'no summary', input: alert('up == 0'), rule: 'required-labels', options: labels('annotations', { summary: {} }), pint: 'annotation "summary" { required = true }', ours: ['4:16 «A» This alert lacks the annotation "summary"'] },
  {
    peer: 'pint', check: 'alerts/annotation', finds: 'a runbook elsewhere', input: alert('up == 0', '  annotations: { runbook_url: "http://wiki/a" }\n'), rule: 'required-labels',
    options: labels('annotations', { runbook_url: { pattern: 'https://runbooks\\.example/.+' } }), pint: 'annotation "runbook_url" {\n  required = true\n  value = "https://runbooks[.]example/.+"\n}', ours: ['6:37 «"http://wiki/a"» The annotation "runbook_url" must match "https://runbooks\\.example/.+": it is "http://wiki/a"'],
  },
  { peer: 'pint', check: 'rule/label', finds: 'another severity', input: alert('up == 0', '  labels: { severity: high }\n'), rule: 'required-labels', options: labels('labels', { severity: { values: ['page', 'ticket'] } }), pint: 'label "severity" {\n  required = true\n  value = "(page|ticket)"\n}', ours: ['6:29 «high» The label "severity" must be one of "page", "ticket", not "high"'] },
  { peer: 'pint', check: 'rule/for', finds: 'a short "for"', input: alert('up == 0', '  for: 1m\n'), rule: 'alert-for', options: { for: { min: '5m', max: '1h' } }, pint: 'for {\n  min = "5m"\n  max = "1h"\n}', ours: ['6:14 «1m» "for: 1m" is shorter than 5m'] },
  { peer: 'pint', check: 'rule/name', finds: 'a record of another name', input: '- record: up_sum\n  expr: sum(up)\n', rule: 'record-name', options: { pattern: 'job:.+' }, pint: 'name "job:.+" {}', ours: ['4:17 «up_sum» "up_sum" is not named as "job:.+" asks'] },
  { peer: 'pint', check: 'rule/reject', finds: 'a forbidden label value', input: alert('up == 0', '  labels: { team: "http://x" }\n'), rule: 'required-labels', options: labels('labels', { '*': { forbidden: 'https?://.+' } }), pint: 'reject "https?://.+" { label_values = true }', ours: ['6:25 «"http://x"» The label "team" must not match "https?://.+": it is "http://x"'] },
  { peer: 'pint', check: 'promql/aggregate', finds: 'a label that is to be kept', input: alert('sum(up) == 0'), rule: 'aggregation-labels', options: { keep: ['job'] }, pint: 'aggregate ".+" { keep = ["job"] }', ours: ['5:15 «sum» "sum" drops "job", which is to be kept'] },
  { peer: 'pint', check: 'promql/aggregate', finds: 'a label that is to be stripped', input: '- record: r\n  expr: sum by (instance) (up)\n', rule: 'aggregation-labels', options: { strip: ['instance'] }, pint: 'aggregate ".+" { strip = ["instance"] }', ours: ['5:15 «sum» "sum" keeps "instance", which is to be dropped'] },
  { peer: 'pint', check: 'promql/selector', finds: 'a selector without a label', input: alert('up == 0'), rule: 'required-matchers', options: { matchers: [{ label: 'cluster' }] }, pint: 'selector ".*" { requiredLabels = ["cluster"] }', ours: ['5:15 «up» This selector lacks a matcher on "cluster"'] },
  { peer: 'mimirtool', check: 'rules check', finds: 'a record that is not level:metric:operation', input: '- record: ab\n  expr: sum(up)\n', rule: 'record-name', options: {}, ours: ['4:17 «ab» "ab" is not named level:metric:operation, such as "job:requests:rate5m"'] },
  { peer: 'mimirtool', check: 'rules prepare', finds: 'an aggregation without the cluster', input: '- record: r\n  expr: sum by (job) (up)\n', rule: 'aggregation-labels', options: { keep: ['cluster'] }, ours: ['5:15 «sum» "sum" drops "cluster", which is to be kept'] },
  { peer: 'gcx', check: 'alert-summary, alert-runbook-link', finds: 'neither summary nor runbook', input: alert('up == 0'), rule: 'required-labels', options: labels('annotations', { summary: {}, runbook_url: {} }), ours: ['4:16 «A» This alert lacks the annotation "runbook_url"', '4:16 «A» This alert lacks the annotation "summary"'] },
  { peer: 'promruval', check: 'expressionDoesNotUseIrate', finds: 'irate in an alert', input: alert('irate(requests_total[5m]) > 1'), rule: 'forbidden-promql', options: { forbid: [{ function: 'irate' }] }, ours: ['5:15 «irate» "irate" is forbidden'] },
  { peer: 'promruval', check: 'expressionWithNoMetricName', finds: 'a selector without a name', input: alert("count({job='x'}) > 1"), rule: 'forbidden-promql', options: { forbid: [{ unnamed: true }] }, ours: ['5:21 «{job=\'x\'}» A selector without a name is forbidden'] },
  { peer: 'promruval', check: 'annotationIsValidPromQL', finds: 'an annotation with broken PromQL', input: alert('up == 0', '  annotations: { query: "sum(up" }\n'), rule: 'required-labels', options: labels('annotations', { query: { is: 'promql' } }), ours: ['6:31 «"sum(up"» The annotation "query" must be PromQL: unclosed left parenthesis'] },
  { peer: 'promruval', check: 'annotationIsValidURL', finds: 'a runbook that is no URL', input: alert('up == 0', '  annotations: { runbook_url: wiki }\n'), rule: 'required-labels', options: labels('annotations', { runbook_url: { is: 'url' } }), ours: ['6:37 «wiki» The annotation "runbook_url" must be a URL, not "wiki"'] },
]
