import { createInference } from '../../src/contract/inference/infer.js'
import { constantOperation } from '../../src/contract/inference/constant-operation.js'
import { admits, mayBeAbsent } from '../../src/contract/inference/label-values.js'
import { propagation, type Propagation } from '../../src/contract/inference/propagation.js'
import { labelOf } from '../../src/contract/inference/shapes.js'
import type { Inferred, Interval, Shape } from '../../src/contract/inference/types.js'
import type { Expr } from '../../src/promql/ast.js'
import { parse } from '../../src/promql/index.js'
import type { Answer } from './prometheus.js'
import type { NamedContract } from './world.js'

/** A query with what Prometheus answered, at each instant. */
export interface Evaluated {
  readonly text: string
  readonly asked: string
  readonly answers: readonly Answer[]
}

/** Where what was inferred is not what Prometheus answered. */
export interface Contradiction {
  readonly query: string
  readonly asked: string
  readonly registry: string
  readonly what: string
}

export interface Verdicts {
  readonly contradictions: readonly Contradiction[]
  /** Queries without an answer at any instant, over the registry that knows all; and how many of them were foretold. */
  readonly empty: number
  readonly foretold: number
  /** Queries of a constant operation. */
  readonly constant: number
}

/** Holds answers against what is inferred over each registry. */
export function judge(evaluated: readonly Evaluated[], contracts: readonly NamedContract[], rows: Propagation = propagation, enough = Infinity): Verdicts {
  const contradictions: Contradiction[] = []
  let empty = 0
  let foretold = 0
  let constant = 0
  const inferences = contracts.map(({ name, isWhole, contract }) => ({ name, isWhole, inference: createInference(contract, rows) }))
  for (const { text, asked, answers } of evaluated) {
    if (contradictions.length >= enough) break
    const { expr, errors } = parse(text, { templates: 'grafana' })
    if (expr === undefined || errors.length > 0) continue
    const isEmpty = answers.every(({ series }) => series.length === 0)
    for (const { name, isWhole, inference } of inferences) {
      const inferred = inference.infer(expr)
      if (isWhole && isEmpty) {
        empty++
        if (inferred.shapes.length === 0) foretold++
      }
      const what = answers.map((answer) => contradiction(inferred, answer)).find((one) => one !== undefined)
      if (what !== undefined) contradictions.push({ query: text, asked, registry: name, what })
    }
    const told = constancy(expr)
    if (told === undefined) continue
    constant++
    const what = answers.map((answer) => brokenConstancy(told, answer)).find((one) => one !== undefined)
    if (what !== undefined) contradictions.push({ query: text, asked, registry: 'any', what })
  }
  return { contradictions, empty, foretold, constant }
}

function contradiction({ shapes }: Inferred, { series }: Answer): string | undefined {
  if (series.length === 0) {
    return shapes.some(({ always }) => always) ? 'a series is always there, and is not' : undefined
  }
  for (const { metric, value } of series) {
    if (!shapes.some((shape) => hasLabels(shape, metric))) return `no shape has the labels ${JSON.stringify(metric)}`
    if (!shapes.some((shape) => hasLabels(shape, metric) && hasValue(shape.value, value))) return `no shape of ${JSON.stringify(metric)} has the value ${value}`
  }
  return undefined
}

function hasLabels(shape: Shape, metric: Readonly<Record<string, string>>): boolean {
  for (const [name, values] of shape.labels) if (!(name in metric) && !mayBeAbsent(values)) return false
  return Object.entries(metric).every(([name, value]) => admits(labelOf(shape, name), value))
}

/** Sums of many numbers are not exact in their last digits. */
function hasValue({ lo, hi, nan }: Interval, value: number): boolean {
  if (Number.isNaN(value)) return nan
  const slack = Math.abs(value) * 1e-9
  return value >= lo - (Number.isFinite(slack) ? slack : 0) && value <= hi + (Number.isFinite(slack) ? slack : 0)
}

function constancy(expr: Expr): ReturnType<typeof constantOperation> {
  if (expr.type === 'ParenExpr') return constancy(expr.expr)
  return expr.type === 'BinaryExpr' ? constantOperation(expr) : undefined
}

function brokenConstancy({ result }: NonNullable<ReturnType<typeof constantOperation>>, { series }: Answer): string | undefined {
  if (result === 'nothing') return series.length > 0 ? 'constantly nothing, and there is something' : undefined
  if (result === 'same') return undefined
  const other = series.find(({ value }) => !Number.isNaN(value) && Math.abs(value - result) > 1e-9)
  return other && `constantly ${result}, and it is ${other.value}`
}
