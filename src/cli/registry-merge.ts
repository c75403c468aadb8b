import { writeRegistry } from '../registry/file.js'
import { mergeRegistries } from '../registry/merge.js'
import type { RegistryContent } from '../registry/types.js'
import { visibleJson } from '../text/visible.js'
import { registryInput } from './input.js'
import { emit } from './output.js'
import { exitCodes, type Terminal } from './terminal.js'

/** `registry merge`: one registry file out of several. */
export async function mergeRegistryFiles(files: readonly string[], { output }: { readonly output?: string }, terminal: Terminal): Promise<number> {
  const contents: RegistryContent[] = []
  for (const file of files) {
    const content = await registryInput(file, terminal)
    if (content === undefined) return exitCodes.usage
    contents.push(content)
  }
  return (await emit(visibleJson(writeRegistry(mergeRegistries(contents))), output, terminal)) ?? exitCodes.clean
}
