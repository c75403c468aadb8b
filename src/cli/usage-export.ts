import { writeUsage } from '../registry/usage.js'
import { usageOf } from '../workspace/usage.js'
import { visibleJson } from '../text/visible.js'
import type { LoadingOptions } from '../api/load.js'
import { loadOrComplain } from './load.js'
import { emit } from './output.js'
import { exitCodes, type Terminal } from './terminal.js'

/** `usage export`: what the consumers at hand rely on. */
export async function exportUsage(
  paths: readonly string[],
  { output, ...options }: LoadingOptions & { readonly output?: string },
  terminal: Terminal,
): Promise<number> {
  const loaded = await loadOrComplain({ ...options, paths }, terminal)
  if (loaded === undefined) return exitCodes.usage
  return (await emit(visibleJson(writeUsage(usageOf(loaded.workspace))), output, terminal)) ?? exitCodes.clean
}
