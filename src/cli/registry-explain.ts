import { explain, renderExplanation } from '../registry/explain.js'
import type { LoadingOptions } from '../api/load.js'
import { loadOrComplain } from './load.js'
import { exitCodes, visibleLines, type Terminal } from './terminal.js'

/** `registry explain`: how a metric was found. Exits with 1 where nothing exposes it. */
export async function explainMetric(
  metric: string,
  paths: readonly string[],
  options: LoadingOptions,
  terminal: Terminal,
): Promise<number> {
  const loaded = await loadOrComplain({ ...options, paths }, terminal)
  if (loaded === undefined) return exitCodes.usage
  const explanation = explain(loaded.workspace.registry, metric)
  terminal.stdout.write(visibleLines(renderExplanation(explanation)))
  return explanation.exposedBy.length + explanation.patterns.length > 0 ? exitCodes.clean : exitCodes.findings
}
