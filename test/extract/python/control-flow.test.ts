import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { extracted } from './workspace.js'

/** What each metric's labels are, without the places. */
async function labelsIn(files: Readonly<Record<string, string>>): Promise<string[]> {
  return (await extracted(files)).map((line) => line.replace(/^\S+ \w+ (.*) yes$/, '$1'))
}

test('every way through a function: control_flow.py runs in prometheus-client-running.test.ts', async () => {
  const text = readFileSync(new URL('programs/control_flow.py', import.meta.url), 'utf8')
  expect(await labelsIn({ 'control_flow.py': text })).toEqual([
    'calls {status=error|refused|success}',
    'loads {result=missing|ok}',
    'transfers {step=connect|done|send}',
    'scans {end=all|first, result=clean|dirty}',
    'attempts {attempt=again|first}',
    'skips {kind=none|skipped|used}',
    'drains {end=closed|cut}',
    'cleanups {way=early|late}',
    'guarded {result=failed|ok}',
    'managed {result=failed|ok}',
    'tracked {outcome=done|lost}',
    'matched {kind=nothing|number|other}',
    'chosen {size=few|many}',
    'rounds {result=key|ok|value}',
    'signals {state=busy|idle}',
    'modes {mode=cold|…}',
    'tallies {last=none|some}',
    'nested {mark=handled|inner}',
  ])
})

test('an exception that no handler names leaves what stood there before', async () => {
  expect(await labelsIn({
    'app.py': `
from prometheus_client import Counter
jobs = Counter('jobs', 'J', ['status'])
async def run(work):
    status = 'started'
    try:
        await work()
        status = 'done'
    except Exception:
        status = 'failed'
    finally:
        jobs.labels(status).inc()
`,
  })).toEqual(['jobs {status=done|failed|started}'])
})

test('what a loop counts or builds is open; names made in a loop over a table are not', async () => {
  expect(await labelsIn({
    'app.py': `
from prometheus_client import Counter
rounds = Counter('rounds', 'R', ['number', 'path'])
def run(items):
    number = 0
    path = ''
    for item in items:
        number += 1
        path += 'x'
        rounds.labels(number, path).inc()
for name in ('a', 'b'):
    Counter(name, 'N').inc()
`,
  })).toEqual(['rounds {number=1|2|#, path=x|xx|*x}', 'a {}', 'b {}'])
})

test('code after a loop that may be left early is reached', async () => {
  expect(await labelsIn({
    'app.py': `
from prometheus_client.core import GaugeMetricFamily, REGISTRY
class Collector:
    def __init__(self, api):
        self.api = api
    def collect(self):
        cluster = 'none'
        for entry in self.api.get():
            if entry['type'] == 'cluster':
                cluster = 'found'
                break
        if cluster == 'none':
            return
        up = GaugeMetricFamily('cluster_up', 'h', labels=['id'])
        up.add_metric([cluster], 1)
        yield up
def main(api):
    REGISTRY.register(Collector(api))
`,
  })).toEqual(['cluster_up {id=found|none}'])
})

test('attributes and variables that code assigns which was not followed leave the label open', async () => {
  expect(await labelsIn({
    'app.py': `
from prometheus_client import Counter
states = Counter('states', 'S', ['state', 'name', 'late'])
class Machine:
    def __init__(self):
        self.state = 'new'
        self.name = 'machine'
        self.late = None
    def stop(self, reason):
        self.state = reason
    def start(self):
        self.late = 'soon'
        states.labels(self.state, self.name, self.late).inc()
`,
  })).toEqual(['states {late=soon|…, name=machine, state=new|…}'])
})

test('a function may fall through its end and return None', async () => {
  expect(await labelsIn({
    'app.py': `
from prometheus_client import Counter
answers = Counter('answers', 'A', ['kind'])
def kind_of(code):
    if code < 300:
        return 'ok'
def record(code):
    answers.labels(kind_of(code)).inc()
`,
  })).toEqual(['answers {kind=None|ok}'])
})

test('a function within another one sees each value that a variable had when it was called', async () => {
  expect(await labelsIn({
    'app.py': `
from prometheus_client import Counter
steps = Counter('steps', 'S', ['step'])
def run(work):
    step = 'begin'
    def record():
        steps.labels(step).inc()
    record()
    step = 'end'
    record()
`,
  })).toEqual(['steps {step=begin|end}'])
})

test('an assignment expression in a comprehension binds the name around it', async () => {
  expect(await labelsIn({
    'app.py': `
from prometheus_client import Counter
checks = Counter('checks', 'C', ['found'])
def check(items):
    found = 'none'
    if any(item.is_bad and (found := 'bad') for item in items):
        pass
    checks.labels(found).inc()
`,
  })).toEqual(['checks {found=bad|none}'])
})
