import { expect, test } from 'vitest'
import { extracted } from './workspace.js'

async function kind(code: string): Promise<string> {
  const [only, ...more] = await extracted({ 'orders.py': `from prometheus_client import Counter\norders = Counter('orders', 'Orders', ['kind'])\n${code}\n` })
  expect(more).toEqual([])
  return /\{kind=(.*?)\}/.exec(only!)![1]!
}

test.each([
  ['a length', 'def f(items):\n    orders.labels(len(items)).inc()', '#'],
  ['a whole number as a text', 'def f(n):\n    orders.labels(str(int(n))).inc()', '#'],
  ['a number that is not whole', 'orders.labels(0.5).inc()', '#'],
  ['a number beside a text', 'def f(n, ok):\n    orders.labels(str(int(n)) if ok else "none").inc()', 'none|#'],
  ['the status of a response', 'def f(response):\n    orders.labels(response.status_code).inc()', '#'],
  ['the status of a response that was asked for', 'import requests\ndef f():\n    resp = requests.get("/")\n    orders.labels(resp.status_code).inc()', '#'],
  ['a class of status codes', 'def f(response):\n    orders.labels(f"{response.status_code // 100}xx").inc()', '#xx'],
  ['a class of what nobody knows', 'def f(code):\n    orders.labels(f"{code // 100}xx").inc()', '*xx'],
  ['a path that begins in a known way', 'def f(id):\n    orders.labels("/orders/" + id).inc()', '/orders/*'],
  ['a formatted text', 'def f(id):\n    orders.labels("order-%s" % id).inc()', 'order-*'],
  ['in small letters', 'def f(id):\n    orders.labels(f"Order-{id}".lower()).inc()', 'order-*'],
  ['without spaces around it', 'def f(id):\n    orders.labels(f" order {id} ".strip()).inc()', 'order *'],
])('%s is known by what it is like', async (_, code, expected) => {
  expect(await kind(code)).toBe(expected)
})

test.each([
  ['a status of something else', 'def f(job):\n    orders.labels(job.status_code).inc()'],
  ['a status that the code itself gives', 'from types import SimpleNamespace\nimport os\nresponse = SimpleNamespace(status_code=os.getenv("X"))\norders.labels(response.status_code).inc()'],
  ['with capitals where the unknown text ends', 'def f(id):\n    orders.labels(f"{id} order".title()).inc()'],
  ['a part of a text', 'def f(id):\n    orders.labels(f"order-{id}"[2:]).inc()'],
  ['a text without a known part', 'def f(id):\n    orders.labels(f"{id}").inc()'],
  ['a metric that gets away', 'import elsewhere\ndef f(id):\n    orders.labels(f"order-{id}").inc()\nelsewhere.keep(orders)'],
])('%s may be anything', async (_, code) => {
  expect(await kind(code)).toBe('…')
})

test.each([
  ['', 'status=1xx|2xx|3xx|4xx|5xx'],
  ['should_group_status_codes=True', 'status=1xx|2xx|3xx|4xx|5xx'],
  ['should_group_status_codes=False', 'status=#'],
  ['False', 'status=#'],
  ['should_group_status_codes=settings.group', 'status=1xx|2xx|3xx|4xx|5xx|#'],
  ['**settings', 'status=1xx|2xx|3xx|4xx|5xx|#'],
])('what an Instrumentator(%s) groups', async (args, expected) => {
  const [counter] = await extracted({
    'app.py': `from prometheus_fastapi_instrumentator import Instrumentator\nfrom elsewhere import app, settings\nInstrumentator(${args}).instrument(app, metric_namespace="shop").expose(app)\n`,
  }).then((lines) => lines.filter((line) => line.includes('shop_http_requests_total')))
  expect(counter).toContain(expected)
})
