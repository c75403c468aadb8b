import type { DocumentPath, StructuredDocument } from '../text/document.js'
import { isRecord, listOf, recordOf, textOf, valueAt } from '../text/value.js'
import { viewOf } from '../text/view.js'
import type { Dashboard, Panel } from './model.js'
import { panelOf } from './panels.js'

type Model = Readonly<Record<string, unknown>>

/**
 * Whether a value is what Grafana's API gives and takes of library panels: one, or
 * its answer with one or with a list. Grafana: docs/sources/developers/http_api/library_element.
 */
export function looksLikeLibraryPanels(value: unknown): boolean {
  return elementsIn(value).length > 0
}

/** The panel that a resource holds, as the API gives it. */
export function asLibraryElement(document: StructuredDocument): StructuredDocument {
  const name = textOf(recordOf(document.value)['title']) ?? document.holder?.name ?? 'without a name'
  return viewOf(document, (builder) => builder.object([], { kind: 1, name, model: document.value }, { name: ['title'], model: [] }))
}

/** The library panels of a document, each as what a dashboard is that has no more than it. */
export function readLibraryPanels(document: StructuredDocument): Dashboard[] {
  return elementsIn(document.value).map((path): Dashboard => {
    const panel = libraryPanel(recordOf(valueAt(document.value, path)), path)
    return {
      document, path, time: {}, tags: [], panels: [], variables: [], annotations: [], inputs: [], libraryPanels: [panel], isLibrary: true,
      ...(panel.title !== undefined && { title: panel.title }),
    }
  })
}

/** The library panels that an export brings along for the dashboard that shows them. */
export function readElements(dashboard: Model, path: DocumentPath): Panel[] {
  return Object.entries(recordOf(dashboard['__elements'])).flatMap(([uid, element]) => (isElement(element) ? [libraryPanel(element, [...path, '__elements', uid])] : []))
}

/** Where in a value library elements stand. */
function elementsIn(value: unknown): DocumentPath[] {
  if (isElement(value)) return [[]]
  const { result } = recordOf(value)
  if (isElement(result)) return [['result']]
  return listOf(recordOf(result)['elements']).flatMap((element, index) => (isElement(element) ? [['result', 'elements', index]] : []))
}

/** Kind 1 is a panel; 2 was a variable. */
function isElement(value: unknown): value is Model {
  if (!isRecord(value) || value['kind'] !== 1 || !isRecord(value['model'])) return false
  return typeof value['model']['type'] === 'string' && (typeof value['uid'] === 'string' || typeof value['name'] === 'string')
}

/** The panel under the name that the library has for it. */
function libraryPanel({ name, model }: Model, path: DocumentPath): Panel {
  const panel = panelOf(recordOf(model), [...path, 'model'], Number.MAX_SAFE_INTEGER)
  const title = textOf(name) ?? panel.title
  return { ...panel, ...(title !== undefined && { title }) }
}
