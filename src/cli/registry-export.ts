import { writeRegistry } from '../registry/file.js'
import { visibleJson } from '../text/visible.js'
import { loadOrComplain } from './load.js'
import { emit } from './output.js'
import { exitCodes, type Terminal } from './terminal.js'

/** `registry export`: everything that the code at hand exposes. */
export async function exportRegistry(
  paths: readonly string[],
  { output, config }: { readonly output?: string; readonly config?: string },
  terminal: Terminal,
): Promise<number> {
  const loaded = await loadOrComplain(paths, config, terminal)
  if (loaded === undefined) return exitCodes.usage
  return (await emit(visibleJson(writeRegistry(loaded.exposedByCode)), output, terminal)) ?? exitCodes.clean
}
