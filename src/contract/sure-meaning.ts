import type { VectorSelector } from '../promql/ast.js'
import { isWordOfCatalogs } from '../registry/catalogs.js'
import type { Registry } from '../registry/registry.js'
import type { Family } from '../registry/types.js'
import { isMisspelling } from '../text/misspelling.js'
import { wordsOf } from '../text/word-likeness.js'
import type { Contract } from './contract.js'
import type { LabelUse } from './label-uses.js'
import type { Found } from './name-verdict.js'
import { literalOf } from './selector-match.js'
import type { AskedFor } from './selector-use.js'

/** What a query does with a selector, as far as it tells what the series has to be. */
export interface SelectorUse {
  readonly selector: VectorSelector
  readonly askedFor: AskedFor
  /** All labels that the query uses. */
  readonly labels: readonly LabelUse[]
}

/**
 * Whether nothing but the suggestion can be meant by a name that nothing exposes: it lacks the `_total` of a counter; or
 * it is that name misspelt, and the suggested series has the labels and values that the query asks for, and can be used
 * as the query uses it. Without `use` the name alone counts.
 */
export function isSurelyMeant(name: string, found: Found, { registry, targetLabels }: Pick<Contract, 'registry' | 'targetLabels'>, use?: SelectorUse): boolean {
  if (!('suggestion' in found)) return false
  const { kind, suggestion } = found
  // The counter has that name in the code, whatever labels the query asks it for.
  if (kind === 'other-series') return found.family.type === 'counter' && suggestion === `${name}_total`
  if (kind !== 'near' || !isMisspelling(name, suggestion, registry.seriesNames(), wordTest(registry))) return false
  const families = registry.familyOfSeries(suggestion)
  return use === undefined || families.every((family) => serves(family, suggestion, use, targetLabels.names))
}

function serves(family: Family, series: string, { selector, askedFor, labels }: SelectorUse, targetLabels: ReadonlySet<string>): boolean {
  const { type } = family
  if (askedFor === 'rate' && (type === 'gauge' || type === 'info' || type === 'stateset')) return false
  if (askedFor === 'buckets' && type !== 'histogram') return false
  const has = (label: string) => targetLabels.has(label)
    || family.labels.some(({ name }) => name === label)
    || (label === 'le' && type === 'histogram' && series.endsWith('_bucket'))
    || (label === 'quantile' && type === 'summary' && series === family.name)
  const own = labels.filter(({ sides }) => sides.some(({ selectors, made, open }) => open || made.size > 0 || [...selectors].includes(selector)))
  return own.every(({ label, sides }) => sides.some(({ made }) => made.has(label)) || has(label)) && selector.matchers.every(({ name, op, value }) => {
    const [label, asked] = [literalOf(name), literalOf(value)]
    const known = family.labels.find((one) => one.name === label)
    return op !== '=' || asked === undefined || asked === '' || known === undefined || known.open || known.values.length === 0 || known.values.includes(asked)
  })
}

const vocabularies = new WeakMap<Registry, ReadonlySet<string>>()

/** Tells the words, in lower case, that names of metrics, labels and values consist of, here or in any catalog. */
export function wordTest(registry: Registry): (word: string) => boolean {
  let words = vocabularies.get(registry)
  if (words === undefined) {
    const texts = registry.families.flatMap(({ series, labels }) => [...series, ...labels.flatMap(({ name, values }) => [name, ...values])])
    vocabularies.set(registry, words = new Set(texts.flatMap(wordsOf)))
  }
  const own = words
  return (word) => own.has(word) || isWordOfCatalogs(word)
}
