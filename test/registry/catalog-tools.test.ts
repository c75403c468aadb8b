import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

interface Descriptor {
  readonly name: string
  readonly type: string
  readonly help?: string
  readonly labels?: readonly string[]
  readonly labelsOpen?: boolean
  readonly native?: boolean
  readonly anySeries?: boolean
}

/** The scripts are plain JavaScript without declarations. */
const { mergeFamilies } = (await import(new URL('../../tools/catalogs/merge.js', import.meta.url).href)) as {
  mergeFamilies: (seen: { scrapes?: readonly string[]; descriptors?: readonly Descriptor[] }) => readonly object[]
}

describe('mergeFamilies', () => {
  it('unites versions that disagree: both labels and maybe more, both kinds of series, no type', () => {
    expect(mergeFamilies({
      descriptors: [
        { name: 'app_wait_seconds', type: 'gauge', help: 'Old', labels: ['queue'], labelsOpen: false },
        { name: 'app_wait_seconds', type: 'histogram', help: 'New', labels: ['kind'], labelsOpen: false },
      ],
    })).toEqual([{
      name: 'app_wait_seconds',
      type: 'unknown',
      help: 'New',
      labels: [{ name: 'kind', open: true }, { name: 'queue', open: true }],
      labelsOpen: true,
      series: ['app_wait_seconds', 'app_wait_seconds_bucket', 'app_wait_seconds_count', 'app_wait_seconds_sum'],
    }])
  })

  it('knows no type where any two versions disagree, whatever those after them say, scraped or declared', () => {
    const typed = (...types: string[]) => mergeFamilies({ descriptors: types.map((type) => ({ name: 'app_in_total', type, labels: [] })) })
    const scraped = (type: string) => `# TYPE app_in_total ${type}\napp_in_total 1\n`
    expect([
      typed('gauge', 'counter', 'gauge'),
      typed('gauge', 'unknown', 'gauge'),
      mergeFamilies({ scrapes: [scraped('counter'), scraped('gauge')] }),
      mergeFamilies({ scrapes: [scraped('untyped')], descriptors: [{ name: 'app_in_total', type: 'gauge', labels: [] }] }),
    ].map(([family]) => (family as { type: string }).type)).toEqual(['unknown', 'gauge', 'unknown', 'gauge'])
  })

  it('closes the labels that grew from version to version, and opens those that changed', () => {
    const labelled = (...sets: string[][]) => mergeFamilies({ descriptors: sets.map((labels) => ({ name: 'app_up', type: 'gauge', labels, labelsOpen: false })) })
    expect([labelled(['a'], ['a', 'b']), labelled(['a', 'b'], ['b'])].map(([family]) => (family as { labelsOpen?: true }).labelsOpen)).toEqual([undefined, undefined])
    expect(labelled(['a'], ['b', 'c'])).toMatchObject([{ labels: [{ name: 'a' }, { name: 'b' }, { name: 'c' }], labelsOpen: true }])
  })

  it('leaves labels open where one version computes them, whatever the others do', () => {
    const computed = { name: 'app_up', type: 'gauge', labelsOpen: true }
    const fixed = { name: 'app_up', type: 'gauge', labels: ['node'], labelsOpen: false }
    const open = [{ name: 'app_up', type: 'gauge', labels: [{ name: 'node', open: true }], labelsOpen: true, series: ['app_up'] }]
    expect(mergeFamilies({ descriptors: [computed, fixed] })).toEqual(open)
    expect(mergeFamilies({ descriptors: [fixed, computed] })).toEqual(open)
  })

  it('knows the labels of a family that a scrape shows without samples only from the source', () => {
    const scrapes = ['# HELP app_failures_total Failures\n# TYPE app_failures_total counter\n']
    const family = { name: 'app_failures_total', type: 'counter', help: 'Failures', labels: [], series: ['app_failures_total'] }
    expect(mergeFamilies({ scrapes })).toEqual([{ ...family, labelsOpen: true }])
    expect(mergeFamilies({ scrapes, descriptors: [{ name: 'app_failures_total', type: 'counter', labelsOpen: false }] })).toEqual([family])
  })

  it('lists all series that a description without a known type may have', () => {
    expect(mergeFamilies({ descriptors: [{ name: 'app_seconds', type: 'unknown', labelsOpen: false, anySeries: true }] })).toMatchObject([
      { type: 'unknown', series: ['app_seconds', 'app_seconds_bucket', 'app_seconds_count', 'app_seconds_sum'] },
    ])
  })

  it('lists no series of a histogram where some version tells another type', () => {
    const type = (type: string) => ({ name: 'app_in_total', type, labels: [], anySeries: type === 'unknown' })
    expect(mergeFamilies({ descriptors: [type('unknown'), type('gauge'), type('counter')] })).toMatchObject([{ type: 'unknown', series: ['app_in_total'] }])
  })

  it('lists the bare name of a histogram with native buckets', () => {
    expect(mergeFamilies({ descriptors: [{ name: 'app_seconds', type: 'histogram', labels: [], native: true }] })).toMatchObject([
      { series: ['app_seconds', 'app_seconds_bucket', 'app_seconds_count', 'app_seconds_sum'] },
    ])
  })
})

const program = fileURLToPath(new URL('../../tools/catalogs/go-descriptors/main.go', import.meta.url))
const goPresent = spawnSync('go', ['version']).status === 0
if (!goPresent) console.log('go-descriptors is not tested: there is no Go toolchain')

describe.skipIf(!goPresent)('go-descriptors', () => {
  it('reads constructors, wrappers, descriptions and names from other packages', { timeout: 60_000 }, () => {
    const found = descriptorsOf({
      'names/names.go': 'package names\nconst Namespace = prefix\nconst prefix = "app"\n',
      'main.go': `package main
import (
	"example.org/app/names"
	"github.com/prometheus/client_golang/prometheus"
)
const prefix = "wrong"
var labels = []string{"queue"}
var done = prometheus.NewCounterVec(prometheus.CounterOpts{Namespace: names.Namespace, Name: "done_total", Help: "Done"}, labels)
var wait = promauto.With(reg).NewHistogram(prometheus.HistogramOpts{Name: "app_wait_seconds", NativeHistogramBucketFactor: 1.1})
var size = metrics.NewPrometheusGauge(registry, prometheus.GaugeOpts{Name: "app_size"}, append(labels, "node"))
var held = prometheus.NewDesc("app_held", "Held", nil, nil)
func newServerMetric(name string, labelNames ...string) *prometheus.Desc {
	return prometheus.NewDesc(prometheus.BuildFQName(names.Namespace, "server", name), "", labelNames, nil)
}
var sessions = newServerMetric("sessions", "server", "state")
func collect(ch chan<- prometheus.Metric, computed []string) {
	ch <- prometheus.MustNewConstMetric(held, prometheus.GaugeValue, 1)
	ch <- prometheus.MustNewConstMetric(prometheus.NewDesc("app_computed", "", computed, nil), prometheus.CounterValue, 1)
	ch <- prometheus.MustNewConstMetric(prometheus.NewDesc("app_"+unknown(), "", nil, nil), prometheus.CounterValue, 1)
}
`,
    })
    expect(found).toEqual([
      { name: 'app_computed', type: 'unknown', labelsOpen: true, anySeries: true },
      { name: 'app_done_total', type: 'counter', help: 'Done', labels: ['queue'], labelsOpen: false },
      { name: 'app_held', type: 'gauge', help: 'Held', labelsOpen: false },
      { name: 'app_server_sessions', type: 'unknown', labels: ['server', 'state'], labelsOpen: false, anySeries: true },
      { name: 'app_size', type: 'gauge', labels: ['node', 'queue'], labelsOpen: false },
      { name: 'app_wait_seconds', type: 'histogram', labelsOpen: false, native: true },
    ])
  })
})

function descriptorsOf(files: Record<string, string>): unknown {
  const root = mkdtempSync(join(tmpdir(), 'go-descriptors-'))
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true })
    writeFileSync(join(root, name), text)
  }
  const { stdout } = spawnSync('go', ['run', program, root], { encoding: 'utf8' })
  rmSync(root, { recursive: true })
  return JSON.parse(stdout)
}
