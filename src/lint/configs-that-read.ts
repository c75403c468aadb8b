import type { PrometheusConfig, RuleFile } from '../prometheus/model.js'
import { recordOf } from '../text/value.js'
import type { Workspace } from '../workspace/workspace.js'

/** The configurations that name a rule file, where they are all that there is to know of external labels. */
export function configsThatRead({ document: { source: { path } } }: RuleFile, { prometheusConfigs }: Workspace): readonly PrometheusConfig[] {
  const name = path.slice(path.lastIndexOf('/') + 1)
  const reading = prometheusConfigs.filter(({ ruleFiles }) => ruleFiles.some((pattern) => matchesName(pattern.slice(pattern.lastIndexOf('/') + 1), name)))
  // Rules of a server that sends its series elsewhere may run there, with the labels of that place.
  const isDoubtful = ({ document: { value, source: { text } } }: PrometheusConfig) => 'remote_write' in recordOf(value) || 'remote_read' in recordOf(value) || text.includes('{{')
  return reading.some(isDoubtful) ? [] : reading
}

function matchesName(pattern: string, name: string): boolean {
  return new RegExp(`^${pattern.replace(/[\\^$.+()|{}[\]]/g, '\\$&').replaceAll('*', '.*').replaceAll('?', '.')}$`).test(name)
}
