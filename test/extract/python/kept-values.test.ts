import { expect, test } from 'vitest'
import { extracted } from './workspace.js'

const metrics = `from prometheus_client import Counter
jobs = Counter('jobs_total', 'J', ['kind'])
`

/** The values of the label, where a module keeps them and another one puts something in. */
async function kinds(keeper: string, user: string): Promise<string> {
  const [line] = await extracted({ 'metrics.py': metrics, 'keeper.py': `from metrics import jobs\n${keeper}`, 'user.py': user })
  return /\{kind=(.*)\}/.exec(line!)![1]!
}

const setUp = 'from keeper import put\ndef set_up(given):\n    put(given.name)\n'
const note = '\ndef note():\n    for kind in kinds:\n        jobs.labels(kind=kind).inc()\n'

test.each([
  ['appended', 'self.kinds.append(kind)', 'self.kinds'],
  ['added', 'self.others.add(kind)', 'self.others'],
  ['put at a position', 'self.kinds[0] = kind', 'self.kinds'],
  ['joined', 'self.kinds = self.kinds + [kind]', 'self.kinds'],
])('what a method that is not followed has %s in what an instance keeps', async (_, write, kept) => {
  expect(await kinds(`class Keeper:
    def __init__(self):
        self.kinds = ['mail', 'report']
        self.others = {'mail', 'report'}
    def put(self, kind):
        ${write}
    def note(self):
        for kind in ${kept}:
            jobs.labels(kind=kind).inc()
keeper = Keeper()
`, 'from keeper import keeper\ndef set_up(given):\n    keeper.put(given.name)\n')).toBe('mail|report|…')
})

test.each([
  ['a function of the module', `kinds = ['mail', 'report']\ndef put(kind):\n    kinds.append(kind)\n${note}`, setUp],
  ['another file', `kinds = ['mail', 'report']\n${note}`, 'from keeper import (\n    kinds,\n)\ndef set_up(given):\n    kinds.append(given.name)\n'],
  ['another file, by the module', `kinds = ['mail', 'report']\n${note}`, 'import keeper\ndef set_up(given):\n    keeper.kinds.append(given.name)\n'],
  ['another file, in a dictionary', `kinds = {'a': 'mail', 'b': 'report'}\ndef note(name):\n    jobs.labels(kind=kinds[name]).inc()\n`,
    'from keeper import kinds\ndef set_up(given):\n    kinds[given.key] = given.name\n'],
])('what %s puts in a variable', async (_, keeper, user) => {
  expect(await kinds(keeper, user)).toBe('mail|report|…')
})

test.each([
  ['nothing', `kinds = ['mail', 'report']\n${note}`, 'from keeper import kinds\ndef show():\n    return [kind.upper() for kind in kinds]\n'],
  ['a function in a list of its own', `kinds = ['mail', 'report']\n${note}\ndef other(given):\n    kinds = []\n    for each in given:\n        kinds.append(each)\n    return kinds\n`, ''],
  ['another file in a list of its own', `kinds = ['mail', 'report']\n${note}`, 'import keeper\nkinds = []\ndef set_up(given):\n    kinds.append(given)\n'],
  ['code that is followed', `kinds = ['mail']\nkinds.append('report')\n${note}`, ''],
])('what %s puts in a variable is known', async (_, keeper, user) => {
  expect(await kinds(keeper, user)).toBe('mail|report')
})

test('a child whose insides are read has the labels that it was asked for', async () => {
  expect(await extracted({ 'a.py': `${metrics}
def show():
    return jobs.labels(kind='mail')._value.get()
` })).toEqual(['a.py:2:16 counter jobs_total {kind=mail} yes'])
})

test.each([
  ['a method changes', 'class Job:\n    kind = "idle"\n    def start(self):\n        self.kind = "busy"', 'busy|idle'],
  ['a branch of the constructor changes', 'class Job:\n    kind = "idle"\n    def __init__(self):\n        if jobs:\n            self.kind = "busy"\n    def start(self):\n        pass', 'busy|idle'],
  ['a base class has', 'class Base:\n    kind = "idle"\nclass Job(Base):\n    def start(self):\n        self.kind = "busy"', 'busy|idle'],
  ['nothing has before it is changed', 'class Job:\n    kind = None\n    def start(self):\n        self.kind = "busy"', 'busy|…'],
  ['the constructor gives', 'class Job:\n    kind = "idle"\n    def __init__(self):\n        self.kind, self.other = "busy", 1\n    def start(self):\n        pass', 'busy'],
  ['a dataclass has as a field', 'from dataclasses import dataclass\n@dataclass\nclass Job:\n    kind: str = "idle"\n    def start(self):\n        self.kind = "busy"', 'busy|idle'],
])('an attribute of a class that %s', async (_, code, expected) => {
  const [line] = await extracted({ 'jobs.py': `${metrics}${code}\njob = Job()\njobs.labels(job.kind).inc()\njob.start()\njobs.labels(job.kind).inc()\n` })
  expect(/\{kind=(.*)\}/.exec(line!)![1]!).toBe(expected)
})
