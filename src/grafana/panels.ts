import type { DocumentPath } from '../text/document.js'
import { isRecord, listOf, recordOf, textOf } from '../text/value.js'
import { readAlertNames } from './alert-names.js'
import { inherited, readDatasourceRef } from './datasource-ref.js'
import { readFieldNames } from './field-names.js'
import type { DatasourceRef, GridPos, Panel, QueryText, Target } from './model.js'
import { targetUnits } from './target-units.js'

type PanelModel = Readonly<Record<string, unknown>>

interface Row {
  readonly title?: string | undefined
  readonly repeat?: string | undefined
}

/**
 * Every panel of a dashboard in the order of the file: `panels`, those that a collapsed row holds, and the panels of
 * `rows` (before schema version 16). Rows themselves come as panels of type `row`. Copies that repeating made and that were
 * saved with the dashboard are left out: Grafana throws them away and makes them anew.
 */
export function readPanels(dashboard: PanelModel, path: DocumentPath): Panel[] {
  const panels = listOf(dashboard['panels']).map((panel) => (isRecord(panel) && isCopy(panel) ? undefined : panel))
  const rowOf = rowsByPosition(panels)
  const schemaVersion = Number(dashboard['schemaVersion'] ?? 0)
  const readPanel = (panel: PanelModel, at: DocumentPath, row?: Row) => panelOf(panel, at, schemaVersion, row)
  const readRowPanels = (row: PanelModel, at: DocumentPath) =>
    listOf(row['panels']).flatMap((panel, index) => (isRecord(panel) && !isCopy(panel) ? [readPanel(panel, [...at, 'panels', index], readRow(row))] : []))
  const current = panels.flatMap((panel, index) => {
    const at = [...path, 'panels', index]
    if (!isRecord(panel)) return []
    if (panel['type'] !== 'row') return [readPanel(panel, at, rowOf.get(panel))]
    return [readPanel(panel, at), ...readRowPanels(panel, at)]
  })
  const old = listOf(dashboard['rows']).flatMap((row, index) => {
    const at = [...path, 'rows', index]
    return isRecord(row) ? [readPanel({ ...row, type: 'row' }, at), ...readRowPanels(row, at)] : []
  })
  return [...current, ...old]
}

/** Grafana: public/app/features/dashboard/state/DashboardModel.ts, cleanUpRepeats. */
function isCopy({ repeat, repeatedByRow, repeatPanelId }: PanelModel): boolean {
  return typeof repeatPanelId === 'number' && (!repeat || repeatedByRow === true)
}

function readRow(row: PanelModel): Row {
  return { title: textOf(row['title']), repeat: textOf(row['repeat']) }
}

/**
 * The open row above each panel. Grafana sorts the panels by their place on the grid first, whatever their order in
 * the file (DashboardModel.sortPanelsByGridPos).
 */
function rowsByPosition(panels: readonly unknown[]): ReadonlyMap<unknown, Row> {
  const placed = panels.filter(isRecord)
  const position = (panel: PanelModel, axis: 'x' | 'y') => Number(recordOf(panel['gridPos'])[axis] ?? NaN)
  const everyPlaced = placed.every((panel) => Number.isFinite(position(panel, 'y')))
  const ordered = everyPlaced
    ? placed.toSorted((a, b) => position(a, 'y') - position(b, 'y') || (position(a, 'x') || 0) - (position(b, 'x') || 0))
    : placed
  const rows = new Map<unknown, Row>()
  let row: Row | undefined
  for (const panel of ordered) {
    if (panel['type'] === 'row') row = panel['collapsed'] === true ? undefined : readRow(panel)
    else if (row) rows.set(panel, row)
  }
  return rows
}

/** The panel that a model describes. */
export function panelOf(panel: PanelModel, path: DocumentPath, schemaVersion: number, row: Row = {}): Panel {
  const datasource = readDatasourceRef(panel, path) ?? {}
  const title = textOf(panel['title'])
  const repeat = textOf(panel['repeat']) ?? row.repeat
  const library = panel['libraryPanel']
  const gridPos = readGridPos(panel)
  return {
    path,
    type: textOf(panel['type']) ?? '',
    ...(typeof panel['id'] === 'number' && { id: panel['id'] }),
    ...(title !== undefined && { title }),
    ...(gridPos && { gridPos }),
    ...(row.title !== undefined && { row: row.title }),
    datasource,
    targets: readTargets(panel, path, datasource, schemaVersion),
    ...(isRecord(library) && { libraryPanel: readLibraryPanel(library) }),
    ...(!Array.isArray(panel['targets'] ?? []) && { hasUnreadTargets: true as const }),
    ...(listOf(panel['snapshotData']).length > 0 && { isSnapshot: true as const }),
    ...(repeat !== undefined && { repeat }),
    alertNames: readAlertNames(panel, path),
    fieldNames: readFieldNames(panel, path),
  }
}

function readGridPos(panel: PanelModel): GridPos | undefined {
  const { x, y, w, h } = recordOf(panel['gridPos'])
  const isWhole = typeof x === 'number' && typeof y === 'number' && typeof w === 'number' && typeof h === 'number'
  return isWhole ? { x, y, w, h } : undefined
}

function readLibraryPanel(library: PanelModel): NonNullable<Panel['libraryPanel']> {
  const uid = textOf(library['uid'])
  const name = textOf(library['name'])
  return { ...(uid !== undefined && { uid }), ...(name !== undefined && { name }) }
}

function readTargets(panel: PanelModel, panelPath: DocumentPath, datasource: DatasourceRef, schemaVersion: number): Target[] {
  const targets = listOf(panel['targets']).flatMap((target, index): { target: PanelModel; path: DocumentPath; own?: DatasourceRef }[] => {
    if (!isRecord(target)) return []
    const path = [...panelPath, 'targets', index]
    const own = readDatasourceRef(target, path)
    return [{ target, path, ...(own && { own }) }]
  })
  const unitOf = targetUnits(panel, panelPath)
  const datasourceOf = targetDatasources(datasource, targets.flatMap(({ own }) => own ?? []), schemaVersion)
  return targets.map(({ target, path, own }): Target => {
    const refId = textOf(target['refId'])
    const expr = queryText(target, 'expr', path)
    const legendFormat = queryText(target, 'legendFormat', path)
    const format = textOf(target['format'])
    const unit = unitOf(target)
    return {
      path,
      ...(refId !== undefined && { refId }),
      datasource: datasourceOf(own),
      ...(expr && { expr }),
      ...(legendFormat && { legendFormat }),
      ...(format !== undefined && { format }),
      ...(unit && { unit }),
      ...(typeof target['panelId'] === 'number' && { panelId: target['panelId'] }),
      ...(target['instant'] === true && target['range'] !== true && { instant: true as const }),
      hidden: target['hide'] === true,
    }
  })
}

/**
 * Where the targets of a panel go. Grafana sends all of them to the panel's datasource, whatever they name themselves,
 * unless the panel is mixed or the target is an expression (grafana/scenes: SceneQueryRunner, prepareRequests; before
 * that PanelQueryRunner.run). A panel that names none takes the first target's (findFirstDatasource); up to schema
 * version 36 the last one's (DashboardMigrator: panelDataSourceWasDefault).
 */
function targetDatasources(panel: DatasourceRef, own: readonly DatasourceRef[], schemaVersion: number): (own?: DatasourceRef) => DatasourceRef {
  // In a panel of many datasources a target without its own goes to the default one.
  if (panel.id === '-- Mixed --') return (target) => target ?? {}
  const isExpression = ({ id, type }: DatasourceRef) => type === '__expr__' || id === '__expr__'
  const queries = own.filter((ref) => !isExpression(ref))
  const first = panel.id === undefined ? (schemaVersion < 36 ? queries.at(-1) : queries[0]) : undefined
  const shared = inherited(panel.id === undefined ? { ...panel, ...first } : panel)
  return (target) => (target !== undefined && (target === first || isExpression(target)) ? target : shared)
}

function queryText(owner: PanelModel, key: string, path: DocumentPath): QueryText | undefined {
  const text = owner[key]
  return typeof text === 'string' ? { text, path: [...path, key] } : undefined
}
