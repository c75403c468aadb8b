import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { rules } from '../../../rules/index.js'
import { repository, runIn, type Files } from '../../cli/repository.js'
import { violations } from '../../cli/schemas.js'
import { dashboardWith, producer } from '../../rules/lint-files.js'

async function reported(files: Files, ...argv: string[]): Promise<string[]> {
  const { stdout, stderr } = await runIn(repository({ 'src/metrics.ts': producer, ...files }).path, ['--format', 'unix', ...argv], { ML_DASH_LINT_TODAY: '2026-11-26' })
  return [...stdout.split('\n'), ...stderr.split('\n')].filter((line) => line !== '')
}

const inner = `groups:
  - name: inner
    rules:
      # ml-dash-lint-disable-next-line unknown-metric -- soon
      - { alert: A, expr: jobs_lost > 0 }
      - { alert: B, expr: jobs_gone > 0 }
      # ml-dash-lint-disable-next-line unknown-metrics
`
const indented = (text: string, by: string) => text.replace(/^(?=.)/gm, by)

describe('in what is kept in something else', () => {
  test('a comment of rules in a ConfigMap counts, and so does one of the manifest', async () => {
    expect(await reported({
      'inner.yaml': `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: rules }\ndata:\n  rules.yml: |\n${indented(inner, '    ')}`,
      'outer.yaml': `apiVersion: v1\nkind: ConfigMap # ml-dash-lint-disable-file unknown-metric -- all of them\nmetadata: { name: more }\ndata:\n  # ml-dash-lint-disable-line unknown-metric\n  rules.yml: |\n${indented(inner.replace(/ +#.*\n/g, ''), '    ')}`,
    })).toEqual([
      'inner.yaml:11:31: error: No producer exposes "jobs_gone" [unknown-metric]',
      'inner.yaml:12:44: warning: There is no rule "unknown-metrics". Did you mean "unknown-metric"? [suppression]',
      'outer.yaml:5:31: warning: There is no finding of "unknown-metric" on this line: this suppresses nothing [suppression]',
    ])
  })

  test('lines are those of the text inside, however it is spelt', async () => {
    expect(await reported({ 'map.json': JSON.stringify({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'rules' }, data: { 'rules.yml': inner } }) })).toEqual([
      'map.json:1:258: error: No producer exposes "jobs_gone" [unknown-metric]',
      'map.json:1:314: warning: There is no rule "unknown-metrics". Did you mean "unknown-metric"? [suppression]',
    ])
  })

  test('a resource of the Prometheus operator', async () => {
    expect(await reported({
      'rule.yaml': `apiVersion: monitoring.coreos.com/v1\nkind: PrometheusRule\nmetadata: { name: jobs }\nspec:\n${indented(inner, '  ')}`,
    })).toEqual([
      'rule.yaml:10:29: error: No producer exposes "jobs_gone" [unknown-metric]',
      'rule.yaml:11:42: warning: There is no rule "unknown-metrics". Did you mean "unknown-metric"? [suppression]',
    ])
  })

  test('a template of Helm, with comments of both kinds', async () => {
    expect(await reported({
      'chart/templates/rules.yaml': `{{- if .Values.rules }}
apiVersion: monitoring.coreos.com/v1
kind: PrometheusRule
metadata: { name: {{ .Release.Name }} }
spec:
  groups:
    - name: jobs
      rules:
        {{- /* ml-dash-lint-disable-next-line unknown-metric -- not rendered */}}
        - alert: A
          expr: jobs_lost > 0
        - alert: B
          {{- /* ml-dash-lint-disable-next-line unknown-metric -- not rendered */}}
          # {{ .Values.note }}
          expr: jobs_lost > 0
        - alert: C
          # ml-dash-lint-disable-next-line unknown-metric
          expr: jobs_lost{job="{{ .Release.Name }}"} > 0
{{- end }}
`,
    })).toEqual([
      'chart/templates/rules.yaml:9:47: warning: There is no finding of "unknown-metric" on the next line: this suppresses nothing. The next one is on line 11 [suppression]',
      'chart/templates/rules.yaml:11:17: error: No producer exposes "jobs_lost" [unknown-metric]',
    ])
  })
})

test('prometheus.yml, provisioning, broken YAML and documents in Markdown', async () => {
  expect(await reported({
    'prometheus.yml': `# ml-dash-lint-disable-next-line provisioning-schema -- of a newer version
scrape_interval: 5s
rule_files: [] # ml-dash-lint-disable-line prometheus-config
scrape_configs:
  - job_name: a
    # ml-dash-lint-disable-next-line prometheus-config
    scrape_timeout: 5m
    static_configs: [{ targets: ['a:80'] }]
  - job_name: a # ml-dash-lint-disable-line prometheus-config
`,
    'grafana/provisioning/datasources/a.yml': `apiVersion: 1
datasources:
  - name: A
    # ml-dash-lint-disable-next-line provisioning-schema
    jsonData: none
    type: prometheus
`,
    'alerts/broken.yml': `# ml-dash-lint-disable-file parse-error -- a template of ours
groups:
  - name: "x
    rules: [
`,
    'ml-dash-lint.config.json': { metricsDocuments: ['docs/'] },
    'docs/metrics.md': `# Metrics

Prometheus has these.

<!-- ml-dash-lint-disable stale-docs -- of the last version -->

| metric | meaning |
| --- | --- |
| \`jobs_done_total\` | done |
| \`jobs_queued\` | wait |
| \`jobs_lost\` | lost |

<!-- ml-dash-lint-enable -->

## More metrics

| metric | meaning |
| --- | --- |
| \`jobs_gone\` | gone |
| \`jobs_duration_seconds\` | took |
| \`jobs_left\` | left <!-- ml-dash-lint-disable-line stale-docs — of the next --> |

\`\`\`
<!-- ml-dash-lint-disable-file stale-docs -->
\`\`\`
`,
  }, '--rule', 'prometheus-config', '--rule', 'provisioning-schema', '--rule', 'parse-error', '--rule', 'stale-docs', '--rule', 'suppression')).toEqual([
    'docs/metrics.md:19:4: warning: No producer exposes "jobs_gone", which this document lists [stale-docs]',
    'prometheus.yml:3:44: warning: There is no finding of "prometheus-config" on this line: this suppresses nothing [suppression]',
  ])
})

describe('in descriptions', () => {
  const panel = (id: number, description: string, more = {}) => ({ id, type: 'timeseries', title: `Panel ${id}`, description, datasource: { type: 'prometheus', uid: 'p' }, targets: [{ refId: 'A', expr: 'jobs_lost' }], ...more })
  const dashboard = (description: string, ...panels: object[]) => ({ uid: 'd', title: 'D', tags: ['d'], schemaVersion: 39, description, panels, templating: { list: [] } })

  test('of a panel and of a dashboard; nowhere else', async () => {
    expect(await reported({
      'dashboards/panels.json': dashboard(
        'See ml-dash-lint-disable unknown-metric',
        panel(1, 'Jobs.\r\nml-dash-lint-disable unknown-metric -- "soon"\nThat is all.'),
        panel(2, '<!-- ml-dash-lint-disable unknown-metric until 2027-01-31 -- soon -->'),
        panel(3, 'ml-dash-lint-disable-next-line unknown-metric'),
        panel(4, 'ml-dash-lint-disable unknwn-metric'),
        panel(5, '', { title: 'ml-dash-lint-disable unknown-metric', links: [{ title: 'ml-dash-lint-disable unknown-metric', url: 'https://example.com' }] }),
        { id: 6, type: 'row', title: 'Row', collapsed: true, description: 'ml-dash-lint-disable unknown-metric', panels: [panel(7, '')] },
      ),
    })).toEqual([
      'dashboards/panels.json:46:23: warning: In a description only "ml-dash-lint-disable" has a meaning: it is about all that is in this panel [suppression]',
      'dashboards/panels.json:54:20: error: No producer exposes "jobs_lost" [unknown-metric]',
      'dashboards/panels.json:62:44: warning: There is no rule "unknwn-metric". Did you mean "unknown-metric"? [suppression]',
      'dashboards/panels.json:70:20: error: No producer exposes "jobs_lost" [unknown-metric]',
      'dashboards/panels.json:86:20: error: No producer exposes "jobs_lost" [unknown-metric]',
    ])
    expect(await reported({ 'dashboards/whole.json': dashboard('ml-dash-lint-disable unknown-metric(jobs_*)', panel(1, '')), 'dashboards/other.json': { ...dashboard('', panel(1, '')), uid: 'e', title: 'E' } })).toEqual([
      'dashboards/other.json:22:20: error: No producer exposes "jobs_lost" [unknown-metric]',
    ])
  })

  test('of schema v2, and of a dashboard that is compressed', async () => {
    expect(await reported({
      'dashboards/v2.json': {
        apiVersion: 'dashboard.grafana.app/v2beta1', kind: 'Dashboard', metadata: { name: 'v2' },
        spec: {
          title: 'V2', tags: ['v'], variables: [], annotations: [], layout: { kind: 'GridLayout', spec: { items: [] } },
          elements: Object.fromEntries(['a', 'b'].map((name, i) => [name, {
            kind: 'Panel',
            spec: {
              id: i + 1, title: name, description: i === 0 ? 'ml-dash-lint-disable unknown-metric' : '',
              data: { kind: 'QueryGroup', spec: { queries: [{ kind: 'PanelQuery', spec: { refId: 'A', query: { kind: 'DataQuery', group: 'prometheus', version: 'v0', spec: { expr: 'jobs_lost' } } } }] } },
              vizConfig: { kind: 'VizConfig', group: 'timeseries', version: '12', spec: {} },
            },
          }])),
        },
      },
      'gzip.yaml': `apiVersion: grafana.integreatly.org/v1beta1\nkind: GrafanaDashboard\nmetadata: { name: z }\nspec:\n  gzipJson: ${gzipSync(JSON.stringify(dashboard('', panel(1, 'ml-dash-lint-disable unknown-metric')))).toString('base64')}\n`,
    }, '--rule', 'unknown-metric', '--rule', 'suppression')).toEqual([
      'dashboards/v2.json:75:34: error: No producer exposes "jobs_lost" [unknown-metric]',
      'gzip.yaml:5:13: warning: What is compressed has no places: suppress this in the configuration [suppression]',
      'gzip.yaml:5:13: error: No producer exposes "jobs_lost" [unknown-metric]',
    ])
  })
})

test('a comment of PromQL is about lines of the query', async () => {
  expect(await reported({
    'dashboards/d.json': dashboardWith('# ml-dash-lint-disable-next-line unknown-metric -- soon\njobs_lost\n + jobs_gone', '# ml-dash-lint-disable unknown-metric\njobs_lost\n + jobs_gone', 'jobs_queued{a="# ml-dash-lint-disable-file unknown-metric"} + jobs_lost'),
    'rules.yml': 'groups:\n  - name: a\n    rules:\n      - alert: A\n        expr: |\n          jobs_lost # ml-dash-lint-disable-line unknown-metric\n            + jobs_gone > 0\n',
  }, '--rule', 'unknown-metric', '--rule', 'suppression')).toEqual([
    'dashboards/d.json:20:91: error: No producer exposes "jobs_gone" [unknown-metric]',
    'dashboards/d.json:50:84: error: No producer exposes "jobs_lost" [unknown-metric]',
    'rules.yml:7:15: error: No producer exposes "jobs_gone" [unknown-metric]',
  ])
})

describe('in the configuration', () => {
  const files = {
    'dashboards/a.json': { ...dashboardWith('jobs_lost', 'jobs_gone'), uid: 'a', title: 'Costs of A' },
    'dashboards/b.json': { ...dashboardWith('jobs_lost', 'jobs_gone{x="1"}', 'jobs_queued{shard="1"}'), uid: 'b', title: 'B' },
  }
  const configured = (...suppressions: object[]) => reported({ ...files, 'ml-dash-lint.config.json': { suppressions } })

  test('an entry is about what fits all that it names', async () => {
    expect(await configured(
      { rules: ['unknown-metric'], dashboards: ['Costs*'], panels: ['Panel 1'], reason: 'soon' },
      { rules: ['unknown-metric', 'unknown-label'], uids: ['b'], panels: [2, 3], until: '2026-12-01' },
    )).toEqual([
      'dashboards/a.json:35:20: error: No producer exposes "jobs_gone" [unknown-metric]',
      'dashboards/b.json:20:20: error: No producer exposes "jobs_lost" [unknown-metric]',
    ])
    expect(await configured({ rules: ['unknown-metric'], files: ['dashboards/'], metrics: ['jobs_l*'] }, { rules: ['unknown-label'], labels: ['shard'] })).toEqual([
      'dashboards/a.json:35:20: error: No producer exposes "jobs_gone" [unknown-metric]',
      'dashboards/b.json:35:20: error: No producer exposes "jobs_gone" [unknown-metric]',
    ])
  })

  test('what suppresses nothing and what holds no longer is told, where all was reported on', async () => {
    const config = { suppressions: [{ rules: ['unknown-metric', 'rate-of-gauge'], uids: ['a'], until: '2026-10-01' }, { rules: ['rate-of-gauge', 'unknown-label'], uids: ['a'] }] }
    const { path } = repository({ 'src/metrics.ts': producer, ...files, 'ml-dash-lint.config.json': config })
    const run = async (...argv: string[]) => (await runIn(path, ['--format', 'unix', ...argv], { ML_DASH_LINT_TODAY: '2026-11-26' })).stdout
    expect(await run('--rule', 'suppression', '--rule', 'unknown-metric', '--rule', 'unknown-label')).toBe(`\
dashboards/a.json:20:20: error: No producer exposes "jobs_lost" [unknown-metric]
dashboards/a.json:35:20: error: No producer exposes "jobs_gone" [unknown-metric]
dashboards/b.json:20:20: error: No producer exposes "jobs_lost" [unknown-metric]
dashboards/b.json:35:20: error: No producer exposes "jobs_gone" [unknown-metric]
dashboards/b.json:50:32: error: "jobs_queued" (gauge, src/metrics.ts:5) has no label "shard". It has no labels of its own. [unknown-label]
ml-dash-lint.config.json:5:9: warning: This suppression of "unknown-metric" held until 2026-10-01: what it suppressed is reported again [suppression]
ml-dash-lint.config.json:16:9: warning: There is no finding of "unknown-label" in what this entry is about: this suppresses nothing [suppression]
`)
    expect(await run('dashboards/b.json')).toBe(`\
dashboards/b.json:20:20: error: No producer exposes "jobs_lost" [unknown-metric]
dashboards/b.json:35:20: error: No producer exposes "jobs_gone" [unknown-metric]
dashboards/b.json:50:32: error: "jobs_queued" (gauge, src/metrics.ts:5) has no label "shard". It has no labels of its own. [unknown-label]
`)
    expect(await run('--rule', 'suppression')).toBe('')
  })

  test('a mistake is told at its place', async () => {
    expect(await configured({ rules: ['unknwn-metric'], uids: ['a'] }, { rules: ['unknown-metric'] }, { rules: ['unknown-metric'], uids: ['a'], until: 'soon' })).toEqual([
      'ml-dash-lint.config.json:5:9: error: "unknwn-metric" is none of the 79 values that "rules[0]" may have. Did you mean "unknown-metric"? [configuration]'.replace('79', String(rules.length)),
      'ml-dash-lint.config.json:11:5: error: this suppression needs one of "files", "uids", "dashboards", "panels", "metrics" and "labels", that it is about: to switch a rule off everywhere there is "rules" [configuration]',
      'ml-dash-lint.config.json:23:16: error: "until" must be a day, as "2027-01-31" [configuration]',
    ])
    expect(await configured({ rules: ['unknown-metric'], uids: ['a'], until: '2026-02-30' })).toEqual([
      'ml-dash-lint.config.json:10:16: error: there is no day 2026-02-30 [configuration]',
    ])
  })
})

test('a reason and a day can be asked for', async () => {
  const config = { rules: { suppression: ['error', { require: ['reason', 'until'] }] } }
  expect(await reported({
    'ml-dash-lint.config.json': config,
    'a.yml': 'groups:\n  - name: a\n    rules:\n      # ml-dash-lint-disable-next-line unknown-metric\n      - { alert: A, expr: jobs_lost > 0 }\n      # ml-dash-lint-disable-next-line unknown-metric until 2027-01-01 -- soon\n      - { alert: B, expr: jobs_lost > 0 }\n',
  })).toEqual([
    'a.yml:4:40: error: This suppression of "unknown-metric" tells no day until which it holds [suppression]',
    'a.yml:4:40: error: This suppression of "unknown-metric" tells no reason [suppression]',
  ])
})

describe('what means harm', () => {
  const rule = '      - { alert: A, expr: jobs_lost > 0 }\n'
  const head = 'groups:\n  - name: a\n    rules:\n'

  test('CRLF, a byte order mark and no line break at the end', async () => {
    expect(await reported({ 'a.yml': `\uFEFF${head}      # ml-dash-lint-disable-next-line unknown-metric\n${rule.trimEnd()} # ml-dash-lint-disable-line alert-for`.replaceAll('\n', '\r\n') })).toEqual([])
  })

  test('comments of a megabyte, and tens of thousands of them', { timeout: 90_000 }, async () => {
    const start = performance.now()
    const big = 1_000_000
    const found = await reported({
      'long.yml': `${head}      # ml-dash-lint-disable-next-line ${'unknown-metric, '.repeat(big / 16)}\n${rule}`,
      'reason.yml': `${head}      # ml-dash-lint-disable-next-line unknown-metric --${' x -- '.repeat(big / 6)}\n${rule}`,
      'space.yml': `${head}      # ml-dash-lint-disable-next-line unknown-metric${' '.repeat(big)}until${' '.repeat(big)}x\n${rule}`,
      'many.yml': `${head}${'      # ml-dash-lint-disable unknown-metric\n'.repeat(20_000)}${rule}`,
      'brackets.yml': `${head}      # ml-dash-lint-disable-next-line unknown-metric${'('.repeat(1900)}\n${rule}`,
      'src/many.ts': `${'/*ml-dash-lint-disable-line unknown-metric*/'.repeat(20_000)}${'\n'.repeat(big)}export const a = 1\n`,
    }, '--rule', 'unknown-metric', '--rule', 'suppression')
    expect(performance.now() - start).toBeLessThan(60_000)
    expect(found.map((line) => line.replace(/:\d+:\d+:/, '').replace(/\(\(+/, '((…')).filter((line, i, all) => all.indexOf(line) === i)).toEqual([
      'brackets.yml warning: "unknown-metric((……" is no name of a rule: rules are separated by commas, and the reason comes behind "--" [suppression]',
      'brackets.yml error: No producer exposes "jobs_lost" [unknown-metric]',
      'long.yml warning: The words after "ml-dash-lint-disable-next-line" are no list of rules: put the reason behind "--" [suppression]',
      'long.yml error: No producer exposes "jobs_lost" [unknown-metric]',
      'space.yml warning: The words after "ml-dash-lint-disable-next-line" are no list of rules: put the reason behind "--" [suppression]',
      'space.yml error: No producer exposes "jobs_lost" [unknown-metric]',
      'src/many.ts warning: There is no finding of "unknown-metric" on this line: this suppresses nothing [suppression]',
    ])
  })
})

test('what is not to be reported is counted, and told to programs', async () => {
  const { path } = repository({ 'src/metrics.ts': producer, 'a.yml': 'groups:\n  - name: a\n    rules:\n      # ml-dash-lint-disable-next-line unknown-metric until 2027-01-31 -- comes with 2.0\n      - { alert: A, expr: jobs_lost > 0 }\n' })
  const run = (...argv: string[]) => runIn(path, argv, { ML_DASH_LINT_TODAY: '2026-11-26' })
  expect(await run()).toEqual({ code: 0, stderr: '', stdout: 'No problems in 2 files: 0 dashboards, 1 rule file, 1 query, 3 metric families; 1 selector, checked\n1 suppressed\n' })
  const { stdout } = await run('--format', 'json')
  expect(violations('report', stdout)).toEqual([])
  const { diagnostics, suppressed, summary } = JSON.parse(stdout) as Record<string, unknown>
  const range = (line: number, column: number, endColumn: number) => ({ start: { line, column }, end: { line, column: endColumn } })
  expect([diagnostics, suppressed]).toEqual([[], [{
    rule: 'unknown-metric',
    severity: 'error',
    message: 'No producer exposes "jobs_lost"',
    file: 'a.yml',
    range: range(5, 27, 36),
    context: 'alert "A" in group "a"',
    data: { metric: 'jobs_lost' },
    related: [],
    suggestions: [],
    suppressions: [{ kind: 'comment', file: 'a.yml', range: range(4, 40, 54), reason: 'comes with 2.0', until: '2027-01-31' }],
  }]])
  expect(summary).toMatchObject({ errors: 0, warnings: 0, suppressed: 1 })
  const sarif = JSON.parse((await run('--format', 'sarif')).stdout) as { runs: [{ results: { ruleId: string; suppressions: unknown }[] }] }
  expect(sarif.runs[0].results.map(({ ruleId, suppressions }) => ({ ruleId, suppressions }))).toEqual([{
    ruleId: 'unknown-metric',
    suppressions: [{
      kind: 'inSource',
      justification: 'comes with 2.0',
      location: { physicalLocation: { artifactLocation: { uri: 'a.yml', uriBaseId: '%SRCROOT%' }, region: { startLine: 4, startColumn: 40, endLine: 4, endColumn: 54 } } },
    }],
  }])
})
