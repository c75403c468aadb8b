import { expect, test } from 'vitest'
import { extracted } from './workspace.js'

const names = async (text: string) => (await extracted({ 'm.py': `from prometheus_client import Counter, Gauge\n${text}` }))
  .map((line) => line.split(' ').slice(1, 3).join(' ')).sort()

test.each([
  ['if and else', `
def make(name, kind=None, prefix=None, count=0):
    if kind == 'gauge':
        return Gauge(prefix + '_' + name, 'H')
    return Counter(name, 'H')
`],
  ['a test of a truth value, of a number and of None', `
def make(name, kind=None, prefix=None, count=0):
    if count > 2 and prefix is not None:
        Gauge(f'{prefix}_{name}', 'H')
    elif count == 0 and not kind:
        Counter(name, 'H')
    else:
        Counter('never', 'H')
`],
  ['x if y else z, and or', `
def make(name, kind=None, prefix=None, count=0):
    full = f'{prefix}_{name}' if prefix else name
    kind and Gauge(full, 'H') or Counter(full, 'H') if not kind else None
    kind and Gauge(full, 'H')
`],
  ['keywords', `
def make(name, **options):
    if options.get('kind', 'counter') == 'gauge':
        Gauge(options['prefix'] + '_' + name, 'H')
    elif 'kind' not in options:
        Counter(name, 'H')
`],
  ['what an object was made with', `
class Metrics:
    def __init__(self, prefix=None, kind=None):
        self.prefix = prefix
        self.kind = kind
    def make(self, name):
        full = f'{self.prefix}_{name}' if self.prefix else name
        if self.kind == 'gauge':
            return Gauge(full, 'H')
        return Counter(full, 'H')
def make(name, kind=None, prefix=None, count=0):
    return Metrics(prefix, kind).make(name)
`],
])('a known argument takes one branch only: %s', async (_, code) => {
  expect(await names(`${code}
make('jobs')
make('depth', kind='gauge', prefix='queue', count=3)
`)).toEqual(['counter jobs', 'gauge queue_depth'])
})

test('an item of a loop takes one branch only, at the top level of a module too', async () => {
  expect(await names(`
for name, kind, prefix in [('jobs', 'counter', None), ('depth', 'gauge', 'queue'), ('skipped', 'none', None)]:
    if kind == 'none':
        continue
    if kind == 'counter':
        Counter(name, 'H')
    elif prefix:
        Gauge(f'{prefix}_{name}', 'H')
    else:
        Gauge(name, 'H')
`)).toEqual(['counter jobs', 'gauge queue_depth'])
})

test('what may have changed, or is kept for the next call, takes both branches', async () => {
  expect(await names(`
CACHE = {}
ENABLED = False
def configure():
    global ENABLED
    ENABLED = True
class Lazy:
    def __init__(self):
        self.metric = None
        self.prefix = None
    def rename(self, prefix):
        self.prefix = prefix
    def make(self):
        if self.metric is None:
            self.metric = Gauge('lazy', 'H')
        if self.prefix:
            Gauge('renamed', 'H')
        else:
            Gauge('plain', 'H')
def make(name):
    known = CACHE.get(name)
    if known is not None:
        return known
    CACHE[name] = Counter(name, 'H')
    if ENABLED:
        Gauge('enabled', 'H')
make('jobs')
make('jobs')
Lazy().make()
`)).toEqual(['counter jobs', 'gauge enabled', 'gauge lazy', 'gauge plain', 'gauge renamed'])
})
