/** Pieces of JavaScript programs that declare, hand on and record a metric. In each, `p` is the program and `m` the module that is written to. */

export const extension = 'mjs'
export const preamble = "import { Counter, Gauge, register } from 'prom-client'"
export const text = JSON.stringify

/** Names of what a program declares. */
export const words = ['alpha', 'beta', 'gamma', 'delta', 'omega', 'sigma', 'kappa', 'theta'].flatMap((word) => ['One', 'Two', 'Box', 'Ref', 'Way', 'Set', ''].map((end) => word + end))

/** Makes a name of one module known in another; the expression for it there. */
export function imported(p, from, to, name) {
  const alias = p.fresh()
  from.exported.add(name)
  switch (p.random.below(4)) {
    case 0: return to.imports.push(`import { ${name} } from './${from.name}.mjs'`), name
    case 1: return to.imports.push(`import { ${name} as ${alias} } from './${from.name}.mjs'`), alias
    case 2: return to.imports.push(`import * as ${alias} from './${from.name}.mjs'`), `${alias}.${name}`
    default: return to.imports.push(`import ${alias} from './${from.name}.mjs'`), `${alias}.${name}`
  }
}

/** The expression for what `expression` gives in one module, in another. */
export function moved(p, expression, from, to) {
  const [root] = /^\w+/.exec(expression)
  if (root !== 'globalThis') return imported(p, from, to, root) + expression.slice(root.length)
  to.imports.push(`import './${from.name}.mjs'`)
  return expression
}

/** A function that records, and what calls it from another module. */
export function runner(p, m, main, statement) {
  const name = `run${p.fresh()}`
  m.lines.push(`async function ${name}() {\n${statement}\n}`)
  m.exported.add(name)
  main.imports.push(`import { ${name} } from './${m.name}.mjs'`)
  main.lines.push(`await ${name}()`)
}

/** Records where the module is read. */
export function atOnce(m, main, statement) {
  m.lines.push(`{\n${statement}\n}`)
  main.imports.push(`import './${m.name}.mjs'`)
}

/** A name for a value. */
export const named = (name, value) => `const ${name} = ${value}`

/** A module as it is written: what it exports it exports by name and as a whole. */
export function written({ imports, lines, exported }) {
  const names = [...exported].join(', ')
  return `${[...new Set(imports)].join('\n')}\n${lines.join('\n')}\n${names === '' ? '' : `export { ${names} }\nexport default { ${names} }\n`}`
}

/** What declares the metric, by expressions for its name and for those of its labels. */
export const makers = [
  (p, m, name, labels) => `new Counter({ name: ${name}, help: 'T', labelNames: [${labels}] })`,
  (p, m, name, labels) => `new Counter({ name: ${name}, help: 'T', labelNames: [${labels}], registers: [register] })`,
  (p, m, name, labels) => { const n = p.fresh(); m.lines.push(`const make${n} = (name, help, labelNames = []) => new Counter({ name, help, labelNames })`); return `make${n}(${name}, 'T', [${labels}])` },
  (p, m, name, labels) => { const n = p.fresh(); m.lines.push(`function make${n}(options) { return new Counter({ help: 'T', ...options }) }`); return `make${n}({ name: ${name}, labelNames: [${labels}] })` },
  (p, m, name, labels) => { const n = p.fresh(); m.lines.push(`class M${n} extends Counter { constructor(name, labelNames) { super({ name, help: 'T', labelNames }) } }`); return `new M${n}(${name}, [${labels}])` },
  (p, m, name, labels) => { const [n, a] = [p.fresh(), p.fresh()]; m.lines.push(`const defs${n} = { ${a}: { name: ${name}, labels: [${labels}] } }\nconst all${n} = Object.fromEntries(Object.entries(defs${n}).map(([key, def]) => [key, new Counter({ name: def.name, help: 'T', labelNames: def.labels })]))`); return `all${n}.${a}` },
  (p, m, name, labels) => { const [n, a] = [p.fresh(), p.fresh()]; m.lines.push(`const all${n} = {}\nfor (const { id, name, labels } of [{ id: ${text(a)}, name: ${name}, labels: [${labels}] }]) all${n}[id] = new Counter({ name, help: 'T', labelNames: labels })`); return `all${n}.${a}` },
  (p, m, name, labels) => { const n = p.fresh(); m.lines.push(`class F${n} { constructor(prefix) { this.prefix = prefix } counter(name, labelNames) { return new Counter({ name: \`\${this.prefix}\${name}\`, help: 'T', labelNames }) } }`); return `new F${n}('ns_').counter(${name}, [${labels}])` },
  (p, m, name, labels) => { const n = p.fresh(); m.lines.push(`const in${n} = (space) => (name, ...labelNames) => new Counter({ name: [space, name].filter(Boolean).join('_'), help: 'T', labelNames })`); return `in${n}('ns')(${name}, ${labels})` },
  (p, m, name, labels) => { const n = p.fresh(); m.lines.push(`class B${n} { labels = []\n named(name) { this.name = name; return this }\n with(...labels) { this.labels.push(...labels); return this }\n build() { return new Counter({ name: this.name, help: 'T', labelNames: this.labels }) } }`); return `new B${n}().named(${name}).with(${labels}).build()` },
  (p, m, name, labels) => `Reflect.construct(Counter, [{ name: ${name}, help: 'T', labelNames: [${labels}] }])`,
  (p, m, name, labels) => `(register.getSingleMetric(${name}) ?? new Counter({ name: ${name}, help: 'T', labelNames: [${labels}] }))`,
  (p, m, name, labels) => { const n = p.fresh(); m.lines.push(`const types${n} = { counter: Counter, gauge: Gauge }`); return `new types${n}['counter']({ name: ${name}, help: 'T', labelNames: [${labels}] })` },
  (p, m, name, labels) => { const n = p.fresh(); m.lines.push(`function make${n}(type, options) { switch (type) { case 'gauge': return new Gauge(options); case 'counter': return new Counter(options); default: throw new Error(type) } }`); return `make${n}('counter', { name: ${name}, help: 'T', labelNames: [${labels}] })` },
  (p, m, name, labels) => { const n = p.fresh(); m.lines.push(`const options${n} = { help: 'T' }\noptions${n}.name = ${name}\noptions${n}.labelNames = [${labels}]`); return `new Counter(options${n})` },
  (p, m, name, labels) => { const n = p.fresh(); m.lines.push(`const make${n} = (Type, ...given) => new Type(...given)`); return `make${n}(Counter, { name: ${name}, help: 'T', labelNames: [${labels}] })` },
  (p, m, name, labels) => { const n = p.fresh(); m.lines.push(`const base${n} = { help: 'T', labelNames: [${labels}], name: 'base' }`); return `new Counter({ ...base${n}, name: ${name} })` },
  (p, m, name, labels) => `new Counter({ name: ${name}, help: 'T', labelNames: Object.keys({ ${labels.map((label) => `[${label}]: ''`).join(', ')} }) })`,
  (p, m, name, labels) => { const n = p.fresh(); m.lines.push(`const common${n} = [${labels.slice(1)}]`); return `new Counter({ name: ${name}, help: 'T', labelNames: [${labels[0]}].concat(common${n}) })` },
  (p, m, name, labels) => `new Counter(Object.assign({ help: 'T' }, { name: ${name}, labelNames: [${labels}] }))`,
  (p, m, name, labels) => { const n = p.fresh(); m.lines.push(`const cache${n} = new Map()\nfunction counter${n}(name, labelNames) { let found = cache${n}.get(name); if (!found) { found = new Counter({ name, help: 'T', labelNames }); cache${n}.set(name, found) } return found }`); return `counter${n}(${name}, [${labels}])` },
  (p, m, name, labels) => { const n = p.fresh(); m.lines.push(`const make${n} = function (help, name, labelNames) { return new Counter({ name, help, labelNames }) }.bind(undefined, 'T')`); return `make${n}(${name}, [${labels}])` },
  (p, m, name, labels) => { const n = p.fresh(); m.lines.push(`const [made${n}] = [{ name: ${name}, labelNames: [${labels}] }].map((each) => new Counter({ help: 'T', ...each }))`); return `made${n}` },
  (p, m, name, labels) => { const n = p.fresh(); m.lines.push(`class Base${n} { name() { return 'base' } make(...labelNames) { return new Counter({ name: this.name(), help: 'T', labelNames }) } }\nclass Sub${n} extends Base${n} { name() { return ${name} } }`); return `new Sub${n}().make(${labels})` },
  (p, m, name, labels) => { const n = p.fresh(); m.lines.push(`class N${n} { static NAME = ${name}\n static make() { return new this({ name: this.NAME, help: 'T', labelNames: [${labels}] }) } }`); return `new Counter({ name: N${n}.NAME, help: 'T', labelNames: [${labels}] })` },
  (p, m, name, labels) => { const n = p.fresh(); m.lines.push(`function safely${n}(make) { try { return make() } catch { return undefined } }`); return `safely${n}(() => new Counter({ name: ${name}, help: 'T', labelNames: [${labels}] }))` },
  (p, m, name, labels) => { const [n, a] = [p.fresh(), p.fresh()]; m.lines.push(`const Kind${n} = Object.freeze({ GAUGE: 'gauge', COUNTER: 'counter' })\nconst all${n} = {}\nfor (const [key, def] of Object.entries({ ${a}: { name: ${name}, kind: Kind${n}.COUNTER, labels: [${labels}] } })) {\n  const options = { name: def.name, help: 'T', labelNames: def.labels }\n  if (def.kind === Kind${n}.GAUGE) all${n}[key] = new Gauge(options)\n  else if (def.kind === Kind${n}.COUNTER) all${n}[key] = new Counter(options)\n}`); return `all${n}.${a}` },
  (p, m, name, labels) => { const n = p.fresh(); m.lines.push(`class Def${n} { constructor(name, kind, labels) { Object.assign(this, { name, labels }); this.kind = kind } }\nfunction make${n}(def) { const options = { name: def.name, help: 'T', labelNames: def.labels }; return def.kind === 'gauge' ? new Gauge(options) : new Counter(options) }`); return `make${n}(new Def${n}(${name}, 'counter', [${labels}]))` },
  (p, m, name, labels) => { const n = p.fresh(); m.lines.push(`let at${n} = 0\nconst next${n} = () => ++at${n}`); return `new Counter({ name: \`\${${name}}_\${next${n}()}\`, help: 'T', labelNames: [${labels}] })` },
  (p, m, name, labels) => { const n = p.fresh(); m.lines.push(`const make${n} = (name, { labels = [], help = 'T', ...rest } = {}) => new Counter({ name, help, labelNames: labels, ...rest })`); return `make${n}(${name}, { labels: [${labels}] })` },
  (p, m, name, labels) => { const n = p.fresh(); m.lines.push(`const make${n} = { counter: (name, labelNames) => new Counter({ name, help: 'T', labelNames }) }`); return `make${n}.counter(${name}, [${labels}])` },
  (p, m, name, labels) => { const n = p.fresh(); m.lines.push(`const made${n} = {};\n[[${name}, [${labels}]]].forEach(([name, labelNames]) => { made${n}[name] = new Counter({ name, help: 'T', labelNames }) })`); return `made${n}[${name}]` },
]

/** Where the metric is kept; each gives an expression for it. */
export const holders = [
  (p, m, make) => { const n = p.fresh(); m.lines.push(`const ${n} = ${make}`); return n },
  (p, m, make) => { const [n, a] = [p.fresh(), p.fresh()]; m.lines.push(`class C${n} { constructor() { this.${a} = ${make} } }\nconst c${n} = new C${n}()`); return `c${n}.${a}` },
  (p, m, make) => { const [n, a] = [p.fresh(), p.fresh()]; m.lines.push(`class C${n} { ${a} = ${make} }\nconst c${n} = new C${n}()`); return `c${n}.${a}` },
  (p, m, make) => { const [n, a] = [p.fresh(), p.fresh()]; m.lines.push(`class C${n} { static ${a} = ${make} }`); return `C${n}.${a}` },
  (p, m, make) => { const [n, a] = [p.fresh(), p.fresh()]; m.lines.push(`const o${n} = { ${a}: ${make} }`); return `o${n}.${a}` },
  (p, m, make) => { const [n, a] = [p.fresh(), p.fresh()]; m.lines.push(`const o${n} = { inner: { ${text(a)}: ${make} } }`); return `o${n}.inner[${text(a)}]` },
  (p, m, make) => { const n = p.fresh(); m.lines.push(`const l${n} = [${make}]`); return `l${n}[0]` },
  (p, m, make) => { const n = p.fresh(); m.lines.push(`let v${n}\nfunction f${n}() { return (v${n} ??= ${make}) }`); return `f${n}()` },
  (p, m, make) => { const [n, a] = [p.fresh(), p.fresh()]; m.lines.push(`class C${n} { static #i; constructor() { this.${a} = ${make} } static get() { if (!C${n}.#i) C${n}.#i = new C${n}(); return C${n}.#i } }`); return `C${n}.get().${a}` },
  (p, m, make) => { const [n, a] = [p.fresh(), p.fresh()]; m.lines.push(`class C${n} { #m = ${make}; get ${a}() { return this.#m } }\nconst c${n} = new C${n}()`); return `c${n}.${a}` },
  (p, m, make) => { const [n, a] = [p.fresh(), p.fresh()]; m.lines.push(`const r${n} = new Map()\nfunction f${n}(key) { if (!r${n}.has(key)) r${n}.set(key, ${make}); return r${n}.get(key) }`); return `f${n}(${text(a)})` },
  (p, m, make) => { const [n, a] = [p.fresh(), p.fresh()]; m.lines.push(`const make${n} = () => ({ ${a}: ${make} })\nconst o${n} = make${n}()`); return `o${n}.${a}` },
  (p, m, make) => { const [n, a] = [p.fresh(), p.fresh()]; m.lines.push(`const r${n} = {}\nfunction reg${n}(name, metric) { r${n}[name] = metric }\nreg${n}(${text(a)}, ${make})`); return `r${n}[${text(a)}]` },
  (p, m, make) => { const n = p.fresh(); m.lines.push(`let g${n}\nfunction init${n}() { g${n} = ${make} }\ninit${n}()`); return `g${n}` },
  (p, m, make) => { const [n, a] = [p.fresh(), p.fresh()]; m.lines.push(`const o${n} = Object.fromEntries([[${text(a)}, ${make}]])`); return `o${n}.${a}` },
]

/** What hands it on within a module; each gives another expression for it. */
export const ways = [
  (p, m, e) => { const n = p.fresh(); m.lines.push(`const a${n} = ${e}`); return `a${n}` },
  (p, m, e) => { const [n, a] = [p.fresh(), p.fresh()]; m.lines.push(`class W${n} { constructor(given) { this.${a} = given } }\nconst w${n} = new W${n}(${e})`); return `w${n}.${a}` },
  (p, m, e) => { const [n, a] = [p.fresh(), p.fresh()]; m.lines.push(`class B${n} { constructor() { this.${a} = ${e} } }\nclass W${n} extends B${n} {}\nconst w${n} = new W${n}()`); return `w${n}.${a}` },
  (p, m, e) => { const a = p.fresh(); m.lines.push(`const { ${a} } = { ${a}: ${e} }`); return `${a}` },
  (p, m, e) => { const [n, a] = [p.fresh(), p.fresh()]; m.lines.push(`const { ${a}: d${n} } = { ${a}: ${e} }`); return `d${n}` },
  (p, m, e) => { const n = p.fresh(); m.lines.push(`const [x${n}] = [${e}]`); return `x${n}` },
  (p, m, e) => { const n = p.fresh(); m.lines.push(`function g${n}() { return ${e} }`); return `g${n}()` },
  (p, m, e) => { const n = p.fresh(); m.lines.push(`const g${n} = () => ${e}`); return `g${n}()` },
  (p, m, e) => { const [n, a] = [p.fresh(), p.fresh()]; m.lines.push(`const s${n} = { ...{ ${a}: ${e} } }`); return `s${n}.${a}` },
  (p, m, e) => { const [n, a] = [p.fresh(), p.fresh()]; m.lines.push(`const s${n} = Object.assign({}, { ${a}: ${e} })`); return `s${n}.${a}` },
  (p, m, e) => { const [n, a] = [p.fresh(), p.fresh()]; m.lines.push(`const s${n} = {}\ns${n}.${a} = ${e}`); return `s${n}.${a}` },
  (p, m, e) => { const [n, a] = [p.fresh(), p.fresh()]; m.lines.push(`const t${n} = new Map([[${text(a)}, ${e}]])`); return `t${n}.get(${text(a)})` },
  (p, m, e) => { const [n, a] = [p.fresh(), p.fresh()]; m.lines.push(`const key${n} = ${text(a)}\nconst s${n} = { [key${n}]: ${e} }`); return `s${n}[key${n}]` },
  (p, m, e) => { const n = p.fresh(); m.lines.push(`const h${n} = (x) => x\nconst i${n} = h${n}(${e})`); return `i${n}` },
  (p, m, e) => { const n = p.fresh(); m.lines.push(`const h${n} = ({ k }) => k\nconst i${n} = h${n}({ k: ${e} })`); return `i${n}` },
  (p, m, e) => { const n = p.fresh(); m.lines.push(`const h${n} = (...all) => all[0]\nconst i${n} = h${n}(${e})`); return `i${n}` },
  (p, m, e) => { const n = p.fresh(); m.lines.push(`let z${n}\nfor (const each of [${e}]) z${n} = each`); return `z${n}` },
  (p, m, e) => { const n = p.fresh(); m.lines.push(`let z${n};\n[${e}].forEach((each) => { z${n} = each })`); return `z${n}` },
  (p, m, e) => { const n = p.fresh(); m.lines.push(`function* y${n}() { yield ${e} }\nconst [z${n}] = y${n}()`); return `z${n}` },
  (p, m, e) => { const n = p.fresh(); m.lines.push(`const z${n} = await Promise.resolve(${e})`); return `z${n}` },
  (p, m, e) => { const n = p.fresh(); m.lines.push(`async function y${n}() { return ${e} }\nconst z${n} = await y${n}()`); return `z${n}` },
  (p, m, e) => { const n = p.fresh(); m.lines.push(`const z${n} = ${e} ?? null`); return `z${n}` },
  (p, m, e) => { const n = p.fresh(); m.lines.push(`let z${n}\ntry { z${n} = ${e} } catch { z${n} = null }`); return `z${n}` },
  (p, m, e) => { const [n, a] = [p.fresh(), p.fresh()]; m.lines.push(`const w${n} = new Proxy({}, { get: () => ${e} })`); return `w${n}.${a}` },
  (p, m, e) => { const [n, a] = [p.fresh(), p.fresh()]; m.lines.push(`class W${n} { static ${a}() { return ${e} } }`); return `W${n}.${a}()` },
  (p, m, e) => { const n = p.fresh(); m.lines.push(`globalThis.${n}Global = ${e}`); return `globalThis.${n}Global` },
  (p, m, e) => { const [n, a] = [p.fresh(), p.fresh()]; m.lines.push(`const w${n} = Object.freeze({ ${a}: ${e} })`); return `w${n}.${a}` },
  (p, m, e) => { const [n, a] = [p.fresh(), p.fresh()]; m.lines.push(`const [z${n}] = Object.values({ ${a}: ${e} })`); return `z${n}` },
  (p, m, e) => { const [n, a] = [p.fresh(), p.fresh()]; m.lines.push(`const [[, z${n}]] = Object.entries({ ${a}: ${e} })`); return `z${n}` },
  (p, m, e) => { const [n, a] = [p.fresh(), p.fresh()]; m.lines.push(`const w${n} = { get ${a}() { return ${e} } }`); return `w${n}.${a}` },
  (p, m, e) => { const [n, a] = [p.fresh(), p.fresh()]; m.lines.push(`const w${n} = {}\nObject.defineProperty(w${n}, ${text(a)}, { value: ${e} })`); return `w${n}.${a}` },
  (p, m, e) => { const n = p.fresh(); m.lines.push(`const z${n} = [${e}].map((x) => ({ x }))`); return `z${n}[0].x` },
  (p, m, e) => { const [n, a] = [p.fresh(), p.fresh()]; m.lines.push(`const z${n} = [${e}].reduce((all, x) => ({ ...all, ${a}: x }), {})`); return `z${n}.${a}` },
  (p, m, e) => { const n = p.fresh(); m.lines.push(`const w${n} = new WeakMap()\nconst k${n} = {}\nw${n}.set(k${n}, ${e})`); return `w${n}.get(k${n})` },
  (p, m, e) => { const n = p.fresh(); m.lines.push(`const q${n} = []\nq${n}.push(${e})`); return `q${n}[0]` },
  (p, m, e) => { const n = p.fresh(); m.lines.push(`const b${n} = function (x) { return x }.bind(null, ${e})`); return `b${n}()` },
  (p, m, e) => { const n = p.fresh(); m.lines.push(`const b${n} = [${e}].find(Boolean)`); return `b${n}` },
  (p, m, e) => { const n = p.fresh(); m.lines.push(`const b${n} = [${e}, 1].at(0)`); return `b${n}` },
  (p, m, e) => { const [n, a] = [p.fresh(), p.fresh()]; m.lines.push(`const mix${n} = (Base) => class extends Base { ${a} = ${e} }\nclass W${n} extends mix${n}(Object) {}\nconst w${n} = new W${n}()`); return `w${n}.${a}` },
  (p, m, e) => { const [n, a] = [p.fresh(), p.fresh()]; m.lines.push(`function W${n}() { this.${a} = ${e} }\nconst w${n} = new W${n}()`); return `w${n}.${a}` },
]

/** What gives a text that is written out. */
export const texts = [
  (p, m, s) => text(s),
  (p, m, s) => { const n = p.fresh(); m.lines.push(`const K${n} = ${text(s)}`); return `K${n}` },
  (p, m, s) => { const n = p.fresh(); m.lines.push(`const E${n} = Object.freeze({ A: ${text(s)}, B: 'other' })`); return `E${n}.A` },
  (p, m, s) => { const n = p.fresh(); m.lines.push(`const K${n} = ${text(s.slice(1))}`); return `\`${s[0]}\${K${n}}\`` },
  (p, m, s) => { const n = p.fresh(); m.lines.push(`const K${n} = { x: ${text(s)}, y: 'other' }\nconst i${n} = 'x'`); return `K${n}[i${n}]` },
  (p, m, s) => { const n = p.fresh(); m.lines.push(`function k${n}(flag) { if (flag) return ${text(s)}; return 'other' }`); return `k${n}(true)` },
  (p, m, s) => { const n = p.fresh(); m.lines.push(`const k${n} = (x = ${text(s)}) => x`); return `k${n}()` },
  (p, m, s) => `${text(s.toUpperCase())}.toLowerCase()`,
  (p, m, s) => { const n = p.fresh(); m.lines.push(`const K${n} = process.env.NOPE_${n} ?? ${text(s)}`); return `K${n}` },
  (p, m, s) => `(Date.now() > 5 ? ${text(s)} : 'other')`,
  (p, m, s) => { const n = p.fresh(); m.lines.push(`class K${n} { name = ${text(s)} }`); return `new K${n}().name` },
  (p, m, s) => { const n = p.fresh(); m.lines.push(`const k${n} = { x: 'other' }\nk${n}.x = ${text(s)}`); return `k${n}.x` },
  (p, m, s) => { const n = p.fresh(); m.lines.push(`class ${s}${n} {}`); return `${s}${n}.name.slice(0, ${s.length})` },
  (p, m, s) => { const n = p.fresh(); m.lines.push(`const L${n} = []\nL${n}.push(${text(s)})`); return `L${n}[0]` },
  (p, m, s) => { const n = p.fresh(); m.lines.push(`let V${n} = 'other'\nfunction s${n}() { V${n} = ${text(s)} }\ns${n}()`); return `V${n}` },
  (p, m, s) => { const n = p.fresh(); m.lines.push(`let V${n}\ntry { throw new Error(${text(s)}) } catch (error) { V${n} = error.message }`); return `V${n}` },
  (p, m, s) => `[${text(s)}].join('-')`,
  (p, m, s) => `${text(s + ',x')}.split(',')[0]`,
  (p, m, s) => `'' + ${text(s)}`,
  (p, m, s) => `String(${text(s)})`,
  (p, m, s) => { const n = p.fresh(); m.lines.push(`let b${n}\nfor (const [a, b] of [['p', ${text(s)}]]) b${n} = b`); return `b${n}` },
  (p, m, s) => { const n = p.fresh(); m.lines.push(`const K${n} = new Map([['x', ${text(s)}]])`); return `K${n}.get('x')` },
  (p, m, s) => { const n = p.fresh(); m.lines.push(`function sw${n}(x) { switch (x) { case 1: return 'other'; default: return ${text(s)} } }`); return `sw${n}(2)` },
  (p, m, s) => `Object.keys({ ${s}: 1 })[0]`,
  (p, m, s) => `${text('other-' + s)}.replace('other-', '')`,
  (p, m, s) => `JSON.parse(${text(text(s))})`,
]

/** What the label is given. */
/** What puts something in a list, perhaps: `far` is known when the program runs. */
const fillings = [
  "if (far) found.push('x')", "if (far) found.unshift('x')", "far && found.push('x')", "far ? found.push('x') : undefined", "for (const each of far ? [1] : []) found.push('x')",
  "(far ? [1] : []).forEach(() => found.push('x'))", "while (far && found.length === 0) found.push('x')", "try { if (!far) throw new Error() ; found.push('x') } catch { }",
  "const add = () => { if (far) found.push('x') }; add()", "found.push('x'); if (far) found.pop()", "found.push('x'); if (far) found.length = 0", "found.push('x'); if (far) found.splice(0, 1)",
  "if (far) found[0] = 'x'", "switch (far) { case true: found.push('x') }", "found = far ? ['x'] : []", "found = ['x'].filter(() => far)", "found.push(...(far ? ['x'] : []))",
  "found = ['x']; if (far) found = []", "far || found.push('x')",
]

/** What holds of a list, or does not. */
const tests = [
  'found.length > 0', 'found.length', '!found.length', "found.includes('x')", "found[0] === 'x'", 'found[0]', "found.join() === 'x'", 'found.join()', "found.some((each) => each === 'x')", 'found.at(0)',
  "new Set(found).has('x')", '[...found].length', "found.indexOf('x') >= 0", "found.find((each) => each === 'x')", 'found.filter(Boolean).length > 0', 'Object.keys(found).length',
]

/** What gives a variable another value, by a function that others call: `tell` does. */
const changing = [
  'if (far) tell()', '[1].forEach(() => { if (far) tell() })', 'try { if (far) throw new Error() } catch { tell() }', 'new Promise(() => { if (far) tell() })', "bus.on('x', tell); if (far) bus.emit('x')",
  "bus.on('x', () => { tell() }); if (far) bus.emit('x')", "JSON.parse(far ? '[1]' : '{}', (key, value) => { if (key === '0') tell(); return value })", "(far ? 'a' : '').replace(/a/, () => { tell(); return '' })",
  '(far ? [2, 1] : []).sort(() => { tell(); return 0 })', 'Array.from({ length: far ? 1 : 0 }, tell)', 'const f = [() => {}, tell]; f[far ? 1 : 0]()',
]

export const values = [
  (p, m, s) => {
    const n = p.fresh()
    const { random } = p
    const [start, tell, end] = random.pick([["let kind = 'other'", `kind = ${text(s)}`, 'kind'], ["const state = { kind: 'other' }", `state.kind = ${text(s)}`, 'state.kind'], ["const all = ['other']", `all[0] = ${text(s)}`, 'all[0]'],
      ["const all = new Map([['x', 'other']])", `all.set('x', ${text(s)})`, "all.get('x')"]])
    m.imports.push("import { EventEmitter } from 'node:events'")
    m.lines.push(`function k${n}(far) { const bus = new EventEmitter(); ${start}; const tell = () => { ${tell} }; ${random.pick(changing)}; return ${end} }`)
    return `k${n}(process.pid ${random.pick(['<', '>'])} 0)`
  },
  (p, m, s) => {
    const n = p.fresh()
    const { random } = p
    m.lines.push(`function k${n}(far) { let found = []; ${random.pick(fillings)}; let kind = 'other'; if (${random.pick(tests)}) kind = ${text(s)}; return kind }`)
    return `k${n}(process.pid ${random.pick(['<', '>'])} 0)`
  },
  (p, m, s) => {
    const n = p.fresh()
    const { random } = p
    const choice = random.pick([`${random.pick(tests)} ? ${text(s)} : 'other'`, `((${random.pick(tests)}) && ${text(s)}) || 'other'`, `found[0] ?? ${text(s)}`, `found[0] || ${text(s)}`, `found.length && ${text(s)}`])
    m.lines.push(`function k${n}(far) { let found = []; ${random.pick(fillings)}; return ${choice} }`)
    return `k${n}(process.pid ${random.pick(['<', '>'])} 0)`
  },
  ...texts,
  // What is not written out: only what it is like can be told.
  (p, m, s) => `\`${s}-\${process.cwd()}\``,
  (p, m, s) => `(process.cwd() + ' ${s} ').trim()`,
  (p, m, s) => `\`${s}\${process.cwd()}B\`.toUpperCase()`,
  (p, m, s) => `\`${s}\${process.cwd()}\`.slice(1, 5)`,
  (p, m, s) => `\`${s}\${process.cwd()}\`.replace('/', '-')`,
  (p, m, s) => `['${s}', process.cwd()].join('-')`,
  () => `\`\${Math.floor((Date.now() % 100 + 400) / 100)}xx\``,
  (p, m, s) => `String(${text(s)}.length)`,
  (p, m, s) => `-${text(s)}.length / 3`,
  (p, m, s) => `1e-9 * ${text(s)}.length`,
  (p, m, s) => `Number(${text(s)})`,
  (p, m, s) => `(${text(s)}.length + 1).toFixed(1)`,
  (p, m, s) => `process.argv.length + ${text(s)}`,
  () => '1 / 0',
  (p, m, s) => { m.lines.push(`const res = { statusCode: ${text(s)} }`); return `res.statusCode` },
  (p, m, s) => { const n = p.fresh(); m.lines.push(`class R${n} { constructor(code) { this.statusCode = code } }\nconst response = new R${n}(${text(s)})`); return `response.statusCode` },
  (p, m, s) => { const n = p.fresh(); m.lines.push(`let c${n} = 0\nfor (const i of [1, 2, 3]) c${n} += i`); return `\`${s}\${c${n}}\`` },
  (p, m, s) => { const n = p.fresh(); m.lines.push(`let c${n} = '${s}'\nc${n} += process.cwd()\nc${n}++`); return `String(c${n})` },
  (p, m, s) => { const n = p.fresh(); m.lines.push(`let c${n} = 'other'\nfor (c${n} of [${text(s)}]) ;`); return `c${n}` },
  (p, m, s) => { const n = p.fresh(); m.lines.push(`let [c${n}, d${n}] = ['other', 0]\nfor (c${n} = ${text(s)}; d${n} < 1; d${n}++) ;`); return `c${n}` },
  (p, m, s) => { const n = p.fresh(); m.lines.push(`let c${n}\nfor ({ c: c${n} } of [{ c: ${text(s)} }]) ;`); return `c${n}` },
  (p, m, s) => { const n = p.fresh(); m.lines.push(`let c${n} = 'other'\nfor (c${n} in { ${s}: 1 }) ;`); return `c${n}` },
  (p, m, s) => { const n = p.fresh(); m.lines.push(`const k${n} = (x) => \`\${x}-${s}\``); return `k${n}(process.pid > 0 ? 'a' : 1)` },
]

/** What records it. */
export const records = [
  (p, m, e, v) => `${e}.inc({ kind: ${v} })`,
  (p, m, e, v) => `${e}.labels(${v}).inc()`,
  (p, m, e, v) => `${e}.labels({ kind: ${v} }).inc(2)`,
  (p, m, e, v) => `{ const kind = ${v}; ${e}.inc({ kind }) }`,
  (p, m, e, v) => { const n = p.fresh(); m.lines.push(`function rec${n}(kind) { ${e}.inc({ kind }) }`); return `rec${n}(${v})` },
  (p, m, e, v) => { const n = p.fresh(); m.lines.push(`const rec${n} = (metric, kind) => { metric.inc({ kind }) }`); return `rec${n}(${e}, ${v})` },
  (p, m, e, v) => { const n = p.fresh(); m.lines.push(`class R${n} { constructor(metric) { this.metric = metric } tell(kind) { this.metric.labels(kind).inc() } }`); return `new R${n}(${e}).tell(${v})` },
  (p, m, e, v) => { const n = p.fresh(); m.lines.push(`const wrap${n} = (kind, fn) => (...all) => { ${e}.inc({ kind }); return fn(...all) }\nconst work${n} = wrap${n}(${v}, () => 1)`); return `work${n}()` },
  (p, m, e, v) => { const n = p.fresh(); return `const bound${n} = ${e}.labels(${v})\nbound${n}.inc()` },
  (p, m, e, v) => { const n = p.fresh(); return `const inc${n} = ${e}.inc.bind(${e})\ninc${n}({ kind: ${v} })` },
  (p, m, e, v) => `for (const kind of [${v}]) ${e}.inc({ kind })`,
  (p, m, e, v) => `;[${v}].forEach((kind) => ${e}.labels(kind).inc())`,
  (p, m, e, v) => { const n = p.fresh(); m.lines.push(`const handlers${n} = { x: (kind) => ${e}.inc({ kind }) }`); return `handlers${n}.x(${v})` },
  (p, m, e, v) => { const n = p.fresh(); m.lines.push(`class Base${n} { kind = 'other'\n  go() { ${e}.inc({ kind: this.kind }) } }\nclass Sub${n} extends Base${n} { kind = ${v} }`); return `new Sub${n}().go()` },
  (p, m, e, v) => { const n = p.fresh(); m.lines.push(`class Base${n} { go() { ${e}.inc({ kind: this.kind() }) } kind() { return 'other' } }\nclass Sub${n} extends Base${n} { kind() { return ${v} } }`); return `new Sub${n}().go()` },
  (p, m, e, v) => { const n = p.fresh(); m.lines.push(`const subs${n} = []\nconst on${n} = (fn) => { subs${n}.push(fn) }\non${n}((kind) => ${e}.inc({ kind }))`); return `for (const fn of subs${n}) fn(${v})` },
  (p, m, e, v) => { const n = p.fresh(); m.lines.push(`import { EventEmitter as Em${n} } from 'node:events'\nconst em${n} = new Em${n}()\nem${n}.on('x', (kind) => { ${e}.inc({ kind }) })`); return `em${n}.emit('x', ${v})` },
  (p, m, e, v) => { const n = p.fresh(); m.lines.push(`const rec${n} = (fields) => { ${e}.inc(fields) }`); return `rec${n}({ kind: ${v} })` },
  (p, m, e, v) => { const n = p.fresh(); m.lines.push(`const rec${n} = (...all) => { ${e}.labels(...all).inc() }`); return `rec${n}(${v})` },
  (p, m, e, v) => { const n = p.fresh(); m.lines.push(`class Q${n} { #items = []\n put(kind) { this.#items.push(kind) }\n flush() { for (const kind of this.#items) ${e}.inc({ kind }) } }\nconst q${n} = new Q${n}()`); return `q${n}.put(${v})\nq${n}.flush()` },
  (p, m, e, v) => `await Promise.resolve(${v}).then((kind) => ${e}.inc({ kind }))`,
  (p, m, e, v) => `await (async () => { ${e}.inc({ kind: ${v} }) })()`,
  (p, m, e, v) => `await new Promise((done) => setTimeout((kind) => { ${e}.inc({ kind }); done() }, 0, ${v}))`,
  (p, m, e, v) => `${e}?.inc?.({ kind: ${v} })`,
  (p, m, e, v) => `${e}['inc']({ kind: ${v} })`,
  (p, m, e, v) => { const n = p.fresh(); m.lines.push(`const method${n} = 'inc'`); return `${e}[method${n}]({ kind: ${v} })` },
  (p, m, e, v) => `try { throw 1 } catch { ${e}.inc({ kind: ${v} }) } finally { }`,
  (p, m, e, v) => { const n = p.fresh(); return `const { inc: i${n} } = { inc: (kind) => ${e}.inc({ kind }) }\ni${n}(${v})` },
  (p, m, e, v) => `Reflect.apply(${e}.inc, ${e}, [{ kind: ${v} }])`,
  (p, m, e, v) => `${e}.inc.call(${e}, { kind: ${v} })`,
  (p, m, e, v) => { const n = p.fresh(); return `const labels${n} = {}\nlabels${n}.kind = ${v}\n${e}.inc(labels${n})` },
  (p, m, e, v) => { const n = p.fresh(); m.lines.push(`const base${n} = { kind: 'other' }`); return `${e}.inc({ ...base${n}, kind: ${v} })` },
  (p, m, e, v) => `${e}.inc({ ['ki' + 'nd']: ${v} })`,
]

/** What records a metric with another label, which may come in another way. */
export const pairs = [
  (p, m, e, v) => `${e}.inc({ kind: ${v}, side: 'left' })`,
  (p, m, e, v) => `${e}.labels(${v}, 'left').inc()`,
  (p, m, e, v) => `${e}.labels({ side: 'left', kind: ${v} }).inc()`,
  (p, m, e, v) => { const n = p.fresh(); m.lines.push(`function rec${n}(kind) { ${e}.inc({ kind, side: 'left' }) }`); return `rec${n}(${v})` },
  (p, m, e, v) => { const n = p.fresh(); m.lines.push(`function rec${n}(kind, side) { ${e}.labels(kind, side).inc() }\nrec${n}('other', 'right')`); return `rec${n}(${v}, 'left')` },
  (p, m, e, v) => { const n = p.fresh(); m.lines.push(`const rec${n} = (kind, side = 'left') => ${e}.inc({ kind, side })`); return `rec${n}(${v})\nrec${n}('other', 'right')` },
  (p, m, e, v) => { const n = p.fresh(); m.lines.push(`class R${n} { constructor(side) { this.side = side } tell(kind) { ${e}.inc({ kind, side: this.side }) } }`); return `new R${n}('left').tell(${v})\nnew R${n}('right').tell('other')` },
  (p, m, e, v) => { const n = p.fresh(); m.lines.push(`class R${n} { side = 'left'\n  turn() { this.side = 'right' }\n  tell(kind) { ${e}.inc({ side: this.side, kind }) } }\nconst r${n} = new R${n}()`); return `r${n}.tell(${v})\nr${n}['turn']()\nr${n}.tell('other')` },
  (p, m, e, v) => { const n = p.fresh(); m.lines.push(`import { EventEmitter as Em${n} } from 'node:events'\nconst em${n} = new Em${n}()\nem${n}.on('x', (side) => { ${e}.inc({ kind: 'other', side }) })`); return `em${n}.emit('x', 'left')\n${e}.inc({ kind: ${v} })` },
  (p, m, e, v) => { const n = p.fresh(); m.lines.push(`const rec${n} = (fields) => { ${e}.inc({ side: 'left', ...fields }) }`); return `rec${n}({ kind: ${v} })\nrec${n}({ kind: 'other', side: 'right' })` },
  (p, m, e, v) => { const n = p.fresh(); m.lines.push(`const rec${n} = (fields) => { ${e}.inc({ ...fields, side: 'left' }) }`); return `rec${n}({ kind: ${v}, side: 'right' })` },
  (p, m, e, v) => { const n = p.fresh(); m.lines.push(`const api${n} = { rec: (kind, side) => ${e}.inc({ kind, side }) }\nconst call${n} = (name, ...all) => api${n}[name](...all)`); return `call${n}('rec', ${v}, 'left')` },
  (p, m, e, v) => { const n = p.fresh(); m.lines.push(`let side${n} = 'left'\nfunction rec${n}(kind) { ${e}.inc({ kind, side: side${n} }) }\nfunction turn${n}(to) { side${n} = to }`); return `rec${n}(${v})\nturn${n}('right')\nrec${n}('other')` },
  (p, m, e, v) => { const n = p.fresh(); m.lines.push(`const sides${n} = ['left']\nconst rec${n} = (kind) => { for (const side of sides${n}) ${e}.labels({ kind, side }).inc() }\nconst more${n} = (side) => sides${n}.push(side)`); return `more${n}('right')\nrec${n}(${v})` },
  (p, m, e, v) => { const n = p.fresh(); return `const bound${n} = ${e}.labels({ kind: ${v}, side: ['left', 'right'][Date.now() % 2] })\nbound${n}.inc()` },
]
