import type { DocumentPath, StructuredDocument } from '../text/document.js'
import { isRecord, listOf, recordOf, textOf, valueAt } from '../text/value.js'

/** What a layout of schema v2 shows. */
export interface LayoutElements {
  /** The elements that it names, in the order of the file, with the place of each name. */
  readonly named: readonly { readonly name: string; readonly path: DocumentPath }[]
  /** The elements that there are, with the place of each. */
  readonly defined: ReadonlyMap<string, DocumentPath>
  /** Whether some part of the layout is of a kind that is not known, and may show more. */
  readonly isOpen: boolean
}

/** By the kind of a layout, the key of its `spec` that holds what it is made of. Grafana: apps/dashboard/kinds/v2*, LayoutKind. */
const partsOf: Readonly<Record<string, string>> = {
  GridLayout: 'items', AutoGridLayout: 'items', ResponsiveGridLayout: 'items', RowsLayout: 'rows', TabsLayout: 'tabs',
}

/**
 * What the layout of a dashboard names and what there is, by the paths of the classic view of it (dashboard-v2.ts); `undefined`
 * where it is of another schema, or a template makes up names. An item stands for one element; rows and tabs hold
 * layouts, and rows of `v2alpha1` items (Grafana: dashboard-scene/serialization/layoutSerializers).
 */
export function layoutElements({ document, path }: { readonly document: StructuredDocument; readonly path: DocumentPath }): LayoutElements | undefined {
  const { layout, elementNames } = recordOf(valueAt(document.value, path))
  if (document.template !== undefined || !isRecord(layout) || !isRecord(elementNames)) return undefined
  const named: { name: string; path: DocumentPath }[] = []
  let isOpen = false
  const visitItem = (item: unknown, at: DocumentPath): void => {
    const spec = recordOf(recordOf(item)['spec'])
    const name = textOf(recordOf(spec['element'])['name'])
    if (name !== undefined) named.push({ name, path: [...at, 'spec', 'element', 'name'] })
    listOf(spec['elements']).forEach((inner, index) => { visitItem(inner, [...at, 'spec', 'elements', index]) })
  }
  const visitLayout = (value: unknown, at: DocumentPath): void => {
    const { kind, spec } = recordOf(value)
    const key = Object.hasOwn(partsOf, String(kind)) ? partsOf[String(kind)]! : undefined
    if (key === undefined) isOpen = true
    else listOf(recordOf(spec)[key]).forEach((part, index) => {
      const partAt = [...at, 'spec', key, index]
      if (key === 'items') visitItem(part, partAt)
      else visitLayout(recordOf(recordOf(part)['spec'])['layout'], [...partAt, 'spec', 'layout'])
    })
  }
  visitLayout(layout, [...path, 'layout'])
  const names = Object.keys(elementNames)
  if ([...names, ...named.map(({ name }) => name)].some((name) => /\$\{|\{\{|<%/.test(name))) return undefined
  return { named, defined: new Map(names.map((name) => [name, [...path, 'elementNames', name]])), isOpen }
}
