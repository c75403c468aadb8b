import { isNamedValues } from '../manifests/helm-values.js'
import { isHelmTemplate } from '../text/helm-template.js'

/** A form in which dashboards, rules or queries are kept, and that the linter does not read. */
interface UnreadForm {
  /** In a sentence, after "in a form that is not read:". */
  readonly form: string
  /** File names, where the form is of no JSON or YAML file. */
  readonly file?: RegExp
  /** Whether a text holds it. By signs in the text alone: manifests are many, long, and often templates. */
  readonly isIn: (text: string) => boolean
}

const expr = /^[^\S\n]*(?:- )?["']?expr["']?\s*:/m
const panels = /["']panels["']\s*:/

/**
 * What a file may hold; when a form comes to be read, its line goes.
 *
 * Kinds and keys: prometheus-operator, grafana-operator, VictoriaMetrics operator, Loki operator (API references);
 * grafana: docs/sources/alerting/set-up/provision-alerting-resources, apps/dashboard/kinds; kube-prometheus-stack and
 * prometheus charts (values.yaml); sloth, pyrra, keda and argo-rollouts (specifications).
 */
const forms: readonly UnreadForm[] = [
  { form: 'Loki operator rules', isIn: (text) => text.includes('loki.grafana.com') && (isResource('AlertingRule', expr)(text) || isResource('RecordingRule', expr)(text)) },
  { form: 'Perses dashboard', isIn: (text) => text.includes('PrometheusTimeSeriesQuery') },
  { form: 'Jsonnet', file: /\.(?:jsonnet|libsonnet)$/i, isIn: (text) => /\b(?:grafanaDashboards|prometheusAlerts|prometheusRules|grafonnet|grafana\.libsonnet)\b/.test(text) || /^[^\S\n]*expr\s*:/m.test(text) },
  { form: 'Terraform with dashboards', file: /\.tf$/i, isIn: (text) => /"grafana_dashboard"/.test(text) && /config_json\s*=\s*(?:<<|jsonencode\b)/.test(text) },
  { form: 'Terraform with rules', file: /\.tf$/i, isIn: (text) => /"(?:mimir_rule_group_\w+|grafana_rule_group|cortex_rules)"/.test(text) || (/<<-?\w+/.test(text) && /^[^\S\n]*(?:- )?(?:alert|record)\s*:/m.test(text)) },
]

/** The form of what only shows once a chart is rendered. */
export const helmTemplate = 'Helm template'

const documentFile = /\.(?:json|ya?ml|rules|tpl)$/i

/** Whether a file of this name may hold a form that is not read. */
export function mayHoldUnread(path: string): boolean {
  return documentFile.test(path) || forms.some(({ file }) => file?.test(path))
}

/**
 * The forms in a file that are not read: `PrometheusRule`. Where it is a template of a chart they are not told one by
 * one, because what it holds only shows once it is rendered.
 */
export function unreadFormsIn(path: string, text: string): string[] {
  const found = forms.filter(({ file, isIn }) => (file ?? documentFile).test(path) && isIn(text)).map(({ form }) => form)
  if (!documentFile.test(path) || isNamedValues(path) || !isHelmTemplate(text)) return found
  const isTemplateOfOurs = found.length > 0 || panels.test(text) || (expr.test(text) && /^[^\S\n]*(?:- )?(?:alert|record)\s*:/m.test(text))
  return isTemplateOfOurs ? [helmTemplate] : []
}

/** A Kubernetes resource of a kind that holds `sign`, alone or in a list; and not what defines or offers that kind. */
function isResource(kind: string, sign?: RegExp): (text: string) => boolean {
  const ofKind = new RegExp(`^\\s*(?:- )?["']?kind["']?\\s*:\\s*["']?${kind}["']?\\s*,?\\s*$|[{,]\\s*"kind"\\s*:\\s*"${kind}"`, 'm')
  return (text) => text.includes(kind) && ofKind.test(text) && !/\b(?:CustomResourceDefinition|ClusterServiceVersion)\b/.test(text) && (sign?.test(text) ?? true)
}
