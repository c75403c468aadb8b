import type { StructuredDocument } from '../text/document.js'
import { partOf } from '../text/embedded.js'
import { isRecord, listOf, recordOf, textOf } from '../text/value.js'

/** A resource of Kubernetes, or of a tool that keeps its own in the same form. */
export interface Resource {
  /** `monitoring.coreos.com`; empty for what Kubernetes itself defines. */
  readonly group: string
  readonly kind: string
  readonly name?: string
  readonly namespace?: string
}

/** What a value is a resource of; `undefined` where it is none. */
export function resourceOf(value: unknown): Resource | undefined {
  if (!isRecord(value)) return undefined
  const { apiVersion, kind } = value
  if (typeof apiVersion !== 'string' || typeof kind !== 'string') return undefined
  const metadata = recordOf(value['metadata'])
  const name = textOf(metadata['name'])
  const namespace = textOf(metadata['namespace'])
  return {
    group: apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.lastIndexOf('/')) : '',
    kind,
    ...(name !== undefined && { name }),
    ...(namespace !== undefined && { namespace }),
  }
}

/** The items of a document that is a list of resources (`List`, `ConfigMapList`), each as a document; else the document itself. */
export function resourcesIn(document: StructuredDocument): StructuredDocument[] {
  const list = resourceOf(document.value)
  if (list === undefined || !list.kind.endsWith('List')) return [document]
  const { items } = recordOf(document.value)
  if (!Array.isArray(items)) return [document]
  return listOf(items).flatMap((_, index) => resourcesIn(partOf(document, ['items', index])))
}
