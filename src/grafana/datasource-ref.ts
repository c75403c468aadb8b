import type { DocumentPath } from '../text/document.js'
import { isRecord, textOf } from '../text/value.js'
import type { DatasourceRef } from './model.js'

/**
 * Reads what an object says of its datasource under the key `datasource`: `{ type, uid }`, or the string of
 * dashboards before schema version 33. `undefined` where it says nothing.
 */
export function readDatasourceRef(owner: Readonly<Record<string, unknown>>, ownerPath: DocumentPath): DatasourceRef | undefined {
  const written = owner['datasource']
  const path = [...ownerPath, 'datasource']
  const name = textOf(written)
  if (name !== undefined) return { id: name, path }
  if (!isRecord(written)) return undefined
  const id = textOf(written['uid'])
  const type = textOf(written['type'])
  if (id === undefined && type === undefined) return undefined
  return { ...(id !== undefined && { id, path: [...path, 'uid'] }), ...(type !== undefined && { type }) }
}

/** The reference as something else inherits it: the same datasource, written elsewhere. */
export function inherited(ref: DatasourceRef): DatasourceRef {
  return { ...(ref.id !== undefined && { id: ref.id }), ...(ref.type !== undefined && { type: ref.type }) }
}
