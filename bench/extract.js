/** What extraction costs in a repository of 5,000 sources of which 50 use a metrics library, against reading the files. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { extractPython } from '../dist/src/extract/python/index.js'
import { extractTypeScript } from '../dist/src/extract/typescript/index.js'
import { loadParser } from '../dist/src/extract/typescript/syntax/syntax.js'
import { discover } from '../dist/src/workspace/discovery.js'
import { sourceTree } from '../dist/src/workspace/sources.js'

const typescript = (i) => `import { helper${i} } from './module-${(i * 7) % 2500}.js'

export interface Order${i} { readonly id: string; readonly total: number; readonly lines: readonly string[] }

${Array.from({ length: 12 }, (_, f) => `export function step${f}(order: Order${i}, factor = ${f}): number {
  const parts = order.lines.map((line) => line.length * factor)
  if (parts.length === 0) throw new Error(\`order \${order.id} has no lines\`)
  return parts.reduce((sum, part) => sum + part, order.total)
}
`).join('\n')}
export const helper${i} = (order: Order${i}) => step0(order) + step1(order)
`
const python = (i) => `from app.module_${(i * 7) % 2500} import helper_${(i * 7) % 2500}


${Array.from({ length: 12 }, (_, f) => `def step_${f}(order, factor=${f}):
    parts = [len(line) * factor for line in order["lines"]]
    if not parts:
        raise ValueError(f"order {order['id']} has no lines")
    return sum(parts, order["total"])
`).join('\n\n')}

def helper_${i}(order):
    return step_0(order) + step_1(order)
`
const typescriptMetrics = (i) => `import { Counter, Histogram } from 'prom-client'
const done = new Counter({ name: 'orders_${i}_done_total', help: 'Orders done', labelNames: ['status'] as const })
const duration = new Histogram({ name: 'orders_${i}_duration_seconds', help: 'Duration', labelNames: ['kind'] as const })
export function record(kind: 'card' | 'cash', ok: boolean, seconds: number) {
  done.inc({ status: ok ? 'ok' : 'failed' })
  duration.observe({ kind }, seconds)
}
${typescript(i)}`
const pythonMetrics = (i) => `from prometheus_client import Counter
DONE = Counter("orders_${i}_py_done", "Orders done", ["status"])
def record(ok):
    DONE.labels(status="ok" if ok else "failed").inc()
${python(i)}`

const cwd = mkdtempSync(join(tmpdir(), 'ml-dash-lint-bench-'))
try {
  const write = (path, text) => {
    mkdirSync(dirname(join(cwd, path)), { recursive: true })
    writeFileSync(join(cwd, path), text)
  }
  for (let i = 0; i < 2500; i++) {
    write(`src/module-${i}.ts`, i % 100 === 0 ? typescriptMetrics(i) : typescript(i))
    write(`app/module_${i}.py`, i % 100 === 0 ? pythonMetrics(i) : python(i))
  }
  const time = async (run) => {
    const start = performance.now()
    const result = await run()
    return { result, ms: performance.now() - start }
  }
  const found = await time(() => discover({ cwd, paths: ['.'], ignore: [], ignoreBase: cwd, include: [] }))
  const { files } = found.result
  const warmUp = () => files.reduce((length, { absolute }) => length + readFileSync(absolute, 'utf8').length, 0)
  warmUp()
  const reading = await time(warmUp)
  const loading = await time(() => loadParser())
  const fromTypeScript = await time(() => extractTypeScript(sourceTree(files, 20_000_000)))
  const fromPython = await time(() => extractPython(sourceTree(files, 20_000_000)))
  console.table({
    'find 5,000 files': { ms: Number(found.ms.toFixed(0)), declarations: '' },
    'read them all': { ms: Number(reading.ms.toFixed(0)), declarations: '' },
    'load the TypeScript parser': { ms: Number(loading.ms.toFixed(0)), declarations: '' },
    'extract from TypeScript, reading included': { ms: Number(fromTypeScript.ms.toFixed(0)), declarations: fromTypeScript.result.declarations.length },
    'extract from Python, reading included': { ms: Number(fromPython.ms.toFixed(0)), declarations: fromPython.result.declarations.length },
  })
} finally {
  rmSync(cwd, { recursive: true })
}
