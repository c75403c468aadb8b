import { stack } from '../rules/compose-stack.js'
import { dashboardWith, producer, type Files } from '../rules/lint-files.js'

/** What a peer checks in whole files, with an input in our own words, and which of our rules finds it. */
export interface FilesRow {
  readonly peer: 'dashboard-linter' | 'pint' | 'promtool' | 'mimirtool' | 'gcx' | 'promruval'
  readonly check: string
  /** What is wrong, in a few words. */
  readonly finds: string
  readonly files: Files
  /** Our rule, with options where it needs them. */
  readonly rule: string
  readonly options?: object
  /** For `promtool check metrics`: what is exposed. */
  readonly metrics?: string
}

const group = (rules: string, more = '') => `groups:\n  - name: g\n${more}    rules:\n${rules.split('\n').map((line) => (line === '' ? '' : `      ${line}`)).join('\n')}\n`
const rulesFile = (rules: string, more = ''): Files => ({ 'rules.yml': group(rules, more) })
const alert = (expr: string, more = '') => `- alert: A\n  expr: ${expr}\n${more}`
const config = (text: string): Files => ({ 'prometheus.yml': text })
const job = (more: string) => config(`scrape_configs:\n  - job_name: app\n${more}`)
const panel = (more: object) => ({ 'a.json': { uid: 'a', title: 'A', tags: ['a'], schemaVersion: 39, panels: [{ id: 1, type: 'timeseries', title: 'P', datasource: { type: 'prometheus', uid: 'prometheus' }, ...more }] } })
const variable = (query: string) => ({ 'a.json': { ...dashboardWith('up'), templating: { list: [{ name: 'job', type: 'query', datasource: { type: 'prometheus', uid: 'prometheus' }, query, refresh: 2 }] } } })
const declared = (code: string) => ({ 'metrics.ts': `import { Counter, Gauge } from 'prom-client'\n${code}\n` })
const gauge = (name: string, labels = '') => declared(`export const a = new Gauge({ name: '${name}', help: 'A', labelNames: [${labels}] })`)
const exposed = (type: string, name: string, labels = '') => `# HELP ${name} A\n# TYPE ${name} ${type}\n${name}${labels} 1\n`

const conventions = { rule: 'metric-name-convention', options: { each: true } }

export const rows: readonly FilesRow[] = [
  { peer: 'dashboard-linter', check: 'template-label-promql-rule', finds: 'broken PromQL in a variable', files: variable('label_values(up{job="a, job)'), rule: 'promql-syntax' },
  { peer: 'dashboard-linter', check: 'template-label-promql-rule', finds: 'an unknown variable function', files: variable('label_valuez(up, job)'), rule: 'promql-syntax' },
  { peer: 'dashboard-linter', check: 'panel-units-rule', finds: 'a unit that does not exist', files: panel({ fieldConfig: { defaults: { unit: 'Percent' } }, targets: [{ refId: 'A', expr: 'up' }] }), rule: 'unknown-unit' },
  { peer: 'dashboard-linter', check: 'panel-no-targets-rule', finds: 'no targets', files: panel({ targets: [] }), rule: 'panel-without-query' },
  { peer: 'dashboard-linter', check: 'target-promql-rule', finds: 'broken PromQL', files: panel({ targets: [{ refId: 'A', expr: 'sum(up' }] }), rule: 'promql-syntax' },
  { peer: 'dashboard-linter', check: 'target-promql-rule', finds: 'a panel that shows what a panel shows that is not there', files: panel({ datasource: { type: 'datasource', uid: '-- Dashboard --' }, targets: [{ refId: 'A', panelId: 99, datasource: { type: 'datasource', uid: '-- Dashboard --' } }] }), rule: 'unknown-panel-reference' },
  { peer: 'dashboard-linter', check: 'target-rate-interval-rule', finds: 'a fixed range', files: panel({ targets: [{ refId: 'A', expr: 'rate(jobs_done_total[5m])' }] }), rule: 'fixed-rate-interval' },

  { peer: 'pint', check: 'yaml/parse', finds: 'broken YAML', files: { 'rules.yml': 'groups:\n  - name: g\n    rules: [\n' }, rule: 'parse-error' },
  { peer: 'pint', check: 'yaml/parse', finds: 'a key twice', files: rulesFile(alert('up == 0', '  expr: up == 1\n')), rule: 'parse-error' },
  { peer: 'pint', check: 'yaml/parse', finds: 'an unknown key', files: rulesFile(alert('up == 0', '  fro: 5m\n')), rule: 'rule-file-schema' },
  { peer: 'pint', check: 'yaml/parse', finds: 'rules outside of a group', files: { 'rules.yml': '- alert: A\n  expr: up == 0\n' }, rule: 'rule-file-schema' },
  { peer: 'pint', check: 'yaml/parse', finds: 'a second document', files: { 'rules.yml': `${group(alert('up == 0'))}---\n${group(alert('up == 1')).replace('name: g', 'name: h')}` }, rule: 'rule-file-schema' },
  { peer: 'pint', check: 'yaml/parse', finds: 'a record that is no name', files: rulesFile('- record: up sum\n  expr: sum(up)\n'), rule: 'rule-file-schema' },
  { peer: 'pint', check: 'yaml/parse', finds: 'a label that is no name', files: rulesFile(alert('up == 0', '  labels: { "": a }\n')), rule: 'rule-file-schema' },
  { peer: 'pint', check: 'yaml/parse', finds: 'no expression', files: rulesFile(alert('""')), rule: 'promql-syntax' },
  { peer: 'pint', check: 'promql/syntax', finds: 'broken PromQL', files: rulesFile(alert('sum(up == 0')), rule: 'promql-syntax' },
  { peer: 'pint', check: 'alerts/for', finds: 'no duration', files: rulesFile(alert('up == 0', '  for: abc\n')), rule: 'rule-file-schema' },
  { peer: 'pint', check: 'alerts/for', finds: 'a negative duration', files: rulesFile(alert('up == 0', '  for: -5m\n')), rule: 'rule-file-schema' },
  { peer: 'pint', check: 'promql/fragile', finds: 'an alert on the top of a ranking', files: rulesFile(alert('topk(3, up) == 0', '  for: 5m\n')), rule: 'ranking-in-alert' },
  { peer: 'pint', check: 'promql/nan', finds: 'a sum of quotients', files: rulesFile('- record: r\n  expr: sum(rate(a_total[5m]) / rate(b_total[5m]))\n'), rule: 'unsafe-division' },
  { peer: 'pint', check: 'promql/regexp', finds: 'a pattern that is one value', files: rulesFile(alert('up{job=~"bar"} == 0')), rule: 'redundant-regexp' },
  { peer: 'pint', check: 'promql/regexp', finds: 'anchors', files: rulesFile(alert('up{job=~"^5.+$"} == 0')), rule: 'redundant-regexp' },
  { peer: 'pint', check: 'promql/regexp', finds: 'a pattern that anything matches', files: rulesFile(alert('up{job=~".*"} == 0')), rule: 'redundant-regexp' },
  { peer: 'pint', check: 'promql/regexp', finds: 'a pattern that excludes everything', files: rulesFile(alert('up{job!~".*"} == 0')), rule: 'negative-wildcard' },
  { peer: 'pint', check: 'rule/duplicate', finds: 'a record twice', files: rulesFile('- record: r\n  expr: sum by (job) (up)\n- record: r\n  expr: sum(up) by (job)\n'), rule: 'duplicate-rule' },
  { peer: 'pint', check: 'rule/duplicate', finds: 'an alert that another of its name makes too', files: rulesFile('- alert: Down\n  expr: up{job="a"} == 0\n- alert: Down\n  expr: up == 0\n'), rule: 'duplicate-rule' },
  { peer: 'pint', check: 'rule/dependency', finds: 'a record of another group', files: { 'rules.yml': `${group('- record: a\n  expr: sum(up)\n')}${group('- record: b\n  expr: a / 2\n').replace('groups:\n', '').replace('name: g', 'name: h')}` }, rule: 'rule-order' },
  { peer: 'pint', check: 'rule/dependency (removed)', finds: 'a record that is no more', files: { ...rulesFile('- record: job:jobs_done:rate5m\n  expr: sum by (job) (rate(jobs_done_total[5m]))\n- record: r\n  expr: sum(job:jobs_done:rate1m)\n'), 'metrics.ts': producer }, rule: 'unknown-metric' },
  { peer: 'pint', check: 'group/interval', finds: 'more than 5m between two evaluations', files: rulesFile('- record: r\n  expr: sum(up)\n', '    interval: 10m\n'), rule: 'group-interval' },
  {
    peer: 'pint', check: 'labels/conflict', finds: 'an external label on a rule', files: { ...config('global: { external_labels: { site: north } }\nrule_files: [rules.yml]\n'), ...rulesFile(alert('up == 0', '  labels: { site: south }\n')) }, rule: 'external-label-conflict',
  },
  { peer: 'pint', check: 'promql/features', finds: 'a function that is not switched on', files: { ...stack, 'grafana/dashboards/a.json': dashboardWith('mad_over_time(up[5m]) > 1') }, rule: 'experimental-function' },
  { peer: 'pint', check: 'promql/series', finds: 'a metric that nothing exposes', files: { ...rulesFile(alert('jobs_queud > 10')), 'metrics.ts': producer }, rule: 'unknown-metric' },
  { peer: 'pint', check: 'promql/series', finds: 'a label that the metric has not', files: { ...rulesFile(alert('rate(jobs_done_total{state="ok"}[5m]) > 10')), 'metrics.ts': producer, ...config('scrape_configs:\n  - job_name: jobs\n    static_configs: [{ targets: ["jobs:3000"] }]\n') }, rule: 'unknown-label' },
  { peer: 'pint', check: 'alerts/absent', finds: 'absent() that does not wait', files: rulesFile(alert('absent(up{job="a"})')), rule: 'absent-without-for' },
  { peer: 'pint', check: 'promql/offset', finds: 'more than is kept', files: { ...stack, 'grafana/dashboards/a.json': dashboardWith('up offset 40d == 0') }, rule: 'beyond-retention' },

  { peer: 'promtool', check: 'check rules', finds: 'an unknown field', files: rulesFile(alert('up == 0', '  forr: 5m\n')), rule: 'rule-file-schema' },
  { peer: 'promtool', check: 'check rules', finds: 'a group without a name', files: { 'rules.yml': group(alert('up == 0')).replace('name: g', 'name: ""') }, rule: 'rule-file-schema' },
  { peer: 'promtool', check: 'check rules', finds: 'two groups of one name', files: { 'rules.yml': `${group(alert('up == 0'))}${group(alert('up == 1')).replace('groups:\n', '')}` }, rule: 'rule-file-schema' },
  { peer: 'promtool', check: 'check rules', finds: 'a rule that is a record and an alert', files: rulesFile('- record: r\n  alert: A\n  expr: up == 0\n'), rule: 'rule-file-schema' },
  { peer: 'promtool', check: 'check rules', finds: 'a rule that is neither', files: rulesFile('- expr: up == 0\n'), rule: 'rule-file-schema' },
  { peer: 'promtool', check: 'check rules', finds: 'no expression', files: rulesFile('- record: r\n'), rule: 'rule-file-schema' },
  { peer: 'promtool', check: 'check rules', finds: 'broken PromQL', files: rulesFile(alert('sum(up == 0')), rule: 'promql-syntax' },
  { peer: 'promtool', check: 'check rules', finds: 'a record that waits', files: rulesFile('- record: r\n  expr: sum(up)\n  for: 5m\n'), rule: 'rule-file-schema' },
  { peer: 'promtool', check: 'check rules', finds: 'a record that is no name', files: rulesFile('- record: up{job="a"}\n  expr: sum(up)\n'), rule: 'rule-file-schema' },
  { peer: 'promtool', check: 'check rules', finds: 'a label that "record" sets', files: rulesFile('- record: r\n  expr: sum(up)\n  labels: { __name__: s }\n'), rule: 'rule-file-schema' },
  { peer: 'promtool', check: 'check rules', finds: 'an annotation that is no name', files: rulesFile(alert('up == 0', '  annotations: { "": a }\n')), rule: 'rule-file-schema' },

  { peer: 'promtool', check: 'check config', finds: 'an unknown field', files: job('    scrape_intervall: 15s\n'), rule: 'provisioning-schema' },
  { peer: 'promtool', check: 'check config', finds: 'two jobs of one name', files: config('scrape_configs:\n  - job_name: app\n  - job_name: app\n'), rule: 'prometheus-config' },
  { peer: 'promtool', check: 'check config', finds: 'no duration', files: config('global:\n  scrape_interval: 15 seconds\n'), rule: 'provisioning-schema' },
  { peer: 'promtool', check: 'check config', finds: 'a timeout above the interval', files: job('    scrape_interval: 15s\n    scrape_timeout: 1m\n'), rule: 'prometheus-config' },
  { peer: 'promtool', check: 'check config', finds: 'a rule file that is not there', files: config('rule_files: [rules/none.yml]\nscrape_configs: [{ job_name: app }]\n'), rule: 'prometheus-config' },
  { peer: 'promtool', check: 'check config', finds: 'an unknown action', files: job('    relabel_configs: [{ action: foo }]\n'), rule: 'provisioning-schema' },
  { peer: 'promtool', check: 'check config', finds: 'relabelling without a target', files: job('    relabel_configs: [{ action: replace }]\n'), rule: 'prometheus-config' },
  { peer: 'promtool', check: 'check config', finds: 'a broken regular expression', files: job('    relabel_configs: [{ action: drop, source_labels: [a], regex: "(" }]\n'), rule: 'prometheus-config' },
  { peer: 'promtool', check: 'check config', finds: 'a target with a path', files: job('    static_configs: [{ targets: ["http://app:3000/metrics"] }]\n'), rule: 'prometheus-config' },
  { peer: 'promtool', check: 'check config', finds: 'two ways of authentication', files: job('    basic_auth: { username: a, password: b }\n    bearer_token: c\n'), rule: 'prometheus-config' },
  { peer: 'promtool', check: 'check config', finds: 'a certificate without its key', files: job('    tls_config: { cert_file: a.pem }\n'), rule: 'prometheus-config' },
  { peer: 'promtool', check: 'check config', finds: 'targets in a file that is broken', files: { ...job('    file_sd_configs: [{ files: [targets.yml] }]\n'), 'targets.yml': '- target: [app:3000]\n' }, rule: 'prometheus-config' },
  { peer: 'promtool', check: 'check config', finds: 'writing to nowhere', files: config('scrape_configs: [{ job_name: app }]\nremote_write:\n  - name: a\n'), rule: 'provisioning-schema' },
  { peer: 'promtool', check: 'check config', finds: 'too long between two scrapes', files: config('global:\n  scrape_interval: 10m\n'), rule: 'prometheus-config' },

  { peer: 'promtool', check: 'check metrics', finds: 'no help', files: declared("export const a = new Gauge({ name: 'app_a', help: '' })"), metrics: '# HELP app_a\n# TYPE app_a gauge\napp_a 1\n', ...conventions },
  { peer: 'promtool', check: 'check metrics', finds: 'a counter without "_total"', files: declared("export const a = new Counter({ name: 'app_a', help: 'A' })"), metrics: exposed('counter', 'app_a'), ...conventions },
  { peer: 'promtool', check: 'check metrics', finds: 'a gauge with "_total"', files: gauge('app_a_total'), metrics: exposed('gauge', 'app_a_total'), ...conventions },
  { peer: 'promtool', check: 'check metrics', finds: 'no base unit', files: gauge('app_a_milliseconds'), metrics: exposed('gauge', 'app_a_milliseconds'), ...conventions },
  { peer: 'promtool', check: 'check metrics', finds: 'a unit cut short', files: gauge('app_a_ms'), metrics: exposed('gauge', 'app_a_ms'), ...conventions },
  { peer: 'promtool', check: 'check metrics', finds: 'a gauge named as buckets', files: gauge('app_a_bucket'), metrics: exposed('gauge', 'app_a_bucket'), ...conventions },
  { peer: 'promtool', check: 'check metrics', finds: 'a gauge with the label of buckets', files: gauge('app_a', "'le'"), metrics: exposed('gauge', 'app_a', '{le="1"}'), ...conventions },
  { peer: 'promtool', check: 'check metrics', finds: 'the type in the name', files: gauge('app_gauge_a'), metrics: exposed('gauge', 'app_gauge_a'), ...conventions },
  { peer: 'promtool', check: 'check metrics', finds: 'a colon, which is for records', files: gauge('app:a'), metrics: exposed('gauge', 'app:a'), ...conventions },
  { peer: 'promtool', check: 'check metrics', finds: 'capitals in the name', files: gauge('appA'), metrics: exposed('gauge', 'appA'), ...conventions },
  { peer: 'promtool', check: 'check metrics', finds: 'capitals in a label', files: gauge('app_a', "'codeName'"), metrics: exposed('gauge', 'app_a', '{codeName="1"}'), ...conventions },

  { peer: 'mimirtool', check: 'analyze', finds: 'a metric that nothing reads', files: { 'metrics.ts': producer, 'a.json': dashboardWith('jobs_queued') }, rule: 'unused-metric' },
  {
    peer: 'gcx', check: 'target-valid-promql', finds: 'broken PromQL in a v2 resource', rule: 'promql-syntax',
    files: { 'a.json': { apiVersion: 'dashboard.grafana.app/v2beta1', kind: 'Dashboard', metadata: { name: 'a' }, spec: {
      title: 'A', elements: { p: { kind: 'Panel', spec: { id: 1, title: 'P', data: { kind: 'QueryGroup', spec: { queries: [
        { kind: 'PanelQuery', spec: { refId: 'A', query: { kind: 'DataQuery', group: 'prometheus', version: 'v0', datasource: { name: 'prometheus' }, spec: { expr: 'sum(up' } } } },
      ] } }, vizConfig: { kind: 'VizConfig', group: 'timeseries', version: '', spec: { options: {}, fieldConfig: { defaults: {}, overrides: [] } } } } } },
      layout: { kind: 'GridLayout', spec: { items: [{ kind: 'GridLayoutItem', spec: { x: 0, y: 0, width: 12, height: 8, element: { kind: 'ElementReference', name: 'p' } } }] } },
    } } },
  },
  { peer: 'gcx', check: 'target-valid-promql', finds: 'broken PromQL in a v1 resource', files: { 'a.json': { apiVersion: 'dashboard.grafana.app/v1beta1', kind: 'Dashboard', metadata: { name: 'a' }, spec: dashboardWith('sum(up') } }, rule: 'promql-syntax' },
  { peer: 'promruval', check: 'expressionDoesNotUseClassicHistogramBucketOperations', finds: 'a bucket that the histogram has not', files: { ...rulesFile(alert('rate(jobs_duration_seconds_bucket{le="0.3"}[5m]) > 1')), 'metrics.ts': producer }, rule: 'unknown-label-value' },
  { peer: 'promruval', check: 'nonEmptyLabels', finds: 'a label without a value', files: rulesFile(alert('up == 0', '  labels: { team: "" }\n')), rule: 'empty-label' },
  { peer: 'promruval', check: 'hasValidPartialResponseStrategy', finds: 'an unknown strategy', files: rulesFile(alert('up == 0'), '    partial_response_strategy: foo\n'), rule: 'invalid-partial-response' },
]
