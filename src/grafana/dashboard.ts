import type { DocumentPath, StructuredDocument } from '../text/document.js'
import { isRecord, listOf, recordOf, textOf, valueAt } from '../text/value.js'
import { readAnnotations } from './annotations.js'
import { looksLikeDashboard } from './classification.js'
import { readElements } from './library-panels.js'
import type { Dashboard, DashboardInput } from './model.js'
import { readPanels } from './panels.js'
import { readVariables } from './variables.js'

export { looksLikeDashboard, looksLikeDashboardV2 } from './classification.js'

/**
 * Reads the dashboard at `path` of a document (found by its content where not given). Takes whatever is there:
 * a part of the wrong type is read as absent, for the dashboard's schema reports it.
 */
export function readDashboard(
  document: StructuredDocument,
  path: DocumentPath = looksLikeDashboard(document.value) ?? [],
): Dashboard {
  const model = recordOf(valueAt(document.value, path))
  const uid = document.holder?.uid ?? textOf(model['uid']) ?? resourceName(document.value, path)
  const title = textOf(model['title'])
  const { from, to } = recordOf(model['time'])
  const refresh = textOf(model['refresh'])
  const timezone = textOf(model['timezone'])
  const elements = readElements(model, path)
  const schemaVersion = Number(model['schemaVersion'] ?? NaN)
  return {
    document,
    path,
    ...(uid !== undefined && { uid }),
    ...(title !== undefined && { title }),
    ...(Number.isFinite(schemaVersion) && { schemaVersion }),
    time: { ...(textOf(from) !== undefined && { from: String(from) }), ...(textOf(to) !== undefined && { to: String(to) }) },
    ...(refresh !== undefined && { refresh }),
    ...(timezone !== undefined && { timezone }),
    tags: listOf(model['tags']).filter((tag) => typeof tag === 'string'),
    panels: readPanels(model, path),
    ...(elements.length > 0 && { libraryPanels: elements }),
    variables: readVariables(model, path),
    annotations: readAnnotations(model, path),
    inputs: readInputs(model, path),
  }
}

/** A resource of `dashboard.grafana.app` has its uid as `metadata.name`. */
function resourceName(value: unknown, path: DocumentPath): string | undefined {
  return path[0] === 'spec' ? textOf(recordOf(recordOf(value)['metadata'])['name']) : undefined
}

function readInputs(model: Readonly<Record<string, unknown>>, path: DocumentPath): DashboardInput[] {
  return listOf(model['__inputs']).flatMap((input, index): DashboardInput[] => {
    const name = isRecord(input) ? textOf(input['name']) : undefined
    if (!isRecord(input) || name === undefined) return []
    const type = textOf(input['type'])
    const pluginId = textOf(input['pluginId'])
    return [{ path: [...path, '__inputs', index], name, ...(type !== undefined && { type }), ...(pluginId !== undefined && { pluginId }) }]
  })
}
