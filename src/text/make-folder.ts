import { existsSync, mkdirSync } from 'node:fs'
import { dirname } from 'node:path'

/**
 * Makes a folder and those above it that are not there; throws as `mkdirSync` does. Node's own `recursive` never comes
 * back where a folder that exists says that it does not when something is made in it, as `/proc` does (Node.js:
 * src/node_file.cc, MKDirpSync).
 */
export function makeFolder(path: string): void {
  if (existsSync(path)) return
  makeFolder(dirname(path))
  try {
    mkdirSync(path)
  } catch (error) {
    // Another run may have made it meanwhile.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
}
