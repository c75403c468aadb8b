import { nearestNames } from '../text/nearest-names.js'
import type { Dashboard, Datasource, DatasourceRef } from './model.js'

/** Where a query goes, as far as the files tell. */
export type DatasourceVerdict =
  /** To a datasource that understands PromQL. */
  | 'prometheus'
  /** To one that does not. */
  | 'other'
  /** Nothing tells. */
  | 'unknown'

/** Plugins that take PromQL as Prometheus defines it. VictoriaMetrics' plugin takes MetricsQL and is not one. */
const prometheusPlugins = new Set([
  'prometheus', 'grafana-amazonprometheus-datasource', 'grafana-azureprometheus-datasource',
])

/** Names of datasources that Grafana itself provides. */
const builtInDatasources = new Set(['grafana', '-- Grafana --', '-- Mixed --', '-- Dashboard --', '__expr__', 'default'])

export function isBuiltInDatasource(id: string): boolean {
  return builtInDatasources.has(id)
}

/** The variable or input that a reference such as `$ds` or `${DS_PROMETHEUS}` names; `undefined` for a plain id. */
export function templateOfDatasource(id: string): string | undefined {
  return /^(?:\$(\w+)|\$\{(\w+)(?:[.:][^}]*)?\}|\[\[(\w+)(?::[^\]]*)?\]\])$/.exec(id.trim())?.slice(1).find((name?: string) => name !== undefined)
}

/**
 * Finds where a query goes as Grafana does: the type that the reference tells, the variable or input that it names,
 * the provisioned datasource with this uid or name, the provisioned default where nothing is written
 * (Grafana: public/app/features/plugins/datasource_srv.ts, getInstanceSettings).
 */
export function resolveDatasource(ref: DatasourceRef, dashboard: Pick<Dashboard, 'variables' | 'inputs'>, provisioned: readonly Datasource[]): DatasourceVerdict {
  if (ref.type !== undefined && ref.type !== 'datasource' && !/[$[]/.test(ref.type)) return verdictOnType(ref.type)
  if (ref.id === undefined || ref.id === 'default') {
    const byDefault = provisioned.find((datasource) => datasource.isDefault)
    return byDefault === undefined ? 'unknown' : verdictOnType(byDefault.type)
  }
  if (isBuiltInDatasource(ref.id)) return 'other'
  const template = templateOfDatasource(ref.id)
  if (template !== undefined) {
    const variable = dashboard.variables.find(({ name, type }) => name === template && type === 'datasource')
    if (variable?.datasourceType !== undefined) return verdictOnType(variable.datasourceType)
    const input = dashboard.inputs.find(({ name }) => name === template)
    return input?.pluginId === undefined ? 'unknown' : verdictOnType(input.pluginId)
  }
  const found = findDatasource(ref.id, provisioned)
  if (found !== undefined) return verdictOnType(found.type)
  return /prometheus|thanos|mimir|cortex/i.test(ref.id) ? 'prometheus' : 'unknown'
}

/** The provisioned datasource that an id means: by uid, else by name. */
export function findDatasource<D extends Datasource>(id: string, provisioned: readonly D[]): D | undefined {
  return provisioned.find(({ uid }) => uid === id) ?? provisioned.find(({ name }) => name === id)
}

/**
 * The provisioned datasource that a reference to none probably means, and what tells it: a uid or name like the one
 * that is written, or that it is the only one of the type that the reference asks for. Like is held against like: what
 * stands as a uid against uids first.
 */
export function meantDatasource<D extends Datasource>(
  { type, path }: DatasourceRef, id: string, provisioned: readonly D[],
): { readonly datasource: D; readonly by: 'uid' | 'name' | 'type' } | undefined {
  const isTyped = type !== undefined && !/[$[]/.test(type) && type !== 'datasource'
  const candidates = isTyped ? provisioned.filter((datasource) => datasource.type === type) : provisioned
  for (const by of path?.at(-1) === 'uid' ? ['uid', 'name'] as const : ['name', 'uid'] as const) {
    const [near] = nearestNames(id, candidates.map((datasource) => datasource[by]), 1)
    const datasource = candidates.find((one) => one[by] === near) ?? only(candidates.filter((one) => isShortFor(id, one[by])))
    if (datasource) return { datasource, by }
  }
  const single = isTyped ? only(candidates) : undefined
  return single && { datasource: single, by: 'type' }
}

/** `prom` for `prometheus`, `Prometheus` for `prometheus-main`. */
function isShortFor(id: string, other: string): boolean {
  const [short, long] = [id.toLowerCase(), other.toLowerCase()].sort((a, b) => a.length - b.length) as [string, string]
  return short.length >= 3 && long.startsWith(short)
}

function only<T>(list: readonly T[]): T | undefined {
  return list.length === 1 ? list[0] : undefined
}

function verdictOnType(type: string): DatasourceVerdict {
  return prometheusPlugins.has(type) ? 'prometheus' : 'other'
}
