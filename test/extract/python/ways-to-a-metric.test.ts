import { expect, test } from 'vitest'
import { extracted } from './workspace.js'

const metrics = `from prometheus_client import Counter
done = Counter('done_total', 'D', ['kind'])
class Kept:
    pass
kept = Kept()
kept.one = done
def give():
    return done
`

/** What is told of the metric, with what these files do; the first one is `use.py`, the others are `a.py`, `b.py`, `c.py`. */
async function told(...files: readonly string[]): Promise<string> {
  const named = Object.fromEntries(files.map((text, index) => [`${['use', 'a', 'b', 'c'][index]}.py`, text]))
  const [line] = await extracted({ 'metrics.py': metrics, ...named })
  return /\{kind=.*$/.exec(line!)![0]
}

test.each([
  ['a function that gives it', "from metrics import give\ndef run():\n    give().labels('a').inc()\n"],
  ['a lambda in another file', "from a import get\ndef run():\n    get().labels('a').inc()\n", 'from metrics import give\nget = lambda: give()\n'],
  ['many functions', "from a import fourth\ndef run():\n    fourth().labels('a').inc()\n",
    'from b import third\ndef fourth():\n    return third()\n', 'from c import second\ndef third():\n    return second()\n', 'from metrics import give\ndef second():\n    return give()\n'],
  ['a short attribute of an instance', "from metrics import kept\ndef run():\n    kept.one.labels('a').inc()\n"],
  ['`__getattr__`', "from metrics import done\nclass Any:\n    def __getattr__(self, name):\n        return done\nany_one = Any()\ndef run():\n    any_one.whatever.labels('a').inc()\n"],
  ['`__getitem__`', "from metrics import done\nclass Any:\n    def __getitem__(self, name):\n        return done\nany_one = Any()\ndef run():\n    any_one['whatever'].labels('a').inc()\n"],
  ['a partial function', "from functools import partial\nfrom metrics import done\ndef first(one, two):\n    return one\nget = partial(first, done)\ndef run():\n    get(1).labels('a').inc()\n"],
])('through %s', async (_, ...files) => {
  expect(await told(...files)).toBe('{kind=a} yes')
})

test('a list that is empty where it is written may have items that others put in it', async () => {
  const queue = `from metrics import done
class Queue:
    def __init__(self):
        self.kinds = []
    def put(self, kind):
        self.kinds.append(kind)
    def flush(self):
        for kind in self.kinds:
            done.labels(kind).inc()
queue = Queue()
`
  expect(await told(queue, "from use import queue\ndef run():\n    queue.put('a')\n    queue.flush()\n")).toBe('{kind=a} yes')
})

test('lists that grow without end are cut, and nested ones end', async () => {
  expect(await told("from metrics import done\nall = ['a']\nfor i in range(40):\n    all = [*all, *all]\nfor kind in all:\n    done.labels(kind).inc()\n")).toMatch(/^\{kind=a(\|…)?\} yes$/)
  expect(await told("from metrics import done\nall = ['a']\nfor i in range(40):\n    all = [all, all]\n    more = [x for x in all for y in all]\ndone.labels('b').inc()\n")).toBe('{kind=b} yes')
})

test.each([
  ['a class under a key', "kinds = {'counter': Counter}\ndef make():\n    return kinds['counter']('done_total', 'D', ['kind'])\n"],
  ['a class by another name', "if True:\n    Kind = Counter\ndef make():\n    return Kind('done_total', 'D', ['kind'])\n"],
  ['a class that a class has', "class Maker:\n    kind = Counter\n    def make(self):\n        return self.kind('done_total', 'D', ['kind'])\ndef make():\n    return Maker().make()\n"],
  ['a class that an instance is given', "class Maker:\n    def __init__(self, kind=Counter):\n        self._kind = kind\n    def make(self):\n        return self._kind('done_total', 'D', ['kind'])\ndef make():\n    return Maker().make()\n"],
  ['a subclass of the client\'s', "class Own(Counter):\n    pass\nown = Own('done_total', 'D', ['kind'])\ndef make():\n    return own\n"],
  ['a class that is told of its subclasses', "class Base:\n    def __init_subclass__(cls, name, **more):\n        super().__init_subclass__(**more)\n        cls.metric = Counter(name + cls.end, 'D', cls.labels)\nclass Sub(Base, name='done'):\n    end = '_total'\n    labels = ['kind']\ndef make():\n    return Sub.metric\n"],
  ['a list without what is empty', "def make():\n    return Counter('_'.join(filter(None, ['done', '', None, 'total'])), 'D', list(filter(lambda name: name != 'none', ['kind', 'none'])))\n"],
])('made by %s', async (_, text) => {
  const files = { 'metrics.py': `from prometheus_client import Counter\n${text}`, 'kept.py': 'from metrics import make\nclass Box:\n    pass\nbox = Box()\nbox.it = make()\n' }
  const use = await extracted({ ...files, 'use.py': "from kept import box\ndef tell(**labels):\n    box.it.labels(**labels).inc()\ntell(kind='a')\n" })
  expect(use).toEqual([expect.stringMatching(/done_total \{kind=a\} yes$/)])
})

test('objects of an annotated class may be made in the module that declares it', async () => {
  const use = "from metrics import done\nfrom a import Job\ndone.labels(Job('a').kind).inc()\ndef tell(job: Job):\n    done.labels(job.kind).inc()\n"
  const job = 'import os\nclass Job:\n    def __init__(self, kind):\n        self.kind = kind\n'
  expect(await told(use, job)).toBe('{kind=a} yes')
  expect(await told(use, `${job}def late():\n    return Job(os.environ['KIND'])\n`)).toBe('{kind=a|…} yes')
})

test('of several types a metric has the one that what describes it names', async () => {
  const makers = `from dataclasses import dataclass
from enum import Enum
from prometheus_client import Counter, Gauge, Histogram
class Kind(Enum):
    COUNTER = 'counter'
    GAUGE = 'gauge'
    HISTOGRAM = 'histogram'
@dataclass
class Described:
    name: str
    kind: Kind
made = {}
def setup():
    for key, given in {'a': Described('jobs', Kind.GAUGE), 'b': Described('seconds', Kind.HISTOGRAM)}.items():
        if given.kind == Kind.COUNTER:
            made[key] = Counter(given.name, 'T')
        elif given.kind == Kind.GAUGE:
            made[key] = Gauge(given.name, 'T')
        else:
            made[key] = Histogram(given.name, 'T')
setup()
`
  expect((await extracted({ 'metrics.py': makers })).map((line) => line.split(' ').slice(1, 3).join(' ')).sort()).toEqual(['gauge jobs', 'histogram seconds'])
})

test('a byte order mark is no code', async () => {
  expect(await extracted({ 'metrics.py': "\uFEFFfrom prometheus_client import Counter\ndone = Counter('done_total', 'D')\ndone.inc()\n" })).toEqual(['metrics.py:2:16 counter done_total {} yes'])
})
