import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it, test } from 'vitest'
import {
  catalogedValues, catalogFamilies, catalogNames, catalogsFor, catalogsOwning, catalogSummary, catalogsWithSeries, loadCatalog, mayExposeUnlisted,
} from '../../src/registry/catalogs.js'
import { digits } from '../../src/registry/name-pattern.js'

/** The scripts are plain JavaScript without declarations. */
const { indexTexts } = (await import(new URL('../../tools/catalogs/write.js', import.meta.url).href)) as {
  indexTexts: () => Record<string, string>
}

const { knownLabels } = (await import(new URL('../../tools/catalogs/label-values.js', import.meta.url).href)) as {
  knownLabels: Record<string, readonly { metrics: readonly string[]; label: string }[]>
}

const directory = new URL('../../catalogs/', import.meta.url)
const types = ['counter', 'gauge', 'histogram', 'summary', 'info', 'stateset', 'untyped', 'unknown']
const nothing = { images: [], jobs: [], configured: [] }

function active(stack: Partial<Parameters<typeof catalogsFor>[0]>) {
  return catalogsFor({ ...nothing, ...stack }).map(({ catalog }) => catalog)
}

function family(catalog: string, name: string) {
  return loadCatalog(catalog)?.families.find((each) => each.name === name)
}

describe('the catalogs that are checked in', () => {
  it('are all in the index, and the index files are what the generator writes', () => {
    const files = readdirSync(directory).filter((file) => !['index.json', 'series.json', 'values.json'].includes(file))
    expect(catalogNames()).toEqual(files.map((file) => file.replace('.json', '')).sort())
    for (const [file, text] of Object.entries(indexTexts())) {
      expect(readFileSync(new URL(file, directory), 'utf8'), `${file}: run node tools/catalogs/index.js`).toBe(`${text}\n`)
    }
  })

  it.each(catalogNames())('%s has the format that docs/catalogs.md describes', (name) => {
    const catalog = JSON.parse(readFileSync(new URL(`${name}.json`, directory), 'utf8')) as NonNullable<ReturnType<typeof loadCatalog>>
    expect(catalog.catalog).toBe(name)
    expect([catalog.title, catalog.exporter, catalog.version, catalog.source]).not.toContain('')
    expect(catalog.complete).toBe(catalog.openPrefixes.length === 0)
    expect(catalog.families.length > 0 || !catalog.complete, 'families, unless known by prefix only').toBe(true)

    const names = catalog.families.map((each) => each.name)
    expect(names).toEqual([...new Set(names)].sort())
    for (const each of catalog.families) {
      expect(each.name).toMatch(/^[a-zA-Z_:][\w:]*$/)
      expect(types).toContain(each.type)
      expect(each.labels.map((label) => label.name)).toEqual([...new Set(each.labels.map((label) => label.name))].sort())
      for (const { name: label, values = [], open, patterns } of each.labels) {
        expect(open || values.length > 0, `${each.name}{${label}}`).toBe(true)
        expect(values).toEqual([...new Set(values)].sort())
        expect(patterns === undefined || (open && patterns.length > 0), `${each.name}{${label}}`).toBe(true)
      }
      expect(each.quantiles === undefined || each.type === 'summary', each.name).toBe(true)
      expect(each.series).toEqual([...new Set(each.series)].sort())
      expect(each.series.length).toBeGreaterThan(0)
    }
  })
})

test('what is known of labels is known of families and labels that there are', () => {
  const told = Object.entries(knownLabels).flatMap(([catalog, rows]) => rows.flatMap(({ metrics, label }) => metrics.map((metric) => ({ catalog, metric, label }))))
  const missing = told.filter(({ catalog, metric, label }) => !family(catalog, metric)?.labels.some(({ name }) => name === label))
  expect(missing).toEqual([])
  expect(told.length).toBeGreaterThan(200)
})

test('the values of a label, by series', () => {
  expect(catalogedValues('kube_pod_status_phase', 'phase')).toEqual({ values: ['Failed', 'Pending', 'Running', 'Succeeded', 'Unknown'], open: false })
  expect(catalogedValues('apiserver_request_total', 'code')).toEqual({ values: [], open: true, patterns: [digits] })
  expect(catalogedValues('kube_pod_status_phase', 'pod')).toBeUndefined()
  expect(catalogedValues('kube_pod_status_phase', 'constructor')).toBeUndefined()
  // Any program may have a series of that name.
  expect(catalogedValues('http_requests_total', 'status')).toBeUndefined()
})

describe('catalogsFor', () => {
  it.each([
    ['prom/node-exporter:v1.8', 'node-exporter'],
    ['quay.io/prometheus/node-exporter', 'node-exporter'],
    ['localhost:5000/mirror/node-exporter@sha256:0123', 'node-exporter'],
    ['${REGISTRY:-quay.io}/prometheus/node-exporter:${TAG}', 'node-exporter'],
    ['mher/flower:2.0', 'flower'],
    ['danihodovic/celery-exporter', 'celery-exporter'],
    ['rabbitmq:3-management', 'rabbitmq'],
    ['docker.io/library/rabbitmq', 'rabbitmq'],
    ['oliver006/redis_exporter:v1.62.0', 'redis-exporter'],
    ['gcr.io/cadvisor/cadvisor:v0.49.1', 'cadvisor'],
    ['quay.io/prometheuscommunity/postgres-exporter', 'postgres-exporter'],
    ['registry.k8s.io/kube-state-metrics/kube-state-metrics:v2.13.0', 'kube-state-metrics'],
    ['prom/prometheus:latest', 'prometheus'],
    ['prom/alertmanager', 'alertmanager'],
    ['grafana/grafana-oss:11.1.0', 'grafana'],
    ['traefik:v3.1', 'traefik'],
  ])('image %s: %s', (image, catalog) => {
    expect(catalogsFor({ ...nothing, images: [image] })).toEqual([{ catalog, evidence: `image "${image}"` }])
  })

  it.each([
    'node:20', 'node:20-alpine', 'my/node-service', 'redis:7', 'postgres:16', 'nginx:1.27', 'my/rabbitmq-consumer',
    'my/prometheus-demo', 'python:3.12', 'celery', 'sunflower/api', 'grafana/grafana-image-renderer',
  ])('image %s shows no exporter', (image) => {
    expect(active({ images: [image] })).toEqual([])
  })

  it.each([
    ['node', 'node-exporter'],
    ['node-exporter', 'node-exporter'],
    ['Node Exporter', 'node-exporter'],
    ['serviceMonitor/monitoring/kps-node-exporter/0', 'node-exporter'],
    ['redis_exporter', 'redis-exporter'],
    ['flower', 'flower'],
    ['kube-state-metrics', 'kube-state-metrics'],
    ['prometheus', 'prometheus'],
  ])('scrape job %s: %s', (name, catalog) => {
    expect(catalogsFor({ ...nothing, jobs: [{ name, targets: [] }] })).toEqual([{ catalog, evidence: `scrape job "${name}"` }])
  })

  it.each(['nodejs-api', 'node-service', 'api', 'ml-producer', 'celery', 'python-workers', 'flowers', 'prometheus-client-demo'])(
    'scrape job %s shows no exporter',
    (name) => {
      expect(active({ jobs: [{ name, targets: ['my-node-service:3000', 'worker:8000', 'api:9464'] }] })).toEqual([])
    },
  )

  it.each([
    ['node-exporter:9100', 'node-exporter'],
    ['10.0.0.7:9100', 'node-exporter'],
    ['rabbitmq:15692', 'rabbitmq'],
    ['flower:5555', 'flower'],
    ['celery-exporter:9808', 'celery-exporter'],
    ['localhost:9090', 'prometheus'],
    ['prometheus.monitoring.svc:9090', 'prometheus'],
    ['redis_exporter:9121', 'redis-exporter'],
    ['http://cadvisor:8080/metrics', 'cadvisor'],
  ])('target %s: %s', (target, catalog) => {
    expect(catalogsFor({ ...nothing, jobs: [{ name: 'infra', targets: [target] }] })).toEqual([
      { catalog, evidence: `target "${target}" of scrape job "infra"` },
    ])
  })

  it('takes the configuration at its word and passes over names that are no catalog', () => {
    expect(catalogsFor({ ...nothing, configured: ['flower', 'flour'] })).toEqual([{ catalog: 'flower', evidence: 'the configuration' }])
  })
})

describe('what the catalogs list', () => {
  it('Node.js default metrics with their labels', () => {
    expect(family('nodejs-default', 'nodejs_gc_duration_seconds')).toEqual({
      name: 'nodejs_gc_duration_seconds',
      type: 'histogram',
      help: 'Garbage collection duration by kind, one of major, minor, incremental or weakcb.',
      labels: [{ name: 'kind', values: ['incremental', 'major', 'minor', 'weakcb'], open: false }],
      series: ['nodejs_gc_duration_seconds_bucket', 'nodejs_gc_duration_seconds_count', 'nodejs_gc_duration_seconds_sum'],
    })
    expect(family('nodejs-default', 'nodejs_active_requests')?.labels).toEqual([{ name: 'type', open: true }])
    expect(family('nodejs-default', 'process_open_fds')?.type).toBe('gauge')
  })

  it.each([
    ['python-default', 'python_gc_objects_collected_total', ['generation']],
    ['flower', 'flower_task_runtime_seconds', ['task', 'worker']],
    ['celery-exporter', 'celery_task_failed_total', ['exception', 'hostname', 'name', 'queue_name']],
    ['rabbitmq', 'rabbitmq_queue_messages_ready', ['queue', 'vhost']],
    ['redis-exporter', 'redis_commands_duration_seconds_total', ['cmd']],
    ['postgres-exporter', 'pg_stat_database_numbackends', ['datid', 'datname', 'server']],
    ['node-exporter', 'node_filesystem_avail_bytes', ['device', 'device_error', 'fstype', 'mountpoint']],
    ['cadvisor', 'container_cpu_usage_seconds_total', ['container', 'cpu', 'id', 'image', 'name', 'namespace', 'pod']],
    ['kube-state-metrics', 'kube_pod_container_status_restarts_total', ['container', 'namespace', 'pod', 'uid']],
    ['prometheus', 'prometheus_tsdb_head_series', ['tenant']],
    ['alertmanager', 'alertmanager_notifications_failed_total', ['integration', 'reason']],
    ['django-prometheus', 'django_http_responses_total_by_status_view_method_total', ['method', 'status', 'view']],
    ['prometheus-fastapi-instrumentator', 'http_requests_total', ['handler', 'method', 'status']],
    ['aioprometheus', 'status_codes_counter', ['method', 'path', 'status_code']],
    ['express-prom-bundle', 'http_request_duration_seconds', ['method', 'path', 'status_code']],
  ])('%s: %s{%j}', (catalog, name, labels) => {
    expect(family(catalog, name)?.labels.map((label) => label.name)).toEqual(labels)
  })

  it('the runtime of a program in Go, in each catalog of one', () => {
    expect(family('traefik', 'go_goroutines')?.series).toEqual(['go_goroutines'])
    expect(family('prometheus', 'process_cpu_seconds_total')?.type).toBe('counter')
  })
})

describe('asking for a name', () => {
  it('tells who lists a series', () => {
    expect(catalogsWithSeries('node_load1')).toEqual(['node-exporter'])
    expect(catalogsWithSeries('flower_task_runtime_seconds_bucket')).toEqual(['flower'])
    expect(catalogsWithSeries('flower_task_runtime_seconds')).toEqual([])
  })

  it('tells whose metric it looks like, by the longest prefix', () => {
    expect(catalogsOwning('nginx_ingress_controller_requests')).toEqual(['nginx-ingress'])
    expect(catalogsOwning('traefik_service_requests_total').map((name) => catalogSummary(name)?.title)).toEqual(['Traefik'])
    expect(catalogsOwning('ml_cost_usd_total')).toEqual([])
  })

  it('tells where a name that is not listed may exist all the same', () => {
    expect(mayExposeUnlisted('node-exporter', 'node_netstat_TcpExt_Whatever')).toBe(true)
    expect(mayExposeUnlisted('node-exporter', 'node_load2')).toBe(false)
    expect(mayExposeUnlisted('envoy', 'envoy_anything')).toBe(true)
    expect(mayExposeUnlisted('grafana', 'grafana_of_a_later_version')).toBe(true)
    expect(mayExposeUnlisted('traefik', 'traefik_anything')).toBe(false)
    expect(mayExposeUnlisted('prometheus', 'go_gc_something_new')).toBe(true)
    expect(mayExposeUnlisted('flower', 'flower_anything')).toBe(false)
  })

  it('knows no other catalogs', () => {
    expect([loadCatalog('flour'), loadCatalog('index'), catalogSummary('flour')]).toEqual([undefined, undefined, undefined])
  })
})

describe('what catalogs list of programs whose every minor release was read', () => {
  it.each([
    ['traefik', 'traefik_service_requests_total', 'counter', ['code', 'method', 'protocol', 'service']],
    ['traefik', 'traefik_backend_requests_total', 'counter', ['backend', 'code', 'method', 'protocol']],
    ['haproxy', 'haproxy_backend_active_servers', 'gauge', ['desc', 'mod', 'proxy']],
    ['coredns', 'coredns_dns_request_duration_seconds', 'histogram', ['server', 'type', 'view', 'zone']],
    ['process-exporter', 'namedprocess_namegroup_memory_bytes', 'gauge', ['groupname', 'memtype']],
    ['windows-exporter', 'windows_cpu_time_total', 'counter', ['core', 'mode']],
    ['cert-manager', 'certmanager_certificate_ready_status', 'gauge', ['condition', 'issuer_group', 'issuer_kind', 'issuer_name', 'name', 'namespace']],
    ['keda', 'keda_scaled_job_errors_total', 'counter', ['namespace', 'scaledJob']],
    ['mysqld-exporter', 'mysql_up', 'gauge', []],
    ['kafka', 'kafka_consumergroup_lag', 'gauge', ['consumergroup', 'partition', 'topic']],
  ])('%s: %s', (catalog, name, type, labels) => {
    const found = family(catalog, name)
    expect({ type: found?.type, labels: found?.labels.map((label) => label.name) }).toEqual({ type, labels })
  })

  it('are open where libraries of the program, or later versions, add labels', () => {
    for (const [catalog, name] of [
      ['thanos', 'thanos_compact_halted'],
      ['grafana', 'grafana_http_request_duration_seconds'],
      ['kafka', 'kafka_consumergroup_lag'],
    ] as const) {
      expect([name, family(catalog, name)?.labelsOpen]).toEqual([name, true])
    }
  })

  it('lists the bare name of a histogram that may have native buckets', () => {
    expect(family('grafana', 'grafana_http_request_duration_seconds')?.series).toEqual([
      'grafana_http_request_duration_seconds',
      'grafana_http_request_duration_seconds_bucket',
      'grafana_http_request_duration_seconds_count',
      'grafana_http_request_duration_seconds_sum',
    ])
  })
})

describe('catalogFamilies', () => {
  it('puts the prefix before every name and adds default labels', () => {
    const [first] = catalogFamilies(loadCatalog('nodejs-default')!, {
      prefix: 'producer_',
      labels: [{ name: 'service', values: ['ml-producer'], open: false }],
      evidence: 'collectDefaultMetrics()',
    })
    expect(first).toEqual({
      name: 'producer_nodejs_active_handles',
      type: 'gauge',
      help: 'Number of active libuv handles grouped by handle type. Every handle type is C++ class name.',
      labels: [{ name: 'service', values: ['ml-producer'], open: false }, { name: 'type', values: [], open: true }],
      labelsOpen: false,
      series: ['producer_nodejs_active_handles'],
      recorded: 'yes',
      origin: { kind: 'catalog', catalog: 'nodejs-default', evidence: 'collectDefaultMetrics()' },
      declarations: [],
    })
  })
})
