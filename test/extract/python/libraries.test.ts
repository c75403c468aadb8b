import { expect, test } from 'vitest'
import { extractPython } from '../../../src/extract/python/index.js'
import { extracted, treeOf } from './workspace.js'

test('custom collectors', async () => {
  expect(await extracted({
    'collector.py': `
from prometheus_client.core import GaugeMetricFamily, CounterMetricFamily, InfoMetricFamily, StateSetMetricFamily, REGISTRY
class QueueCollector:
    def collect(self):
        yield GaugeMetricFamily('queue_up', 'Up', value=1)
        sizes = GaugeMetricFamily('queue_size', 'Size', labels=['queue'])
        for name in ('mail', 'video'):
            sizes.add_metric([name], size_of(name))
        yield sizes
        done = CounterMetricFamily('queue_done', 'Done', labels=['queue', 'host'])
        done.add_metric(['mail', host()], 3)
        yield done
        yield InfoMetricFamily('queue_broker', 'Broker', value={'version': '3'})
        yield StateSetMetricFamily('queue_mode', 'Mode', value={'on': True, 'off': False})
REGISTRY.register(QueueCollector())
`,
  })).toEqual([
    'collector.py:5:33 gauge queue_up {} yes',
    'collector.py:6:35 gauge queue_size {queue=mail|video} yes',
    'collector.py:10:36 counter queue_done {host=…, queue=mail} yes',
    'collector.py:13:32 info queue_broker {version=3} yes',
    'collector.py:14:36 stateset queue_mode {queue_mode=off|on} yes',
  ])
})

test('OpenTelemetry instruments and their attributes', async () => {
  const files = {
    'app.py': `
from opentelemetry import metrics
from opentelemetry.metrics import Observation
meter = metrics.get_meter(__name__)
orders = meter.create_counter('shop.orders', unit='1', description='Orders')
latency = meter.create_histogram(name='shop.latency', unit='ms')
def depth(options):
    yield Observation(3, {'queue': 'mail'})
meter.create_observable_gauge('shop.depth', callbacks=[depth])
class Service:
    def __init__(self, meter):
        self.active = meter.create_up_down_counter('shop.active')
    def handle(self, kind):
        orders.add(1, {'kind': 'web'})
        orders.add(1, attributes={'kind': kind})
        latency.record(12, {'http.route': '/'})
        self.active.add(1)
`,
  }
  expect(await extracted(files)).toEqual([
    'app.py:5:31 counter shop.orders {kind=web|…} yes',
    'app.py:6:39 histogram shop.latency {http.route=/} yes',
    'app.py:9:31 gauge shop.depth {queue=mail} yes',
    'app.py:12:52 gauge shop.active {} yes',
  ])
  const { declarations } = await extractPython(treeOf(files))
  expect(declarations.map(({ client, unit, help }) => [client, unit, help])).toEqual([
    ['opentelemetry-python', '1', 'Orders'],
    ['opentelemetry-python', 'ms', undefined],
    ['opentelemetry-python', undefined, undefined],
    ['opentelemetry-python', undefined, undefined],
  ])
})

test.each([
  ['the default registry is served', "from prometheus_client import start_http_server\nstart_http_server(8000)\n", ['python-default 2']],
  ['a registry of its own is served', "from prometheus_client import CollectorRegistry, start_http_server\nr = CollectorRegistry()\nstart_http_server(8000, registry=r)\n", []],
  [
    'a registry of its own that is given the process collector',
    'from prometheus_client import CollectorRegistry, ProcessCollector, generate_latest\nr = CollectorRegistry()\nProcessCollector(registry=r)\ngenerate_latest(r)\n',
    ['python-default 3'],
  ],
  [
    'FastAPI',
    'from prometheus_fastapi_instrumentator import Instrumentator\nInstrumentator().instrument(app).expose(app)\n',
    ['prometheus-fastapi-instrumentator 2', 'python-default 2'],
  ],
  ['aioprometheus', 'from aioprometheus import MetricsMiddleware\napp.add_middleware(MetricsMiddleware)\n', ['aioprometheus 2']],
  ['aioprometheus around an ASGI application',
    'from aioprometheus.asgi.quart import MetricsMiddleware\napp.asgi_app = MetricsMiddleware(app.asgi_app)\n', ['aioprometheus 2']],
  ['Django', "INSTALLED_APPS = [\n  'django_prometheus',\n]\n", ['django-prometheus 2', 'python-default 2']],
])('instrumentation: %s', async (_, text, expected) => {
  const { instrumentations } = await extractPython(treeOf({ 'app.py': text }))
  expect(instrumentations.map(({ catalog, place }) => `${catalog} ${place.source.positionAt(place.span.start).line}`)).toEqual(expected)
})

test('what records requests has the names that its user gives', async () => {
  expect(await extracted({
    'api.py': `
from fastapi import FastAPI
from starlette_exporter import PrometheusMiddleware
from prometheus_fastapi_instrumentator import Instrumentator, metrics
api = FastAPI()
Instrumentator().add(metrics.latency(metric_namespace='shop', metric_subsystem='api')).instrument(api).expose(api)
api.add_middleware(PrometheusMiddleware, prefix='desk', labels={'site': 'a'})
`,
    'web.py': `
from flask import Flask
from prometheus_flask_exporter import PrometheusMetrics
metrics = PrometheusMetrics(Flask(__name__), defaults_prefix='till', group_by='endpoint')
@metrics.counter('sales', 'Sales', labels={'kind': lambda: 'cash'})
def sell(): pass
`,
  })).toEqual([
    'api.py:6:55 histogram shop_api_http_request_duration_seconds {handler=…, method=…, status=…} yes',
    'api.py:7:49 histogram desk_request_duration_seconds {app_name=…, method=…, path=…, site=…, status_code=#} yes',
    'api.py:7:49 gauge desk_requests_in_progress {app_name=…, method=…, site=…} yes',
    'api.py:7:49 counter desk_requests_total {app_name=…, method=…, path=…, site=…, status_code=#} yes',
    'web.py:4:62 gauge till_exporter_info {version=…} yes',
    'web.py:4:62 histogram till_http_request_duration_seconds {endpoint=…, method=…, status=#} yes',
    'web.py:4:62 counter till_http_request_exceptions_total {method=…, status=#} yes',
    'web.py:4:62 counter till_http_request_total {method=…, status=#} yes',
    'web.py:5:18 counter sales {kind=…} yes',
  ])
})

test('aioprometheus: labels are told where a metric is recorded', async () => {
  const files = {
    'app.py': `
from aioprometheus import Counter, Gauge, Histogram, Summary, timer, inprogress, count_exceptions
from aioprometheus.collectors import Registry
jobs = Counter('jobs_done', 'Jobs', const_labels={'app': 'shop'})
size = Gauge(name='queue_size', doc='Waiting', registry=Registry())
seconds = Histogram('job_seconds', 'Time', buckets=[1, 5])
times = Summary('job_time', 'Time')
own = Summary('own_time', 'Time', invariants=((0.5, 0.05), (0.95, 0.01)))
idle = Gauge('idle', 'Nobody records it')
handed = Gauge('handed', 'Somebody may record it')
errors = Counter('errors', 'Errors')
def work(queue, api):
    jobs.inc({'queue': 'mail'})
    jobs.add({'queue': queue}, 2)
    size.set({}, 3)
    own.observe(labels={'kind': 'x'}, value=1)
    api.watch(handed)
@timer(seconds, labels={'step': 'load'})
async def load(): pass
@inprogress(size, {'queue': 'mail'})
@count_exceptions(errors)
@timer(times)
def run(): pass
`,
  }
  expect(await extracted(files)).toEqual([
    'app.py:4:16 counter jobs_done {app=shop, queue=mail|…} yes',
    'app.py:5:19 gauge queue_size {queue=mail} yes',
    'app.py:6:21 histogram job_seconds {step=load} yes',
    'app.py:7:17 summary job_time {} yes',
    'app.py:8:15 summary own_time {kind=x} yes',
    'app.py:9:14 gauge idle {} never',
    'app.py:10:16 gauge handed {} unknown',
    'app.py:11:18 counter errors {} yes',
  ])
  const { declarations } = await extractPython(treeOf(files))
  expect(declarations.map(({ client, buckets, quantiles }) => [client, buckets ?? quantiles])).toEqual([
    ['aioprometheus', undefined],
    ['aioprometheus', undefined],
    ['aioprometheus', [1, 5]],
    ['aioprometheus', [0.5, 0.9, 0.99]],
    ['aioprometheus', [0.5, 0.95]],
    ['aioprometheus', undefined],
    ['aioprometheus', undefined],
    ['aioprometheus', undefined],
  ])
})

test('help, buckets and quantiles', async () => {
  const { declarations } = await extractPython(treeOf({
    'app.py': `
from prometheus_client import Histogram, Summary
from prometheus_client.utils import INF
BASE = (0.1, 1)
Histogram('a', 'Default')
Histogram('b', 'Own', buckets=[*BASE, 10, INF])
Histogram('c', 'Computed', buckets=[2 ** n for n in range(4)])
Histogram('d', 'Unknown', buckets=load())
Summary('e', 'No quantiles')
`,
  }))
  expect(declarations.map(({ help, buckets, quantiles }) => [help, buckets, quantiles])).toEqual([
    ['Default', [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10], undefined],
    ['Own', [0.1, 1, 10], undefined],
    ['Computed', [1, 2, 4, 8], undefined],
    ['Unknown', undefined, undefined],
    ['No quantiles', undefined, []],
  ])
})

test('nothing is parsed in a workspace without a metrics library', async () => {
  expect(await extractPython(treeOf({ 'app.py': 'def broken(:\n' }))).toEqual({ declarations: [], instrumentations: [], problems: [] })
})

test('valid Python that the grammar lacks is no problem; what is broken is one, at its line', async () => {
  const { problems } = await extractPython(treeOf({
    'app.py': `
from prometheus_client import Counter
def dependency():
    yield
with (open('a') as a, open('b') as b):
    pass
with pair() as (left, right):
    pass
for first, *rest in []:
    pass
def broken(:
    pass
`,
  }))
  expect(problems.map(({ source, problem }) => `${source.path}:${source.positionAt(problem.span.start).line} ${problem.message}`))
    .toEqual(['app.py:11 invalid Python syntax'])
})

test('an expression of thousands of terms is valid and keeps what follows it', async () => {
  const { declarations, problems } = await extractPython(treeOf({
    'app.py': `
from prometheus_client import Counter
MASK = ${Array(2500).fill('FLAG').join(' | ')}
PATH = ROOT${'.child()'.repeat(1200)}
JOBS = Counter('jobs', 'Jobs')
def broken(:
    pass
`,
  }))
  expect(declarations.map(({ name }) => name.parts)).toEqual([['jobs']])
  expect(problems.map(({ source, problem }) => `${source.path}:${source.positionAt(problem.span.start).line} ${problem.message}`))
    .toEqual(['app.py:6 invalid Python syntax'])
})

test('a metric that the module itself unregisters is not exposed', async () => {
  expect(await extracted({
    'app.py': `
from prometheus_client import REGISTRY, CollectorRegistry, Counter
own = CollectorRegistry()
GONE = Counter('gone', 'Unregistered')
REGISTRY.unregister(GONE)
GONE_TOO = Counter('gone_too', 'Unregistered', registry=own)
try:
    own.unregister(GONE_TOO)
except KeyError:
    pass
BACK = Counter('back', 'Registered again')
REGISTRY.unregister(BACK)
REGISTRY.register(BACK)
PERHAPS = Counter('perhaps', 'Unregistered in some settings')
if settings.QUIET:
    REGISTRY.unregister(PERHAPS)
UNTIL_STOPPED = Counter('until_stopped', 'Unregistered at the end')
def stop():
    REGISTRY.unregister(UNTIL_STOPPED)
`,
  })).toEqual([
    'app.py:11:16 counter back {} never',
    'app.py:14:19 counter perhaps {} never',
    'app.py:17:25 counter until_stopped {} never',
  ])
})

test('a gauge histogram has gauges for its sum and its count in the text format', async () => {
  expect(await extracted({
    'app.py': `
from prometheus_client.core import GaugeHistogramMetricFamily, REGISTRY
class Collector:
    def collect(self):
        rooms = GaugeHistogramMetricFamily('rooms', 'R', labels=['server'])
        rooms.add_metric(['a'], buckets=[('1', 1), ('+Inf', 2)], gsum_value=3)
        yield rooms
REGISTRY.register(Collector())
`,
  })).toEqual([
    'app.py:5:44 histogram rooms {server=a} yes',
    'app.py:5:44 gauge rooms_gcount {server=a} yes',
    'app.py:5:44 gauge rooms_gsum {server=a} yes',
  ])
})

test('in multiprocess mode a registry that is exposed as it is has no pid', async () => {
  expect(await extracted({
    'app.py': `
from prometheus_client import CollectorRegistry, Gauge, generate_latest, multiprocess
OWN = CollectorRegistry()
own = Gauge('own', 'O', registry=OWN)
shared = Gauge('shared', 'S')
def show_own():
    own.set(1)
    return generate_latest(OWN)
def show_shared():
    shared.set(1)
    registry = CollectorRegistry()
    multiprocess.MultiProcessCollector(registry)
    return generate_latest(registry)
`,
  })).toEqual(['app.py:4:13 gauge own {} yes', 'app.py:5:16 gauge shared {pid=…} yes'])
})

test('patterns without content and with-targets that are no names are valid', async () => {
  const { declarations, problems } = await extractPython(treeOf({
    'app.py': `
from prometheus_client import Counter
seen = Counter('seen', 'S', ['kind'])
class Reader:
    async def read(self, open_it, value):
        async with open_it() as self.client, open_it() as other:
            seen.labels('opened').inc()
        with open_it(1) as self.items[0]:
            seen.labels('first').inc()
        with (open_it() as self.left, open_it() as right):
            seen.labels('both').inc()
        match value:
            case int() | str():
                seen.labels('plain').inc()
            case [] | {} | Point(x=float()):
                seen.labels('empty').inc()
`,
  }), {})
  expect(problems).toEqual([])
  expect(declarations.map(({ labels }) => labels)).toEqual([
    [{ name: 'kind', values: ['both', 'empty', 'first', 'opened', 'plain'], open: false }],
  ])
})
