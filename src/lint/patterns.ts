import { regexpMatcher } from '../promql/index.js'

/** Schema of a regular expression in a rule's options. */
export function patternSchema(what: string): object {
  return { type: 'string', minLength: 1, description: `${what}: a regular expression that matches the whole, as Prometheus reads it (RE2)` }
}

/** Whether a pattern of the options matches a whole text. One that is none (`Rule.patterns` has it reported) matches nothing. */
export function matches(pattern: string, text: string): boolean {
  return regexpMatcher(pattern)?.(text) ?? false
}
