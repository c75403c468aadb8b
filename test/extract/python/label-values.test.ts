import { expect, test } from 'vitest'
import { extracted } from './workspace.js'

const shared = `
from prometheus_client import CollectorRegistry, Counter, Histogram
REGISTRY = CollectorRegistry()
ml_cost_usd = Counter('ml_cost_usd_total', 'Cost', ['task_type', 'provider'], registry=REGISTRY)
tasks = Counter('ml_tasks_completed', 'Tasks', ['task_type', 'status'], registry=REGISTRY)
duration = Histogram('ml_task_duration_seconds', 'D', ['task_type'], registry=REGISTRY)
`

test('a shared module, a decorator that records, and Celery tasks', async () => {
  expect(await extracted({
    'python/shared/metrics.py': shared,
    'python/shared/tracking.py': `
import functools
from shared.metrics import duration, tasks
def track_task(task_type):
    def decorate(function):
        @functools.wraps(function)
        def wrapper(*args, **kwargs):
            with duration.labels(task_type).time():
                try:
                    result = function(*args, **kwargs)
                except Exception:
                    tasks.labels(task_type, 'failure').inc()
                    raise
            tasks.labels(task_type=task_type, status='success').inc()
            return result
        return wrapper
    return decorate
`,
    'python/worker/tasks.py': `
from celery import Celery
from shared.metrics import ml_cost_usd
from shared.tracking import track_task
app = Celery('worker')

@app.task(name='transcribe')
@track_task('transcription')
def transcribe(url):
    ml_cost_usd.labels(task_type='transcription', provider='openai').inc(0.1)

@app.task
@track_task('embedding')
def embed(text, provider):
    ml_cost_usd.labels('embedding', provider).inc()
`,
  })).toEqual([
    'python/shared/metrics.py:4:23 counter ml_cost_usd_total {provider=openai|…, task_type=embedding|transcription} yes',
    'python/shared/metrics.py:5:17 counter ml_tasks_completed {status=failure|success, task_type=embedding|transcription} yes',
    'python/shared/metrics.py:6:22 histogram ml_task_duration_seconds {task_type=embedding|transcription} yes',
  ])
})

test('values through parameters, literal types and enums; numbers and booleans as Python writes them', async () => {
  expect(await extracted({
    'app.py': `
from enum import Enum
from typing import Literal
from prometheus_client import Counter
class Color(Enum):
    RED = 'red'
    BLUE = 'blue'
jobs = Counter('jobs', 'J', ['status', 'color', 'code', 'cached'])

def record(status, color: Color, code=200, cached=False):
    jobs.labels(status=status, color=color.value, code=code, cached=cached).inc()

def handler(request):
    record('ok', Color.RED)
    record('error', Color.BLUE, 500, True)

retries = Counter('retries', 'R', ['reason'])
def retry(reason: Literal['timeout', 'reset']):
    retries.labels(reason).inc()
`,
  })).toEqual([
    'app.py:8:16 counter jobs {cached=False|True, code=200|500, color=blue|red, status=error|ok} yes',
    'app.py:17:19 counter retries {reason=reset|timeout} yes',
  ])
})

test('a function that a framework may call leaves its labels open', async () => {
  expect(await extracted({
    'app.py': `
from celery.signals import task_failure
from prometheus_client import Counter
failures = Counter('failures', 'F', ['exception', 'stage'])
def record(exception):
    failures.labels(exception, 'run').inc()
task_failure.connect(record)
record('none')
`,
  })).toEqual(['app.py:4:20 counter failures {exception=none|…, stage=run} yes'])
})

test('recordings on objects of an unknown type', async () => {
  expect(await extracted({
    'metrics.py': `
from prometheus_client import Counter
class Metrics:
    def __init__(self):
        self.requests = Counter('requests', 'R', ['method'])
    def count_request(self, method):
        self.requests.labels(method).inc()
metrics = Metrics()
`,
    'views.py': `
def view(request, container):
    container.metrics.count_request('GET')
    container.metrics.requests.labels(method='POST').inc()
`,
  })).toEqual(["metrics.py:5:33 counter requests {method=GET|POST} yes"])
})

test('a metric that is handed away may be recorded with anything', async () => {
  expect(await extracted({
    'app.py': `
import library
from prometheus_client import Counter
a = Counter('given', 'G', ['kind'])
a.labels('x').inc()
library.use(a)
b = Counter('unused', 'U', ['kind'])
`,
  })).toEqual([
    'app.py:4:13 counter given {kind=x|…} yes',
    'app.py:7:13 counter unused {kind=…} never',
  ])
})

test('the keys of an info are its labels; in multiprocess mode gauges have a pid', async () => {
  expect(await extracted({
    'app.py': `
from prometheus_client import Gauge, Info, multiprocess, CollectorRegistry
Info('build', 'B').info({'version': '1.2', 'commit': commit()})
Gauge('workers', 'W')
Gauge('busy', 'B', multiprocess_mode='livesum')
registry = CollectorRegistry()
multiprocess.MultiProcessCollector(registry)
`,
  })).toEqual([
    'app.py:3:6 info build {commit=…, version=1.2} yes',
    'app.py:4:7 gauge workers {pid=…} never',
    'app.py:5:7 gauge busy {} never',
  ])
})

test('values that reach a label through an object, of which some are made with what is not known', async () => {
  expect(await extracted({
    'caches.py': `
from prometheus_client import Gauge
size = Gauge('cache_size', 'Size', ['cache'])
class Cache:
    def __init__(self, name):
        self.name = name
    def report(self):
        size.labels(self.name).set(1)
`,
    'users.py': `
from caches import Cache
users = Cache('users')
`,
    'orders.py': `
from caches import Cache
orders = Cache(name='orders')
`,
  })).toEqual(['caches.py:3:14 gauge cache_size {cache=orders|users} yes'])
  expect(await extracted({
    'caches.py': `
from prometheus_client import Gauge
size = Gauge('cache_size', 'Size', ['cache'])
class Cache:
    def __init__(self, name):
        self.name = name
    def report(self):
        size.labels(self.name).set(1)
users = Cache('users')
def cache_for(config):
    return Cache(config.name)
`,
  })).toEqual(['caches.py:3:14 gauge cache_size {cache=users|…} yes'])
})

test('objects of an annotated type close a label where all of them were seen made', async () => {
  const files = (rest: string) => ({
    'client.py': `
from dataclasses import dataclass
from prometheus_client import Counter
requests = Counter('requests', 'R', ['method', 'verb'])

@dataclass
class Call:
    method: str
    verb: str = 'GET'

def note(call: Call):
    requests.labels(call.method, call.verb).inc()

hooks = [note]
def get_user(api):
    api.run(hooks, Call('users.get'))
`, 'other.py': rest,
  })
  const told = async (rest: string) => (await extracted(files(rest)))[0]!.replace(/^\S+ counter requests /, '')
  expect(await told('')).toBe('{method=users.get, verb=GET} yes')
  expect(await told("from client import note, Call\ndef get_all(api):\n    api.run([note], Call('users.list', 'POST'))\n"))
    .toBe('{method=users.get|users.list, verb=GET|POST} yes')
  expect(await told("from client import Call\ncall = lambda: Call('users.list', 'POST')\n")).toBe('{method=users.get|…, verb=GET|…} yes')
  expect(await told('from client import Call\nclass Late(Call):\n    pass\n')).toBe('{method=users.get|…, verb=GET|…} yes')
})
