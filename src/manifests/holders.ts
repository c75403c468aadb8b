import type { DocumentPath, Holder, StructuredDocument } from '../text/document.js'
import { partOf } from '../text/embedded.js'
import { recordOf } from '../text/value.js'
import { resourceOf } from './resource.js'

/** What a resource holds of what Prometheus or Grafana read. */
export interface Held {
  readonly holder: Holder
  /** Parts of the resource that are such a document themselves. */
  readonly documents: readonly StructuredDocument[]
  /** Strings of the resource that are whole files. */
  readonly files: readonly HeldFile[]
}

export interface HeldFile {
  /** The name that the file has where it is mounted; its extension tells JSON from YAML, where it has one. */
  readonly name: string
  readonly path: DocumentPath
  readonly text: string
}

type Finder = (document: StructuredDocument) => Partial<Omit<Held, 'holder'>>

/**
 * By group and kind, how what a resource holds is found. Kubernetes: core/v1 ConfigMap; prometheus-operator:
 * pkg/apis/monitoring/v1 (PrometheusRuleSpec); grafana-operator: api/v1beta1.
 */
const finders: Readonly<Record<string, Finder>> = {
  '/ConfigMap': filesUnder('data'),
  'monitoring.coreos.com/PrometheusRule': specIn,
  'grafana.integreatly.org/GrafanaAlertRuleGroup': specIn,
  'grafana.integreatly.org/GrafanaContactPoint': specIn,
  'grafana.integreatly.org/GrafanaMuteTiming': specIn,
  'grafana.integreatly.org/GrafanaNotificationPolicy': specIn,
  'grafana.integreatly.org/GrafanaNotificationTemplate': specIn,
}

/** What a resource holds; `undefined` where the value is no resource, or one that holds nothing of interest. */
export function heldIn(document: StructuredDocument): Held | undefined {
  const resource = resourceOf(document.value)
  if (resource === undefined) return undefined
  const { group, ...holder } = resource
  const find = finders[`${group}/${resource.kind}`]
  return find && { holder, documents: [], files: [], ...find(document) }
}

/** Whether a text may be a manifest with a resource that holds something, by signs in it. */
export function mayHold(text: string): boolean {
  return signs.test(text)
}

const kinds = [...new Set(Object.keys(finders).map((key) => key.slice(key.indexOf('/') + 1)))]
const signs = new RegExp(`\\bkind["']?[ \\t]*:[ \\t]*["']?(?:${kinds.join('|')}|\\w*List)\\b`)

/** The `spec` is the document. */
function specIn(document: StructuredDocument): ReturnType<Finder> {
  return { documents: [partOf(document, ['spec'])] }
}

/** Each string under a key is a file. */
function filesUnder(key: string): Finder {
  return (document) => ({
    files: Object.entries(recordOf(recordOf(document.value)[key])).flatMap(([name, text]) =>
      typeof text === 'string' ? [{ name, text, path: [key, name] }] : []),
  })
}
