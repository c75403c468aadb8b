import { parse } from '../promql/index.js'
import { parsePattern, patternMatches } from '../registry/name-pattern.js'
import type { Registry } from '../registry/registry.js'
import type { Family } from '../registry/types.js'
import type { Exposure } from './exposure.js'
import { nameVerdicts, type Evidence, type NameVerdict, type SelectorInQuery } from './name-verdict.js'
import { isProducer } from './producers.js'

/**
 * The families that a name in a document can mean. People list families as well as series (`x_seconds` of a
 * histogram, which is no series), and as the code writes them (`jobs` for `jobs_total`). `*` stands for any text.
 */
export function familiesDocumented(name: string, registry: Registry): readonly Family[] {
  if (name.includes('*')) return familiesLike(name, registry)
  const found = [...registry.familyOfSeries(name), ...registry.familiesNamed(name)]
  return found.length > 0 ? [...new Set(found)] : [...registry.familiesNamed(`${name}_total`), ...registry.familiesNamed(`${name}_info`)]
}

function familiesLike(text: string, registry: Registry): readonly Family[] {
  const pattern = parsePattern(text)
  return registry.families.filter(({ name, series }) => [name, ...series].some((one) => patternMatches(pattern, one)))
}

/**
 * Whether a list of metrics is one of what the code exposes: more of its names are the code's than nothing exposes.
 * Others tell of other programs, or of what was or will be.
 */
export function isListOfOwn(names: readonly string[], registry: Registry): boolean {
  const families = [...new Set(names)].filter((name) => !name.includes('*')).map((name) => familiesDocumented(name, registry))
  const own = families.filter((found) => found.some(({ origin }) => isProducer(origin))).length
  return own > families.filter((found) => found.length === 0).length
}

/** What is known of names in a document that mean no family, by name; they are judged as the names in queries are. */
export function verdictsOnDocumented(names: readonly string[], exposure: Exposure, evidence: Evidence): ReadonlyMap<string, NameVerdict> {
  const asked = [...new Set(names)].filter((name) => !name.includes('*') && familiesDocumented(name, evidence.registry).length === 0)
  const selectors = asked.flatMap((name): (SelectorInQuery & { readonly name: string })[] => {
    const { expr } = parse(name, { templates: 'none' })
    return expr?.type === 'VectorSelector' ? [{ name, selector: expr, expr, exposure }] : []
  })
  const verdicts = nameVerdicts(selectors, evidence)
  return new Map(selectors.map(({ name, selector }) => [name, verdicts.get(selector)!]))
}
