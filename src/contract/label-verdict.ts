import type { Expr } from '../promql/ast.js'
import { labelUses, type LabelUse, type ValuesOf } from './label-uses.js'
import type { Contract } from './contract.js'
import { mayCarry, type LabelSources } from './labels.js'
import { missingLabels } from './missing-labels.js'

export interface JudgedLabel {
  readonly use: LabelUse
  /** Whether what it would have to come from carries it (`proved`), does not, or may. */
  readonly verdict: 'proved' | 'refuted' | 'unverified'
}

/** What is known of each label that an expression uses, in the order of the text. */
export function judgeLabels(expr: Expr, contract: Contract, valuesOf?: ValuesOf): JudgedLabel[] {
  const missing = new Set(missingLabels(expr, contract, valuesOf).map(({ use }) => positionOf(use)))
  return labelUses(expr, valuesOf).map((use) => {
    if (missing.has(positionOf(use))) return { use, verdict: 'refuted' }
    const carried = use.sides.map((side) => surelyCarries(use.label, side, contract))
    return { use, verdict: (use.needs === 'one side' ? carried.some(Boolean) : carried.every(Boolean)) ? 'proved' : 'unverified' }
  })
}

function surelyCarries(label: string, { selectors, made }: LabelSources, contract: Contract): boolean {
  if (made.has(label)) return true
  for (const selector of selectors) if (mayCarry(selector, label, contract)) return true
  return false
}

function positionOf({ start, kind }: LabelUse): string {
  return `${kind} ${start}`
}
