import { describe, expect, test } from 'vitest'
import { dashboardWith, lintLines, loadFiles, producer } from './lint-files.js'

const files = {
  'src/metrics.ts': producer,
  'src/main.ts': `import { record } from './metrics.js'\n${"record('index', 1)\n".repeat(3)}record('train', 2)\n`,
  'dashboard.json': dashboardWith('sum(jobs_done_total{status="failed"})'),
}

test('says nothing where all code could be followed', async () => {
  expect(await lintLines('extraction-incomplete', files)).toEqual([])
  expect(await lintLines('unknown-label-value', files)).toHaveLength(1)
})

test('tells what was not followed, and nothing is closed then', async () => {
  const load = { budget: 0.000_001 }
  expect(await lintLines('extraction-incomplete', files, { load })).toEqual([
    'src/metrics.ts:7:8 warning «» The TypeScript code is more than the budget allows to follow: at least 1 function in 1 file were not followed from where '
    + 'they are called, this one first. So other names, label values and recordings than those found count as possible. '
    + 'Name what does not matter in "ignore", raise "extract.budget", or lint against an exported registry',
  ])
  expect(await lintLines('unknown-label-value', files, { load })).toEqual([])
})

test('what was not followed may declare a name that is not known', async () => {
  const asked = { ...files, 'dashboard.json': dashboardWith('jobs_lost_total', 'jobs_done') }
  expect(await lintLines('unknown-metric', asked)).toHaveLength(2)
  expect(await lintLines('unknown-metric', asked, { load: { budget: 0.000_001 } })).toEqual([
    'dashboard.json:35:20 error «jobs_done» No series is called "jobs_done": "jobs_done_total" is a counter (src/metrics.ts:3), which exposes "jobs_done_total"',
  ])
})

const pythonFiles = {
  'metrics.py': `from prometheus_client import Counter, Gauge

done = Counter('jobs_done_total', 'Jobs done', ['status'])
lost = Counter('jobs_lost_total', 'Jobs lost', ['status'])

class Pool:
    def __init__(self, name):
        self.size = Gauge(f'pool_{name}_size', 'Size', ['status'])
        self.name = name
        self.limit = Gauge('pool_limit', 'Limit')

def finish(status):
    done.labels(status=status).inc()
`,
  'main.py': `from metrics import Pool, finish

Pool('disk')
Pool('memory')
${Array.from({ length: 8 }, (_, i) => `finish('state-${i}')\n`).join('')}`,
  'dashboard.json': dashboardWith('sum(jobs_done_total{status="failed"})', 'pool_limit', 'pool_disk_size', 'rate(jobs_lost_total[5m])'),
}

test('follows Python to the end where the budget allows it', async () => {
  expect(await lintLines('extraction-incomplete', pythonFiles)).toEqual([])
  expect(await lintLines('unknown-label-value', pythonFiles)).toHaveLength(1)
  expect(await lintLines('metric-never-recorded', pythonFiles)).toHaveLength(3)
})

test('loses no name and closes nothing where the budget for Python is spent', async () => {
  const load = { budget: 0.000_000_01 }
  expect(await lintLines('extraction-incomplete', pythonFiles, { load })).toEqual([
    'metrics.py:7:5 warning «» The Python code is more than the budget allows to follow: at least 2 functions in 1 file were not followed from where '
    + 'they are called, this one first. So other names, label values and recordings than those found count as possible. '
    + 'Name what does not matter in "ignore", raise "extract.budget", or lint against an exported registry',
  ])
  const { registry } = await loadFiles(pythonFiles, load)
  const names = [...registry.families].filter(({ origin }) => origin.kind === 'code').map(({ name }) => name)
  expect(names.sort()).toEqual(['jobs_done_total', 'jobs_lost_total', 'pool_limit'])
  // `pool_disk_size` is one that the pattern `pool_*_size` may make.
  expect(await lintLines('unknown-metric', pythonFiles, { load })).toEqual([])
  expect(await lintLines('unknown-label-value', pythonFiles, { load })).toEqual([])
  expect(await lintLines('metric-never-recorded', pythonFiles, { load })).toEqual([])
})

describe('a function of Python that takes more than its share', () => {
  const heavy = (rest: string) => `from prometheus_client import Counter, Gauge

done = Counter('jobs_done_total', 'Jobs done', ['kind'])
waiting = Gauge('jobs_waiting', 'Jobs waiting', ['kind'])
waiting.labels(kind='index').set(1)

${rest}`
  const record = heavy(`def record(kind):
    for i in range(300):
        weight = i + i + i + i + i
    done.labels(kind=kind).inc()
`)
  const main = (kinds: readonly string[]) => `from metrics import record

def main():
${kinds.map((kind) => `    record('${kind}')\n`).join('')}`

  test('closes no label whose values it has been left before, and tells it', async () => {
    const all = {
      'metrics.py': record, 'main.py': main(['index', 'train', 'export']),
      'dashboard.json': dashboardWith('sum(jobs_done_total{kind="export"})', 'sum(jobs_waiting{kind="train"})', 'jobs_dome_total'),
    }
    expect(await lintLines('unknown-label-value', all)).toEqual([
      'dashboard.json:35:44 error «train» Label "kind" of "jobs_waiting" (gauge, metrics.py:4) is never "train". It is one of: "index".',
    ])
    expect(await lintLines('unknown-metric', all)).toHaveLength(1)
    expect(await lintLines('extraction-incomplete', all)).toEqual([
      'main.py:3:1 warning «» At least 2 functions in 2 files of the Python code take more steps than a single function may and were not followed to their end, '
      + 'this one first. So other values of the labels that they record count as possible. '
      + 'Name what does not matter in "ignore", raise "extract.budget", or lint against an exported registry',
    ])
    expect(await lintLines('extraction-incomplete', all, { load: { budget: 4 } })).toEqual([])
    const { registry } = await loadFiles(all, { budget: 4 })
    expect(registry.familiesNamed('jobs_done_total')[0]!.labels).toMatchObject([{ name: 'kind', values: ['export', 'index', 'train'], open: false }])
  })

  test('is not told of where it makes no difference to a metric', async () => {
    const all = { 'metrics.py': record, 'main.py': main(['index']), 'dashboard.json': dashboardWith('jobs_done_total') }
    expect(await lintLines('extraction-incomplete', all)).toEqual([])
  })

  test('may declare a metric behind the place where it was left', async () => {
    const all = {
      'metrics.py': heavy(`def setup():
    for i in range(400):
        weight = i + i + i + i + i + i + i + i + i + i + i + i
    return Gauge('jobs_late', 'Jobs late')
`), 'dashboard.json': dashboardWith('jobs_late'),
    }
    expect(await lintLines('unknown-metric', all)).toEqual([])
    expect(await lintLines('extraction-incomplete', all)).toEqual([
      'metrics.py:7:1 warning «» At least 1 function in 1 file of the Python code take more steps than a single function may and were not followed to their end, '
      + 'this one first. So names of metrics that are not known count as possible. '
      + 'Name what does not matter in "ignore", raise "extract.budget", or lint against an exported registry',
    ])
  })

  test('opens the metric that it records where it is left, and no other', async () => {
    const all = {
      'metrics.py': heavy(`def weigh(unit):
    waiting.labels(kind='index').set(2)
    for i in range(400):
        weight = i + i + i + i + i + i + i + i + i + i + i + i
    return 'train'

def record():
    done.labels(**weigh('kg')).inc()
`), 'dashboard.json': dashboardWith('sum(jobs_done_total{kind="export"})', 'sum(jobs_waiting{kind="train"})'),
    }
    expect(await lintLines('unknown-label-value', all)).toEqual([
      'dashboard.json:35:44 error «train» Label "kind" of "jobs_waiting" (gauge, metrics.py:4) is never "train". It is one of: "index".',
    ])
  })

  test('declares no metric by a name that comes from another library', async () => {
    const all = {
      'metrics.py': heavy(`import collections
from collections import Counter as Numbers

def count(items):
    for i in range(400):
        weight = i + i + i + i + i + i + i + i + i + i + i + i
    done.labels(kind='index').inc()
    return collections.Counter(items)
`), 'dashboard.json': dashboardWith('jobs_late'),
    }
    expect(await lintLines('unknown-metric', all)).toHaveLength(1)
  })
})

test('what only a wrapper of a wrapper of a wrapper records leaves its labels open', async () => {
  const chain = Object.fromEntries(Array.from({ length: 6 }, (_, i) => [`layer${i}.py`, i === 0
    ? `from prometheus_client import Counter\ndone = Counter('jobs_done_total', 'Done', ['kind'])\ndef record_zero(kind):\n    done.labels(kind=kind).inc()\n`
    : `from layer${i - 1} import record_${words[i - 1]!}\ndef record_${words[i]!}(kind):\n    record_${words[i - 1]!}(kind)\nrecord_${words[i - 1]!}('kind-${i}')\n`]))
  expect(await lintLines('unknown-label-value', { ...chain, 'dashboard.json': dashboardWith(...[1, 2, 3, 4, 5].map((i) => `jobs_done_total{kind="kind-${i}"}`)) })).toEqual([])
})

const words = ['zero', 'first', 'second', 'third', 'fourth', 'fifth']
