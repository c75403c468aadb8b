import { ownFamilies } from '../contract/unknown-metric.js'
import { checkUsage, renderUsageFindings, usageFindingsJson } from '../registry/check-usage.js'
import { visibleJson } from '../text/visible.js'
import { usageInput } from './input.js'
import type { LoadingOptions } from '../api/load.js'
import { loadOrComplain } from './load.js'
import { emit } from './output.js'
import { exitCodes, visibleLines, type Terminal } from './terminal.js'

/** `registry check`: whether the code at hand still gives what the consumers of other repositories need. */
export async function checkUsageFiles(
  paths: readonly string[],
  options: { readonly usage: readonly string[]; readonly format: string; readonly output?: string } & LoadingOptions,
  terminal: Terminal,
): Promise<number> {
  const usage = await usageInput(options.usage, terminal)
  const loaded = usage && (await loadOrComplain({ ...options, paths }, terminal))
  if (usage === undefined || loaded === undefined) return exitCodes.usage
  const { registry, targetLabels } = loaded.workspace
  // Consumers read series of many producers: this repository answers for those that are named like its own.
  const owns = (series: string) => registry.familyOfSeries(series).length > 0 || ownFamilies(series, registry) > 0
  const findings = checkUsage(registry, usage, { owns, targetLabels: targetLabels.names })
  const text = options.format === 'json' ? visibleJson(`${JSON.stringify(usageFindingsJson(findings), null, 2)}\n`) : visibleLines(renderUsageFindings(findings))
  return (await emit(text, options.output, terminal)) ?? (findings.length > 0 ? exitCodes.findings : exitCodes.clean)
}
