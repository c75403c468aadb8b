import { ruleLanguage } from '../prometheus/logql.js'
import { isMetricsql } from '../prometheus/vmalert.js'
import type { Query, Workspace } from '../workspace/workspace.js'

/** What no language of this family takes. */
const brokenAnywhere = /^(?:unclosed |unterminated |unexpected end |unexpected right )/

/**
 * The other language that a query is in which is no PromQL; `undefined` where it is plainly broken. Where VictoriaMetrics
 * runs, Grafana's Prometheus plugin asks it too, and it has more functions and shorter forms.
 */
export function otherLanguage({ text, parsed: { errors } }: Query, workspace: Workspace): 'logql' | 'metricsql' | undefined {
  const [error] = errors
  if (error === undefined) return undefined
  const isBroken = brokenAnywhere.test(error.message) || (error.message.startsWith('unknown function') && !isMetricsql(text))
  if (!isBroken && runsVictoriaMetrics(workspace)) return 'metricsql'
  return ruleLanguage([text]) === 'logql' ? 'logql' : undefined
}

/** Whether VictoriaMetrics runs: something shows it, or its operator gets rules to evaluate. */
function runsVictoriaMetrics({ activeCatalogs, ruleGroups }: Workspace): boolean {
  return activeCatalogs.has('victoria-metrics') || ruleGroups.some(({ file }) => file.document.holder?.kind === 'VMRule')
}
