import { gunzipSync } from 'node:zlib'
import type { DocumentPath, Holder, StructuredDocument } from '../text/document.js'
import { partOf, wrappedIn } from '../text/embedded.js'
import { listOf, recordOf, textOf, valueAt } from '../text/value.js'
import { heldByValues } from './helm-values.js'
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
  /** Whether the string at `path` is another one, of which `text` was decoded. */
  readonly isEncoded?: true
  /** What it is, where that is known: values for a chart of Helm, a panel by itself. */
  readonly is?: 'values' | 'library-panel'
}

type Finder = (document: StructuredDocument) => Partial<Omit<Held, 'holder'>> & { readonly uid?: string }

/**
 * By group and kind, how what a resource holds is found. Kubernetes: core/v1 ConfigMap; prometheus-operator:
 * pkg/apis/monitoring/v1 (PrometheusRuleSpec); VictoriaMetrics operator: api/operator/v1beta1 (VMRuleSpec);
 * grafana-operator: api/v1beta1 (GrafanaDashboardSpec, GrafanaLibraryPanelSpec, GrafanaDatasourceSpec and those of alerting), and v4's `integreatly.org/v1alpha1`;
 * Flux: helm-controller, api/v2 (HelmReleaseSpec); Argo CD: pkg/apis/application/v1alpha1 (ApplicationSourceHelm).
 */
const finders: Readonly<Record<string, Finder>> = {
  '/ConfigMap': filesUnder('data'),
  'monitoring.coreos.com/PrometheusRule': specIn,
  'operator.victoriametrics.com/VMRule': specIn,
  'grafana.integreatly.org/GrafanaDashboard': grafanaDashboard,
  'integreatly.org/GrafanaDashboard': grafanaDashboard,
  'grafana.integreatly.org/GrafanaLibraryPanel': (document) => ({ files: (grafanaDashboard(document).files ?? []).map((file) => ({ ...file, is: 'library-panel' })) }),
  'grafana.integreatly.org/GrafanaManifest': (document) => ({ documents: [partOf(document, ['spec', 'template'])] }),
  'grafana.integreatly.org/GrafanaDatasource': grafanaDatasource,
  'grafana.integreatly.org/GrafanaAlertRuleGroup': specIn,
  'grafana.integreatly.org/GrafanaContactPoint': specIn,
  'grafana.integreatly.org/GrafanaMuteTiming': specIn,
  'grafana.integreatly.org/GrafanaNotificationPolicy': specIn,
  'grafana.integreatly.org/GrafanaNotificationTemplate': specIn,
  'helm.toolkit.fluxcd.io/HelmRelease': (document) => heldByValues(document, ['spec', 'values']),
  'argoproj.io/Application': (document) => valuesOfSources(document, ['spec']),
  'argoproj.io/ApplicationSet': (document) => valuesOfSources(document, ['spec', 'template', 'spec']),
}

/** What a resource holds; `undefined` where the value is no resource, or one that holds nothing of interest. */
export function heldIn(document: StructuredDocument): Held | undefined {
  const resource = resourceOf(document.value)
  if (resource === undefined) return undefined
  const { group, ...holder } = resource
  const find = finders[`${group}/${resource.kind}`]
  if (find === undefined) return undefined
  const { documents = [], files = [], uid } = find(document)
  return { holder: { ...holder, ...(uid !== undefined && { uid }) }, documents, files }
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

/** `json`, or `gzipJson` in base64; what is behind `url`, `grafanaCom` and `jsonnet` is not at hand, and a ConfigMap is read by itself. */
function grafanaDashboard(document: StructuredDocument): ReturnType<Finder> {
  const spec = recordOf(recordOf(document.value)['spec'])
  const uid = textOf(spec['uid'])
  const { json, gzipJson } = spec
  const packed = typeof gzipJson === 'string' ? unpacked(gzipJson) : undefined
  return {
    ...(uid !== undefined && { uid }),
    files: [
      ...(typeof json === 'string' ? [{ name: 'dashboard.json', text: json, path: ['spec', 'json'] }] : []),
      ...(packed === undefined ? [] : [{ name: 'dashboard.json', text: packed, path: ['spec', 'gzipJson'], isEncoded: true as const }]),
    ],
  }
}

/** The `uid` of the resource wins over that of the datasource in it (api/v1beta1/grafanadatasource_types.go). */
function grafanaDatasource(document: StructuredDocument): ReturnType<Finder> {
  const uid = textOf(recordOf(recordOf(document.value)['spec'])['uid'])
  return { ...(uid !== undefined && { uid }), documents: [wrappedIn(partOf(document, ['spec', 'datasource']), ['datasources', 0])] }
}

function unpacked(base64: string): string | undefined {
  try {
    return gunzipSync(Buffer.from(base64, 'base64'), { maxOutputLength: 50_000_000 }).toString()
  } catch {
    return undefined
  }
}

/** The values that an application of Argo CD gives to charts: an object, or the text of a file. */
function valuesOfSources(document: StructuredDocument, path: DocumentPath): ReturnType<Finder> {
  const { source, sources } = recordOf(valueAt(document.value, path))
  const all: [unknown, DocumentPath][] = [[source, [...path, 'source']], ...listOf(sources).map((one, index): [unknown, DocumentPath] => [one, [...path, 'sources', index]])]
  const found = all.map(([one, at]) => {
    const { values } = recordOf(recordOf(one)['helm'])
    const { documents, files } = heldByValues(document, [...at, 'helm', 'valuesObject'])
    return { documents, files: typeof values === 'string' ? [...files, { name: 'values.yaml', text: values, path: [...at, 'helm', 'values'], is: 'values' as const }] : files }
  })
  return { documents: found.flatMap(({ documents }) => documents), files: found.flatMap(({ files }) => files) }
}

/** Each string under a key is a file. */
function filesUnder(key: string): Finder {
  return (document) => ({
    files: Object.entries(recordOf(recordOf(document.value)[key])).flatMap(([name, text]) =>
      typeof text === 'string' ? [{ name, text, path: [key, name] }] : []),
  })
}
