import type { Span } from '../../text/source.js'
import { checkTemplate, type CheckedTemplate } from './check.js'
import { templateFunctions, type TemplateFunction } from './functions.js'
import type { TemplateWorld } from './world.js'

const onLabels: TemplateFunction = { parameters: ['any', 'string'], result: 'unknown' }

/**
 * What Grafana gives to the labels and annotations of its alerts, which it expands with Prometheus' templates
 * (Grafana: pkg/services/ngalert/state/template/template.go, funcs.go).
 */
const grafanaWorld: TemplateWorld = {
  functions: new Map([
    ...templateFunctions,
    ...['filterLabels', 'filterLabelsRe', 'removeLabels', 'removeLabelsRe'].map((name) => [name, onLabels] as const),
    ['mergeLabelValues', { parameters: ['any'], result: 'unknown' }],
  ]),
  variables: { $labels: { type: 'labels', owner: 'alert' }, $values: { type: 'captures' }, $value: { type: 'evaluation' } },
  fields: { Labels: { type: 'labels', owner: 'alert' }, Values: { type: 'captures' }, Value: { type: 'evaluation' } },
}

export const grafanaAlertVariables = Object.keys(grafanaWorld.variables)
export const grafanaTemplateFunctions = [...grafanaWorld.functions.keys()]

/** Checks a label or an annotation of a Grafana-managed alert, as Grafana expands it. */
export function checkGrafanaTemplate(text: string): CheckedTemplate {
  return checkTemplate(text, grafanaWorld)
}

/**
 * A label of a provisioned rule as Grafana has it after it filled in environment variables, of the same length: `$$`
 * is a dollar. `replaced` is the first variable of the template that is taken for one of the environment; `undefined`
 * where an environment variable decides (Grafana: pkg/services/provisioning/values, interpolateValue).
 */
export function afterEnvironment(text: string): { readonly text: string; readonly replaced?: Span } | undefined {
  const escaped = text.replaceAll('$$', ' \u0000')
  const [variable] = escaped.matchAll(/\$(?:\{?(\w+)|\{)/g)
  if (variable === undefined) return { text: escaped.replaceAll('\u0000', '$') }
  const name = variable[1] ?? ''
  if (!grafanaAlertVariables.includes(`$${name}`) || variable[0].startsWith('${')) return undefined
  return { text, replaced: { start: variable.index, end: variable.index + variable[0].length } }
}
