import { looksLikeAlerting } from '../grafana/alerting/file.js'
import { mayBeValues } from '../manifests/helm-values.js'
import { mayHold } from '../manifests/holders.js'
import { mayAsk, queryHolder } from '../manifests/query-holders.js'
import { looksLikeDashboard } from '../grafana/dashboard.js'
import { looksLikeLibraryPanels } from '../grafana/library-panels.js'
import { looksLikeDashboardProviders, looksLikeDatasources } from '../grafana/provisioning.js'
import { looksLikeCollectorConfig } from '../prometheus/collector.js'
import { looksLikePrometheusConfig, mayBePrometheusConfig } from '../prometheus/config.js'
import { looksLikeRuleFile } from '../prometheus/rule-file.js'
import { looksLikeRuleList } from '../prometheus/ruler-body.js'
import type { StructuredDocument } from '../text/document.js'
import type { FileKind } from './workspace.js'

/** What kind of file a document makes it, by its content. */
export function kindOfDocument(document: StructuredDocument): FileKind {
  const { value } = document
  if (looksLikeDashboard(value) !== undefined) return 'dashboard'
  if (looksLikeLibraryPanels(value)) return 'library-panels'
  if (looksLikeRuleFile(value) || looksLikeRuleList(value)) return 'rule-file'
  if (looksLikePrometheusConfig(value)) return 'prometheus-config'
  if (looksLikeCollectorConfig(value)) return 'collector-config'
  if (looksLikeDatasources(value)) return 'datasources'
  if (looksLikeDashboardProviders(value)) return 'dashboard-providers'
  if (queryHolder(document) !== undefined) return 'query-holder'
  if (looksLikeAlerting(document)) return 'grafana-alerting'
  return 'unknown'
}

/** Top-level keys of the YAML files that matter: a file without any of them is not worth parsing, and most manifests are long. */
const yamlKeys = /^\uFEFF?["']?(?:groups|datasources|deleteDatasources|providers|scrape_configs|scrape_config_files|rule_files|global|exporters|contactPoints|muteTimes|deleteRules|deleteContactPoints|deleteMuteTimes|deleteTemplates|resetPolicies)["']?\s*:/m
/** Rules that stand in no `groups`: what is sent to a ruler, and lists. */
const bareRule = /^[^\S\n]*(?:- )?["']?(?:alert|record)["']?\s*:/m
/** What other tools' files have at the top too. */
const alertingKeys = /^["']?(?:policies|templates)["']?\s*:/m
const versionOne = /^["']?apiVersion["']?\s*:\s*["']?1\b/m
/** The bare list of dashboard providers that old versions of Grafana read. */
const oldProviders = /^[^\S\n]*(?:- )?["']?type["']?\s*:\s*["']?file\b/m

/** Keys of dashboards and rule files: a JSON file without any of them is not worth parsing. */
const jsonKeys = /"(?:panels|elements|rows|templating|dashboard|groups|contactPoints|policies|muteTimes|datasourceUid)"\s*:/

function isLibraryElement(text: string): boolean {
  return /"model"\s*:\s*\{/.test(text) && /"kind"\s*:\s*1\b/.test(text)
}

/** Keys of what resources hold, maybe in a string with escapes: most manifests have none of them. */
const heldKeys = /\b(?:panels|elements|rows|templating|groups|datasources|providers|scrape_configs|rule_files|global|gzipJson|datasource|targets|datasourceUid|contactPoints|policies|muteTimes)\\*["']?\s*:/

/** Resources that hold none of these keys. */
const notificationKinds = /\bGrafana(?:ContactPoint|MuteTiming|NotificationPolicy|NotificationTemplate)\b/

const resourceDashboard = /\bapiVersion["']?\s*:\s*["']?dashboard\.grafana\.app\//

/** Whether a text may hold something that is read, by signs in it: parsing costs far more than looking. */
export function mayMatter(path: string, text: string): boolean {
  if ((mayHold(text) && (heldKeys.test(text) || notificationKinds.test(text))) || resourceDashboard.test(text) || mayBeValues(path, text)) return true
  if (path.endsWith('.json')) return jsonKeys.test(text) || isLibraryElement(text)
  return mayAsk(text) || yamlKeys.test(text) || (versionOne.test(text) && alertingKeys.test(text)) || oldProviders.test(text) || bareRule.test(text) || /^\s*\{/.test(text)
}

const dashboardSigns = ['"panels"', '"schemaVersion"', '"templating"', '"targets"', '"gridPos"', '"datasource"', '"timepicker"', '"rows"']
const yamlSigns = [
  /^[^\S\n]*(?:- )?(?:alert|record)\s*:/m, /^\uFEFF?groups\s*:/m, /^[^\S\n]*(?:- )?expr\s*:/m, /^\uFEFF?scrape_configs\s*:/m, /^\uFEFF?datasources\s*:/m, /^\uFEFF?providers\s*:/m,
]
const alertingSigns = ['relativeTimeRange', 'datasourceUid']
/** Marks of Helm and other templates, which only make YAML or JSON once they are rendered. */
const templateMarks = /\{\{-|-\}\}|\{\{\s*(?:\.Values|\.Release|\.Chart|include|template|if|range|with|end|toYaml)\b|\{%[-\s]/
/** A value of some other program's template, where YAML has none; what alerts print by mistake without quotes begins otherwise. */
const unquotedField = /^[ \t]*(?:- )?[\w.-]+:[ \t]+\{\{-?[ \t]*\.(?!(?:Labels|Value|ExternalLabels|ExternalURL|Alerts|CommonLabels|CommonAnnotations|GroupLabels|Status)\b)[\w.]+[ \t]*-?\}\}/m
/** Lines that a script replaces as a whole by targets or jobs: `__TARGETS__`. */
const placeholderLine = /^[ \t]*(?:__[A-Z][A-Z\d_]*__|@[A-Z][A-Z\d_]*@|%%[A-Z][A-Z\d_]*%%)[ \t]*\r?$/m

export function isTemplate(text: string): boolean {
  return templateMarks.test(text) || unquotedField.test(text) || (placeholderLine.test(text) && mayBePrometheusConfig(text))
}

/** What a text that cannot be parsed was meant to be, by signs that stand in it; `undefined` where nothing tells. */
export function meantKind(path: string, text: string): FileKind | undefined {
  if (isTemplate(text)) return undefined
  if (alertingSigns.every((sign) => text.includes(sign))) return 'grafana-alerting'
  if (path.endsWith('.json')) return dashboardSigns.filter((sign) => text.includes(sign)).length >= 2 ? 'dashboard' : undefined
  if (yamlSigns.some((sign) => sign.test(text))) return 'rule-file'
  return undefined
}
