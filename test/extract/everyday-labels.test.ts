import { describe, expect, test } from 'vitest'
import { extracted } from './python/workspace.js'
import { lines } from './typescript/tree.js'

/* Ways in which people work out a label, and all that it comes to when the code runs: in the file of the metric, and in another. */

const TYPESCRIPT: readonly (readonly [string, string])[] = [
  [`export async function f(work: any) { const t = { status: 'ok' }; try { await work() } catch (e) { t.status = 'failed' } finally { done.inc({ status: t.status }) } }`, 'ok failed'],
  [`export class C { private status = 'idle'; start() { this.status = 'running' } stop() { this.status = 'stopped' } tell() { done.inc({ status: this.status }) } }`, 'idle running stopped'],
  [`export class C { #s = 'idle'; set s(v: 'x' | 'y') { this.#s = v } tell() { done.inc({ status: this.#s }) } }`, 'idle x y'],
  [`export function f(res: any) { res.on('finish', () => { let s = 'ok'; if (res.statusCode >= 500) s = 'err'; else if (res.statusCode >= 400) s = 'bad'; done.inc({ status: s }) }) }`, 'ok err bad'],
  [`export async function f(p: Promise<any>) { const r = await Promise.allSettled([p]); for (const x of r) done.inc({ status: x.status }) }`, 'fulfilled rejected'],
  [`export async function f(p: any) { let s: string; switch (await p) { case 1: s = 'one'; break; case 2: s = 'two'; break; default: s = 'many' } done.inc({ status: s }) }`, 'one two many'],
  [`const MAP: Record<number, string> = { 1: 'one', 2: 'two' }; export function f(n: number) { done.inc({ status: MAP[n] ?? 'none' }) }`, 'one two none'],
  [`export function f(e: any) { const s = e instanceof TypeError ? 'type' : e?.code === 'X' ? 'x' : 'other'; done.inc({ status: s }) }`, 'type x other'],
  [`export function f(n: number) { let s = 'low'; if (n > 5) { s = 'mid' } if (n > 10) { s = 'high' } done.inc({ status: s }) }`, 'low mid high'],
  [`export async function f(w: any) { let s = 'ok'; for (let i = 0; i < 3; i++) { try { await w(); s = 'ok'; break } catch { s = 'retry'; continue } } done.inc({ status: s }) }`, 'ok retry'],
  [`export function f(o: { a?: string }) { const { a = 'dflt' } = o; done.inc({ status: a === 'x' ? 'x' : 'dflt' }) }`, 'x dflt'],
  [`export function f(w: any) { const labels = { status: 'ok' }; if (w) Object.assign(labels, { status: 'bad' }); done.inc(labels) }`, 'ok bad'],
  [`export function f(w: any) { const labels: any = { status: 'ok' }; if (w) labels['status'] = 'bad'; done.inc({ ...labels }) }`, 'ok bad'],
  [`export function f(w: any) { const k = 'status'; const labels: any = { status: 'ok' }; if (w) labels[k] = 'bad'; done.inc(labels) }`, 'ok bad'],
  [`export function f(w: any) { const m = new Map<string, string>([['s', 'ok']]); if (w) m.set('s', 'bad'); done.inc({ status: m.get('s')! }) }`, 'ok bad'],
  [`function* g(w: any) { yield 'one'; if (w) yield 'two' } export function f(w: any) { for (const s of g(w)) done.inc({ status: s }) }`, 'one two'],
  [`export function f(w: any) { let s = 'a'; label: { if (w) break label; s = 'b' } done.inc({ status: s }) }`, 'a b'],
  [`export function f(w: any[]) { const s = w.reduce((acc, x) => (x.bad ? 'bad' : acc), 'ok'); done.inc({ status: s }) }`, 'ok bad'],
  [`export function f(w: any[]) { let s = 'none'; w.forEach((x, i) => { if (x.ok) s = 'some' }); done.inc({ status: s }) }`, 'none some'],
  [`export function f(w: any[]) { let s = 'none'; w.some((x) => { if (x.ok) { s = 'some'; return true } return false }); done.inc({ status: s }) }`, 'none some'],
  [`export async function f(w: any) { const s = await w().then(() => 'ok', () => 'bad'); done.inc({ status: s }) }`, 'ok bad'],
  [`export async function f(w: any) { const s = await w().then(() => 'ok').catch(() => 'bad'); done.inc({ status: s }) }`, 'ok bad'],
  [`export async function f(w: any) { await Promise.all(w.map(async (x: any) => { let s = 'ok'; try { await x() } catch { s = 'bad' } done.inc({ status: s }) })) }`, 'ok bad'],
  [`export const f = (w: any) => (s: 'x' | 'y' = 'x') => done.inc({ status: s })`, 'x y'],
  [`let last = 'never'; export function a() { last = 'a' } export function b() { last = 'b' } export function f() { done.inc({ status: last }) }`, 'never a b'],
  [`const state = { s: 'init' }; export function a() { state.s = 'a' } export function f() { done.inc({ status: state.s }) }`, 'init a'],
  [`const list = ['one']; export function a() { list.push('two') } export function f(i: number) { done.inc({ status: list[i]! }) }`, 'one two'],
  [`export function f(w: any) { const s = [w && 'x', 'y'].filter(Boolean)[0] as string; done.inc({ status: s }) }`, 'x y'],
  [`export function f(w: any) { const s = ((): string => { if (w) return 'x'; return 'y' })(); done.inc({ status: s }) }`, 'x y'],
  [`export function f(w: any) { let s; try { w(); s = 'ok' } catch (e) { s = 'bad'; throw e } finally { done.inc({ status: s ?? 'none' }) } }`, 'ok bad'],
  [`export class J { state: 'new' | 'busy' = 'new'; async run(w: any) { this.state = 'busy'; try { await w() } finally { done.inc({ status: this.state }) } } }`, 'busy'],
  [`class Base { kind = 'base'; tell() { done.inc({ status: this.kind }) } } export class A extends Base { kind = 'a' } export class B extends Base { constructor() { super(); this.kind = 'b' } } export const all = [new A(), new B(), new Base()]; export function f() { all.forEach((x) => x.tell()) }`, 'base a b'],
  [`export function f(w: any) { const out: string[] = []; if (w.a) out.push('a'); if (w.b) out.push('b'); for (const s of out) done.inc({ status: s }) }`, 'a b'],
  [`export function f(w: any) { const out = ['a']; out[w] = 'b'; done.inc({ status: out[0]! }) }`, 'a b'],
  [`export function f(w: any) { const o: any = {}; o[w ? 'x' : 'y'] = 'v'; for (const k of Object.keys(o)) done.inc({ status: k }) }`, 'x y'],
  [`export function f(w: any) { let s = 'a'; if (w && (s = 'b')) {} done.inc({ status: s }) }`, 'a b'],
  [`export function f(w: any) { let s = 'a'; w ||= (s = 'b'); done.inc({ status: s }) }`, 'a b'],
  [`export function f(w: any) { let s: string | undefined; s ??= w ? 'x' : undefined; s ??= 'y'; done.inc({ status: s }) }`, 'x y'],
  [`export function f(w: any) { let [s, t] = ['a', 'b']; if (w) [s, t] = [t, s]; done.inc({ status: s }) }`, 'a b'],
  [`export function f(w: any) { let s = 'a'; ({ s = 'd' } = w ? { s: 'c' } : {} as any); done.inc({ status: s }) }`, 'c d'],
  [`export function f(w: any) { const s = w?.ok ? 'ok' : w?.err?.code ?? 'none'; done.inc({ status: s === 'ok' ? 'ok' : 'none' }) }`, 'ok none'],
  [`export function f(w: any) { const next = (s: string) => (s === 'a' ? 'b' : 'c'); let s = 'a'; while (w()) s = next(s); done.inc({ status: s }) }`, 'a b c'],
  [`export function f(w: any) { const q = ['a']; while (q.length) { const s = q.shift()!; if (s === 'a' && w) q.push('b'); done.inc({ status: s }) } }`, 'a b'],
  [`export function f(w: any) { const t = performance.now(); let outcome: 'hit' | 'miss' = 'miss'; const v = w.get(() => { outcome = 'hit'; return 1 }); done.inc({ status: outcome }) }`, 'hit miss'],
  [`export async function f(w: any) { let timedOut = false; const t = setTimeout(() => { timedOut = true }, 5); await w(); done.inc({ status: timedOut ? 'timeout' : 'ok' }) }`, 'timeout ok'],
  [`export async function f(w: any) { let n = 0; await w(() => { n++ }); done.inc({ status: n > 0 ? 'some' : 'none' }) }`, 'some none'],
  [`export async function f(w: any) { let err: Error | undefined; await w.catch((e: Error) => { err = e }); done.inc({ status: err ? 'bad' : 'ok' }) }`, 'bad ok'],
  [`export async function f(w: any) { let err: Error | null = null; w.on('error', (e: Error) => { err = e }); await w.done; done.inc({ status: err === null ? 'ok' : 'bad' }) }`, 'bad ok'],
  [`const cache = new Map<string, string>(); export function put(k: string) { cache.set(k, 'cached') } export function f(k: string) { done.inc({ status: cache.get(k) ?? 'miss' }) }`, 'cached miss'],
  [`const flags = { on: false }; export function on() { flags.on = true } export function f() { done.inc({ status: flags.on ? 'on' : 'off' }) }`, 'on off'],
  [`let ready = false; export function on() { ready = true } export function f() { done.inc({ status: ready ? 'on' : 'off' }) }`, 'on off'],
  [`export class S { private ready = false; on() { this.ready = true } tell() { done.inc({ status: this.ready ? 'on' : 'off' }) } }`, 'on off'],
  [`enum E { A = 'a', B = 'b' } export function f(e: E) { done.inc({ status: e }) }`, 'a b'],
  [`enum E { A, B } export function f(e: E) { done.inc({ status: E[e] }) }`, 'A B'],
  [`export function f(e: keyof typeof T) { done.inc({ status: T[e] }) } const T = { x: 'one', y: 'two' } as const`, 'one two'],
]

const PYTHON: readonly (readonly [string, string])[] = [
  ['def f(w):\n    t = {"status": "ok"}\n    try:\n        w()\n    except Exception:\n        t["status"] = "failed"\n    finally:\n        done.labels(t["status"]).inc()', 'ok failed'],
  ['class C:\n    def __init__(self):\n        self.s = "idle"\n    def start(self):\n        self.s = "running"\n    def tell(self):\n        done.labels(self.s).inc()', 'idle running'],
  ['def f(w):\n    s = "ok"\n    for i in range(3):\n        try:\n            w()\n            s = "ok"\n            break\n        except ValueError:\n            s = "retry"\n            continue\n    else:\n        s = "gave_up"\n    done.labels(s).inc()', 'ok gave_up'],
  ['def f(n):\n    s = "low"\n    if n > 5:\n        s = "mid"\n    if n > 10:\n        s = "high"\n    done.labels(s).inc()', 'low mid high'],
  ['M = {1: "one", 2: "two"}\ndef f(n):\n    done.labels(M.get(n, "none")).inc()', 'one two none'],
  ['def f(n):\n    done.labels({1: "one"}.get(n) or "none").inc()', 'one none'],
  ['def f(w):\n    labels = {"status": "ok"}\n    if w:\n        labels.update(status="bad")\n    done.labels(**labels).inc()', 'ok bad'],
  ['def f(w):\n    labels = dict(status="ok")\n    if w:\n        labels |= {"status": "bad"}\n    done.labels(**labels).inc()', 'ok bad'],
  ['def f(w):\n    labels = {"status": "ok"}\n    labels = {**labels, **({"status": "bad"} if w else {})}\n    done.labels(**labels).inc()', 'ok bad'],
  ['def g(w):\n    yield "one"\n    if w:\n        yield "two"\ndef f(w):\n    for s in g(w):\n        done.labels(s).inc()', 'one two'],
  ['last = "never"\ndef a():\n    global last\n    last = "a"\ndef f():\n    done.labels(last).inc()', 'never a'],
  ['state = {"s": "init"}\ndef a():\n    state["s"] = "a"\ndef f():\n    done.labels(state["s"]).inc()', 'init a'],
  ['items = ["one"]\ndef a():\n    items.append("two")\ndef f(i):\n    done.labels(items[i]).inc()', 'one two'],
  ['def f(w):\n    errors = []\n    for x in w:\n        if not x:\n            errors.append(x)\n    done.labels("failed" if errors else "ok").inc()', 'failed ok'],
  ['def f(w):\n    errors = {}\n    for x in w:\n        if not x:\n            errors.setdefault("a", []).append(x)\n    done.labels("failed" if len(errors) else "ok").inc()', 'failed ok'],
  ['def f(w):\n    seen = set()\n    for x in w:\n        s = "dup" if x in seen else "new"\n        seen.add(x)\n        done.labels(s).inc()', 'dup new'],
  ['def f(w):\n    s = None\n    while not s:\n        s = "x" if w() else None\n    done.labels(s).inc()', 'x'],
  ['def f(w):\n    *rest, s = ["a", "b"] if w else ["c"]\n    done.labels(s).inc()', 'b c'],
  ['def f(w):\n    stack = ["a"]\n    while stack:\n        s = stack.pop()\n        if s == "a" and w:\n            stack.append("b")\n        done.labels(s).inc()', 'a b'],
  ['import asyncio\nasync def f(w):\n    results = await asyncio.gather(*[g(x) for x in w])\n    for r in results:\n        done.labels(r).inc()\nasync def g(x):\n    if x:\n        return "ok"\n    return "bad"', 'ok bad'],
  ['from concurrent.futures import ThreadPoolExecutor\ndef g(x):\n    return "ok" if x else "bad"\ndef f(w):\n    with ThreadPoolExecutor() as pool:\n        for r in pool.map(g, w):\n            done.labels(r).inc()', 'ok bad'],
  ['from dataclasses import dataclass\n@dataclass\nclass R:\n    status: str = "pending"\ndef f(w):\n    r = R()\n    w(r)\n    if w.x:\n        r.status = "set"\n    done.labels(r.status).inc()', 'pending set'],
  ['def f(w):\n    s = "a"\n    match w:\n        case 1:\n            s = "b"\n        case _ if w > 3:\n            s = "c"\n    done.labels(s).inc()', 'a b c'],
  ['def deco(fn):\n    def inner(*a):\n        s = "ok"\n        try:\n            return fn(*a)\n        except Exception:\n            s = "bad"\n            raise\n        finally:\n            done.labels(s).inc()\n    return inner\n@deco\ndef work():\n    pass', 'ok bad'],
  ['def f(w):\n    parts = ["a"]\n    if w:\n        parts.append("b")\n    done.labels(parts[-1]).inc()', 'a b'],
  ['def f(w):\n    a, b = ("x", "y") if w else ("y", "x")\n    done.labels(a).inc()', 'x y'],
  ['def f(w):\n    s = "none"\n    if any((s := x) for x in ("p", "q") if w == x):\n        pass\n    done.labels(s).inc()', 'none p q'],
  ['class J:\n    state = "new"\n    def run(self, w):\n        self.state = "busy"\n        w()\n    def tell(self):\n        done.labels(self.state).inc()', 'new busy'],
  ['class Base:\n    kind = "base"\n    def tell(self):\n        done.labels(self.kind).inc()\nclass A(Base):\n    kind = "a"\nclass B(Base):\n    def __init__(self):\n        self.kind = "b"\ndef f():\n    for x in (A(), B(), Base()):\n        x.tell()', 'base a b'],
  ['def f(w):\n    s = "a"\n    if w and (s := "b"):\n        pass\n    done.labels(s).inc()', 'a b'],
  ['def f(w):\n    s, t = "a", "b"\n    if w:\n        s, t = t, s\n    done.labels(s).inc()', 'a b'],
  ['def f(w):\n    timed_out = False\n    def stop():\n        nonlocal timed_out\n        timed_out = True\n    w.later(stop)\n    w()\n    done.labels("timeout" if timed_out else "ok").inc()', 'timeout ok'],
  ['def f(w):\n    n = 0\n    def add():\n        nonlocal n\n        n += 1\n    w(add)\n    done.labels("some" if n > 0 else "none").inc()', 'some none'],
  ['def f(w):\n    n = 0\n    for x in w:\n        if x:\n            n += 1\n    done.labels("some" if n else "none").inc()', 'some none'],
  ['def f(w):\n    err = None\n    try:\n        w()\n    except Exception as e:\n        err = e\n    done.labels("bad" if err else "ok").inc()', 'bad ok'],
  ['def f(w):\n    err = None\n    try:\n        w()\n    except Exception as e:\n        err = e\n    done.labels("ok" if err is None else "bad").inc()', 'bad ok'],
  ['cache = {}\ndef put(k):\n    cache[k] = "cached"\ndef f(k):\n    done.labels(cache.get(k, "miss")).inc()', 'cached miss'],
  ['ready = False\ndef on():\n    global ready\n    ready = True\ndef f():\n    done.labels("on" if ready else "off").inc()', 'on off'],
  ['class S:\n    def __init__(self):\n        self.ready = False\n    def on(self):\n        self.ready = True\n    def tell(self):\n        done.labels("on" if self.ready else "off").inc()', 'on off'],
  ['class T:\n    def __init__(self, status="ok"):\n        self.status = status\n    def __enter__(self):\n        return self\n    def __exit__(self, t, v, tb):\n        if t is not None:\n            self.status = "failed"\n        done.labels(self.status).inc()\ndef f(w):\n    with T() as t:\n        w()\n        t.status = "skipped"', 'ok failed skipped'],
  ['from functools import wraps\ndef tracked(kind):\n    def deco(fn):\n        @wraps(fn)\n        def inner(*a, **k):\n            done.labels(kind).inc()\n            return fn(*a, **k)\n        return inner\n    return deco\n@tracked("x")\ndef a(): pass\n@tracked(kind="y")\ndef b(): pass', 'x y'],
  ['def f(w):\n    found = next((x for x in ("p", "q") if x in w), None)\n    done.labels(found or "none").inc()', 'p q none'],
  ['def f(w):\n    by = {}\n    for x in w:\n        by.setdefault("hit" if x else "miss", 0)\n    for k, n in by.items():\n        done.labels(k).inc(n)', 'hit miss'],
  ['from collections import Counter as C\ndef f(w):\n    counts = C("good" if x else "bad" for x in w)\n    for k, n in counts.items():\n        done.labels(k).inc(n)', 'good bad'],
  ['from collections import defaultdict\ndef f(w):\n    counts = defaultdict(int)\n    for x in w:\n        counts["good" if x else "bad"] += 1\n    for k in counts:\n        done.labels(k).inc(counts[k])', 'good bad'],
  ['def f(w):\n    q = ["a"]\n    while q:\n        s = q.pop(0)\n        if s == "a" and w:\n            q.append("b")\n        done.labels(s).inc()', 'a b'],
  ['def f(w):\n    s = "a"\n    def next_state(s):\n        return "b" if s == "a" else "c"\n    while w():\n        s = next_state(s)\n    done.labels(s).inc()', 'a b c'],
  ['from enum import Enum\nclass E(Enum):\n    A = "a"\n    B = "b"\ndef f(e: E):\n    done.labels(e.value).inc()', 'a b'],
  ['from typing import Literal\ndef f(e: Literal["a", "b"] = "a"):\n    done.labels(e).inc()', 'a b'],
  ['def f(w):\n    r = w() or {}\n    done.labels("hit" if r.get("x") else "miss").inc()', 'hit miss'],
]

/** That each value is told, or that there may be others. */
function expectAll(line: string | undefined, label: string, values: string): void {
  const told = new RegExp(`\\{${label}=([^,}]*)\\}`).exec(line ?? '')?.[1]?.split('|') ?? []
  expect(told.includes('…') ? values.split(' ') : told).toEqual(expect.arrayContaining(values.split(' ')))
}

describe('no value is missing, in TypeScript', () => {
  const metric = "import { Counter } from 'prom-client'\nexport const done = new Counter({ name: 'done', help: 'D', labelNames: ['status'] })\n"

  test.each(TYPESCRIPT)('%s', async (code, values) => {
    const [own] = await lines({ 'm.ts': metric + code })
    expectAll(own, 'status', values)
    const [other] = await lines({ 'm.ts': metric, 'use.ts': `import { done } from './m.js'\n${code}` })
    expectAll(other, 'status', values)
  })
})

describe('no value is missing, in Python', () => {
  const metric = 'from prometheus_client import Counter\ndone = Counter("done", "D", ["status"])\n'

  test.each(PYTHON)('%s', async (code, values) => {
    const [own] = await extracted({ 'm.py': metric + code })
    expectAll(own, 'status', values)
    const [other] = await extracted({ 'm.py': metric, 'use.py': `from m import done\n${code}` })
    expectAll(other, 'status', values)
  })
})
