import { monitorIn, type Monitor } from '../manifests/monitors.js'
import { resourcesIn } from '../manifests/resource.js'
import { mayBePrometheusConfig } from '../prometheus/config.js'
import { mayBeMonitor, monitorLabelsIn, type MonitorLabels } from '../prometheus/monitors.js'
import { isHelmTemplate } from '../text/helm-template.js'
import { parseJson } from '../text/json.js'
import { folderOf } from '../text/path.js'
import { hasTerraformDirectives, isTerraformFile } from '../text/terraform-template.js'
import type { SourceText } from '../text/source.js'
import { isTemplate, mayMatter, meantKind } from './classify.js'
import { composeFile, composeServices, type ComposeFile, type ComposeService } from './compose.js'
import { contentsOf, parseDocuments } from './contents.js'
import type { FoundFile } from './discovery.js'
import { baseImagesIn, imagesIn } from './images.js'
import { readTextFile } from './read-file.js'
import { makesScrapeJobs, takesPushes } from './scraping.js'
import { isTestData } from './test-files.js'
import { helmTemplate, mayHoldUnread, unreadFormsIn } from './unread-forms.js'
import type { Workspace, WorkspaceFile } from './workspace.js'

/** What is no JSON from its first character on is no dashboard; a conflict of a merge may stand before one. */
const beginsObject = /^\uFEFF?\s*(?:\{|<{7} )/
const documentFile = /\.(?:json|ya?ml|rules|tftpl)$/i
/** Templates of Ansible and others: `prometheus.yml.j2`. */
const prometheusTemplate = /prometheus[^/]*\.ya?ml\.(?:j2|jinja2?|tmpl|gotmpl|tpl|template|in|erb)$/i
/** A manifest that makes kinds of resources known, and is none of them. */
const definesKinds = /^[^\S\n]*kind:\s*["']?CustomResourceDefinition\b/m
const dockerfile = /(?:^|\/)Dockerfile[^/]*$|\.Dockerfile$/i
const shellScript = /\.sh$/i

export interface ReadDocuments {
  readonly files: WorkspaceFile[]
  /** Container images that the stack runs. */
  readonly images: readonly string[]
  /** The programs of Compose files. */
  readonly services: readonly ComposeService[]
  /** What resources of the Prometheus operator, and charts that make them, tell of the labels of targets. */
  readonly monitorLabels: readonly MonitorLabels[]
  /** The scrape jobs that such resources make, where they can be read whole. */
  readonly monitors: readonly Monitor[]
  /** Whether programs write into Prometheus, besides what it scrapes. */
  readonly pushed: boolean
  /** Files that hold configurations of Prometheus, also such as cannot be read. */
  readonly scraping: readonly string[]
  /** Forms that are not read, in the order of files. */
  readonly unread: Workspace['unread']
}

/** Parses the JSON and YAML files that matter. */
export function readDocuments(found: readonly FoundFile[], maxBytes: number): ReadDocuments {
  const files: WorkspaceFile[] = []
  const broken: WorkspaceFile[] = []
  const images: string[] = []
  const composeFiles: ComposeFile[] = []
  const monitorLabels: MonitorLabels[] = []
  const monitors: Monitor[] = []
  let pushed = false
  const scraping: string[] = []
  const unread: { form: string; path: string }[] = []
  const passedOver: SourceText[] = []
  const candidates = found.filter(({ path, pathInScope, named }) => documentFile.test(path) && (named || !isTestData(pathInScope)))
  for (const file of candidates) {
    const { source, problem } = readTextFile(file, maxBytes)
    const { path, text } = source
    const isJson = path.toLowerCase().endsWith('.json')
    if (!isJson) {
      images.push(...imagesIn(text))
      pushed ||= takesPushes(text)
      if (mayBePrometheusConfig(text)) scraping.push(path)
      // Where it can be parsed, what it says is known better.
      const monitored = mayBeMonitor(text) && !isTemplate(text) ? undefined : monitorLabelsIn(text)
      if (monitored) monitorLabels.push(monitored)
      composeFiles.push(...[composeFile(source)].filter((one) => one !== undefined))
    }
    const forms = unreadFormsIn(path, text)
    unread.push(...forms.filter((form) => form !== helmTemplate).map((form) => ({ form, path })))
    if (problem !== undefined) {
      broken.push({ kind: meantKind(path, text) ?? 'unknown', source, documents: [], problems: [problem] })
      continue
    }
    if (text.trim() === '' && !isTerraformFile(path)) {
      broken.push({ kind: 'unknown', source, documents: [], problems: [{ message: 'this file is empty', span: { start: 0, end: 0 } }] })
      continue
    }
    const isPassedOver = !file.named && !mayMatter(path, text) && meantKind(path, text) === undefined
    if (isPassedOver && (isJson || !mayBeMonitor(text))) {
      if (isJson) passedOver.push(source)
      continue
    }
    const documents = parseDocuments(source)
    if (!isJson && mayBeMonitor(text) && !isTemplate(text)) {
      const own = documents.every((document) => document.problems.length === 0) ? documents.flatMap(resourcesIn).flatMap((resource) => monitorIn(resource) ?? []) : []
      const rest = own.length > 0 || definesKinds.test(text) ? undefined : monitorLabelsIn(text)
      monitors.push(...own)
      monitorLabels.push(...own.map(({ labels }) => labels), ...(rest ? [rest] : []))
    }
    if (isPassedOver) continue
    const problems = documents.flatMap((document) => document.problems)
    const contents = problems.length > 0 ? undefined : contentsOf(source, documents)
    if (forms.includes(helmTemplate) && (contents === undefined || contents.files.length === 0)) unread.push({ form: helmTemplate, path })
    if (contents !== undefined) {
      files.push(...contents.files)
      broken.push(...contents.broken)
    } else if (isTerraformFile(path) ? meantKind(/^\s*\{/.test(text) ? `${path}.json` : path, text) !== undefined : isJson && hasTerraformDirectives(text)) unread.push({ form: 'Terraform template', path })
    else if (!isHelmTemplate(text) && !isTerraformFile(path)) broken.push({ kind: meantKind(path, text) ?? 'unknown', source, documents: [], problems })
  }
  // What is cut off early shows no sign of a dashboard, but lies among them. Comments are fine in what is none.
  for (const source of passedOver.filter((one) => beginsObject.test(one.text) && liesAmongItsLike(one, files))) {
    const { problems } = parseJson(source, { comments: true })
    if (problems.length > 0) broken.push({ kind: 'unknown', source, documents: [], problems })
  }
  const named = new Set(found.filter((file) => file.named).map(({ path }) => path))
  files.push(...broken.filter((file) => named.has(file.source.path) || isExpected(file, files)))
  for (const file of found.filter(({ path, size }) => (dockerfile.test(path) || shellScript.test(path)) && size <= maxBytes)) {
    const { path, text } = readTextFile(file, maxBytes).source
    pushed ||= takesPushes(text)
    if (dockerfile.test(path)) images.push(...baseImagesIn(text))
    else if (makesScrapeJobs(text)) scraping.push(path)
  }
  for (const file of found.filter(({ path, pathInScope, size }) => !documentFile.test(path) && (mayHoldUnread(path) || prometheusTemplate.test(path)) && size <= maxBytes && !isTestData(pathInScope))) {
    const { source } = readTextFile(file, maxBytes)
    unread.push(...unreadFormsIn(source.path, source.text).map((form) => ({ form, path: source.path })))
    if (prometheusTemplate.test(source.path) && mayBePrometheusConfig(source.text)) scraping.push(source.path)
  }
  return { files, images, services: composeServices(composeFiles), monitorLabels, monitors, pushed, scraping, unread }
}

/**
 * Whether a file that cannot be read should be one that the linter reads: by what stands in it, or because it lies
 * among such files. Other broken JSON and YAML is nobody's business here, and a template is only read once rendered.
 */
function isExpected({ kind, source }: WorkspaceFile, files: readonly WorkspaceFile[]): boolean {
  return kind !== 'unknown' || (!isTemplate(source.text) && liesAmongItsLike(source, files))
}

function liesAmongItsLike(source: SourceText, files: readonly WorkspaceFile[]): boolean {
  const folder = folderOf(source.path)
  const isJson = source.path.toLowerCase().endsWith('.json')
  return files.some((file) => {
    // What lies beside manifests may be anything.
    if (folderOf(file.source.path) !== folder || file.documents.every(({ holder }) => holder !== undefined)) return false
    if (isJson) return file.kind === 'dashboard' || file.kind === 'dashboard-providers'
    return file.kind === 'rule-file' || file.kind === 'prometheus-config' || file.kind === 'datasources' || file.kind === 'dashboard-providers' || file.kind === 'grafana-alerting'
  })
}
