import type { Family } from '../registry/types.js'

/** Units that metrics have, each with the base unit to use instead of it. */
const baseUnits: ReadonlyMap<string, string> = new Map([
  ...['amperes', 'bytes', 'celsius', 'grams', 'joules', 'kelvin', 'meters', 'metres', 'seconds', 'volts'].map((unit) => [unit, unit] as const),
  ...['minutes', 'hours', 'days', 'weeks'].map((unit) => [unit, 'seconds'] as const),
  ...['fahrenheit', 'rankine'].map((unit) => [unit, 'celsius'] as const),
  ...['inches', 'yards', 'miles'].map((unit) => [unit, 'meters'] as const),
  ...['pounds', 'ounces'].map((unit) => [unit, 'grams'] as const),
  ['kelvins', 'kelvin'],
  ['bits', 'bytes'],
  ['calories', 'joules'],
])

const unitPrefix = /^(?:pico|nano|micro|milli|centi|deci|deca|hecto|kilo|kibi|mega|mebi|giga|gibi|tera|tebi|peta|pebi)/
/** Where units stand: at the end, before what may follow one. promtool takes `kb` of `kb_articles_total` for one too, whatever it is short for. */
const abbreviatedUnit = /_(?:s|ms|us|ns|sec|b|kb|mb|gb|tb|pb|m|h|d)(?=(?:_(?:total|sum|count|bucket|ratio|max|min|avg|mean|p\d+|per_\w+))*$)/i
const camelCase = /[a-z][A-Z]/

/**
 * What is against the naming conventions in a family, in the words of `promtool check metrics`
 * (client_golang: prometheus/testutil/promlint/validations). A type that is not known is judged like an untyped one.
 */
export function conventionProblems({ name, type, help, labels }: Family): string[] {
  const problems: string[] = []
  const typed = type !== 'unknown' && type !== 'untyped'
  const labelNames = labels.map((label) => label.name)
  if (help === '') problems.push('no help text')
  const unit = name.split('_').map((word) => [word, baseUnits.get(word) ?? baseUnits.get(word.replace(unitPrefix, ''))] as const).find(([, base]) => base !== undefined)
  if (unit && unit[0] !== unit[1]) problems.push(`use base unit "${unit[1]!}" instead of "${unit[0]}"`)
  if (type === 'counter' && !name.endsWith('_total')) problems.push('counter metrics should have "_total" suffix')
  if (typed && type !== 'counter' && name.endsWith('_total')) problems.push('non-counter metrics should not have "_total" suffix')
  if (typed && type !== 'histogram' && name.endsWith('_bucket')) problems.push('non-histogram metrics should not have "_bucket" suffix')
  if (typed && type !== 'histogram' && type !== 'summary') {
    for (const suffix of ['_count', '_sum']) {
      if (name.endsWith(suffix)) problems.push(`non-histogram and non-summary metrics should not have "${suffix}" suffix`)
    }
  }
  if (typed && type !== 'histogram' && labelNames.includes('le')) problems.push('non-histogram metrics should not have "le" label')
  if (typed && type !== 'summary' && labelNames.includes('quantile')) problems.push('non-summary metrics should not have "quantile" label')
  // An info metric is a gauge in the text format that promtool reads, and its name has to end in _info.
  if (typed && type !== 'info' && `${name.toLowerCase()}_`.includes(`_${type}_`)) problems.push(`metric name should not include type '${type}'`)
  if (name.includes(':')) problems.push("metric names should not contain ':'")
  if (camelCase.test(name)) problems.push("metric names should be written in 'snake_case' not 'camelCase'")
  if (labelNames.some((label) => camelCase.test(label))) problems.push("label names should be written in 'snake_case' not 'camelCase'")
  if (abbreviatedUnit.test(name)) problems.push('metric names should not contain abbreviated units')
  return problems
}
