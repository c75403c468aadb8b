import type { Severity } from '../lint/diagnostic.js'
import type { AnyRule } from '../lint/rule.js'
import type { RuleSettings } from './config.js'

/** What `extends` in the configuration and `--preset` can name, mildest first. */
export const presetNames = ['recommended', 'strict', 'grafana-mixin'] as const

export type PresetName = (typeof presetNames)[number]

/** Warnings that are errors in `strict`: what they find is wrong whoever reads it, and only its harm is small. */
const errorsInStrict = ['alert-always-fires', 'or-vector', 'range-too-short', 'rate-of-gauge']

/**
 * What grafana/dashboard-linter enforces on the dashboards of mixins (its lint/rules.go), by the rules that do so here.
 * A rule that is named and not there is passed over.
 */
const grafanaMixin: RuleSettings = {
  'dashboard-variables': {
    severity: 'warning',
    options: {
      variables: [
        { name: ['datasource', 'prometheus_datasource'], type: 'datasource', label: ['Data source', 'Prometheus data source'] },
        { name: ['job'], type: 'query', label: ['Job', 'job'], multi: true, includeAll: true, allValue: '.+', datasource: 'variable' },
        { name: ['instance'], type: 'query', label: ['Instance', 'instance'], multi: true, includeAll: true, allValue: '.+', datasource: 'variable' },
      ],
    },
  },
  'editable-dashboard': { severity: 'warning' },
  'fixed-datasource': { severity: 'warning' },
  'fixed-rate-interval': { severity: 'warning' },
  'forbidden-promql': {
    severity: 'warning',
    options: { forbid: [{ metric: '.+_total', outside: ['rate', 'irate', 'increase'], in: ['panels'], because: 'a counter is shown by rate(), irate() or increase()' }] },
  },
  'panel-description': { severity: 'warning' },
  'panel-unit-required': { severity: 'warning' },
  'panel-without-query': { severity: 'warning' },
  'required-matchers': {
    severity: 'warning',
    options: { matchers: [{ label: 'job', op: '=~', value: '$job' }, { label: 'instance', op: '=~', value: '$instance' }], in: ['panels'] },
  },
  'unknown-unit': { severity: 'warning' },
  'variable-refresh': { severity: 'warning' },
}

/** What a preset sets, of the rules that there are. */
export function presetSettings(name: PresetName, rules: readonly AnyRule[]): RuleSettings {
  switch (name) {
    case 'recommended':
      return Object.fromEntries(rules.map((rule) => [rule.name, { severity: rule.severity }]))
    case 'strict':
      return Object.fromEntries(rules.map((rule) => [rule.name, { severity: strictSeverity(rule) }]))
    case 'grafana-mixin':
      return grafanaMixin
  }
}

function strictSeverity({ name, severity, needsOptions }: AnyRule): Severity | 'off' {
  if (severity === 'off') return needsOptions ? 'off' : 'warning'
  return errorsInStrict.includes(name) ? 'error' : severity
}
