import { isProducer } from '../contract/producers.js'
import { componentOf, type Component } from '../contract/component.js'
import { catalogTitle } from '../registry/catalogs.js'
import type { Report } from '../report/report.js'
import { counted } from '../report/summary-line.js'
import { visible } from '../text/visible.js'
import type { Workspace } from '../workspace/workspace.js'

/** What a first configuration is made from. */
export interface StarterFacts {
  readonly workspace: Workspace
  readonly report: Report
  /** Where the schema lies, relative to the configuration; absent where the package is not installed beside it. */
  readonly schema?: string
}

/**
 * The text of a first `ml-dash-lint.config.json`: what was found, in comments, the preset in force, and what would verify
 * the names that could not be checked, each behind a comment sign, because only its reader knows which of it is so.
 */
export function starterConfig({ workspace, report, schema }: StarterFacts): string {
  const toVerify = verifying(workspace)
  const paragraphs = [
    ...(schema === undefined ? [] : [[`"$schema": ${JSON.stringify(schema)},`]]),
    ['// Found:', ...foundLines(workspace, report).map((line) => `//   ${line}`)],
    ['// "recommended", which is the default, reports what is surely wrong; "strict" also what is fragile.', `"extends": ["recommended"]${toVerify.length === 0 ? '' : ','}`],
    ...toVerify,
  ]
  const body = paragraphs.map((lines) => lines.map((line) => `  ${line}\n`).join('')).join('\n')
  return `// What ml-dash-lint is told here it cannot see by itself. Comments and trailing commas are allowed.\n{\n${body}}\n`
}

function foundLines(workspace: Workspace, { summary, coverage }: Report): string[] {
  const { dashboards, ruleFiles, queries, families } = summary
  const declared = workspace.registry.families.flatMap(({ origin, declarations }) => (isProducer(origin) ? declarations.slice(0, 1).map(({ place }) => place.source.path) : []))
  const rules = [...workspace.ruleGroups.map(({ file }) => file.document.source.path), ...workspace.grafanaAlerts.map(({ file }) => file.document.source.path)]
  const { selectors } = coverage!()
  return [
    `${counted(dashboards, 'dashboard')}${inFolders([...workspace.dashboards].map(({ source }) => source.path))}`,
    `${counted(ruleFiles, 'rule file')}${inFolders([...new Set(rules)])}`,
    `${counted(families, 'metric family', 'metric families')} of programs${inFolders(declared)}`,
    ...exporterLines(workspace),
    `${counted(queries, 'query', 'queries')} with ${counted(selectors.total, 'selector')}, of which ${selectors.total - selectors.unverified} can be checked`,
  ]
}

function exporterLines({ activeCatalogs }: Workspace): string[] {
  const titles = [...activeCatalogs].sort().map(catalogTitle)
  return titles.length === 0 ? [] : [`metrics of ${titles.join(', ')}`]
}

const mostFolders = 3

/** ` in deploy/grafana (12), dashboards (3) and 2 more folders`; nothing where there is no file. */
function inFolders(paths: readonly string[]): string {
  const counts = new Map<string, number>()
  for (const path of paths) {
    const folder = path.slice(0, Math.max(0, path.lastIndexOf('/'))) || '.'
    counts.set(folder, (counts.get(folder) ?? 0) + 1)
  }
  const sorted = [...counts].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
  if (sorted.length === 0) return ''
  const [[only]] = sorted as [[string, number]]
  if (sorted.length === 1) return ` in ${visible(only)}`
  const named = sorted.slice(0, mostFolders).map(([folder, count]) => `${visible(folder)} (${count})`)
  const more = sorted.length - named.length
  return ` in ${named.join(', ')}${more === 0 ? '' : ` and ${counted(more, 'more folder')}`}`
}

/** Names that begin alike and could not be checked. */
interface Unchecked {
  readonly component: Component
  readonly names: Set<string>
  /** Where the first stands. */
  readonly file: string
}

/** Paragraphs on what could not be checked: which names, and the keys that verify them, none of them in force. */
function verifying(workspace: Workspace): string[][] {
  const unchecked = uncheckedComponents(workspace)
  if (unchecked.length === 0) return []
  const told = unchecked.map(({ component: { names: pattern, title }, names, file }) =>
    `//   ${visible(pattern)}: ${counted(names.size, 'name')}${title === undefined ? '' : ` of ${title}`}, first in ${visible(file)}`)
  const catalogs = [...new Set(unchecked.flatMap(({ component }) => (isExporters(component) ? component.catalogs : [])))].filter((name) => !workspace.activeCatalogs.has(name)).sort()
  const external = unchecked.filter(({ component }) => !isExporters(component)).map(({ component }) => component.names).sort()
  return [
    ['// Could not be checked, because nothing at hand exposes it:', ...told],
    ...(catalogs.length === 0 ? [] : [['// Exporters that run although nothing in the repository shows it:', `// "catalogs": ${list(catalogs)},`]]),
    ...(external.length === 0 ? [] : [
      ['// What other repositories expose, from "ml-dash-lint registry export" there:', '// "registry": ["other-service.registry.json"],'],
      ['// What others look after, and is not to be checked:', `// "externalMetrics": ${list(external)},`],
    ]),
  ]
}

/** Names that several exporters have say little of which of them runs. */
function isExporters({ catalogs }: Component): boolean {
  return catalogs.length === 1
}

/** A JSON array on one line; nothing in a comment may end it. */
function list(names: readonly string[]): string {
  return visible(`[${names.map((name) => JSON.stringify(name)).join(', ')}]`)
}

function uncheckedComponents({ selectors, verdictOn }: Workspace): Unchecked[] {
  const components = new Map<string, Unchecked>()
  for (const { query, selector } of selectors) {
    const verdict = verdictOn(selector)
    if (verdict.kind !== 'unverified' || verdict.asked?.kind !== 'exact' || verdict.reason.kind === 'alternative') continue
    const component = componentOf(verdict.asked.text, verdict.reason)
    const known = components.get(component.key)
    if (known) known.names.add(verdict.asked.text)
    else components.set(component.key, { component, names: new Set([verdict.asked.text]), file: query.source.path })
  }
  return [...components.values()].sort((a, b) => b.names.size - a.names.size || (a.component.key < b.component.key ? -1 : 1))
}
