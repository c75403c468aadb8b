import type { DocumentPath } from '../text/document.js'
import type { Dashboard, Panel } from './model.js'

/** Where in a dashboard a path leads, for people: `panel "Total Cost" in dashboard "Costs"`. */
export function describePath(dashboard: Dashboard, path: DocumentPath): string {
  const whole = `dashboard ${quoted(dashboard.title) ?? 'without a title'}`
  const leadsInto = (part: { readonly path: DocumentPath }) => part.path.every((key, i) => path[i] === key)
  // Panels of a collapsed row lie inside the row: the innermost is meant.
  const library = dashboard.libraryPanels?.find(leadsInto)
  if (library) return `library panel ${quoted(library.title) ?? 'without a name'}${dashboard.isLibrary ? '' : ` in ${whole}`}`
  const panel = dashboard.panels.filter(leadsInto).sort((a, b) => b.path.length - a.path.length)[0]
  if (panel) return `${describePanel(panel)} in ${whole}`
  const variable = dashboard.variables.find(leadsInto)
  if (variable) return `variable "${variable.name}" in ${whole}`
  const annotation = dashboard.annotations.find(leadsInto)
  if (annotation) return `annotation ${quoted(annotation.name) ?? 'without a name'} in ${whole}`
  return whole
}

/** A panel, for people: `panel "Total Cost"`, `row 7`. */
export function describePanel(panel: Panel): string {
  return `${kindOfPanel(panel)} ${quoted(panel.title) ?? (panel.id === undefined ? 'without a title' : panel.id)}`
}

export function kindOfPanel({ type }: Panel): 'row' | 'panel' {
  return type === 'row' ? 'row' : 'panel'
}

function quoted(name: string | undefined): string | undefined {
  return name === undefined || name === '' ? undefined : `"${name}"`
}
