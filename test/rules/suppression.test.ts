import { expect, test } from 'vitest'
import { repository, runIn, type Files } from '../cli/repository.js'
import { dashboardWith, producer } from './lint-files.js'

const today = { ML_DASH_LINT_TODAY: '2026-11-26' }

/** What is reported of the files, a line each: place, severity, message and rule. */
async function reported(files: Files, ...argv: string[]): Promise<string[]> {
  const { stdout, stderr } = await runIn(repository(files).path, ['--format', 'unix', ...argv], today)
  return [...stdout.split('\n'), ...stderr.split('\n')].filter((line) => line !== '')
}

const metrics = { 'src/metrics.ts': producer, 'dashboards/jobs.json': dashboardWith('jobs_done_total', 'jobs_duration_seconds_sum', 'jobs_queued') }
const rules = (text: string): Files => ({ ...metrics, 'alerts.yml': `groups:\n  - name: jobs\n    rules:\n${text}` })

test('a comment of YAML is about the next line or its own, with the text that begins there', async () => {
  expect(await reported(rules(`
      - alert: Next
        # ml-dash-lint-disable-next-line unknown-metric -- comes with the next release
        expr: jobs_lost > 0
      - alert: Block
        # ml-dash-lint-disable-next-line unknown-metric
        # Two comments and an empty line do no harm.

        expr: |
          sum(
            jobs_lost
          ) > 0
      - alert: Own
        expr: jobs_lost > 0 # ml-dash-lint-disable-line unknown-metric
      - alert: Header
        expr: >- # ml-dash-lint-disable-line unknown-metric
          jobs_lost
          > 0
      - { alert: Flow, expr: jobs_lost > 0 } # ml-dash-lint-disable-line unknown-metric
      - alert: NextButOne
        # ml-dash-lint-disable-next-line unknown-metric
        for: 5m
        expr: jobs_lost > 0
`))).toEqual([
    'alerts.yml:24:42: warning: There is no finding of "unknown-metric" on the next line: this suppresses nothing. The next one is on line 26 [suppression]',
    'alerts.yml:26:15: error: No producer exposes "jobs_lost" [unknown-metric]',
  ])
})

test('a block ends where its rule is enabled, or with the file; a file is all of it', async () => {
  expect(await reported(rules(`
      # ml-dash-lint-disable unknown-metric, alert-for -- being renamed
      - { alert: A, expr: jobs_lost > 0 }
      # ml-dash-lint-enable unknown-metric
      - { alert: B, expr: jobs_lost > 0 }
      # ml-dash-lint-disable unknown-metric
      - { alert: C, expr: jobs_lost > 0 }
      # ml-dash-lint-enable
      - { alert: D, expr: jobs_lost > 0 }
      # ml-dash-lint-disable unknown-metric
      - { alert: E, expr: jobs_lost > 0 }
`))).toEqual([
    'alerts.yml:8:27: error: No producer exposes "jobs_lost" [unknown-metric]',
    'alerts.yml:12:27: error: No producer exposes "jobs_lost" [unknown-metric]',
  ])
  expect(await reported(rules(`
      - { alert: A, expr: jobs_lost > 0 }
      - { alert: B, expr: jobs_gone > 0 }
# ml-dash-lint-disable-file unknown-metric
`))).toEqual([])
  expect(await reported(rules('      # ml-dash-lint-enable unknown-metric\n      - { alert: A, expr: up == 0 }\n'))).toEqual([
    'alerts.yml:4:9: warning: No "ml-dash-lint-disable" comes before this [suppression]',
  ])
})

test('a rule is narrowed to metrics and labels', async () => {
  expect(await reported(rules(`
      # ml-dash-lint-disable-next-line unknown-metric(jobs_lost)
      - { alert: A, expr: jobs_lost + jobs_gone > 0 }
      # ml-dash-lint-disable-next-line unknown-metric( metric = jobs_g* , jobs_lost )
      - { alert: B, expr: jobs_lost + jobs_gone > 0 }
      # ml-dash-lint-disable-next-line unknown-label(metric=jobs_queued, label=queue), unknown-metric(jobs_*st)
      - { alert: C, expr: 'jobs_queued{queue="a", shard="b"} + jobs_lost > 0' }
      # ml-dash-lint-disable-next-line unknown-label(label=*a*)
      - { alert: D, expr: 'jobs_queued{queue="a", shard="b"} > 0' }
`), '--rule', 'unknown-metric', '--rule', 'unknown-label')).toEqual([
    'alerts.yml:6:39: error: No producer exposes "jobs_gone" [unknown-metric]',
    'alerts.yml:10:51: error: "jobs_queued" (gauge, src/metrics.ts:5) has no label "shard". It has no labels of its own. [unknown-label]',
    'alerts.yml:12:40: error: "jobs_queued" (gauge, src/metrics.ts:5) has no label "queue". It has no labels of its own. [unknown-label]',
  ])
})

test('it holds through its last day', async () => {
  const files = rules('      # ml-dash-lint-disable-next-line unknown-metric until 2026-11-26 -- comes with 2.0\n      - { alert: A, expr: jobs_lost > 0 }\n')
  const { path } = repository(files)
  const on = async (day: string) => (await runIn(path, ['--format', 'unix'], { ML_DASH_LINT_TODAY: day })).stdout
  expect(await on('2026-11-26')).toBe('')
  expect(await on('2026-11-27')).toBe(`\
alerts.yml:4:40: warning: This suppression of "unknown-metric" held until 2026-11-26: what it suppressed is reported again [suppression]
alerts.yml:5:27: error: No producer exposes "jobs_lost" [unknown-metric]
`)
  expect(await runIn(path, [], { ML_DASH_LINT_TODAY: 'tomorrow' })).toEqual({
    code: 2, stdout: '', stderr: 'ml-dash-lint: "tomorrow" is no day: ML_DASH_LINT_TODAY has to be one, as 2027-01-31\n',
  })
  expect(await reported(rules('      # ml-dash-lint-disable-next-line unknown-metric until 2026-01-01\n      - { alert: A, expr: up == 0 }\n'))).toEqual([
    'alerts.yml:4:40: warning: This suppression of "unknown-metric" held until 2026-01-01: there is nothing left for it to suppress [suppression]',
  ])
})

test('what is no order is told at its place, and the rules beside it count', async () => {
  expect(await reported(rules(`
      # ml-dash-lint-disable-nextline unknown-metric
      # ml-dash-lint-ignore unknown-metric
      # ml-dash-lint disable unknown-metric
      # ml-dash-lint-disable-line -- why
      # ml-dash-lint-disable-line unknown-metric until 2026-13-45 -- why
      # ml-dash-lint-disable-line unknown-metric until
      # ml-dash-lint-disable-line unknown-metric because it comes
      # ml-dash-lint-disable-line unknown-metric(value=3)
      # ml-dash-lint-disable-line suppression
      # ml-dash-lint-disable-next-line unknwn-metric, unknown-metric,, -- why
      - { alert: A, expr: jobs_lost > 0 }
      # Of ml-dash-lint-disable-line and other words in a sentence nothing is meant.
      # ml-dash-lint is what reads this.
      # ml-dash-lint-disable-next-line unknown-metric
`))).toEqual([
    'alerts.yml:5:9: warning: There is no "ml-dash-lint-disable-nextline". Did you mean "ml-dash-lint-disable-next-line"? [suppression]',
    'alerts.yml:6:9: warning: There is no "ml-dash-lint-ignore". The words are "ml-dash-lint-disable-next-line", "ml-dash-lint-disable-line", "ml-dash-lint-disable", "ml-dash-lint-enable", "ml-dash-lint-disable-file" [suppression]',
    'alerts.yml:7:9: warning: "ml-dash-lint disable" suppresses nothing. Did you mean "ml-dash-lint-disable"? [suppression]',
    'alerts.yml:8:9: warning: "ml-dash-lint-disable-line" names no rule: write "ml-dash-lint-disable-line RULE -- reason" [suppression]',
    'alerts.yml:9:50: warning: After "until" comes a day, as in "until 2027-01-31", not "2026-13-45": this suppresses nothing [suppression]',
    'alerts.yml:10:50: warning: After "until" comes a day, as in "until 2027-01-31": this suppresses nothing [suppression]',
    'alerts.yml:11:35: warning: "unknown-metric because it comes" is no name of a rule: rules are separated by commas, and the reason comes behind "--" [suppression]',
    'alerts.yml:12:35: warning: "(value=3)" names no metric and no label: write "unknown-metric(jobs_total)", "unknown-metric(label=instance)" or "unknown-metric(metric=jobs_*, label=instance)" [suppression]',
    'alerts.yml:13:35: warning: What is wrong with suppressions is not suppressed: set the severity of the rule "suppression" instead [suppression]',
    'alerts.yml:14:40: warning: There is no rule "unknwn-metric". Did you mean "unknown-metric"? [suppression]',
    'alerts.yml:14:69: warning: A rule is missing beside this comma [suppression]',
    'alerts.yml:18:9: warning: No line follows this comment: it suppresses nothing [suppression]',
  ])
})

test('in TypeScript, JavaScript and Python only comments count', async () => {
  const unused = { 'ml-dash-lint.config.json': { rules: { 'unused-metric': 'warning', 'metric-name-convention': 'off', 'metric-never-recorded': 'off' } } }
  expect(await reported({
    ...unused,
    'src/metrics.ts': `import { Gauge } from 'prom-client'
const text = \`
// ml-dash-lint-disable-file unused-metric
\`
const pattern = /[/*] ml-dash-lint-disable-file unused-metric */
/* ml-dash-lint-disable-next-line unused-metric -- for another team */
export const a = new Gauge({ name: 'jobs_a', help: text })
export const b = new Gauge({ name: 'jobs_b', help: '// ml-dash-lint-disable-line unused-metric' })
export const c = new Gauge({
  // ml-dash-lint-disable-next-line unused-metric
  name: 'jobs_c',
  help: \`\${pattern /* ml-dash-lint-disable-next-line unused-metric */}\`,
})
/**
 * ml-dash-lint-disable unused-metric -- all that
 * follows
 */
export const d = new Gauge({ name: 'jobs_d', help: 'd' })
`,
    'web/metrics.jsx': `import { Gauge } from 'prom-client'
export const e = new Gauge({ name: 'jobs_e', help: 'e' }) // ml-dash-lint-disable-line unused-metric
export const view = <b>// ml-dash-lint-disable-file unused-metric {/* ml-dash-lint-disable-line unused-metric */}</b>
`,
    'web/broken.js': `import { Gauge } from 'prom-client'
// ml-dash-lint-disable-next-line unused-metric
export const f = new Gauge({ name: 'jobs_f', help: 'f' })
export const = "// ml-dash-lint-disable-line unused-metric"
`,
    'jobs/metrics.py': `from prometheus_client import Gauge
TEXT = """
# ml-dash-lint-disable-file unused-metric
"""
A = Gauge("py_a_bytes", TEXT + "# ml-dash-lint-disable-line unused-metric")
B = Gauge("py_b_bytes", f"{TEXT}")  # ml-dash-lint-disable-line unused-metric
# ml-dash-lint-disable-next-line unused-metric
C = Gauge("py_c_bytes", "c")
`,
  })).toEqual([
    'jobs/metrics.py:5:11: warning: No dashboard and no rule reads "py_a_bytes" [unused-metric]',
    'src/metrics.ts:8:36: warning: No dashboard and no rule reads "jobs_b" [unused-metric]',
    'src/metrics.ts:12:54: warning: There is no finding of "unused-metric" on the next line: this suppresses nothing [suppression]',
    'web/broken.js:4:14: warning: Variable declaration expected. [parse-error]',
    'web/metrics.jsx:3:97: warning: There is no finding of "unused-metric" on this line: this suppresses nothing [suppression]',
  ])
})
