import type { DocumentPath } from '../text/document.js'
import { isRecord, listOf, recordOf } from '../text/value.js'

/**
 * The way to the Grafana dashboard in a JSON value: `[]` for the dashboard itself, `['dashboard']` where it is wrapped
 * as in Grafana's HTTP API, `['spec']` in a Kubernetes-style resource (`dashboard.grafana.app/v1…`); `undefined`
 * where the content is something else. Dashboards of schema v2 are something else: see `looksLikeDashboardV2`.
 */
export function looksLikeDashboard(value: unknown): DocumentPath | undefined {
  if (!isRecord(value)) return undefined
  if (isDashboardResource(value)) return isV2Spec(value['spec']) ? undefined : ['spec']
  if (isClassicDashboard(value)) return []
  return isClassicDashboard(value['dashboard']) ? ['dashboard'] : undefined
}

/** Whether this way leads to a dashboard that is wrapped as in Grafana's HTTP API. */
export function isWrapped(path: DocumentPath): boolean {
  return path.length === 1 && path[0] === 'dashboard'
}

/** Whether a value is a dashboard of Grafana's schema v2: the resource, its bare spec, or wrapped in `dashboard`. */
export function looksLikeDashboardV2(value: unknown): boolean {
  if (!isRecord(value)) return false
  if (isDashboardResource(value)) return isV2Spec(value['spec'])
  return isV2Spec(value) || isV2Spec(value['dashboard'])
}

function isDashboardResource(value: Readonly<Record<string, unknown>>): boolean {
  const { apiVersion, kind, spec } = value
  return typeof apiVersion === 'string' && apiVersion.startsWith('dashboard.grafana.app/') && kind === 'Dashboard' && isRecord(spec)
}

function isV2Spec(value: unknown): boolean {
  return isRecord(value) && isRecord(value['elements']) && isRecord(value['layout']) && typeof value['layout']['kind'] === 'string'
}

/**
 * Keys of a dashboard with the shapes they have there. None is required by Grafana, and each alone is found in other
 * JSON too, so three of them have to come together: these, a title, a uid, and panels of whatever shape.
 */
const marks: Readonly<Record<string, (value: unknown) => boolean>> = {
  schemaVersion: (value) => Number.isInteger(Number(value)) && value !== '' && value !== null,
  panels: (value) => listOf(value).some(looksLikePanel),
  rows: (value) => listOf(value).some((row) => listOf(recordOf(row)['panels']).some(looksLikePanel)),
  templating: (value) => isRecord(value) && (Array.isArray(value['list']) || Object.keys(value).length === 0),
  annotations: (value) => isRecord(value) && Array.isArray(value['list']),
  time: (value) => isRecord(value) && 'from' in value && 'to' in value,
  timepicker: isRecord,
  graphTooltip: (value) => typeof value === 'number',
  fiscalYearStartMonth: (value) => typeof value === 'number',
  gnetId: (value) => value === null || typeof value === 'number' || typeof value === 'string',
  __inputs: Array.isArray,
  __requires: Array.isArray,
  liveNow: (value) => typeof value === 'boolean',
  editable: (value) => typeof value === 'boolean',
  tags: (value) => Array.isArray(value) && value.every((tag) => typeof tag === 'string'),
}

function isClassicDashboard(value: unknown): boolean {
  if (!isRecord(value)) return false
  // A panel or a row by itself: a library panel, or copied out of a dashboard.
  if (typeof value['type'] === 'string' && 'gridPos' in value) return false
  const found = Object.entries(marks).filter(([key, fits]) => Object.hasOwn(value, key) && fits(value[key])).length
  const hasContent = 'panels' in value || 'rows' in value
  const names = ['title', 'uid'].filter((key) => typeof value[key] === 'string').length
  return found + names + (hasContent ? 1 : 0) >= 3 && (hasContent || found >= 2)
}

/** What panels of every schema version have, and list items of other tools have not all at once. */
function looksLikePanel(value: unknown): boolean {
  if (!isRecord(value) || (typeof value['type'] !== 'string' && !isRecord(value['libraryPanel']))) return false
  const keys = ['gridPos', 'targets', 'fieldConfig', 'span', 'datasource', 'libraryPanel', 'options', 'pluginVersion']
  return keys.some((key) => key in value)
}
