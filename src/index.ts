/** What programs import as `ml-dash-lint` (docs/api.md). */
export { ConfigurationError, format, lint, loadWorkspace, UsageError } from './api/programs.js'
export type { FileRange, FormatSettings, LintDiagnostic, LintOptions, LintResult, WorkspaceOptions } from './api/programs.js'
export { formatterNames as formats } from './report/index.js'
export type { Summary } from './report/index.js'
export { defineRule } from './lint/rule.js'
export type { AnyRule, Finding, OptionsSchema, Plugin, Rule, RuleContext } from './lint/rule.js'
export type { DiagnosticData, Related, Severity, Suggestion } from './lint/diagnostic.js'
export type { Coverage } from './lint/coverage.js'
export type { PresetName } from './config/presets.js'
export type { Place, Position, Range, SourceText, Span } from './text/source.js'
export type { Family } from './registry/types.js'
export type { Registry } from './registry/registry.js'
export type {
  JudgedMetricsDocument, LocatedAlertingRule, LocatedDashboard, LocatedDatasource, LocatedGrafanaAlert, LocatedPanel, LocatedRecordingRule,
  LocatedRuleGroup, LocatedVariable, Query, QuerySelector, Subjects, Workspace, WorkspaceFile,
} from './workspace/workspace.js'
