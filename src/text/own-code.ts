import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { once } from './once.js'
import { packageFile } from './package-file.js'

/** A hash of the linter itself: what was installed from a branch has the version number of the last release. */
export const ownCode = once(() => {
  const hash = createHash('sha256').update(readFileSync(packageFile('package.json')))
  const bundle = packageFile('dist/bundle')
  // The names of its parts, which it has, tell what stands in them.
  if (import.meta.dirname === bundle) return hash.update(readFileSync(join(bundle, 'main.js'))).digest('hex')
  const built = packageFile('dist')
  const root = import.meta.dirname.startsWith(built) ? built : packageFile('src')
  for (const path of readdirSync(root, { recursive: true, encoding: 'utf8' }).sort()) {
    if (/\.[jt]s$/.test(path) && !path.endsWith('.d.ts')) hash.update(`${path}\n`).update(readFileSync(join(root, path)))
  }
  return hash.digest('hex')
})
