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
