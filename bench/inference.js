/**
 * What type inference costs beside parsing, on the queries of the corpus (`../shared/corpus`) or, where that is absent,
 * of the fixtures, against the families of every catalog. It should cost at most what parsing does, and no query more
 * than 5 ms. Run `npm run build` first.
 *
 *     node bench/inference.js [rounds]
 */
import { readFileSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parse as parseYaml } from 'yaml'
import { createInference } from '../dist/src/contract/inference/infer.js'
import { parse } from '../dist/src/promql/index.js'
import { builtInFamilies } from '../dist/src/registry/built-in.js'
import { catalogFamilies, catalogNames, loadCatalog } from '../dist/src/registry/catalogs.js'
import { createRegistry } from '../dist/src/registry/registry.js'

const root = fileURLToPath(new URL('..', import.meta.url))
const rounds = Number(process.argv[2] ?? 20)

function queriesIn(value) {
  if (Array.isArray(value)) return value.flatMap(queriesIn)
  if (value === null || typeof value !== 'object') return []
  const own = typeof value.expr === 'string' && value.expr.trim() !== '' ? [value.expr] : []
  return [...own, ...Object.values(value).flatMap(queriesIn)]
}

function queriesBelow(folder) {
  const paths = readdirSync(folder, { recursive: true }).map((path) => join(folder, path))
  return paths.filter((path) => /\.(json|ya?ml)$/.test(path) && statSync(path).isFile()).flatMap((path) => {
    try {
      const text = readFileSync(path, 'utf8')
      return queriesIn(path.endsWith('.json') ? JSON.parse(text) : parseYaml(text))
    } catch {
      return []
    }
  })
}

function corpus() {
  try {
    return queriesBelow(join(root, '../shared/corpus'))
  } catch {
    return queriesBelow(join(root, 'fixtures'))
  }
}

const queries = corpus()
const families = [...builtInFamilies(), ...catalogNames().flatMap((name) => catalogFamilies(loadCatalog(name), {}))]
const contract = {
  registry: createRegistry([{ families, patterns: [] }]),
  targetLabels: { names: new Set(['job', 'instance']), open: false, configured: true, always: new Set(['job', 'instance']) },
}

let parsing = Infinity
let inferring = Infinity
// Of each query its fastest time: the collector's pauses fall on any of them.
const fastest = queries.map(() => Infinity)
for (let round = 0; round < rounds; round++) {
  const start = performance.now()
  const exprs = queries.map((text) => parse(text, { templates: 'grafana' }).expr)
  parsing = Math.min(parsing, performance.now() - start)
  const { infer } = createInference(contract)
  let sum = 0
  for (const [i, expr] of exprs.entries()) {
    if (expr === undefined) continue
    const from = performance.now()
    infer(expr)
    const time = performance.now() - from
    sum += time
    fastest[i] = Math.min(fastest[i], time)
  }
  inferring = Math.min(inferring, sum)
}
const times = fastest.map((time, i) => ({ time, text: queries[i] })).filter(({ time }) => time < Infinity)
const slowest = times.reduce((a, b) => (b.time > a.time ? b : a))
console.log(`${queries.length} queries, ${families.length} families; fastest of ${rounds} rounds`)
console.log(`parsing   ${parsing.toFixed(1)} ms, ${((parsing * 1000) / queries.length).toFixed(2)} µs a query`)
const verdict = (holds) => (holds ? 'as it should' : 'MORE THAN IT SHOULD')
console.log(`inference ${inferring.toFixed(1)} ms, ${((inferring * 1000) / queries.length).toFixed(2)} µs a query`)
console.log(`inference / parsing ${(inferring / parsing).toFixed(2)}, at most 1: ${verdict(inferring <= parsing)}`)
console.log(`slowest query ${slowest.time.toFixed(2)} ms, at most 5: ${verdict(slowest.time <= 5)}: ${slowest.text.replace(/\s+/g, ' ').slice(0, 100)}`)
