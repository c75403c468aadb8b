/** What tests of rules import as `ml-dash-lint/testing` (docs/plugins.md). */
export { findingsOf, testRule } from './api/rule-tester.js'
export type { TestFiles, TestSettings } from './api/rule-tester.js'
export { ConfigurationError, UsageError } from './api/programs.js'
export type { LintDiagnostic } from './api/programs.js'
