import { describe, expect, test } from 'vitest'
import { extracted } from './workspace.js'

/** What `kind` has come to, where `found` is filled and then asked. */
async function kinds(start: string, filling: string, asked: string): Promise<string> {
  const [line] = await extracted({ 'm.py': `
from prometheus_client import Counter
from elsewhere import outside
D = Counter("d_total", "D", ["kind"])
def fill(given, far):
    if far:
        given.append("x")
class S:
    def run(self, far, many):
        found = ${start}
        ${filling.replaceAll('\n', '\n        ')}
        ${asked.replaceAll('\n', '\n        ')}
        D.labels(kind=kind).inc()
` })
  return /\{kind=(.*)\}/.exec(line!)![1]!
}

const FILLINGS = [
  'if far: found.append("x")', 'if far: found.extend(["x"])', 'if far: found += ["x"]', 'if far: found.insert(0, "x")', 'for one in many: found.append("x")',
  'while far(): found.append("x")', '[found.append("x") for one in many]', 'list(map(lambda one: found.append("x"), many))', 'fill(found, far)',
  'try:\n    far()\n    found.append("x")\nexcept ValueError:\n    pass', 'def add():\n    if far: found.append("x")\nadd()', 'found.append("x")\nif far: found.remove("x")',
  'found.append("x")\nif far: del found[0]', 'found.append("x")\nif far: found.clear()', 'found = [one for one in ["x"] if far]', 'outside(found)', 'outside(lambda: found.append("x"))',
]
const TESTS = [
  'found', 'not found', '"x" in found', '"x" not in found', '"x" in list(found)', 'sorted(found)', '[*found]', 'found[:]', 'found.copy()', '"x" in "-".join(found)', 'found + ["y"] == ["y"]',
]

describe('what a list decides that may have something in it', () => {
  test.each(FILLINGS)('%s', async (filling) => {
    for (const asked of TESTS) {
      const told = await kinds('[]', filling, `kind = "none"\nif ${asked}:\n    kind = "some"`)
      expect(`${asked}: ${told}`).toMatch(/: (none\|some|.*…)$/)
    }
  })

  test.each(['if far: found["x"] = 1', 'if far: found.update(x=1)', 'for one in many: found["x"] = 1', 'found["x"] = 1\nif far: del found["x"]', 'found["x"] = 1\nif far: found.pop("x")', 'outside(found)'])('in a dictionary: %s', async (filling) => {
    for (const asked of ['found', '"x" in found', 'found.get("x")', 'list(found.values())', '"x" in {**found}', 'dict(found)']) {
      const told = await kinds('{}', filling, `kind = "none"\nif ${asked}:\n    kind = "some"`)
      expect(`${asked}: ${told}`).toMatch(/: (none\|some|.*…)$/)
    }
  })
})

test('what is surely there decides as before', async () => {
  expect(await kinds('["x"]', 'found.append("y")', 'kind = "some" if "y" in found else "none"')).toBe('some')
  expect(await kinds('[]', 'for one in ["x", "y"]: found.append(one)', 'kind = "some" if "y" in found else "none"')).toBe('some')
  expect(await kinds('{"x": 1}', 'found["y"] = 2', 'kind = "some" if "y" in found else "none"')).toBe('some')
  expect(await kinds('[]', 'pass', 'kind = "some" if found else "none"')).toBe('none')
})

test('texts and pairs of what may not be there', async () => {
  expect(await kinds('["a"]', 'if far: found.append("b")', 'kind = "-".join(found)')).toBe('a-b|…')
  expect(await kinds('["a"]', 'found.append("b")', 'kind = "-".join(found)')).toBe('a-b')
  expect(await kinds('["a"]', 'if far: found.insert(0, "b")', 'kind = dict(zip(found, ["p", "q"]))["a"]')).toMatch(/p\|q|…/)
  expect(await kinds('{}', 'if far: found["x"] = "a"', 'kind = found.get("x", "none")')).toBe('a|none')
})

test('a name is put together of all that may be in it', async () => {
  expect((await extracted({ 'm.py': `
from prometheus_client import Counter
class Metrics:
    def __init__(self, namespace):
        parts = []
        if namespace.known:
            parts.append("app")
        parts.append("jobs_total")
        self.jobs = Counter("_".join(parts), "J")
` })).map((line) => line.split(' ').slice(1, 3).join(' '))).toEqual(['counter app_jobs_total'])
})

test.each([
  ['by a function that something unknown has', 'state = {"kind": "ok"}\ndef tell(error):\n    state["kind"] = "failed"\noutside(tell)\nkind = state["kind"]', 'ok|…'],
  ['by a function that such a one calls', 'state = {"kind": "ok"}\ndef tell(error):\n    state["kind"] = "failed"\ndef later():\n    outside(tell)\noutside(later)\nkind = state["kind"]', 'ok|…'],
  ['in a list', 'state = ["ok"]\ndef tell(error):\n    state[0] = "failed"\noutside(tell)\nkind = state[0]', 'ok|…'],
])('what is put in the place of something, %s', async (_, code, expected) => {
  expect(await kinds('[]', 'pass', code)).toBe(expected)
})

test('what a context manager yields, the code in it changes before the rest runs', async () => {
  const [line] = await extracted({ 'm.py': `
from contextlib import contextmanager
from prometheus_client import Counter
D = Counter("d_total", "D", ["kind"])
@contextmanager
def track():
    result = {"kind": "ok"}
    try:
        yield result
    finally:
        D.labels(kind=result["kind"]).inc()
def use():
    with track() as result:
        result["kind"] = "skipped"
` })
  expect(line).toMatch(/\{kind=ok\|…\}/)
})
