import type { PrometheusConfig, RuleFile } from '../prometheus/model.js'
import { fileName, globMatcher } from '../text/path.js'
import type { Workspace } from '../workspace/workspace.js'

/** The configurations that name a rule file, where they are all that there is to know of external labels. */
export function configsThatRead({ document: { source: { path } } }: RuleFile, { prometheusConfigs }: Workspace): readonly PrometheusConfig[] {
  const name = fileName(path)
  const reading = prometheusConfigs.filter(({ ruleFiles }) => ruleFiles.some((pattern) => globMatcher(fileName(pattern))(name)))
  // Rules of a server that sends its series elsewhere may run there, with the labels of that place.
  const isDoubtful = ({ sharesStore, document: { source: { text } } }: PrometheusConfig) => sharesStore || text.includes('{{')
  return reading.some(isDoubtful) ? [] : reading
}
