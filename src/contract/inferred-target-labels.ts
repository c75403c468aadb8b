import type { Expr } from '../promql/ast.js'
import { labelUses, type ValuesOf } from './label-uses.js'
import { matchSelector } from './selector-match.js'
import type { Contract } from './contract.js'

/** On so many families a label has to be used that none of them declares, to be taken for one of the targets. */
const familiesThatTell = 3

/**
 * Labels that the targets evidently have: queries use them on several families, and no family that is known declares
 * them. Asked only where no Prometheus configuration tells the labels of targets.
 */
export function inferredTargetLabels(
  queries: readonly { readonly parsed: { readonly expr: Expr | undefined }; readonly valuesOf?: ValuesOf }[],
  { registry, targetLabels }: Contract,
): Set<string> {
  const declared = new Set(registry.families.flatMap(({ labels }) => labels.map(({ name }) => name)))
  const families = new Map<string, Set<string>>()
  for (const { parsed, valuesOf } of queries) {
    if (parsed.expr === undefined) continue
    for (const { label, sides } of labelUses(parsed.expr, valuesOf)) {
      if (declared.has(label) || targetLabels.names.has(label) || label === 'le' || label === 'quantile') continue
      const names = families.get(label) ?? new Set<string>()
      families.set(label, names)
      // Each level of a long chain has the selectors of all levels below.
      if (names.size >= familiesThatTell) continue
      for (const selector of sides.flatMap(({ selectors }) => [...selectors])) {
        const match = matchSelector(selector, registry)
        if (match.kind === 'known') for (const { name } of match.families) names.add(name)
      }
    }
  }
  return new Set([...families].filter(([, names]) => names.size >= familiesThatTell).map(([label]) => label))
}
