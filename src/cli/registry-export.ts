import { writeRegistry } from '../registry/file.js'
import type { Family, RegistryContent } from '../registry/types.js'
import { visibleJson } from '../text/visible.js'
import type { LoadingOptions } from '../api/load.js'
import { loadOrComplain } from './load.js'
import { emit } from './output.js'
import { exitCodes, type Terminal } from './terminal.js'

/** `registry export`: everything that the code below the paths exposes; all of the root is read to tell names and labels. */
export async function exportRegistry(
  paths: readonly string[],
  { output, ...options }: LoadingOptions & { readonly output?: string },
  terminal: Terminal,
): Promise<number> {
  const loaded = await loadOrComplain({ ...options, paths }, terminal)
  if (loaded === undefined) return exitCodes.usage
  const content = declaredIn(loaded.exposedByCode, loaded.workspace.isReported)
  if (content.families.length + content.patterns.length === 0) {
    terminal.stderr.write(`ml-dash-lint: the registry is empty: no code in ${paths.join(', ') || 'this folder'} is seen to expose metrics\n`)
  }
  return (await emit(visibleJson(writeRegistry(content)), output, terminal)) ?? exitCodes.clean
}

/** What is declared in one of the files, each family with all its declarations, and what is switched on in one (`collectDefaultMetrics`). */
function declaredIn({ families, patterns }: RegistryContent, isReported: (path: string) => boolean): RegistryContent {
  const isDeclared = ({ declarations, origin }: Pick<Family, 'declarations' | 'origin'>) => origin.kind === 'catalog'
    ? isReported(origin.evidence.replace(/:\d+$/, ''))
    : declarations.some(({ place }) => isReported(place.source.path))
  return { families: families.filter(isDeclared), patterns: patterns.filter(isDeclared) }
}
