import type { DocumentPath } from '../text/document.js'
import { isRecord, listOf, recordOf, textOf } from '../text/value.js'
import type { QueryText } from './model.js'

type Model = Readonly<Record<string, unknown>>

/** Panels that show the values themselves in the unit of their fields. */
const valuePanels = new Set(['timeseries', 'stat', 'gauge', 'bargauge', 'table', 'piechart', 'barchart'])

/** Transformations that leave values and the queries they come from as they are. */
const harmless = new Set(['organize', 'merge', 'joinByField', 'seriesToColumns', 'sortBy', 'filterFieldsByName', 'limit', 'labelsToFields'])

/** What a panel shows of a query where that is not its values (Grafana: packages/grafana-data/src/transformations/fieldReducer.ts). */
const otherCalculations = new Set(['count', 'changeCount', 'distinctCount', 'diff', 'diffperc', 'delta', 'range', 'step', 'allIsZero', 'allIsNull', 'allValues', 'uniqueValues'])

/**
 * The unit that each target's values are shown in, by the panel's defaults, its overrides, or the axes of old graphs;
 * nothing where the panel may show something else than the values, or an override may be the target's or another's.
 * Targets that share a unit have the same object.
 */
export function targetUnits(panel: Model, path: DocumentPath): (target: Model) => QueryText | undefined {
  const type = textOf(panel['type']) ?? ''
  const defaults = recordOf(recordOf(panel['fieldConfig'])['defaults'])
  if (type === 'graph') {
    const isOnSecondAxis = listOf(panel['seriesOverrides']).some((one) => isRecord(one) && one['yaxis'] !== undefined)
    const unit = unitAt(recordOf(listOf(panel['yaxes'])[0])['format'], [...path, 'yaxes', 0, 'format'])
    return () => (isOnSecondAxis || panel['percentage'] === true ? undefined : unit)
  }
  if (type === 'singlestat') {
    const unit = unitAt(panel['format'], [...path, 'format'])
    return () => unit
  }
  const transformations = listOf(panel['transformations']).map(recordOf)
  const calculations = listOf(recordOf(recordOf(panel['options'])['reduceOptions'])['calcs'])
  const isOther = !valuePanels.has(type)
    || !transformations.every(({ id }) => typeof id === 'string' && harmless.has(id))
    || calculations.some((name) => typeof name === 'string' && otherCalculations.has(name))
    || recordOf(recordOf(defaults['custom'])['stacking'])['mode'] === 'percent'
  if (isOther) return () => undefined
  const renames = transformations.map(({ options }) => recordOf(recordOf(options)['renameByName']))
  const tables = listOf(panel['targets']).filter((target) => recordOf(target)['format'] === 'table' && recordOf(target)['hide'] !== true)
  const overrides = unitOverrides(panel, path)
  const ofAll = unitAt(defaults['unit'], [...path, 'fieldConfig', 'defaults', 'unit'])
  return (target) => {
    let unit = ofAll
    const names = namesOf(target, tables.length, renames)
    for (const override of overrides) {
      const applies = appliesTo(override.matcher, target, names)
      if (applies === undefined) return undefined
      if (applies) unit = override.unit
    }
    return unit
  }
}

function unitAt(text: unknown, path: DocumentPath): QueryText | undefined {
  return typeof text === 'string' ? { text, path } : undefined
}

interface UnitOverride {
  readonly matcher: Model
  readonly unit: QueryText | undefined
}

function unitOverrides(panel: Model, path: DocumentPath): UnitOverride[] {
  return listOf(recordOf(panel['fieldConfig'])['overrides']).flatMap((override, i) => listOf(recordOf(override)['properties']).flatMap((property, j) => {
    const { id, value } = recordOf(property)
    if (id !== 'unit') return []
    return [{ matcher: recordOf(recordOf(override)['matcher']), unit: unitAt(value, [...path, 'fieldConfig', 'overrides', i, 'properties', j, 'value']) }]
  }))
}

/** What the field of a target's values is called; `undefined` where only the result tells. */
function namesOf(target: Model, tables: number, renames: readonly Model[]): ReadonlySet<string> | undefined {
  const { refId, format, legendFormat } = target
  if (format === 'table') {
    const name = tables > 1 ? `Value #${String(refId)}` : 'Value'
    const names = new Set([name])
    for (const rename of renames) for (const known of [...names]) if (typeof rename[known] === 'string' && rename[known] !== '') names.add(rename[known])
    return names
  }
  return typeof legendFormat === 'string' && legendFormat !== '' && !/\{\{|\$|^__auto$/.test(legendFormat) ? new Set([legendFormat]) : undefined
}

/** Whether an override is for a target's values; `undefined` where nothing tells (Grafana: packages/grafana-data/src/transformations/matchers). */
function appliesTo({ id, options }: Model, { refId }: Model, names: ReadonlySet<string> | undefined): boolean | undefined {
  if (id === 'byFrameRefID') return options === refId
  if (id === 'byType') return options === 'number'
  return id === 'byName' && typeof options === 'string' && names ? names.has(options) : undefined
}
