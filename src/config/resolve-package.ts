import { createRequire } from 'node:module'
import { lookElsewhere } from '../text/disk.js'
import { fileURLToPath, pathToFileURL } from 'node:url'

/**
 * The file that a package, or a path in one, means to a file (absolute): where `require` finds it, which other package
 * managers have their way with, else where `import` does. `undefined` where neither finds any.
 */
export async function resolvePackage(name: string, from: string): Promise<string | undefined> {
  lookElsewhere()
  try {
    return createRequire(from).resolve(name)
  } catch {
    // A package may be for `import` alone.
    const { resolve } = await import('import-meta-resolve')
    try {
      return fileURLToPath(resolve(name, pathToFileURL(from).href))
    } catch {
      return undefined
    }
  }
}
