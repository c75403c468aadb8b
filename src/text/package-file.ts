import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

let root: string | undefined

/** The absolute path of a file of this package, told from its root: the same from `src`, `dist/src` and `dist/bundle`. */
export function packageFile(path: string): string {
  root ??= findRoot(dirname(fileURLToPath(import.meta.url)))
  return join(root, path)
}

function findRoot(directory: string): string {
  const parent = dirname(directory)
  if (existsSync(join(directory, 'package.json'))) return directory
  if (parent === directory) throw new Error('no package.json above this module')
  return findRoot(parent)
}
