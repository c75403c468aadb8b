/**
 * `node tools/circles.js`: exits with 1 where more than three files of `src` import each other in a circle, those that
 * are known aside. Every import makes a circle, of types alone and `import()` too: what cannot be read apart is one.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import ts from 'typescript'

const mostFiles = 3
/** The circles that there still are: how many files each has, by the folder that all of them lie in. They may only get smaller. */
const known = {}

const root = join(import.meta.dirname, '..')
const files = readdirSync(join(root, 'src'), { recursive: true }).filter((file) => file.endsWith('.ts')).map((file) => posix.join('src', ...file.split(/[\\/]/)))
const circles = circlesOf(new Map(files.sort().map((file) => [file, importsOf(file)]))).filter((circle) => circle.length > mostFiles)
const found = Object.fromEntries(circles.map((circle) => [folderOf(circle), circle]))
for (const folder of new Set([...Object.keys(known), ...Object.keys(found)])) {
  const [allowed, now] = [known[folder] ?? 0, found[folder]?.length ?? 0]
  if (now > allowed) console.error(`${now} files of ${folder} import each other in a circle, at most ${Math.max(allowed, mostFiles)} may:\n  ${found[folder].join('\n  ')}`)
  if (now < allowed) console.error(`the circle of ${folder} has ${now} files now, no longer ${allowed}: write that in tools/circles.js`)
  if (now !== allowed) process.exitCode = 1
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

/** The deepest folder that all files lie in. */
function folderOf([first, ...others]) {
  let folder = posix.dirname(first)
  while (others.some((file) => !file.startsWith(`${folder}/`))) folder = posix.dirname(folder)
  return folder
}
