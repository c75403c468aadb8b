import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Surroundings } from './surroundings.js'

const name = 'ml-dash-lint'

/**
 * The folder where results are kept: `node_modules/.cache/ml-dash-lint` of the project, here or above up to the root of
 * the repository, where tools are used to keep theirs; else the user's cache. `undefined` where there is neither.
 */
export function cacheDirectory(cwd: string, env: Surroundings['env']): string | undefined {
  for (let directory = cwd; ; directory = dirname(directory)) {
    if (existsSync(join(directory, 'node_modules'))) return join(directory, 'node_modules', '.cache', name)
    if (directory === dirname(directory) || existsSync(join(directory, '.git'))) break
  }
  const { XDG_CACHE_HOME: cache, LOCALAPPDATA: local, HOME: home } = env
  if (cache) return join(cache, name)
  if (local) return join(local, name, 'cache')
  return home ? join(home, '.cache', name) : undefined
}
