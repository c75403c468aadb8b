import { resolveDatasource, type DatasourceVerdict } from '../datasource-resolution.js'
import type { Dashboard, Datasource } from '../model.js'
import type { AlertQuery } from './model.js'

/** Alert rules have no variables of their own, and no inputs. */
const noDashboard = { variables: [], inputs: [] } as Pick<Dashboard, 'variables' | 'inputs'>

/** Whether a uid is made of environment variables, which Grafana fills in. */
export function isFilledInUid(uid: string): boolean {
  return /\$|\{\{/.test(uid)
}

/**
 * Where a query of an alert goes: to the datasource of that uid (Grafana: pkg/services/ngalert/eval/eval.go,
 * getExprRequest), of which its model tells the type where it is not provisioned here.
 */
export function resolveAlertDatasource({ datasource: { id, type }, isExpression }: AlertQuery, provisioned: readonly Datasource[]): DatasourceVerdict {
  if (isExpression || id === '__ml__') return 'other'
  const found = id === undefined ? undefined : provisioned.find(({ uid, computed }) => uid === id && !computed)
  if (found !== undefined) return resolveDatasource({ type: found.type }, noDashboard, provisioned)
  if (type !== undefined) return resolveDatasource({ type }, noDashboard, provisioned)
  if (id === undefined || isFilledInUid(id)) return 'unknown'
  if (otherDatabases.test(id)) return 'other'
  return resolveDatasource({ id }, noDashboard, provisioned)
}

/** Names of what keeps logs, traces and tables: LogQL often reads as PromQL. */
const otherDatabases = /loki|logs|tempo|jaeger|elastic|opensearch|influx|mysql|postgres|clickhouse|cloudwatch|graphite|sql/i
