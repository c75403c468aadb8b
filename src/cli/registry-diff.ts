import { diffRegistries, isBreaking } from '../registry/diff.js'
import { diffJson, renderDiff } from '../registry/render-diff.js'
import { visibleJson } from '../text/visible.js'
import { registryInput, usageInput } from './input.js'
import { emit } from './output.js'
import { exitCodes, visibleLines, type Terminal } from './terminal.js'

/** `registry diff`: what changed between two registry files, and whether that can break a query. */
export async function diffRegistryFiles(
  before: string,
  after: string,
  { usage: usageFiles = [], format, output }: { readonly usage?: readonly string[]; readonly format: string; readonly output?: string },
  terminal: Terminal,
): Promise<number> {
  const old = await registryInput(before, terminal)
  const now = await registryInput(after, terminal)
  const usage = await usageInput(usageFiles, terminal)
  if (old === undefined || now === undefined || usage === undefined) return exitCodes.usage
  const diff = diffRegistries(old, now, usageFiles.length > 0 ? usage : undefined)
  const text = format === 'json' ? visibleJson(`${JSON.stringify(diffJson(diff), null, 2)}\n`) : visibleLines(renderDiff(diff))
  return (await emit(text, output, terminal)) ?? (isBreaking(diff) ? exitCodes.findings : exitCodes.clean)
}
