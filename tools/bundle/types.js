/**
 * The declarations that the entries of the package come to, and no others: what is not public cannot be imported, since
 * package.json exports the entries alone, and is not shipped either.
 */
import { copyFileSync, mkdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** Copies the declarations of modules, and those that they import, from one folder to another. Returns how many. */
export function copyDeclarations(entries, from, to) {
  const seen = new Set()
  const waiting = [...entries]
  while (waiting.length > 0) {
    const module = waiting.pop()
    if (seen.has(module)) continue
    seen.add(module)
    const file = `${module}.d.ts`
    const text = readFileSync(join(from, file), 'utf8')
    mkdirSync(dirname(join(to, file)), { recursive: true })
    copyFileSync(join(from, file), join(to, file))
    for (const [, imported] of text.matchAll(/(?:from|import\() ?['"]([^'"]+)['"]/g)) {
      // Who installs the package has no other one's types.
      if (!imported.startsWith('.')) throw new Error(`${file} needs the types of ${imported}`)
      waiting.push(join(dirname(module), imported.replace(/\.js$/, '')))
    }
  }
  return seen.size
}
