import type { AggregateExpr, Call, Expr, VectorSelector } from '../../promql/ast.js'
import { children, valueType } from '../../promql/index.js'
import type { Contract } from '../contract.js'
import { askedName, literalOf } from '../selector-match.js'
import { binaryShapes } from './binary.js'
import { negated, point } from './intervals.js'
import { isAbsent, isImpossible, open, unknownReason } from './label-values.js'
import { propagation, type Propagation } from './propagation.js'
import { recordingsByName, type Recordings } from './recordings.js'
import { matchedShapes, selectedShapes, type MatcherRow } from './selector.js'
import { bareShape, bounded, nameless, openLabels, openShape } from './shapes.js'
import type { EmptyCause, Inferred, Shape } from './types.js'

export interface Inference {
  /** What an expression can yield; the same answer for the same node. */
  infer(expr: Expr): Inferred
  /**
   * The same as if no selector had matchers: for what is asked of labels behind a matcher that nothing passes. What it
   * asks of a label that is there may be anything, then.
   */
  inferUnmatched(expr: Expr): Inferred
}

const inferences = new WeakMap<Contract, Inference>()

/** The inference over a contract, which remembers what it was asked. */
export function inferenceOf(contract: Contract): Inference {
  const known = inferences.get(contract)
  if (known) return known
  const inference = createInference(contract)
  inferences.set(contract, inference)
  return inference
}

export function createInference(contract: Contract, rows: Propagation = propagation): Inference {
  const infer = inferenceWith(contract, rows)
  const unmatched: MatcherRow = (label, matcher, selector) => {
    const isRefused = !isAbsent(label) && isImpossible(rows.matchers[matcher.op](label, matcher, selector))
    return isRefused ? open(false, unknownReason) : label
  }
  let inferUnmatched: ((expr: Expr) => Inferred) | undefined
  return {
    infer,
    inferUnmatched: (expr) => (inferUnmatched ??= inferenceWith(contract, { ...rows, matchers: { '=': unmatched, '!=': unmatched, '=~': unmatched, '!~': unmatched } }))(expr),
  }
}

function inferenceWith(contract: Contract, rows: Propagation): (expr: Expr) => Inferred {
  const memo = new Map<Expr, Inferred>()
  const byName = new Map<string, readonly Shape[]>()
  const underWay = new Set<Expr>()
  const recordings: Recordings = {
    byName: recordingsByName(contract.recordings ?? []),
    infer: (expr) => (underWay.has(expr) ? undefined : infer(expr)),
  }

  function infer(expr: Expr): Inferred {
    const known = memo.get(expr)
    if (known) return known
    underWay.add(expr)
    // Operands first and without recursion, however deep the tree is: this is the order, backwards.
    const order: Expr[] = []
    const open = [expr]
    for (let node = open.pop(); node; node = open.pop()) {
      order.push(node)
      for (const child of children(node)) if (!memo.has(child)) open.push(child)
    }
    for (let i = order.length - 1; i >= 0; i--) memo.set(order[i]!, inferNode(order[i]!))
    underWay.delete(expr)
    return memo.get(expr)!
  }

  const of = (expr: Expr): Inferred => memo.get(expr) ?? infer(expr)

  function inferNode(node: Expr): Inferred {
    switch (node.type) {
      case 'VectorSelector': {
        const { shapes, cause } = matchedShapes(node, selected(node), ({ op }) => rows.matchers[op])
        return shapes.length > 0 ? { type: 'vector', shapes: bounded(shapes) } : nothing(node, 'vector', cause)
      }
      case 'MatrixSelector':
        return typed(of(node.vectorSelector), 'matrix')
      case 'SubqueryExpr':
        return typed(of(node.expr), 'matrix')
      case 'ParenExpr':
        return of(node.expr)
      case 'UnaryExpr': {
        const operand = of(node.expr)
        return node.op === '-' ? { ...operand, shapes: operand.shapes.map((shape) => nameless(shape, node, negated(shape.value), 'unknown')) } : operand
      }
      case 'NumberLiteral':
        return { type: 'scalar', shapes: [bareShape(node, { value: point(node.value), kind: 'number', always: true })] }
      case 'StringLiteral':
        return { type: 'string', shapes: [bareShape(node, { always: true })] }
      case 'TemplateExpr':
        return { type: 'none', shapes: [openShape] }
      case 'AggregateExpr': {
        const operand = of(node.expr)
        const shapes = aggregated(node, operand)
        return shapes.length > 0 ? { type: 'vector', shapes: bounded(shapes) } : nothing(node, 'vector', undefined, [operand])
      }
      case 'Call': {
        const shapes = called(node)
        return shapes.length > 0 ? { type: valueType(node), shapes: bounded(shapes) } : nothing(node, valueType(node), emptyQuantile(node), argumentsThatEmpty(node).map(of))
      }
      case 'BinaryExpr': {
        const [lhs, rhs] = [of(node.lhs), of(node.rhs)]
        const { shapes, cause } = binaryShapes(node, lhs, rhs, rows.operators.get(node.op), rows)
        if (shapes.length > 0) return { type: valueType(node), shapes: bounded(shapes) }
        return nothing(node, valueType(node), cause, node.op === 'or' || node.op === 'unless' ? [lhs] : [lhs, rhs])
      }
    }
  }

  /** Selectors of one name select the same, and differ in their matchers only. */
  function selected(node: VectorSelector): readonly Shape[] {
    const asked = askedName(node)
    const known = asked?.kind === 'exact' ? byName.get(asked.text) : undefined
    if (known) return known
    const shapes = selectedShapes(node, contract, recordings)
    // A rule that reads itself, however far around, is known in part only while it is being inferred.
    if (asked?.kind === 'exact' && underWay.size <= 1) byName.set(asked.text, shapes)
    return shapes
  }

  function aggregated(node: AggregateExpr, operand: Inferred): readonly Shape[] {
    const op = literalOf(node.op)
    const row = op === undefined ? undefined : rows.aggregations.get(op.toLowerCase())
    // A variable for the operator may be `topk`, which keeps every label.
    return row ? row(node, operand) : operand.shapes.map(openLabels)
  }

  function called(node: Call): readonly Shape[] {
    const name = literalOf(node.func)
    const row = name === undefined ? undefined : rows.functions.get(name)
    return row ? row(node, node.args.map(of)) : [openShape]
  }

  function emptyQuantile(node: Call): EmptyCause | undefined {
    const name = literalOf(node.func)
    const argument = node.args.at(-1)
    if ((name !== 'histogram_quantile' && name !== 'histogram_fraction') || argument === undefined) return undefined
    return { kind: 'no-buckets', node, shapes: of(argument).shapes }
  }

  return infer
}

function typed(inferred: Inferred, type: Inferred['type']): Inferred {
  return inferred.type === type ? inferred : { ...inferred, type }
}

/** The arguments without which a function yields nothing. */
function argumentsThatEmpty(node: Call): readonly Expr[] {
  const name = literalOf(node.func) ?? ''
  if (['absent', 'absent_over_time', 'scalar', 'vector'].includes(name)) return []
  return node.args.filter((argument) => valueType(argument) !== 'scalar' && valueType(argument) !== 'string')
}

/** Nothing, with the cause: the innermost, that of an operand that yields nothing itself. */
function nothing(node: Expr, type: Inferred['type'], cause: EmptyCause | undefined, operands: readonly Inferred[] = []): Inferred {
  const inner = operands.find((operand) => operand.shapes.length === 0)?.cause
  return { type, shapes: [], cause: inner ?? cause ?? { kind: 'other', node } }
}
