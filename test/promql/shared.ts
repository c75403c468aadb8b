import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** The path of a file or folder beside the repository, if it is there; says why a test is skipped if not. */
export function sharedPath(path: string): string | undefined {
  const absolute = fileURLToPath(new URL(`../../../shared/${path}`, import.meta.url))
  if (existsSync(absolute)) return absolute
  console.log(`skipped: ../shared/${path} is not there`)
  return undefined
}
