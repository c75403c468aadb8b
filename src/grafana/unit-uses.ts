import type { DocumentPath } from '../text/document.js'
import { isRecord, listOf, recordOf, textOf, valueAt } from '../text/value.js'
import type { Dashboard, QueryText } from './model.js'

type Model = Readonly<Record<string, unknown>>

/** Every unit that a panel of a dashboard names: for all fields, in overrides, and on the axes and in the columns of old panels. */
export function unitUses({ document, panels }: Dashboard): QueryText[] {
  const uses: QueryText[] = []
  function unit(owner: Model, at: DocumentPath, key: string): void {
    const text = textOf(owner[key])
    if (text !== undefined) uses.push({ text, path: [...at, key] })
  }
  function each(value: unknown, at: DocumentPath, visit: (item: Model, at: DocumentPath) => void): void {
    for (const [index, item] of listOf(value).entries()) if (isRecord(item)) visit(item, [...at, index])
  }
  for (const { path: at, type } of panels) {
    const panel = recordOf(valueAt(document.value, at))
    const config = recordOf(panel['fieldConfig'])
    unit(recordOf(config['defaults']), [...at, 'fieldConfig', 'defaults'], 'unit')
    each(config['overrides'], [...at, 'fieldConfig', 'overrides'], (override, overridePath) => {
      each(override['properties'], [...overridePath, 'properties'], (property, propertyPath) => {
        if (property['id'] === 'unit') unit(property, propertyPath, 'value')
      })
    })
    if (type === 'graph') each(panel['yaxes'], [...at, 'yaxes'], (axis, axisPath) => unit(axis, axisPath, 'format'))
    if (type === 'singlestat') unit(panel, at, 'format')
  }
  return uses
}
