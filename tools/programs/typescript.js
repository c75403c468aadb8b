/** Pieces of TypeScript programs: those of JavaScript, and what tells more, or less, by its type. */
import * as javascript from './javascript.js'
import { imported } from './javascript.js'

export { atOnce, holders, imported, makers, moved, named, pairs, preamble, runner, text, words, written } from './javascript.js'
export const extension = 'mts'
const text = JSON.stringify

/** The name of a type of one module in another. */
function typeIn(p, from, to, name) {
  const alias = p.fresh()
  if (!from.lines.some((line) => line.includes(`export interface ${name} `))) from.exported.add(name)
  to.imports.push(`import type { ${name} as ${alias} } from './${from.name}.mjs'`)
  return alias
}

/** What hands on events in a way that is not followed. */
function bus(m, n) {
  m.imports.push("import { EventEmitter } from 'node:events'")
  return `const bus${n} = new EventEmitter()`
}

export const texts = [
  ...javascript.texts,
  (p, m, s) => { const n = p.fresh(); m.lines.push(`enum E${n} { A = ${text(s)}, B = 'other' }`); return `E${n}.A` },
  (p, m, s) => { const n = p.fresh(); m.lines.push(`const K${n} = { a: ${text(s)}, b: 'other' } as const\ntype T${n} = (typeof K${n})[keyof typeof K${n}]\nconst k${n}: T${n} = K${n}.a`); return `k${n}` },
  (p, m, s) => { const n = p.fresh(); m.lines.push(`const k${n} = <T extends string>(x: T): T => x`); return `k${n}(${text(s)})` },
  (p, m, s) => { const n = p.fresh(); m.lines.push(`class J${n} { constructor(readonly kind: string) {} }\nconst of${n} = (job: J${n}) => job.kind`); return `of${n}(new J${n}(${text(s)}))` },
  (p, m, s) => { const n = p.fresh(); m.lines.push(`abstract class B${n} { abstract readonly kind: string; tell() { return this.kind } }\nclass J${n} extends B${n} { readonly kind = ${text(s)} }`); return `new J${n}().tell()` },
  (p, m, s) => { const n = p.fresh(); m.lines.push(`namespace N${n} { export const A = ${text(s)} }`); return `N${n}.A` },
  (p, m, s) => { const n = p.fresh(); m.lines.push(`interface O${n} { kind?: string }\nconst o${n}: O${n} = {}\no${n}.kind = ${text(s)}`); return `o${n}.kind!` },
  (p, m, s) => { const n = p.fresh(); m.lines.push(`const r${n}: Record<string, string> = { x: ${text(s)} }`); return `r${n}[['x'][0]!]` },
]

export const values = [
  ...javascript.values,
  ...texts.slice(javascript.texts.length),
  (p, m, s) => { const n = p.fresh(); m.lines.push(`function k${n}(): ${text(s)} | 'other' { return JSON.parse(${text(text(s))}) }`); return `k${n}()` },
  (p, m, s) => { const n = p.fresh(); m.lines.push(`interface O${n} { kind: string }\nconst o${n}: O${n} = JSON.parse(${text(`{"kind":"${s}"}`)})`); return `o${n}.kind` },
  (p, m, s) => { const n = p.fresh(); m.lines.push(`class E${n} extends Error { constructor(readonly code: string) { super(code) } }\nlet k${n}: string\ntry { throw new E${n}(${text(s)}) } catch (error) { k${n} = (error as E${n}).code }`); return `k${n}` },
  (p, m, s) => { const n = p.fresh(); m.lines.push(`class E${n}<T> extends Error { constructor(readonly type: T) { super() } }\nfunction fail${n}(): never { throw new E${n}({ code: ${text(s)} }) }\nfunction k${n}(): string { try { fail${n}() } catch (error) { return (error as E${n}<{ code: string }>).type.code } }`); return `k${n}()` },
  (p, m, s) => { const n = p.fresh(); m.lines.push(`class E${n} extends Error { readonly code: string\n constructor(code: string) { super(); this.code = code } }\nfunction k${n}(error: unknown) { return error instanceof E${n} ? error.code : 'other' }`); return `k${n}(new E${n}(${text(s)}))` },
  (p, m, s) => { const n = p.fresh(); m.lines.push(`type K${n} = { kind: ${text(s)} } | { kind: 'other' }\nconst k${n} = (x: K${n}) => x.kind`); return `k${n}(JSON.parse(${text(`{"kind":"${s}"}`)}))` },
  (p, m, s) => { const n = p.fresh(); m.lines.push(`class J${n} { kind = 'other' }\nconst j${n}: J${n} = Object.assign(new J${n}(), JSON.parse(${text(`{"kind":"${s}"}`)}))`); return `j${n}.kind` },
  (p, m, s) => { const n = p.fresh(); m.lines.push(`class J${n} { constructor(public kind: string) {} }\nconst all${n} = new Map<string, J${n}>()\nfunction put${n}(job: J${n}) { all${n}.set('x', job) }\nfunction k${n}(all: Map<string, J${n}>) { return all.get('x')!.kind }\nput${n}(new J${n}(${text(s)}))`); return `k${n}(all${n})` },
  (p, m, s) => { const n = p.fresh(); m.lines.push(`interface Job${n} { kind: string }\nconst first${n}: Job${n} = { kind: 'other' }\nconst k${n} = ({ kind }: Job${n} = first${n}) => kind`); return `k${n}({ kind: ${text(s)} })` },
  (p, m, s) => { const n = p.fresh(); m.lines.push(`class J${n} { static of(kind: string): J${n} { return new J${n}(kind) }\n private constructor(readonly kind: string) {} }\nlet last${n}: J${n} | undefined\nfunction k${n}(): string { return last${n}?.kind ?? 'other' }\nlast${n} = J${n}.of(${text(s)})`); return `k${n}()` },
]

export const ways = [
  ...javascript.ways,
  (p, m, e) => { const n = p.fresh(); m.lines.push(`class W${n} { constructor(readonly given: any) {} }\nconst w${n} = new W${n}(${e})`); return `w${n}.given` },
  (p, m, e) => { const n = p.fresh(); m.lines.push(`interface I${n} { given: Counter<string> }\nconst w${n}: I${n} = { given: ${e} }\nfunction of${n}(w: I${n}) { return w.given }`); m.imports.push("import type { Counter } from 'prom-client'"); return `of${n}(w${n})` },
  (p, m, e) => { const n = p.fresh(); m.lines.push(`function as${n}<T>(x: T): T { return x }\nconst w${n} = as${n}<any>(${e})`); return `w${n}` },
  (p, m, e) => { const n = p.fresh(); m.lines.push(`abstract class B${n} { protected abstract get(): any; own() { return this.get() } }\nclass W${n} extends B${n} { protected get() { return ${e} } }\nconst w${n}: B${n} = new W${n}()`); return `w${n}.own()` },
  (p, m, e) => { const n = p.fresh(); m.lines.push(`namespace N${n} { export const it = ${e} as any }`); return `N${n}.it` },
]

export const records = [
  ...javascript.records,
  (p, m, e, v) => { const n = p.fresh(); m.lines.push(`class R${n} { constructor(private readonly metric: any) {} tell(kind: string) { this.metric.inc({ kind }) } }`); return `new R${n}(${e}).tell(${v})` },
  (p, m, e, v) => { const n = p.fresh(); m.lines.push(`interface Tell${n} { tell(kind: string): void }\nclass R${n} implements Tell${n} { tell(kind: string) { ${e}.inc({ kind }) } }\nfunction use${n}(to: Tell${n}, kind: string) { to.tell(kind) }`); return `use${n}(new R${n}(), ${v})` },
  (p, m, e, v) => { const n = p.fresh(); m.lines.push(`interface Event${n} { kind: any }\nconst on${n} = (event: Event${n}) => { ${e}.inc({ kind: event.kind }) }\nfunction send${n}<T extends Event${n}>(event: T, fn: (event: T) => void) { fn(event) }`); return `send${n}({ kind: ${v} }, on${n})` },
  (p, m, e, v) => { const n = p.fresh(); m.lines.push(`class Job${n} { constructor(readonly kind: any) {} }\nfunction run${n}(jobs: Job${n}[]) { for (const job of jobs) ${e}.inc({ kind: job.kind }) }`); return `run${n}([new Job${n}(${v})])` },
  (p, m, e, v) => { const n = p.fresh(); m.lines.push(`class Fault${n} extends Error { constructor(readonly code: any) { super() } }\nfunction work${n}(code: any): void { throw new Fault${n}(code) }`); return `try { work${n}(${v}) } catch (error) { if (error instanceof Fault${n}) ${e}.inc({ kind: error.code }) }` },
  (p, m, e, v) => { const n = p.fresh(); m.lines.push(`class Fault${n} extends Error { constructor(readonly type: { code: any }) { super() } }\nclass Own${n} extends Fault${n} {}\nconst tell${n} = (error: unknown) => { ${e}.labels((error as Fault${n}).type.code).inc() }`); return `tell${n}(new Own${n}({ code: ${v} }))` },
  (p, m, e, v) => { const n = p.fresh(); m.lines.push(`interface Event${n} { kind: string }\nconst on${n} = (event: Event${n}) => { ${e}.inc({ kind: event.kind }) }\non${n}({ kind: 'other' })`); return `on${n}(JSON.parse(JSON.stringify({ kind: ${v} })))` },
  (p, m, e, v) => { const n = p.fresh(); m.lines.push(`class Job${n} { kind: any = 'other' }\nconst job${n} = new Job${n}()\nfunction run${n}(job: Job${n}) { ${e}.inc({ kind: job.kind }) }\nrun${n}(job${n})`); return `job${n}.kind = ${v}\nrun${n}(job${n})` },
  (p, m, e, v) => { const [n, other] = [p.fresh(), p.module()]; other.lines.push(`class Fault${n} extends Error { constructor(readonly code: any) { super() } }\nconst first${n} = new Fault${n}('other')\nfunction work${n}(code: any): void { throw new Fault${n}(code) }`); return `try { ${imported(p, other, m, `work${n}`)}(${v}) } catch (error) { ${e}.inc({ kind: (error as ${typeIn(p, other, m, `Fault${n}`)}).code }) }` },
  (p, m, e, v) => { const [n, other] = [p.fresh(), p.module()]; other.lines.push(`class Fault${n} extends Error { constructor(readonly type: { code: any }) { super() } }\nclass Own${n} extends Fault${n} {}\nconst first${n} = new Own${n}({ code: 'other' })\nfunction work${n}(code: any): void { throw new Own${n}({ code }) }`); return `try { ${imported(p, other, m, `work${n}`)}(${v}) } catch (error) { if (error instanceof ${imported(p, other, m, `Fault${n}`)}) ${e}.inc({ kind: error.type.code }) }` },
  (p, m, e, v) => { const [n, other] = [p.fresh(), p.module()]; other.lines.push(`class Job${n} { constructor(readonly kind: any) {} }\nconst jobs${n}: Job${n}[] = [new Job${n}('other')]\nfunction put${n}(kind: any) { jobs${n}.push(new Job${n}(kind)) }`); m.lines.push(`function tell${n}(job: ${typeIn(p, other, m, `Job${n}`)}) { ${e}.inc({ kind: job.kind }) }`); return `${imported(p, other, m, `put${n}`)}(${v})\n${imported(p, other, m, `jobs${n}`)}.forEach(tell${n})` },
  // What records is called by nothing that can be followed, with an object that another module makes.
  (p, m, e, v) => { const [n, other] = [p.fresh(), p.module()]; other.lines.push(`class Job${n} { constructor(readonly kind: any) {} }\nconst make${n} = (kind: any) => new Job${n}(kind)`); m.lines.push(`${bus(m, n)}\n${e}.inc({ kind: new ${imported(p, other, m, `Job${n}`)}('other').kind })\nbus${n}.on('job', (job: ${typeIn(p, other, m, `Job${n}`)}) => { ${e}.inc({ kind: job.kind }) })`); return `bus${n}.emit('job', ${imported(p, other, m, `make${n}`)}(${v}))` },
  (p, m, e, v) => { const [n, other] = [p.fresh(), p.module()]; other.lines.push(`class Fault${n}<T extends { code: any }> extends Error { type: T\n constructor(type: T) { super(); this.type = type } }\nclass Own${n} extends Fault${n}<{ code: any }> {}\nconst make${n} = (code: any) => new Own${n}({ code })`); m.lines.push(`${bus(m, n)}\n${e}.inc({ kind: new ${imported(p, other, m, `Own${n}`)}({ code: 'other' }).type.code })\nbus${n}.on('fault', (fault: unknown) => { ${e}.inc({ kind: (fault as ${typeIn(p, other, m, `Fault${n}`)}<{ code: string }>).type.code }) })`); return `bus${n}.emit('fault', ${imported(p, other, m, `make${n}`)}(${v}))` },
  (p, m, e, v) => { const [n, other] = [p.fresh(), p.module()]; other.lines.push(`abstract class Job${n} { abstract readonly kind: string }\nclass First${n} extends Job${n} { readonly kind = 'other' }\nclass Late${n} extends Job${n} { constructor(readonly kind: any) { super() } }\nconst make${n} = (kind: any) => new Late${n}(kind)`); m.lines.push(`${bus(m, n)}\n${e}.inc({ kind: new ${imported(p, other, m, `First${n}`)}().kind })\nbus${n}.on('job', (job: ${typeIn(p, other, m, `Job${n}`)}) => { ${e}.inc({ kind: job.kind }) })`); return `bus${n}.emit('job', ${imported(p, other, m, `make${n}`)}(${v}))` },
  (p, m, e, v) => { const [n, other] = [p.fresh(), p.module()]; other.lines.push(`export interface Job${n} { kind: any; more: { kind: string } }\nconst first${n}: Job${n} = { kind: 'other', more: { kind: 'other' } }\nconst make${n} = (kind: any): Job${n} => ({ kind: 'other', more: { kind } })`); m.lines.push(`${bus(m, n)}\n${e}.inc({ kind: ${imported(p, other, m, `first${n}`)}.more.kind })\nbus${n}.on('job', (job: ${typeIn(p, other, m, `Job${n}`)}) => { ${e}.inc({ kind: job.more.kind }) })`); return `bus${n}.emit('job', ${imported(p, other, m, `make${n}`)}(${v}))` },
  (p, m, e, v) => { const [n, other] = [p.fresh(), p.module()]; other.lines.push(`class Job${n} { kind = 'other'\n more = { kind: 'other' } }\nfunction make${n}(kind: any) { const job = new Job${n}(); job.kind = kind; job.more.kind = kind; return job }`); m.lines.push(`${bus(m, n)}\n${e}.inc({ kind: new ${imported(p, other, m, `Job${n}`)}().more.kind })\nbus${n}.on('job', (job: ${typeIn(p, other, m, `Job${n}`)}) => { ${e}.inc({ kind: process.pid > 0 ? job.more.kind : job.kind }) })`); return `bus${n}.emit('job', ${imported(p, other, m, `make${n}`)}(${v}))` },
]
