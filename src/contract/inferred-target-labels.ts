import type { Expr } from '../promql/ast.js'
import type { Family } from '../registry/types.js'
import { isMisspelling } from '../text/misspelling.js'
import { labelUses, type ValuesOf } from './label-uses.js'
import { matchSelector } from './selector-match.js'
import type { Contract } from './contract.js'

/** On so many families a label has to be used that none of them declares, to be taken for one of the targets. */
const familiesThatTell = 3

type Asked = readonly { readonly parsed: { readonly expr: Expr | undefined }; readonly valuesOf?: ValuesOf }[]

/**
 * Labels that the targets evidently have: queries use them on several families, and no family that is known declares
 * them. Asked only where no Prometheus configuration tells the labels of targets.
 */
export function inferredTargetLabels(queries: Asked, { registry, targetLabels }: Contract): Set<string> {
  const declared = new Set(registry.families.flatMap(({ labels }) => labels.map(({ name }) => name)))
  return labelsUsed(queries, registry, (label) => !declared.has(label) && !targetLabels.names.has(label), () => true)
}

/**
 * Labels that recorded series evidently get on their way to who asks for them, as the external labels of the Prometheus that
 * a federation reads: queries use them on several records that aggregate them away, and no program declares them.
 */
export function carriedLabels(queries: Asked, { registry }: Contract): Set<string> {
  const declared = new Set(registry.families.flatMap(({ labels, origin }) => (origin.kind === 'recording-rule' ? [] : labels.map(({ name }) => name))))
  return labelsUsed(queries, registry, (label) => !declared.has(label), ({ labels, labelsOpen, origin }, label) => {
    const names = labels.map(({ name }) => name)
    return origin.kind === 'recording-rule' && !labelsOpen && !names.includes(label) && !names.some((name) => isMisspelling(label, name, names, () => false))
  })
}

/** The labels that queries use on several families that count for it. */
function labelsUsed(queries: Asked, registry: Contract['registry'], mayBe: (label: string) => boolean, counts: (family: Family, label: string) => boolean): Set<string> {
  const families = new Map<string, Set<string>>()
  for (const { parsed, valuesOf } of queries) {
    if (parsed.expr === undefined) continue
    for (const { label, sides } of labelUses(parsed.expr, valuesOf)) {
      if (label === 'le' || label === 'quantile' || !mayBe(label)) continue
      const names = families.get(label) ?? new Set<string>()
      families.set(label, names)
      // Each level of a long chain has the selectors of all levels below.
      if (names.size >= familiesThatTell) continue
      for (const selector of sides.flatMap(({ selectors }) => [...selectors])) {
        const match = matchSelector(selector, registry)
        if (match.kind === 'known') for (const family of match.families) if (counts(family, label)) names.add(family.name)
      }
    }
  }
  return new Set([...families].filter(([, names]) => names.size >= familiesThatTell).map(([label]) => label))
}
