import { expect, test } from 'vitest'
import { extracted } from './workspace.js'

test('a method of a metric that is handed on, kept or chosen at run time', async () => {
  expect(await extracted({
    'app.py': `
from prometheus_client import Counter, Gauge, Histogram
import events
hits = Counter('hits', 'H')
jobs = Counter('jobs', 'J', ['queue'])
size = Histogram('size', 'S')
level = Gauge('level', 'L')
idle = Gauge('idle', 'I')
count = hits.inc
def handler():
    events.subscribe('done', jobs.labels('fast').inc)
    observe = size.observe
    observe(3)
def change(action):
    getattr(level, action)(1)
`,
  })).toEqual([
    'app.py:4:16 counter hits {} yes',
    'app.py:5:16 counter jobs {queue=fast} yes',
    'app.py:6:18 histogram size {} yes',
    'app.py:7:15 gauge level {} unknown',
    'app.py:8:14 gauge idle {} never',
  ])
})

test('a function within the one that declares, and a dictionary of metrics', async () => {
  expect(await extracted({
    'app.py': `
from prometheus_client import Counter, Gauge
def instrument(name='served'):
    made = Counter(name, 'S')
    def after(response):
        made.inc()
    return after

class Panel:
    def __init__(self):
        self._gauges = {}
        for name in ('in', 'out'):
            self._gauges[name] = Gauge('door_' + name, 'D')
    def show(self, name, value):
        # ${'A long comment makes this a function that is followed only where it has to do with metrics. '.repeat(9)}
        gauge = self._gauges[name]
        gauge.set(value)
`,
  })).toEqual([
    'app.py:3:21 counter served {} yes',
    "app.py:12:22 gauge door_in {} yes",
    "app.py:12:28 gauge door_out {} yes",
  ])
})

test('a subclass that wraps the methods of its metric', async () => {
  expect(await extracted({
    'app.py': `
from prometheus_client import Counter
class Safe:
    def __init__(self, child):
        self._child = child
    def inc(self, amount=1):
        self._child.inc(amount)
class SafeCounter(Counter):
    def labels(self, *args, **kwargs):
        return Safe(super().labels(*args, **kwargs))
    def inc(self, amount=1):
        Counter.inc(self, amount)
jobs = SafeCounter('jobs', 'J', ['state'])
ticks = SafeCounter('ticks', 'T')
def work():
    jobs.labels(state='done').inc()
    ticks.inc()
`,
  })).toEqual([
    'app.py:13:20 counter jobs {state=done} yes',
    'app.py:14:21 counter ticks {} yes',
  ])
})

test('a long function of a module without a client records what it is handed', async () => {
  expect(await extracted({
    'app.py': `
from prometheus_client import Counter, Histogram
from gate import run
decisions = Counter('gate_decisions', 'D', ['source'])
latency = Histogram('gate_latency_seconds', 'L')
def check(source):
    return run(source=source, decided=decisions, took=latency)
`,
    'gate.py': `
def run(*, source, decided, took):
    # ${'A long comment makes this a function that is followed only where it has to do with metrics. '.repeat(9)}
    decided.labels(source='api').inc()
    took.observe(1)
`,
  })).toEqual(['app.py:4:21 counter gate_decisions {source=api} yes', 'app.py:5:21 histogram gate_latency_seconds {} yes'])
})

test('a family that a collector makes may get its samples where nobody has looked', async () => {
  expect(await extracted({
    'metrics.py': `
from prometheus_client.core import GaugeMetricFamily, REGISTRY

class Sizes:
    def __init__(self):
        self.sizes = {}
    def note(self, name, size):
        self.sizes[name] = size
    def collect(self):
        family = GaugeMetricFamily('size', 'S', labels=['name'])
        for name, size in self.sizes.items():
            family.add_metric([name], size)
        yield family
        yield GaugeMetricFamily('none', 'N', labels=['name'])
REGISTRY.register(Sizes())
`, 'other.py': `
from prometheus_client.core import GaugeMetricFamily, REGISTRY
class Empty:
    def collect(self):
        yield GaugeMetricFamily('empty', 'E', labels=['name'])
REGISTRY.register(Empty())
`,
  })).toEqual([
    'metrics.py:10:36 gauge size {name=…} unknown',
    'metrics.py:14:33 gauge none {name=…} unknown',
    'other.py:5:33 gauge empty {name=…} never',
  ])
})

test('a defaultdict has an entry where one was read', async () => {
  expect(await extracted({
    'metrics.py': `
from collections import defaultdict
from prometheus_client import Counter
jobs = Counter('jobs', 'J', ['kind', 'state'])
counts = defaultdict(dict)
counts['index']['done'] = 1
others = defaultdict(str)
others['index']
for kind, states in counts.items():
    for state in states:
        jobs.labels(kind, state).inc()
    jobs.labels(kind, others[kind]).inc()
`,
  })).toEqual(['metrics.py:4:16 counter jobs {kind=index, state=done|…} yes'])
})

test('a metric that another file imports by another name', async () => {
  expect(await extracted({
    'metrics.py': "from prometheus_client import Counter\njobs = Counter('jobs_total', 'J', ['kind'])\n",
    'use.py': "from metrics import jobs as done\ndef run():\n    done.labels('mail').inc()\n",
  })).toEqual(['metrics.py:2:16 counter jobs_total {kind=mail} yes'])
})

test('a metric that another file may get by a name that is computed', async () => {
  const metrics = "from prometheus_client import Counter\njobs = Counter('jobs_total', 'J', ['kind'])\n"
  const found = (use: string) => extracted({ 'metrics.py': metrics, 'use.py': `import metrics\n${use}` })
  expect(await found("def run(name):\n    getattr(metrics, name).labels('mail').inc()\n")).toEqual(['metrics.py:2:16 counter jobs_total {kind=…} unknown'])
  expect(await found("def run(name):\n    getattr(metrics, name)\n")).toEqual(['metrics.py:2:16 counter jobs_total {kind=…} never'])
})

test('metrics in the fields of records, and those set by name', async () => {
  const use = `
from shop.made import make
class Worker:
    def __init__(self, metrics):
        self._metrics = metrics
    def work(self):
        self._metrics.done.inc()
worker = Worker(make())
`
  const made = async (record: string) => {
    const [line] = await extracted({ 'shop/made.py': `from prometheus_client import Counter\n${record}`, 'shop/use.py': use })
    return line!.replace(/^\S+ /, '')
  }
  expect(await made(`
from dataclasses import dataclass
@dataclass(frozen=True)
class Metrics:
    done: object
def make():
    return Metrics(done=Counter('done', 'D'))
`)).toBe('counter done {} yes')
  expect(await made(`
import attr
@attr.s
class Metrics:
    done = attr.ib()
def make():
    return Metrics(Counter('done', 'D'))
`)).toBe('counter done {} yes')
  expect(await made(`
class Metrics:
    pass
def make():
    metrics = Metrics()
    for name in ('done', 'other'):
        setattr(metrics, name, Counter('done', 'D'))
    return metrics
`)).toBe('counter done {} yes')
})

test('a module beside the script, in a folder that has an __init__.py', async () => {
  const files = {
    'server/__init__.py': '',
    'server/metrics.py': "from prometheus_client import Counter\ndone = Counter('done', 'D')\n",
    'server/api/__init__.py': '',
    'server/api/jobs.py': 'from metrics import done\ndef finish():\n    done.inc()\n',
  }
  expect(await extracted(files)).toEqual(['server/metrics.py:2:16 counter done {} yes'])
  // A package that its own files import is none that scripts lie in: `flask` is the library.
  const wrapper = {
    'app/__init__.py': '', 'app/flask.py': "name = 'wrapper'\n",
    'app/metrics.py': "from flask import name\nfrom prometheus_client import Counter\ndone = Counter(f'{name}_done', 'D')\ndone.inc()\n",
  }
  expect(await extracted({ ...wrapper, 'app/main.py': 'from app import metrics\n' })).toEqual(['app/metrics.py:3:16 counter *_done {} yes'])
  expect(await extracted({ ...wrapper, 'app/main.py': 'from . import metrics\n' })).toEqual(['app/metrics.py:3:16 counter *_done {} yes'])
  expect(await extracted({ ...wrapper, 'app/main.py': 'import metrics\n' })).toEqual(['app/metrics.py:3:16 counter wrapper_done {} yes'])
  // Nor is a module that imports its own name.
  expect(await extracted({ ...wrapper, 'app/flask.py': "from flask import Flask\nname = 'wrapper'\n" })).toEqual(['app/metrics.py:3:16 counter *_done {} yes'])
})
