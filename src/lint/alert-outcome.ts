import { alertOutcome, type AlertOutcome } from '../contract/alert-outcome.js'
import type { GrafanaAlertQuery, LocatedGrafanaAlert, Query, Workspace } from '../workspace/workspace.js'
import { isWholeTruth } from './explain-labels.js'

/** What becomes of a rule of Grafana's alerting, and the queries that it is made of, by their `refId`. */
export interface KnownOutcome {
  readonly outcome: AlertOutcome
  readonly queries: ReadonlyMap<string, GrafanaAlertQuery>
}

export function isOfGrafana(query: Query): query is GrafanaAlertQuery {
  return query.owner.kind === 'grafana-alert'
}

/**
 * What becomes of the rule that a query belongs to; asked of several of its queries, told of one. `undefined` where that
 * depends on what is measured, on who else exposes the series, or on what is not understood.
 */
export function outcomeOfRule({ owner: { rule, query } }: GrafanaAlertQuery, workspace: Workspace): KnownOutcome | undefined {
  const chain = rule.chain()
  if (rule.condition === undefined || rule.record !== undefined || chain.sources?.[0] !== query) return undefined
  const queries = queriesOf(rule, workspace)
  const used = chain.sources.map(({ refId }) => queries.get(refId)?.parsed)
  if (!used.every((parsed) => parsed?.expr && parsed.errors.length === 0 && isWholeTruth(parsed.expr, workspace))) return undefined
  const outcome = alertOutcome(rule.condition, chain, ({ refId }) => {
    const expr = queries.get(refId)?.parsed.expr
    return expr && workspace.infer(expr)
  })
  return outcome && { outcome, queries }
}

function queriesOf(rule: LocatedGrafanaAlert, workspace: Workspace): ReadonlyMap<string, GrafanaAlertQuery> {
  return new Map(workspace.queriesOfAlert(rule).map((query) => [query.owner.query.refId, query]))
}
