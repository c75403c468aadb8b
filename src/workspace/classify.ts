import { looksLikeDashboard } from '../grafana/dashboard.js'
import { looksLikeDashboardProviders, looksLikeDatasources } from '../grafana/provisioning.js'
import { looksLikePrometheusConfig } from '../prometheus/config.js'
import { looksLikeRuleFile } from '../prometheus/rule-file.js'
import type { StructuredDocument } from '../text/document.js'
import type { FileKind } from './workspace.js'

/** What kind of file a document makes it, by its content. */
export function kindOfDocument({ value }: StructuredDocument): FileKind {
  if (looksLikeDashboard(value) !== undefined) return 'dashboard'
  if (looksLikeRuleFile(value)) return 'rule-file'
  if (looksLikePrometheusConfig(value)) return 'prometheus-config'
  if (looksLikeDatasources(value)) return 'datasources'
  if (looksLikeDashboardProviders(value)) return 'dashboard-providers'
  return 'unknown'
}

/** Top-level keys of the YAML files that matter: a file without any of them is not worth parsing, and most manifests are long. */
const yamlKeys = /^\uFEFF?["']?(?:groups|datasources|deleteDatasources|providers|scrape_configs|scrape_config_files|rule_files|global)["']?\s*:/m
/** The bare list of dashboard providers that old versions of Grafana read. */
const oldProviders = /^\s*(?:- )?["']?type["']?\s*:\s*["']?file\b/m

/** Keys of dashboards and rule files: a JSON file without any of them is not worth parsing. */
const jsonKeys = /"(?:panels|rows|templating|dashboard|groups)"\s*:/

export function mayMatter(path: string, text: string): boolean {
  return path.endsWith('.json') ? jsonKeys.test(text) : yamlKeys.test(text) || oldProviders.test(text) || /^\s*\{/.test(text)
}

const dashboardSigns = ['"panels"', '"schemaVersion"', '"templating"', '"targets"', '"gridPos"', '"datasource"', '"timepicker"', '"rows"']
const yamlSigns = [
  /^\s*(?:- )?(?:alert|record)\s*:/m, /^\uFEFF?groups\s*:/m, /^\s*(?:- )?expr\s*:/m, /^\uFEFF?scrape_configs\s*:/m, /^\uFEFF?datasources\s*:/m, /^\uFEFF?providers\s*:/m,
]
/** Marks of Helm and other templates, which only make YAML or JSON once they are rendered. */
const templateMarks = /\{\{-|-\}\}|\{\{\s*(?:\.Values|\.Release|\.Chart|include|template|if|range|with|end|toYaml)\b|\{%[-\s]/

export function isTemplate(text: string): boolean {
  return templateMarks.test(text)
}

/** What a text that cannot be parsed was meant to be, by signs that stand in it; `undefined` where nothing tells. */
export function meantKind(path: string, text: string): FileKind | undefined {
  if (isTemplate(text)) return undefined
  if (path.endsWith('.json')) return dashboardSigns.filter((sign) => text.includes(sign)).length >= 2 ? 'dashboard' : undefined
  if (yamlSigns.some((sign) => sign.test(text))) return 'rule-file'
  return undefined
}
