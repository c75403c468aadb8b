import { templateFunctions, type TemplateFunction } from './functions.js'
import type { Value } from './values.js'

/** What a program gives to the texts of its alerts. */
export interface TemplateWorld {
  readonly functions: ReadonlyMap<string, TemplateFunction>
  /** By name, with the dollar. */
  readonly variables: Readonly<Record<string, Value>>
  /** The fields of the dot. */
  readonly fields: Readonly<Record<string, Value>>
}

/** Prometheus: rules/alerting.go, Eval; template/template.go, AlertTemplateData */
export const prometheusWorld: TemplateWorld = {
  functions: templateFunctions,
  variables: {
    $labels: { type: 'labels', owner: 'alert' }, $externalLabels: { type: 'labels', owner: 'external' },
    $externalURL: { type: 'string' }, $value: { type: 'sample value' },
  },
  fields: {
    Labels: { type: 'labels', owner: 'alert' }, ExternalLabels: { type: 'labels', owner: 'external' },
    ExternalURL: { type: 'string' }, Value: { type: 'sample value' },
  },
}
