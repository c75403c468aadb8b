import { expect, test } from 'vitest'
import { extracted } from './workspace.js'

test('names, labels and namespaces as the client joins them', async () => {
  expect(await extracted({
    'app.py': `
from prometheus_client import Counter, Gauge as G, Histogram, Summary, Info, Enum
import prometheus_client as prom
from prometheus_client.core import CounterMetricFamily
from prometheus_client.metrics import Counter as PrometheusCounter

a = Counter('jobs_total', 'Jobs', ['kind'])
b = G('queue', 'Queue', namespace='app', subsystem='broker', unit='bytes')
c = prom.Summary(name='latency', documentation='L', labelnames=('route', 'method'))
d = PrometheusCounter('sent_total', 'S', unit='messages')
e = Enum('worker', 'State', states=['idle', 'busy'])
f = Info("build" "_data", 'B', ())
`,
  })).toEqual([
    'app.py:7:13 counter jobs_total {kind=…} never',
    'app.py:8:7 gauge app_broker_queue_bytes {} never',
    'app.py:9:23 summary latency {method=…, route=…} never',
    'app.py:10:23 counter sent_messages {} never',
    'app.py:11:10 stateset worker {worker=busy|idle} never',
    'app.py:12:10 info build_data {} never',
  ])
})

test('constants, enums, string building and unpacked lists, in the same file and imported', async () => {
  expect(await extracted({
    'python/shared/__init__.py': 'from .names import PREFIX, Metric\n',
    'python/shared/names.py': `
from enum import Enum, StrEnum
PREFIX = 'ml_'
COMMON = ['env', 'region']
class Metric(str, Enum):
    COST = 'cost_usd'
class Label(StrEnum):
    TASK = 'task'
class Names:
    DURATION = 'duration' + '_seconds'
`,
    'python/worker/metrics.py': `
from prometheus_client import Counter, Histogram
from shared import PREFIX, Metric
from shared.names import COMMON, Label, Names
import shared.names as names

cost = Counter(f'{PREFIX}{Metric.COST.value}', 'Cost', [*COMMON, Label.TASK])
duration = Histogram('%s%s' % (names.PREFIX, Names.DURATION), 'D', COMMON + ['task'])
retries = Counter('{}retries'.format(PREFIX), 'R', list(COMMON))
joined = Counter('_'.join(['ml', 'joined', 'total']), 'J')
either = Counter('ml_gpu' if has_gpu() else 'ml_cpu', 'E')
`,
  })).toEqual([
    'python/worker/metrics.py:7:16 counter ml_cost_usd {env=…, region=…, task=…} never',
    'python/worker/metrics.py:8:22 histogram ml_duration_seconds {env=…, region=…, task=…} never',
    'python/worker/metrics.py:9:19 counter ml_retries {env=…, region=…} never',
    'python/worker/metrics.py:10:18 counter ml_joined_total {} never',
    'python/worker/metrics.py:11:18 counter ml_gpu {} never',
    'python/worker/metrics.py:11:45 counter ml_cpu {} never',
  ])
})

test('loops over literal tables declare one metric for each entry', async () => {
  expect(await extracted({
    'app.py': `
from prometheus_client import Counter, Gauge
EVENTS = {'sent': 'Sent', 'failed': 'Failed'}
counters = {name: Counter(f'celery_task_{name}', text, ['queue']) for name, text in EVENTS.items()}
gauges = {}
for name, labels in [('up', []), ('load', ['host'])]:
    gauges[name] = Gauge('worker_' + name, 'W', labels)

counters['sent'].labels(queue='a').inc()
gauges['load'].labels('h1').set(1)
`,
  })).toEqual([
    'app.py:3:11 counter celery_task_sent {queue=a} yes',
    'app.py:3:27 counter celery_task_failed {queue=…} never',
    'app.py:6:23 gauge worker_up {} never',
    'app.py:6:35 gauge worker_load {host=h1} yes',
  ])
})

test('a name that nobody can tell is a pattern with its reason', async () => {
  const files = {
    'app.py': `
import os
from prometheus_client import Counter
from settings import PREFIX
a = Counter(f'{PREFIX}_jobs', 'J')
b = Counter(os.getenv('NAME'), 'N')
c = Counter(os.environ.get('APP', 'shop') + '_orders', 'O', labels_of('orders'))
`,
  }
  expect(await extracted(files)).toEqual([
    'app.py:5:13 counter *_jobs {} never',
    'app.py:6:5 counter * {} never',
    'app.py:7:13 counter *_orders {…} never',
    'app.py:7:13 counter shop_orders {…} never',
  ])
})

test('broken Python is read as far as it goes', async () => {
  expect(await extracted({
    'app.py': `
from prometheus_client import Counter
a = Counter('before', 'B')
def broken(:
    pass
b = Counter('after', 'A'
c = 3
d = Counter('last', 'L')
`,
  })).toEqual([
    'app.py:3:13 counter before {} never',
    'app.py:6:13 counter after {} never',
    'app.py:8:13 counter last {} never',
  ])
})

test('a class method that makes a family for each class that inherits it', async () => {
  expect(await extracted({
    'base.py': `
from prometheus_client.core import GaugeMetricFamily
class GaugeMetric:
    @classmethod
    def name(cls):
        raise NotImplementedError
    @classmethod
    def family(cls):
        return GaugeMetricFamily(cls.name(), 'G', labels=['shop'])
class Container:
    def __init__(self):
        self._gauges = {}
    def set(self, metric, value):
        self._gauges.setdefault(metric.__class__, {})[tuple(metric.labels())] = value
    def collect(self):
        for metric_class, values in self._gauges.items():
            family = metric_class.family()
            for labels, value in values.items():
                family.add_metric(labels, value)
            yield family
`,
    'shops.py': `
from base import GaugeMetric
class OpenShops(GaugeMetric):
    @classmethod
    def name(cls):
        return 'shops_open'
class ClosedShops(OpenShops):
    @classmethod
    def name(cls):
        return 'shops_closed'
def count(container):
    container.set(OpenShops(), 1)
`,
  })).toEqual([
    'shops.py:6:16 gauge shops_open {shop=…} unknown',
    'shops.py:10:16 gauge shops_closed {shop=…} unknown',
  ])
})

test('super() in a class method, and the order of several bases', async () => {
  expect(await extracted({
    'app.py': `
from prometheus_client import Counter
class Named:
    @classmethod
    def name(cls):
        return cls.__name__.lower()
    @classmethod
    def counter(cls):
        return Counter(cls.name(), 'C')
class OfShop:
    @classmethod
    def name(cls):
        return 'shop'
class Sales(OfShop, Named):
    @classmethod
    def name(cls):
        return super().name() + '_sales'
class Returns(Named):
    pass
`,
  })).toEqual([
    'app.py:9:16 counter returns {} unknown',
    'app.py:17:16 counter shop_sales {} unknown',
  ])
})
