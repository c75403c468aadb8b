import { expect, test } from 'vitest'
import { extractPython } from '../../../src/extract/python/index.js'
import { extracted, treeOf } from './workspace.js'

test('functions that end in a constructor, several levels deep and across files', async () => {
  const files = {
    'lib/make.py': `
from prometheus_client import Counter
NAMESPACE = 'shop'
def make_counter(name, labels=()):
    return Counter(f'{NAMESPACE}_{name}_total', 'Made', labels)
`,
    'lib/more.py': `
from .make import make_counter
def request_counter(name):
    return make_counter('http_' + name, ['method'])
`,
    'app/main.py': `
from lib.make import make_counter
from lib.more import request_counter
orders = make_counter('orders', labels=['kind'])
requests = request_counter('requests')
requests.labels('GET').inc()
`,
  }
  expect(await extracted(files)).toEqual([
    'app/main.py:4:23 counter shop_orders_total {kind=…} never',
    'app/main.py:5:28 counter shop_http_requests_total {method=GET} yes',
  ])
  const { declarations } = await extractPython(treeOf(files))
  expect(declarations[1]!.via.map(({ source, span }) => `${source.path} ${source.text.slice(span.start, span.end)}`)).toEqual([
    "app/main.py request_counter('requests')",
    "lib/more.py make_counter('http_' + name, ['method'])",
  ])
})

test('classes: attributes, a prefix with a default, methods that make metrics', async () => {
  expect(await extracted({
    'exporter.py': `
from prometheus_client import Counter, Gauge
class Exporter:
    def __init__(self, prefix='celery_'):
        self.tasks = Counter(f'{prefix}task_sent', 'Sent', ['name'])
        self.workers = self.gauge('%sworkers' % prefix)
    def gauge(self, name):
        return Gauge(name, 'G')
    def on_event(self, event):
        self.tasks.labels(name=event['name']).inc()

class Flower(Exporter):
    def __init__(self):
        super().__init__(prefix='flower_')

Flower()
`,
  })).toEqual([
    'exporter.py:5:30 counter flower_task_sent {name=…} yes',
    'exporter.py:6:35 gauge flower_workers {} never',
  ])
})

test('a prefix that nothing overrides is its default', async () => {
  expect(await extracted({
    'exporter.py': `
from prometheus_client import Counter
class Exporter:
    def __init__(self, prefix='celery_'):
        self.tasks = Counter(prefix + 'task_sent', 'Sent')
`,
  })).toEqual(['exporter.py:5:30 counter celery_task_sent {} never'])
})

test('subclasses of a metric, with and without a constructor of their own', async () => {
  expect(await extracted({
    'kinds.py': `
from prometheus_client import Counter, Gauge
class LaterGauge(Gauge):
    def __init__(self, name, caller):
        super().__init__(name, 'Later', ['host'])
        self.set_function(caller)
class AppCounter(Counter):
    pass
`,
    'app.py': `
from kinds import AppCounter, LaterGauge
depth = LaterGauge('queue_depth', lambda: 3)
seen = AppCounter('seen', 'Seen', ['kind'])
seen.labels(kind='new').inc()
depth.labels('a').set(1)
`,
  })).toEqual([
    'app.py:3:20 gauge queue_depth {host=a} yes',
    'app.py:4:19 counter seen {kind=new} yes',
  ])
})

test('factories that record by a name: the labels are those of the dictionaries at the calls', async () => {
  expect(await extracted(
    {
      'telemetry.py': `
counts = {}
def incr(name, labels=None):
    counts[name] = counts.get(name, 0) + 1
`,
      'jobs.py': `
from telemetry import incr
def work(kind):
    incr('jobs_total', {'queue': 'mail', 'kind': kind})
    incr('jobs_total', {'queue': 'video', 'host': 'a'})
    incr('ticks_total')
`,
    },
    { factories: [{ name: 'incr', type: 'counter', nameArgument: 0, labelsArgument: 1 }] },
  )).toEqual([
    'jobs.py:4:10 counter jobs_total {host=a, kind=…, queue=mail|video} yes',
    'jobs.py:6:10 counter ticks_total {} unknown',
  ])
})

test('factories that the configuration names', async () => {
  expect(await extracted(
    { 'app.py': "import telemetry\njobs = telemetry.metrics.make('jobs', tags=['kind'])\njobs.labels('a').inc()\n" },
    { factories: [{ name: 'metrics.make', type: 'gauge', nameArgument: 0, labelsArgument: 'tags' }] },
  )).toEqual(['app.py:2:31 gauge jobs {kind=a} yes'])
})

test('a program that makes objects without end', async () => {
  expect(await extracted({
    'tree.py': `
from prometheus_client import Counter
visits = Counter('visits', 'V', ['depth'])
class Node:
    def __init__(self, parent=None, depth=0):
        self.parent = parent
        self.depth = depth
    def visit(self):
        visits.labels(depth=self.depth).inc()
        return Node(self, self.depth + 1).visit() or Node(Node(self), self.depth * 2)
Node().visit()
`,
  })).toEqual([expect.stringMatching(/^tree\.py:3:18 counter visits \{depth=0\|.*…\} yes$/)])
})

test('long tables of definitions, made by a class, a method and a function called create', async () => {
  const names = Array.from({ length: 30 }, (_, index) => `m${String(index).padStart(2, '0')}`)
  const lines = await extracted({
    'app.py': `
import prometheus_client
from prometheus_client import Gauge, REGISTRY
from prometheus_client.core import GaugeMetricFamily
class Definition:
    def __init__(self, type, name, labels=()):
        self.type, self.name, self.labels = type, name, list(labels)
ROWS = [
${names.map((name) => `    Definition('Counter', 'row_${name}'),`).join('\n')}
]
BY_NAME = {row.name: getattr(prometheus_client, row.type)(row.name, 'R', row.labels) for row in ROWS}

class Collector:
    prefix = 'worker'
    def full(self, name):
        parts = [self.prefix]
        parts.append(name)
        return '_'.join(parts)
    def collect(self):
${names.map((name) => `        yield GaugeMetricFamily(self.full('${name}'), 'C', value=1)`).join('\n')}
REGISTRY.register(Collector())

class Board:
    def __init__(self, names):
        self.gauges = self.create(names)
    def create(self, names):
        return {name: Gauge(name, 'B') for name in names}
BOARD = Board(['left', 'right'])
`,
  })
  expect(lines.map((line) => line.split(' ')[2]).sort()).toEqual([
    'left', 'right', ...names.map((name) => `row_${name}`), ...names.map((name) => `worker_${name}`),
  ])
})

test('isinstance chooses the type; labels come from the keys of a dictionary', async () => {
  expect(await extracted({
    'app.py': `
from prometheus_client.core import GaugeMetricFamily, HistogramMetricFamily, REGISTRY
class Number:
    def __init__(self, name):
        self.name = name
class Spread(Number):
    pass
COMMON = {'zone': 'b'}
class Collector:
    rows = [Number('depth'), Spread('batch')]
    def collect(self):
        for row in self.rows:
            labels = ['host']
            labels.extend(COMMON)
            if isinstance(row, Spread):
                family = HistogramMetricFamily(row.name, 'S', labels=labels)
            else:
                family = GaugeMetricFamily(row.name, 'N', labels=labels)
            family.add_metric(['h', 'z'], 1)
            yield family
REGISTRY.register(Collector())
`,
  })).toEqual([
    'app.py:10:20 gauge depth {host=h, zone=z} yes',
    'app.py:10:37 histogram batch {host=h, zone=z} yes',
  ])
})

test('entries that an unknown dictionary may replace are open', async () => {
  expect(await extracted({
    'app.py': `
from prometheus_client import Counter
uses = Counter('uses', 'U', ['plan', 'kind'])
def record(settings):
    shown = dict(plan='none')
    shown.update(settings)
    merged = {'kind': 'small', **settings}
    uses.labels(shown['plan'], merged['kind']).inc()
`,
  })).toEqual(['app.py:3:16 counter uses {kind=small|…, plan=none|…} yes'])
})

test('a class that replaces the class it inherits from', async () => {
  expect(await extracted({
    'web.py': 'class App:\n    pass\n',
    'app.py': `
import web
from prometheus_client import Counter
served = Counter('served', 'S')
class Instrumented(web.App):
    def serve(self):
        served.inc()
def instrument():
    web.App = Instrumented
instrument()
`,
  })).toEqual(['app.py:4:18 counter served {} yes'])
})

test('a client that is injected: constructors in properties, a default that is only an annotation, and a provider', async () => {
  expect(await extracted({
    'client.py': `
from functools import partial
class Client:
    @property
    def prometheus_client(self):
        import prometheus_client
        return prometheus_client
    @property
    def Counter(self):
        return partial(self.prometheus_client.Counter, registry=None)
`,
    'containers.py': `
from injection import providers
class Container:
    @providers.Singleton
    @staticmethod
    def metrics_client():
        from client import Client
        return Client()
`,
    'requests.py': `
from injection import Provide, inject
from client import Client
from containers import Container
class Middleware:
    def __init__(self, namespace='api'):
        self.namespace = namespace
    @inject
    def setup(self, client: Client = Provide[Container.metrics_client]):
        self.total = client.Counter(namespace=self.namespace, name='requests', documentation='R', labelnames=['code'])
Middleware().setup()
`,
    'jobs.py': `
from containers import Container
jobs = Container.metrics_client.get().Counter('jobs', 'J', ['kind'])
jobs.labels('index').inc()
`,
  })).toEqual([
    'jobs.py:3:47 counter jobs {kind=index} yes',
    'requests.py:10:68 counter api_requests {code=…} never',
  ])
})
