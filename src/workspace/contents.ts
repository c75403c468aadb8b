import { classicView } from '../grafana/dashboard-v2.js'
import { looksLikeDashboardV2 } from '../grafana/classification.js'
import { heldIn, type HeldFile } from '../manifests/holders.js'
import { resourcesIn } from '../manifests/resource.js'
import type { StructuredDocument } from '../text/document.js'
import { embeddedIn, encodedIn } from '../text/embedded.js'
import { ruleFilesInBody } from '../prometheus/ruler-body.js'
import { parseJson } from '../text/json.js'
import type { SourceText } from '../text/source.js'
import { parseYaml } from '../text/yaml.js'
import { kindOfDocument, mayMatter, meantKind } from './classify.js'
import type { FileKind, WorkspaceFile } from './workspace.js'

/** What a file of JSON or YAML holds that matters. */
export interface Contents {
  /** One entry for each kind of document. */
  readonly files: readonly WorkspaceFile[]
  /** Whole files that stand as strings in it and cannot be parsed. */
  readonly broken: readonly WorkspaceFile[]
}

/** Sorts the documents of a file by their kind, those that are kept in a resource of Kubernetes among them; what is of no kind is left out. */
export function contentsOf(source: SourceText, documents: readonly StructuredDocument[]): Contents {
  const byKind = new Map<FileKind, StructuredDocument[]>()
  const broken: WorkspaceFile[] = []
  const add = (given: StructuredDocument) => {
    const document = looksLikeDashboardV2(given.value) ? classicView(given) : given
    const kind = kindOfDocument(document)
    if (kind === 'unknown') return
    // A datasource list or a scrape configuration in JSON is some other program's.
    if (kind !== 'dashboard' && kind !== 'rule-file' && kind !== 'grafana-alerting' && document.holder === undefined && source.path.endsWith('.json')) return
    const ofKind = byKind.get(kind)
    if (ofKind) ofKind.push(document)
    else byKind.set(kind, [document])
  }
  for (const resource of documents.flatMap(resourcesIn)) {
    const held = heldIn(resource)
    if (held === undefined) {
      const bodies = ruleFilesInBody(resource)
      for (const one of bodies ?? [resource]) add(one)
      continue
    }
    const { holder } = held
    for (const part of held.documents) add({ ...part, holder })
    for (const file of held.files) {
      for (const document of parseHeld(resource, file)) {
        if (document.problems.length === 0) add({ ...document, holder: { ...holder, file: file.name } })
        else if (meantKind(nameOf(file), file.text) !== undefined) broken.push({ kind: meantKind(nameOf(file), file.text)!, source, documents: [], problems: document.problems })
      }
    }
  }
  return { files: [...byKind].map(([kind, ofKind]) => ({ kind, source, documents: ofKind, problems: [] })), broken }
}

/** The documents of a file that stands as a string in a resource; none where it is nothing of ours. */
function parseHeld(resource: StructuredDocument, file: HeldFile): StructuredDocument[] {
  const name = nameOf(file)
  if (!mayMatter(name, file.text) && meantKind(name, file.text) === undefined) return []
  const parse = (source: SourceText) => (name.endsWith('.json') ? [parseJson(source)] : parseYaml(source))
  return file.isEncoded ? encodedIn(resource, file.path, file.text, parse) : embeddedIn(resource, file.path, parse)
}

/** Its name, ending in what it is in. */
function nameOf({ name, text }: HeldFile): string {
  if (/\.(?:json|ya?ml|rules)$/i.test(name)) return name
  return /^\s*\{/.test(text) ? `${name}.json` : `${name}.yaml`
}
