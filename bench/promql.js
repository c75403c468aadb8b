/**
 * Compares the PromQL parser with `@prometheus-io/lezer-promql`, the parser of Prometheus's own UI, on the queries
 * of the corpus (`../shared/corpus`) or, where that is absent, of the fixtures. Run `npm run build` first.
 *
 *     node bench/promql.js [rounds]
 */
import { readFileSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parser as lezer } from '@prometheus-io/lezer-promql'
import { parse as parseYaml } from 'yaml'
import { parse } from '../dist/src/promql/index.js'

const root = fileURLToPath(new URL('..', import.meta.url))
const rounds = Number(process.argv[2] ?? 20)

/** Every `expr` of a dashboard or rule file. */
function queriesIn(value) {
  if (Array.isArray(value)) return value.flatMap(queriesIn)
  if (value === null || typeof value !== 'object') return []
  const own = typeof value.expr === 'string' && value.expr.trim() !== '' ? [value.expr] : []
  return [...own, ...Object.values(value).flatMap(queriesIn)]
}

function readDocument(path) {
  try {
    const text = readFileSync(path, 'utf8')
    return path.endsWith('.json') || text.startsWith('{') ? JSON.parse(text) : parseYaml(text)
  } catch {
    return undefined
  }
}

function corpus() {
  for (const folder of [join(root, '../shared/corpus'), join(root, 'fixtures')]) {
    try {
      const paths = readdirSync(folder, { recursive: true }).map((path) => join(folder, path))
      const documents = paths.filter((path) => /\.(json|ya?ml)$|dashboards\/[^.]+$/.test(path) && statSync(path).isFile())
      const queries = documents.flatMap((path) => queriesIn(readDocument(path)))
      if (queries.length > 0) return { folder, queries }
    } catch (error) {
      if (error.code !== 'ENOENT') throw error
    }
  }
  throw new Error('no corpus and no fixtures')
}

/**
 * The fastest of the rounds of each contender, in milliseconds: what the work costs without what else the machine
 * does. The contenders take turns, so that none has the machine to itself.
 */
function fastest(contenders, queries) {
  const best = contenders.map(() => Infinity)
  for (let round = 0; round < rounds; round++) {
    for (const [index, [, run]] of contenders.entries()) {
      const start = performance.now()
      for (const query of queries) run(query)
      best[index] = Math.min(best[index], performance.now() - start)
    }
  }
  return best
}

const { folder, queries } = corpus()
const characters = queries.reduce((sum, query) => sum + query.length, 0)
const contenders = [
  ['@prometheus-io/lezer-promql (tree)', (query) => lezer.parse(query)],
  ['ml-dash-lint/promql (tree, type check)', (query) => parse(query)],
  ['ml-dash-lint/promql (the same, with templates)', (query) => parse(query, { templates: 'grafana' })],
]

console.log(`${queries.length} queries, ${characters} characters, from ${folder.replace(root, '')}; fastest of ${rounds} rounds\n`)
const times = fastest(contenders, queries)
for (const [index, [name]] of contenders.entries()) {
  const milliseconds = times[index]
  const each = ((milliseconds * 1000) / queries.length).toFixed(2)
  const rate = (characters / milliseconds / 1000).toFixed(1)
  const ratio = (times[0] / milliseconds).toFixed(1)
  console.log(
    `${name.padEnd(48)} ${milliseconds.toFixed(1).padStart(8)} ms  ${each.padStart(6)} µs a query  ` +
      `${rate.padStart(5)} MB/s  ${ratio.padStart(5)} x`,
  )
}
