import type { Expr, VectorSelector } from '../promql/ast.js'
import { inferenceOf, type Inference } from './inference/infer.js'
import { isAbsent } from './inference/label-values.js'
import { labelOf } from './inference/shapes.js'
import type { Reason, Shape } from './inference/types.js'
import { labelUses, type LabelUse, type ValuesOf } from './label-uses.js'
import type { Contract } from './contract.js'

/** A label that a query uses and that the selector it would have to come from does not carry. */
export interface MissingLabel {
  readonly use: LabelUse
  /** The very selector that lacks it. */
  readonly selector: VectorSelector
}

/** A label that a query uses where an inner expression has already dropped it. */
export interface DroppedLabel {
  readonly use: LabelUse
  readonly by: Expr
}

/**
 * Finds the labels that an expression uses although nothing it reads carries them, in the order of the text.
 * Where a label may come from a series or a function whose labels are not known, it is not missing.
 */
export function missingLabels(expr: Expr, contract: Contract, valuesOf?: ValuesOf): MissingLabel[] {
  return lackedLabels(expr, contract, valuesOf).flatMap(({ use, why }) => (why.kind === 'never-declared' ? [{ use, selector: why.selector }] : []))
}

/** Finds the labels that an expression uses where the series had them once, or could have, and have them no longer. */
export function droppedLabels(expr: Expr, contract: Contract): DroppedLabel[] {
  return lackedLabels(expr, contract, undefined).flatMap(({ use, why }) => (why.kind === 'dropped' ? [{ use, by: why.by }] : []))
}

interface LackedLabel {
  readonly use: LabelUse
  readonly why: Reason
}

const lackedIn = new WeakMap<Contract, WeakMap<Expr, readonly LackedLabel[]>>()

/** Several rules and the coverage ask for it: what is found in a query is kept. */
function lackedLabels(expr: Expr, contract: Contract, valuesOf: ValuesOf | undefined): readonly LackedLabel[] {
  if (valuesOf !== undefined) return findLacked(expr, contract, valuesOf)
  const known = lackedIn.get(contract) ?? new WeakMap<Expr, readonly LackedLabel[]>()
  lackedIn.set(contract, known)
  const lacked = known.get(expr) ?? findLacked(expr, contract, undefined)
  known.set(expr, lacked)
  return lacked
}

function findLacked(expr: Expr, contract: Contract, valuesOf: ValuesOf | undefined): LackedLabel[] {
  const inference = inferenceOf(contract)
  return labelUses(expr, valuesOf).flatMap((use) => {
    const reasons = use.operands.map((operand) => whyLacked(use.label, shapesAsked(operand, use, inference)))
    if (use.needs === 'one side' && reasons.includes(undefined)) return []
    const why = reasons.find((reason) => reason !== undefined)
    return why === undefined ? [] : [{ use, why }]
  })
}

/** A matcher is asked of what the selector would match without it, and so is what stands around one that matches nothing. */
function shapesAsked(operand: Expr, { kind }: LabelUse, { infer, inferUnmatched }: Inference): readonly Shape[] {
  if (kind === 'matcher') return inferUnmatched(operand).shapes
  const { shapes } = infer(operand)
  return shapes.length > 0 ? shapes : inferUnmatched(operand).shapes
}

/** Why no series has a label; `undefined` where one may. */
function whyLacked(label: string, shapes: readonly Shape[]): Reason | undefined {
  if (!shapes.every((shape) => isAbsent(labelOf(shape, label)))) return undefined
  const reasons = shapes.map((shape) => labelOf(shape, label).why)
  return reasons.find(({ kind }) => kind === 'dropped') ?? reasons.find(({ kind }) => kind === 'never-declared')
}
