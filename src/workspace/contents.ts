import { classicView } from '../grafana/dashboard-v2.js'
import { looksLikeDashboardV2 } from '../grafana/classification.js'
import { asLibraryElement } from '../grafana/library-panels.js'
import { heldByValues, isNamedValues, mayBeValues, type HeldByValues } from '../manifests/helm-values.js'
import { heldIn, type HeldFile } from '../manifests/holders.js'
import { resourcesIn } from '../manifests/resource.js'
import type { Holder, StructuredDocument } from '../text/document.js'
import { embeddedIn, encodedIn } from '../text/embedded.js'
import { ruleFilesInBody } from '../prometheus/ruler-body.js'
import { isHelmTemplate, parseHelmTemplate } from '../text/helm-template.js'
import { parseJson } from '../text/json.js'
import { hasTerraformDirectives, isTerraformFile, parseTerraformTemplate } from '../text/terraform-template.js'
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
  const isValues = mayBeValues(source.path, source.text)
  const add = (given: StructuredDocument) => {
    const document = looksLikeDashboardV2(given.value) ? classicView(given) : given
    const kind = kindOfDocument(document)
    if (kind === 'unknown') return
    // What a template leaves of a configuration is not what a program reads.
    if (document.template && kind !== 'dashboard' && kind !== 'library-panels' && kind !== 'rule-file' && kind !== 'query-holder') return
    // A datasource list or a scrape configuration in JSON is some other program's.
    const mayBeJson = kind === 'dashboard' || kind === 'library-panels' || kind === 'rule-file' || kind === 'grafana-alerting'
    if (!mayBeJson && document.holder === undefined && source.path.endsWith('.json')) return
    const ofKind = byKind.get(kind)
    if (ofKind) ofKind.push(document)
    else byKind.set(kind, [document])
  }
  const addHeld = ({ documents: parts, files }: HeldByValues, document: StructuredDocument, holder: Holder) => {
    for (const part of parts) unfold({ ...part, holder })
    for (const file of files) {
      const meant = meantKind(nameOf(file), file.text)
      for (const inner of parseHeld(document, file)) {
        if (inner.problems.length > 0) {
          if (document.template === undefined && meant !== undefined) broken.push({ kind: meant, source, documents: [], problems: inner.problems })
        } else if (file.is === 'values') addHeld(heldByValues(inner, []), inner, holder)
        else if (file.is === 'library-panel') add(asLibraryElement({ ...inner, holder }))
        else add({ ...inner, holder: { ...holder, file: file.name } })
      }
    }
  }
  const unfold = (given: StructuredDocument): void => {
    for (const document of resourcesIn(given)) {
      const held = heldIn(document)
      if (held !== undefined) addHeld(held, document, held.holder)
      else if (isValues && document.holder === undefined && kindOfDocument(document) === 'unknown' && ruleFilesInBody(document) === undefined) addHeld(heldByValues(document, []), document, { kind: 'Helm values' })
      else for (const one of ruleFilesInBody(document) ?? [document]) add(one)
    }
  }
  documents.forEach(unfold)
  return { files: [...byKind].map(([kind, ofKind]) => ({ kind, source, documents: ofKind, problems: [] })), broken }
}

/** The documents of a file that stands as a string in a resource; none where it is nothing of ours. */
function parseHeld(resource: StructuredDocument, file: HeldFile): StructuredDocument[] {
  const name = nameOf(file)
  if (file.is === undefined && !mayMatter(name, file.text) && meantKind(name, file.text) === undefined) return []
  const format = name.endsWith('.json') ? 'json' : 'yaml'
  const parse = (source: SourceText) => (resource.template ? parseHelmTemplate(source, format, parsers[format]) : parsers[format](source))
  return file.isEncoded ? encodedIn(resource, file.path, file.text, parse) : embeddedIn(resource, file.path, parse)
}

const parsers = { json: (source: SourceText) => [parseJson(source)], yaml: parseYaml }

/** The documents of a file; of a template what can be read as it stands. */
export function parseDocuments(source: SourceText): StructuredDocument[] {
  const isTerraform = isTerraformFile(source.path)
  const format = (isTerraform ? /^\s*[{[]/.test(source.text) : source.path.toLowerCase().endsWith('.json')) ? 'json' : 'yaml'
  const plain = () => parsers[format](source)
  if (isTerraform) return parseTerraformTemplate(source, format, parsers[format]) ?? plain()
  if (format === 'json' && hasTerraformDirectives(source.text)) {
    const documents = plain()
    const template = documents.some(({ problems }) => problems.length > 0) ? parseTerraformTemplate(source, format, parsers[format]) : undefined
    return template ?? documents
  }
  if (isNamedValues(source.path) || !isHelmTemplate(source.text)) return plain()
  const template = () => parseHelmTemplate(source, format, parsers[format])
  // Beside charts, what can be read as it is may be for one: values with templates in them.
  const [first, second] = /(?:^|\/)templates\//.test(source.path) ? [template, plain] : [plain, template]
  const documents = first()
  return documents.some(({ problems }) => problems.length > 0) ? second() : documents
}

/** Its name, ending in what it is in. */
function nameOf({ name, text }: HeldFile): string {
  if (/\.(?:json|ya?ml|rules)$/i.test(name)) return name
  return /^\s*\{/.test(text) ? `${name}.json` : `${name}.yaml`
}
