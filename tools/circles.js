/**
 * `node tools/circles.js`: exits with 1 where more than three files of `src` import each other in a circle. Every import
 * makes a circle, of types alone and `import()` too: what cannot be read apart is one.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import ts from 'typescript'

const mostFiles = 3

const root = join(import.meta.dirname, '..')
const files = readdirSync(join(root, 'src'), { recursive: true }).filter((file) => file.endsWith('.ts')).map((file) => posix.join('src', ...file.split(/[\\/]/)))
for (const circle of circlesOf(new Map(files.sort().map((file) => [file, importsOf(file)])))) {
  if (circle.length <= mostFiles) continue
  console.error(`${circle.length} files import each other in a circle, at most ${mostFiles} may:\n  ${circle.join('\n  ')}`)
  process.exitCode = 1
}

/** The files of the project that a file imports, by the paths that the sources have. */
function importsOf(file) {
  const { importedFiles } = ts.preProcessFile(readFileSync(join(root, file), 'utf8'))
  return importedFiles.map(({ fileName }) => fileName).filter((name) => name.startsWith('.'))
    .map((name) => posix.join(posix.dirname(file), name).replace(/\.js$/, '.ts'))
}

/** The sets of files each of which leads to all others of its set (Tarjan's strongly connected components), sorted. */
function circlesOf(imports) {
  const order = new Map()
  const lowest = new Map()
  const open = []
  const sets = []
  const visit = (file) => {
    order.set(file, order.size)
    lowest.set(file, order.get(file))
    open.push(file)
    for (const next of imports.get(file)) {
      if (!imports.has(next)) continue
      if (!order.has(next)) visit(next)
      if (open.includes(next)) lowest.set(file, Math.min(lowest.get(file), lowest.get(next)))
    }
    if (lowest.get(file) === order.get(file)) sets.push(open.splice(open.indexOf(file)).sort())
  }
  for (const file of imports.keys()) if (!order.has(file)) visit(file)
  return sets
}
