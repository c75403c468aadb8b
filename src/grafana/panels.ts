import type { DocumentPath } from '../text/document.js'
import { isRecord, listOf, recordOf, textOf } from '../text/value.js'
import { readAlertNames } from './alert-names.js'
import { inherited, readDatasourceRef } from './datasource-ref.js'
import type { DatasourceRef, Panel, QueryText, Target } from './model.js'

type PanelModel = Readonly<Record<string, unknown>>

interface Row {
  readonly title?: string | undefined
  readonly repeat?: string | undefined
}

/**
 * Every panel of a dashboard in the order of the file: `panels`, those that a collapsed row holds, and the panels of
 * `rows` (before schema version 16). Rows themselves come as panels of type `row`.
 */
export function readPanels(dashboard: PanelModel, path: DocumentPath): Panel[] {
  const panels = listOf(dashboard['panels'])
  const rowOf = rowsByPosition(panels)
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

function readRowPanels(row: PanelModel, path: DocumentPath): Panel[] {
  return listOf(row['panels']).flatMap((panel, index) =>
    isRecord(panel) ? [readPanel(panel, [...path, 'panels', index], readRow(row))] : [],
  )
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

function readPanel(panel: PanelModel, path: DocumentPath, row: Row = {}): Panel {
  const datasource = readDatasourceRef(panel, path) ?? {}
  const title = textOf(panel['title'])
  const repeat = textOf(panel['repeat']) ?? row.repeat
  const library = panel['libraryPanel']
  return {
    path,
    type: textOf(panel['type']) ?? '',
    ...(typeof panel['id'] === 'number' && { id: panel['id'] }),
    ...(title !== undefined && { title }),
    ...(row.title !== undefined && { row: row.title }),
    datasource,
    targets: readTargets(panel, path, datasource),
    ...(isRecord(library) && { libraryPanel: readLibraryPanel(library) }),
    ...(repeat !== undefined && { repeat }),
    alertNames: readAlertNames(panel, path),
  }
}

function readLibraryPanel(library: PanelModel): NonNullable<Panel['libraryPanel']> {
  const uid = textOf(library['uid'])
  const name = textOf(library['name'])
  return { ...(uid !== undefined && { uid }), ...(name !== undefined && { name }) }
}

function readTargets(panel: PanelModel, panelPath: DocumentPath, datasource: DatasourceRef): Target[] {
  // In a panel of many datasources a target without its own goes to the default one.
  const fallback = datasource.id === '-- Mixed --' ? {} : inherited(datasource)
  return listOf(panel['targets']).flatMap((target, index): Target[] => {
    if (!isRecord(target)) return []
    const path = [...panelPath, 'targets', index]
    const refId = textOf(target['refId'])
    const expr = queryText(target, 'expr', path)
    const legendFormat = queryText(target, 'legendFormat', path)
    return [{
      path,
      ...(refId !== undefined && { refId }),
      datasource: readDatasourceRef(target, path) ?? fallback,
      ...(expr && { expr }),
      ...(legendFormat && { legendFormat }),
      hidden: target['hide'] === true,
    }]
  })
}

function queryText(owner: PanelModel, key: string, path: DocumentPath): QueryText | undefined {
  const text = owner[key]
  return typeof text === 'string' ? { text, path: [...path, key] } : undefined
}
