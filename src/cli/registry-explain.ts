import { explain, renderExplanation } from '../registry/explain.js'
import { recordOfPlace } from '../registry/recorded-place.js'
import { usersOf, type MetricUser } from '../workspace/metric-users.js'
import type { LoadingOptions } from '../api/load.js'
import { loadOrComplain } from './load.js'
import { exitCodes, visibleLines, type Terminal } from './terminal.js'

/** `registry explain`: how a metric was found, and who uses it. Exits with 1 where nothing is known of it. */
export async function explainMetric(
  metric: string,
  paths: readonly string[],
  options: LoadingOptions,
  terminal: Terminal,
): Promise<number> {
  const loaded = await loadOrComplain({ ...options, paths }, terminal)
  if (loaded === undefined) return exitCodes.usage
  const explanation = explain(loaded.workspace.registry, metric)
  const { exposedBy, named, patterns } = explanation
  const names = new Set([metric, ...[...exposedBy, ...named].flatMap(({ series }) => series)])
  terminal.stdout.write(visibleLines(renderExplanation(explanation) + renderUsers(usersOf(names, loaded.workspace))))
  return exposedBy.length + named.length + patterns.length > 0 ? exitCodes.clean : exitCodes.findings
}

function renderUsers(users: readonly MetricUser[]): string {
  const sure = users.filter(({ isSure }) => isSure)
  const possible = users.filter(({ isSure }) => !isSure)
  const list = (title: string, some: readonly MetricUser[]) => (some.length === 0 ? '' : `${title}:\n${some.map(userLine).join('')}`)
  return users.length === 0 ? 'Nothing that was read uses it.\n' : list('Used by', sure) + list('Perhaps used by, for a variable is part of the name', possible)
}

function userLine({ name, place }: MetricUser): string {
  const { file, line, column } = recordOfPlace(place)
  return `  ${name} (${file}:${line}:${column})\n`
}
