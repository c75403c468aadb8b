import { spawnSync } from 'node:child_process'
import { describe, expect, test } from 'vitest'
import { conventionProblems } from '../../src/contract/name-convention.js'
import { family, label } from '../registry/families.js'
import type { Family, MetricType } from '../../src/registry/types.js'
import { lintFiles, lintLines } from './lint-files.js'

test('tells what is against the conventions at the declaration', async () => {
  expect(await lintLines('metric-name-convention', {
    'src/metrics.ts': `import { Counter, Gauge, Histogram } from 'prom-client'

export const done = new Counter({ name: 'jobs_done_total', help: 'Jobs done' })
export const lost = new Counter({ name: 'jobs_lost', help: 'Jobs lost' })
export const wait = new Histogram({ name: 'jobs_wait_milliseconds', help: 'Time in the queue', labelNames: ['jobKind'] })
export const queued = new Gauge({ name: 'jobsQueued_total', help: 'Jobs that wait' })
`,
    'metrics.py': 'from prometheus_client import Counter\n\nLOST = Counter("jobs_lost", "Lost")\nUSED = Counter("jobs_used_mb", "Memory")\n',
  })).toEqual([
    'metrics.py:4:16 warning «"jobs_used_mb"» "jobs_used_mb_total": metric names should not contain abbreviated units',
    "src/metrics.ts:4:41 warning «'jobs_lost'» \"jobs_lost\": counter metrics should have \"_total\" suffix",
    "src/metrics.ts:5:43 warning «'jobs_wait_milliseconds'» \"jobs_wait_milliseconds\": label names should be written in 'snake_case' not 'camelCase'",
    "src/metrics.ts:5:43 warning «'jobs_wait_milliseconds'» \"jobs_wait_milliseconds\": use base unit \"seconds\" instead of \"milliseconds\"",
    "src/metrics.ts:6:41 warning «'jobsQueued_total'» \"jobsQueued_total\": metric names should be written in 'snake_case' not 'camelCase'",
    "src/metrics.ts:6:41 warning «'jobsQueued_total'» \"jobsQueued_total\": non-counter metrics should not have \"_total\" suffix",
  ])
})

test('tells what a whole code base does once, at the first of its metrics', async () => {
  const counters = Array.from('abcdefghij').map((name) => `new Counter({ name: 'jobs_${name}${name}', help: 'Jobs' })\n`)
  const files = {
    'src/metrics.ts': `import { Counter } from 'prom-client'\n${counters.join('')}`,
    'src/queue.ts': "import { Gauge } from 'prom-client'\nnew Gauge({ name: 'queue_total', help: 'Jobs' })\n",
  }
  const diagnostics = await lintFiles('metric-name-convention', files)
  expect(diagnostics.map(({ message, place, related }) => [place.source.positionAt(place.span.start).line, message, related.map(({ message: text }) => text)])).toEqual([
    [2, '10 metrics ("jobs_aa", "jobs_bb", "jobs_cc", "jobs_dd", "jobs_ee" and 5 more): counter metrics should have "_total" suffix', Array.from('bcdefghij').map((name) => `"jobs_${name}${name}" is declared here`)],
    [2, '"queue_total": non-counter metrics should not have "_total" suffix', []],
  ])
  expect(await lintLines('metric-name-convention', files, { options: { together: 20 } })).toHaveLength(2)
  expect(await lintLines('metric-name-convention', files, { options: { each: true } })).toHaveLength(11)
})

test('tells what several metrics of one file share once in the file, and no name twice', async () => {
  const files = {
    'src/metrics.ts': `import { Counter } from 'prom-client'
export const lost = new Counter({ name: 'jobs_lost', help: 'Jobs lost' })
export const again = new Counter({ name: 'jobs_lost', help: 'Jobs lost' })
export const late = new Counter({ name: 'jobs_late', help: 'Jobs late' })
`,
    'src/queue.ts': "import { Counter } from 'prom-client'\nnew Counter({ name: 'queue_lost', help: 'Jobs lost' })\n",
  }
  expect(await lintLines('metric-name-convention', files)).toEqual([
    "src/metrics.ts:2:41 warning «'jobs_lost'» 2 metrics (\"jobs_lost\", \"jobs_late\"): counter metrics should have \"_total\" suffix",
    "src/queue.ts:2:21 warning «'queue_lost'» \"queue_lost\": counter metrics should have \"_total\" suffix",
  ])
  expect(await lintLines('metric-name-convention', files, { options: { each: true } })).toEqual([
    "src/metrics.ts:2:41 warning «'jobs_lost'» \"jobs_lost\": counter metrics should have \"_total\" suffix",
    "src/metrics.ts:4:41 warning «'jobs_late'» \"jobs_late\": counter metrics should have \"_total\" suffix",
    "src/queue.ts:2:21 warning «'queue_lost'» \"queue_lost\": counter metrics should have \"_total\" suffix",
  ])
})

/** What `promtool check metrics` says of metrics of one type, told as `name problem`, sorted. */
function promtoolLint(exposition: string, type: string): string[] {
  const { stdout, stderr } = spawnSync('promtool', ['check', 'metrics'], { input: exposition, encoding: 'utf8' })
  // Older versions object to the names of other types too.
  const isOfOtherType = (line: string) => line.includes(' metric name should not include type ') && !line.endsWith(`'${type}'`)
  return `${stdout}${stderr}`.split('\n').filter((line) => line !== '' && !isOfOtherType(line)).sort()
}

const names = [
  'jobs', 'jobs_total', 'jobs_done', 'jobsDone_total', 'jobs_counter', 'jobs_gauge_total', 'jobs_counter_total', 'counter_jobs', 'Jobs_Gauge_now',
  'jobs_histogram_seconds', 'jobs_summary', 'gauge', 'job:jobs:rate5m', 'jobs_milliseconds', 'jobs_minutes_total', 'jobs_hours', 'jobs_kilobytes',
  'jobs_kibibytes_total', 'jobs_bits', 'jobs_fahrenheit', 'jobs_inches', 'jobs_kelvins', 'jobs_days', 'jobs_weeks', 'jobs_seconds', 'jobs_bytes_total',
  'jobs_ms', 'jobs_wait_s', 'jobs_mb_total', 'jobs_m_total', 'jobs_kb', 'jobs_sec', 'ms_jobs', 'jobs_calories', 'jobs_millijoules', 'jobs_megabytes_bytes',
  'jobs_info', 'jobs_created', 'jobs_ounces', 'jobs_grams', 'jobs_microvolts', 'jobs_count_total', 'jobs_GB', 'jobs_nanoseconds_seconds', 'a_h_total',
  'jobs_per_second', 'jobs_yards', 'jobs_metres', 'jobs_centimeters', 'jobs_amperes', 'jobs_tebibytes',
]
/** Names that a histogram called `jobs` has for series of its own. */
const suffixed = ['jobs_bucket', 'jobs_count', 'jobs_sum', 'queue_bucket_total', 'queue_sum_seconds']

/** Metrics of each of the names, of one type and with one set of labels: what one page of metrics can hold. */
const pages: Family[][] = (['counter', 'gauge', 'histogram', 'summary', 'untyped'] satisfies MetricType[]).flatMap((type) => {
  const page = (of: readonly string[], labels: string[], help = 'Help') => of.map((name) => family(name, { type, help, labels: labels.map((one) => label(one)) }))
  const withReserved = type === 'histogram' || type === 'summary' ? [] : [page(names, ['le']), page(names, ['quantile'])]
  return [page(names, []), page(names, ['jobKind'], ''), page(suffixed, []), page(suffixed, ['kind'], ''), ...withReserved]
})

describe('says what promtool says', () => {
  const version = spawnSync('promtool', ['--version'], { encoding: 'utf8' })
  if (version.error) console.log('skipped: promtool is not installed')

  test.skipIf(version.error !== undefined)('of counters, gauges, histograms, summaries and untyped metrics of many names', () => {
    for (const page of pages) {
      const ours = page.flatMap((one) => conventionProblems(one).map((problem) => `${one.name} ${problem}`)).sort()
      const { type } = page[0]!
      expect({ type, problems: ours }).toEqual({ type, problems: promtoolLint(page.map(expositionOf).join(''), type) })
    }
  })
})

function expositionOf({ name, type, help, labels }: Family): string {
  const own = labels.map((one) => `${one.name}="1"`)
  const sample = (suffix: string, ...more: string[]) => {
    const all = [...own, ...more]
    return `${name}${suffix}${all.length > 0 ? `{${all.join(',')}}` : ''} 1\n`
  }
  const head = `${help ? `# HELP ${name} ${help}\n` : ''}# TYPE ${name} ${type}\n`
  if (type === 'histogram') return `${head}${sample('_bucket', 'le="+Inf"')}${sample('_sum')}${sample('_count')}`
  if (type === 'summary') return `${head}${sample('', 'quantile="0.5"')}${sample('_sum')}${sample('_count')}`
  return head + sample('')
}

test('takes an abbreviation within a name for no unit', async () => {
  expect(await lintLines('metric-name-convention', {
    'metrics.py': 'from prometheus_client import Counter\n\nREAD = Counter("kb_articles_read", "Articles of the knowledge base")\nSENT = Counter("jobs_kb_per_s", "Sent")\n',
  })).toEqual([
    expect.stringMatching(/«"jobs_kb_per_s"» "jobs_kb_per_s_total": metric names should not contain abbreviated units$/),
  ])
})
