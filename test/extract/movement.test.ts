import { expect, test } from 'vitest'
import type { Extraction } from '../../src/extract/types.js'
import { extractPython } from '../../src/extract/python/index.js'
import { extract as extractTypeScript, treeOf } from './typescript/tree.js'

/** How code moves its gauges: `name: freely`, `name: up`, `name: ?`. */
function movements({ declarations }: Extraction): string[] {
  return declarations.map(({ name, movement }) => `${name.parts.join('*')}: ${movement ?? '?'}`)
}

const typescript = async (code: string) => movements(await extractTypeScript({ 'src/app.ts': code }))
const python = async (code: string) => movements(await extractPython(treeOf({ 'app.py': code })))

test('prom-client: a gauge that is set, decremented or timed moves freely, one that is only incremented moves up', async () => {
  expect(await typescript(`import { Counter, Gauge } from 'prom-client'
const level = new Gauge({ name: 'level', help: 'L' })
const open = new Gauge({ name: 'open', help: 'O' })
const less = new Gauge({ name: 'less', help: 'L' })
const seen = new Gauge({ name: 'seen', help: 'S', labelNames: ['kind'] })
const last = new Gauge({ name: 'last', help: 'L' })
const timed = new Gauge({ name: 'timed', help: 'T' })
const done = new Counter({ name: 'done_total', help: 'D' })
new Gauge({ name: 'asked', help: 'A', collect() { this.set(3) } })
export function run(n: number) {
  level.set(n)
  open.inc()
  open.dec()
  less.inc(-1)
  seen.inc({ kind: 'a' })
  seen.labels('b').inc(2)
  seen.inc({ kind: 'c' }, 3)
  last.setToCurrentTime()
  timed.startTimer()()
  done.inc()
}
`)).toEqual(['level: freely', 'open: freely', 'less: freely', 'seen: up', 'last: freely', 'timed: freely', 'done_total: ?', 'asked: freely'])
})

test('prom-client: nothing is said of a gauge of which a use is not known', async () => {
  expect(await typescript(`import { Gauge } from 'prom-client'
import { watch } from 'somewhere'
const added = new Gauge({ name: 'added', help: 'A' })
const given = new Gauge({ name: 'given', help: 'G' })
const taken = new Gauge({ name: 'taken', help: 'T' })
const one = new Gauge({ name: 'one', help: 'O' })
const other = new Gauge({ name: 'other', help: 'O' })
const unused = new Gauge({ name: 'unused', help: 'U' })
export function run(n: number) {
  added.inc(n)
  given.inc()
  watch(given)
  taken.inc()
  process.on('exit', taken.dec)
  one.inc()
  other.inc()
  const which = n > 1 ? one : other
  which.dec()
}
`)).toEqual(['added: ?', 'given: ?', 'taken: ?', 'one: ?', 'other: ?', 'unused: ?'])
})

test('OpenTelemetry for JavaScript: what is observed or recorded moves freely, what is added by its sign', async () => {
  expect(await typescript(`import { metrics } from '@opentelemetry/api'
const meter = metrics.getMeter('app')
const queue = meter.createUpDownCounter('queue')
const seen = meter.createUpDownCounter('seen')
const temperature = meter.createGauge('temperature')
const memory = meter.createObservableGauge('memory')
export function run() {
  queue.add(1)
  queue.add(-1)
  seen.add(1)
  temperature.record(20)
  memory.addCallback((result) => result.observe(1))
}
`)).toEqual(['queue: freely', 'seen: up', 'temperature: freely', 'memory: freely'])
})

test('prometheus_client: gauges that are set, decremented, timed, tracked or computed move freely', async () => {
  expect(await python(`from prometheus_client import Counter, Gauge, REGISTRY
from prometheus_client.core import GaugeMetricFamily
level = Gauge('level', 'L')
seen = Gauge('seen', 'S', ['kind'])
running = Gauge('running', 'R')
computed = Gauge('computed', 'C')
timed = Gauge('timed', 'T')
less = Gauge('less', 'L')
last = Gauge('last', 'L')
done = Counter('done', 'D')
@running.track_inprogress()
def work(n):
    level.set(n)
    seen.labels('a').inc()
    seen.labels(kind='b').inc(2)
    less.inc(amount=-2)
    last.set_to_current_time()
    done.inc()
    with timed.time():
        pass
computed.set_function(lambda: 3)
class Collector:
    def collect(self):
        yield GaugeMetricFamily('collected', 'C', value=3)
REGISTRY.register(Collector())
`)).toEqual(['level: freely', 'seen: up', 'running: freely', 'computed: freely', 'timed: freely', 'less: freely', 'last: freely', 'done: ?', 'collected: freely'])
})

test('prometheus_client: nothing is said of a gauge of which a use is not known', async () => {
  expect(await python(`import events
from prometheus_client import Gauge
added = Gauge('added', 'A')
given = Gauge('given', 'G')
taken = Gauge('taken', 'T')
one = Gauge('one', 'O')
other = Gauge('other', 'O')
def work(n):
    added.inc(n)
    given.inc()
    events.watch(given)
    taken.inc()
    events.on('end', taken.dec)
    one.inc()
    other.inc()
    (one if n else other).dec()
`)).toEqual(['added: ?', 'given: ?', 'taken: ?', 'one: ?', 'other: ?'])
})

test('OpenTelemetry for Python and aioprometheus', async () => {
  expect(await python(`import aioprometheus
from opentelemetry import metrics
meter = metrics.get_meter('app')
queue = meter.create_up_down_counter('queue')
seen = meter.create_up_down_counter('seen')
level = meter.create_gauge('level')
memory = meter.create_observable_gauge('memory', [lambda options: []])
open = aioprometheus.Gauge('open', 'O')
met = aioprometheus.Gauge('met', 'M')
def work():
    queue.add(-1)
    seen.add(1)
    level.set(3)
    open.dec({'kind': 'a'})
    met.inc({'kind': 'a'})
`)).toEqual(['queue: freely', 'seen: up', 'level: freely', 'memory: freely', 'open: freely', 'met: up'])
})
