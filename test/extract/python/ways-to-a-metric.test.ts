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
