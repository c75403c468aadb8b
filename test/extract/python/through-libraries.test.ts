import { expect, test } from 'vitest'
import { extracted } from './workspace.js'

const service = `from prometheus_client import Counter
class Metrics:
    def __init__(self):
        self.requests = Counter('requests_total', 'R', ['kind'])
    def tell(self, kind):
        self.requests.labels(kind).inc()
metrics = Metrics()
metrics.tell('a')
`

/** The values of the label, where another file gets at the service with these imports, in a function. */
async function kinds(imports: string, body: string): Promise<string> {
  const indented = body.split('\n').map((line) => `    ${line}\n`).join('')
  const [line] = await extracted({ 'service.py': service, 'user.py': `${imports}\nfrom service import Metrics, metrics\ndef use():\n${indented}` })
  return /\{kind=(.*)\}/.exec(line!)![1]!
}

test.each([
  ['an injector, asked for the class', 'from injector import Injector\ninjector = Injector()', "injector.get(Metrics).tell('b')"],
  ['a container, asked for the class', 'import punq\ncontainer = punq.Container()', "container.resolve(Metrics).tell('b')"],
  ['a context variable', 'from contextvars import ContextVar\nfrom service import metrics\ncurrent = ContextVar("m", default=metrics)', "current.get().tell('b')"],
  ['a weak reference', 'import weakref\nfrom service import metrics\nreference = weakref.ref(metrics)', "reference().tell('b')"],
  ['a wrapper', 'from some_library import wrap', "wrap(metrics).tell('b')"],
  ['a wrapper, by a variable', 'from some_library import wrap', "own = wrap(metrics)\nown.requests.labels('b').inc()"],
  ['an attribute of an object of a library', 'from flask import g', "g.metrics = metrics\ng.metrics.tell('b')"],
  ['an attribute of what a library made', 'import threading\nlocal = threading.local()', "local.metrics = metrics\nlocal.metrics.requests.labels('b').inc()"],
])('what a library was given may come back: %s', async (_, imports, body) => {
  expect(await kinds(imports, body)).toBe('a|b')
})

test('what a provider makes, as an attribute of a container', async () => {
  const container = `from dependency_injector import containers, providers
from service import Metrics
class Container(containers.DeclarativeContainer):
    metrics = providers.Singleton(Metrics)
`
  expect(await kinds(container, "Container.metrics().tell('b')")).toBe('a|b')
})

test.each([
  ['a bound method', 'count = metrics.tell', "count('b')"],
  ['a partial one', "from functools import partial\ncount = partial(metrics.tell, 'b')", 'count()'],
])('a variable of the module that holds %s', async (_, holder, body) => {
  expect(await kinds(`from service import metrics\n${holder}`, body)).toBe('a|b')
})

test('a method of a library that is called as one of the program is the library\'s', async () => {
  expect(await kinds('import collections\nfrom some_library import Session, keep\nfrom service import metrics\nkeep(metrics)', "Session().tell('z')\ncollections.tell('y')")).toBe('a')
})
