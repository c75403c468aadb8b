import type { Expr, VectorSelector } from '../promql/ast.js'
import { labelUses, type LabelUse, type ValuesOf } from './label-uses.js'
import { selectorLabels, type Contract, type LabelSources } from './labels.js'

/** A label that a query uses and that the selector it would have to come from does not carry. */
export interface MissingLabel {
  readonly use: LabelUse
  /** The very selector that lacks it. */
  readonly selector: VectorSelector
}

/**
 * Finds the labels that an expression uses although nothing it reads carries them, in the order of the text.
 * Where a label may come from a series or a function whose labels are not known, it is not missing.
 */
export function missingLabels(expr: Expr, contract: Contract, valuesOf?: ValuesOf): MissingLabel[] {
  return labelUses(expr, valuesOf).flatMap((use) => {
    const lacking = use.sides.map((side) => lackingSelector(use.label, side, contract))
    if (use.needs === 'one side' && lacking.includes(undefined)) return []
    const selector = lacking.find((one) => one !== undefined)
    return selector === undefined ? [] : [{ use, selector }]
  })
}

/** The first selector that would have to give a label, where none of them does. */
function lackingSelector(label: string, { selectors, made, open }: LabelSources, contract: Contract): VectorSelector | undefined {
  if (open || made.has(label)) return undefined
  let first: VectorSelector | undefined
  for (const selector of selectors) {
    const labels = selectorLabels(selector, contract)
    if (labels.open || labels.names.has(label)) return undefined
    first ??= selector
  }
  return first
}
