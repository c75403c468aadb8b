/**
 * Tells by the expressions whether a rule file is for Prometheus or for Loki's ruler, which takes the same form with
 * LogQL in it. One expression that only LogQL has decides; else a file in which every selector lacks a metric name.
 */
export function ruleLanguage(expressions: readonly string[]): 'promql' | 'logql' {
  const bare = expressions.map(withoutStrings)
  if (bare.some(hasLogPipeline)) return 'logql'
  const selectors = bare.filter((expression) => expression.includes('{'))
  return selectors.length > 0 && selectors.length === bare.length && selectors.every(hasOnlyNamelessSelectors) ? 'logql' : 'promql'
}

/** Line filters (`|= "x"`, `!= "x"`), parsers (`| json`), and the functions over bytes. */
function hasLogPipeline(expression: string): boolean {
  return /\|\s*(?:=|~|>|[a-z_])|[}"]\s*(?:!=|!~)\s*"/.test(expression) || /\bbytes_(?:rate|over_time)\s*\(/.test(expression)
}

function hasOnlyNamelessSelectors(expression: string): boolean {
  return !/[\w:]\s*\{/.test(expression) && /\}\s*\[/.test(expression) && !/\{\s*(?:__name__|")/.test(expression)
}

/** String literals are emptied and comments dropped, so that `|` inside a regular expression tells nothing. */
export function withoutStrings(expression: string): string {
  return expression.replace(/"(?:[^"\\]|\\[^])*"|'(?:[^'\\]|\\[^])*'|`[^`]*`|#[^\n]*/g, (part) => (part.startsWith('#') ? '' : '""'))
}
