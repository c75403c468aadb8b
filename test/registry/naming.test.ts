import { spawnSync } from 'node:child_process'
import { Counter, Gauge, Histogram, Registry, Summary } from 'prom-client'
import type { RegistryContentType } from 'prom-client'
import { describe, expect, test } from 'vitest'
import { addedLabels, exposedLabelName, exposedNames } from '../../src/registry/naming.js'
import type { NamingOptions } from '../../src/registry/naming.js'
import { parsePattern, patternText } from '../../src/registry/name-pattern.js'
import type { ClientLibrary, MetricType } from '../../src/registry/types.js'

/** Family and series in one line: `jobs_total: jobs_created jobs_total`. */
function names(client: ClientLibrary, type: MetricType, name: string, unit?: string, options?: NamingOptions): string {
  const { family, series } = exposedNames(client, type, parsePattern(name), unit, options)
  return `${patternText(family)}: ${series.map(patternText).join(' ')}`
}

describe('prom-client', () => {
  test.each([
    ['counter', 'jobs', {}, 'jobs: jobs'],
    ['counter', 'jobs_total', {}, 'jobs_total: jobs_total'],
    ['counter', 'jobs', { openMetrics: true }, 'jobs_total: jobs_total'],
    ['counter', 'jobs_total', { openMetrics: true }, 'jobs_total: jobs_total'],
    ['gauge', 'load', {}, 'load: load'],
    ['histogram', 'wait_seconds', {}, 'wait_seconds: wait_seconds_bucket wait_seconds_count wait_seconds_sum'],
    ['summary', 'wait', { quantiles: [0.5] }, 'wait: wait wait_count wait_sum'],
    ['summary', 'wait', {}, 'wait: wait wait_count wait_sum'],
    ['summary', 'wait', { quantiles: [] }, 'wait: wait_count wait_sum'],
    ['unknown', 'thing', {}, 'thing: thing thing_bucket thing_count thing_sum'],
    ['counter', '*_jobs_total', {}, '*_jobs_total: *_jobs_total'],
  ] as const)('%s %s %j', (type, name, options, expected) => {
    expect(names('prom-client', type, name, undefined, options)).toBe(expected)
  })

  test.each([[false], [true]])('exposes these very names (OpenMetrics: %s)', async (openMetrics) => {
    const registry = new Registry<RegistryContentType>()
    if (openMetrics) registry.setContentType(Registry.OPENMETRICS_CONTENT_TYPE)
    const registers = [registry]
    new Counter({ name: 'a', help: 'h', registers })
    new Counter({ name: 'b_total', help: 'h', registers })
    new Gauge({ name: 'g', help: 'h', registers })
    new Histogram({ name: 'h', help: 'h', registers })
    new Summary({ name: 's', help: 'h', registers })
    new Summary({ name: 'q', help: 'h', percentiles: [], registers })
    const expected = [
      names('prom-client', 'counter', 'a', undefined, { openMetrics }),
      names('prom-client', 'counter', 'b_total', undefined, { openMetrics }),
      names('prom-client', 'gauge', 'g'),
      names('prom-client', 'histogram', 'h'),
      names('prom-client', 'summary', 's'),
      names('prom-client', 'summary', 'q', undefined, { quantiles: [] }),
    ]
    expect(seriesIn(await registry.metrics())).toEqual(seriesOf(expected))
  })
})

describe('prometheus_client', () => {
  const table = [
    ['counter', 'jobs', undefined, {}, 'jobs_total: jobs_created jobs_total'],
    ['counter', 'tasks_total', undefined, {}, 'tasks_total: tasks_created tasks_total'],
    ['counter', 'sent', 'bytes', {}, 'sent_bytes_total: sent_bytes_created sent_bytes_total'],
    ['counter', 'got_total', 'bytes', {}, 'got_bytes_total: got_bytes_created got_bytes_total'],
    ['gauge', 'age', 'seconds', {}, 'age_seconds: age_seconds'],
    ['gauge', 'lag_seconds', 'seconds', {}, 'lag_seconds: lag_seconds'],
    ['histogram', 'wait', undefined, {}, 'wait: wait_bucket wait_count wait_created wait_sum'],
    ['histogram', 'delta', undefined, { buckets: [-1, 1] }, 'delta: delta_bucket delta_count delta_created'],
    ['summary', 'size', 'bytes', {}, 'size_bytes: size_bytes_count size_bytes_created size_bytes_sum'],
    ['info', 'build', undefined, {}, 'build_info: build_info'],
    ['info', 'app_info', undefined, {}, 'app_info_info: app_info_info'],
    ['stateset', 'phase', undefined, {}, 'phase: phase'],
  ] as const

  test.each(table)('%s %s %s %j', (type, name, unit, options, expected) => {
    expect(names('prometheus_client', type, name, unit, options)).toBe(expected)
  })

  test('no _created series where they are switched off, no guess at a name that is not known whole', () => {
    expect(names('prometheus_client', 'counter', 'jobs', undefined, { created: false })).toBe('jobs_total: jobs_total')
    expect(names('prometheus_client', 'counter', 'celery_*')).toBe('celery_*_total: celery_*_created celery_*_total')
    expect(names('prometheus_client', 'counter', '*_total')).toBe('*_total: *_created *_total')
    expect(names('prometheus_client', 'unknown', 'x')).toBe('x: x x_bucket x_count x_created x_info x_sum x_total')
  })

  test('exposes these very names', ({ skip }) => {
    const constructors = table.map(([type, name, unit, options]) => {
      const buckets = 'buckets' in options ? `, buckets=${JSON.stringify(options.buckets)}` : ''
      const states = type === 'stateset' ? ", states=['a', 'b']" : ''
      const constructor = type === 'stateset' ? 'Enum' : type[0]!.toUpperCase() + type.slice(1)
      return `${constructor}('${name}', 'help'${unit ? `, unit='${unit}'` : ''}${buckets}${states}, registry=r)`
    })
    const program = ['from prometheus_client import *', 'r = CollectorRegistry()', ...constructors, 'print(generate_latest(r).decode())']
    const run = spawnSync(process.env['ML_DASH_LINT_PYTHON'] ?? 'python3', ['-c', program.join('\n')], { encoding: 'utf8' })
    if (run.status !== 0 && /No module named|ENOENT/.test(run.stderr + String(run.error))) {
      skip('python3 with prometheus_client is not installed')
    }
    expect(run.stderr).toBe('')
    expect(seriesIn(run.stdout)).toEqual(seriesOf(table.map((row) => row[4])))
  })
})

describe('OpenTelemetry', () => {
  // Each row was seen on the /metrics of the exporters (JavaScript 0.223, Python 0.66b2).
  test.each([
    ['counter', 'http.requests', '1', 'http_requests_total', 'http_requests_total'],
    ['counter', 'by_total', 'By', 'by_total', 'by_bytes_total'],
    ['counter', 'bt.total', 'ms', 'bt_total', 'bt_milliseconds_total'],
    ['counter', 'rt', '{req}/s', 'rt_total', 'rt_per_second_total'],
    ['gauge', 'util', '1', 'util', 'util'],
    ['gauge', 'q..x__y', '{i}', 'q_x_y', 'q_x_y'],
    ['gauge', 'speed', 'm/s', 'speed', 'speed_meters_per_second'],
    ['gauge', 'pc', '%', 'pc', 'pc_percent'],
    ['gauge', 'temp-x/y', 'Cel', 'temp_x_y', 'temp_x_y_celsius'],
    ['gauge', '9lives', undefined, '_9lives', '_lives'],
  ] as const)('%s %s %s is %s in JavaScript, %s in Python', (type, name, unit, js, python) => {
    expect(names('opentelemetry-js', type, name, unit)).toBe(`${js}: ${js}`)
    expect(names('opentelemetry-python', type, name, unit)).toBe(`${python}: ${python}`)
  })

  // prometheus/otlptranslator: metric_namer_test.go has more of the kind.
  test.each([
    ['gauge', 'system.filesystem.usage', 'By', 'system_filesystem_usage_bytes', 'system.filesystem.usage_bytes'],
    ['gauge', 'system.cpu.utilization', '1', 'system_cpu_utilization_ratio', 'system.cpu.utilization_ratio'],
    ['counter', 'system.io', 'foo/bar', 'system_io_foo_per_bar_total', 'system.io_foo_per_bar_total'],
    ['counter', 'total_requests', '1', 'requests_total', 'total_requests_total'],
    ['gauge', 'broker.cpu_time', '{x}', 'broker_cpu_time', 'broker.cpu_time'],
    ['histogram', 'latency.seconds', 's', 'latency_seconds', 'latency.seconds'],
  ] as const)('%s %s %s through OTLP is %s, or %s in UTF-8', (type, name, unit, escaped, utf8) => {
    const family = (strategy: NonNullable<NamingOptions['strategy']>) =>
      patternText(exposedNames('opentelemetry-js', type, parsePattern(name), unit, { strategy }).family)
    expect(family('UnderscoreEscapingWithSuffixes')).toBe(escaped)
    expect(family('NoUTF8EscapingWithSuffixes')).toBe(utf8)
    expect(family('UnderscoreEscapingWithoutSuffixes')).toBe(name.replaceAll('.', '_'))
    expect(family('NoTranslation')).toBe(name)
  })

  test('unknown parts of a name stay unknown', () => {
    expect(names('opentelemetry-js', 'histogram', 'worker.*.wait')).toBe(
      'worker_*_wait: worker_*_wait_bucket worker_*_wait_count worker_*_wait_sum',
    )
    expect(names('opentelemetry-python', 'counter', '*.sent', 'By')).toBe('*_sent_bytes_total: *_sent_bytes_total')
  })

  test('the exporters add the scope', () => {
    expect(addedLabels('opentelemetry-python').map(({ name }) => name)).toEqual([
      'otel_scope_name',
      'otel_scope_schema_url',
      'otel_scope_version',
    ])
    expect(addedLabels('prom-client')).toEqual([])
  })

  test('attribute keys become label names', () => {
    expect(exposedLabelName('opentelemetry-js', 'http.route')).toBe('http_route')
    expect(exposedLabelName('opentelemetry-python', 'http.response-code')).toBe('http_response_code')
    expect(exposedLabelName('opentelemetry-js', '9th', 'UnderscoreEscapingWithSuffixes')).toBe('key_9th')
    expect(exposedLabelName('opentelemetry-js', 'http.route', 'NoTranslation')).toBe('http.route')
    expect(exposedLabelName('prom-client', 'route')).toBe('route')
  })
})

function seriesOf(lines: readonly string[]): string[] {
  return lines.flatMap((line) => line.split(': ')[1]!.split(' ')).sort()
}

function seriesIn(exposition: string): string[] {
  const lines = exposition.split('\n').filter((line) => line !== '' && !line.startsWith('#'))
  return [...new Set(lines.map((line) => /^[^{ ]+/.exec(line)![0]))].sort()
}
