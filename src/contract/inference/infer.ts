import type { AggregateExpr, Call, Expr, VectorSelector } from '../../promql/ast.js'
import { valueType, walk } from '../../promql/index.js'
import type { Contract } from '../contract.js'
import { askedName, literalOf } from '../selector-match.js'
import { binaryShapes, type Yield } from './binary.js'
import { negated, point } from './intervals.js'
import { propagation, type Propagation } from './propagation.js'
import { recordingsByName, type Recordings } from './recordings.js'
import { matchedShapes, selectedShapes } from './selector.js'
import { bareShape, bounded, dropName, openLabels, openShape } from './shapes.js'
import type { EmptyCause, Inferred, Shape } from './types.js'

export interface Inference {
  /** What an expression can yield; the same answer for the same node. */
  infer(expr: Expr): Inferred
  /** The same as if no selector had matchers: for what is asked of labels behind a matcher that nothing passes. */
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
  const unmatched = { '=': anything, '!=': anything, '=~': anything, '!~': anything } as const
  let inferUnmatched: ((expr: Expr) => Inferred) | undefined
  return {
    infer,
    inferUnmatched: (expr) => (inferUnmatched ??= inferenceWith(contract, { ...rows, matchers: unmatched }))(expr),
  }
}

const anything = <T>(label: T): T => label

function inferenceWith(contract: Contract, rows: Propagation): (expr: Expr) => Inferred {
  const memo = new WeakMap<Expr, Inferred>()
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
    // Children first and without recursion, however deep the tree is.
    walk(expr, {
      enter: (node) => !memo.has(node),
      leave: (node) => void memo.set(node, inferNode(node)),
    })
    underWay.delete(expr)
    return memo.get(expr)!
  }

  const of = (expr: Expr): Inferred => memo.get(expr) ?? infer(expr)

  function inferNode(node: Expr): Inferred {
    const type = valueType(node)
    switch (node.type) {
      case 'VectorSelector': {
        return told(node, type, matchedShapes(node, selected(node), ({ op }) => rows.matchers[op]), () => [])
      }
      case 'MatrixSelector':
        return typed(of(node.vectorSelector), type)
      case 'SubqueryExpr':
      case 'ParenExpr':
        return typed(of(node.expr), type)
      case 'UnaryExpr':
        return { ...of(node.expr), type, ...(node.op === '-' && { shapes: of(node.expr).shapes.map((shape) => negative(shape, node)) }) }
      case 'NumberLiteral':
        return { type, shapes: [bareShape(node, { value: point(node.value), kind: 'number', always: true })] }
      case 'StringLiteral':
        return { type, shapes: [bareShape(node, { always: true })] }
      case 'TemplateExpr':
        return { type, shapes: [openShape] }
      case 'AggregateExpr':
        return told(node, type, aggregated(node), () => [of(node.expr)])
      case 'Call':
        return told(node, type, called(node), () => argumentsThatEmpty(node).map(of))
      case 'BinaryExpr': {
        const [lhs, rhs] = [of(node.lhs), of(node.rhs)]
        return told(node, type, binaryShapes(node, lhs, rhs, rows.operators.get(node.op), rows), () => (node.op === 'or' || node.op === 'unless' ? [lhs] : [lhs, rhs]))
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

  function aggregated(node: AggregateExpr): Yield {
    const op = literalOf(node.op)
    const row = op === undefined ? undefined : rows.aggregations.get(op.toLowerCase())
    // A variable for the operator may be `topk`, which keeps every label.
    return { shapes: row ? row(node, of(node.expr)) : of(node.expr).shapes.map(openLabels) }
  }

  function called(node: Call): Yield {
    const name = literalOf(node.func)
    const row = name === undefined ? undefined : rows.functions.get(name)
    if (row === undefined) return { shapes: [openShape] }
    const shapes = row(node, node.args.map(of))
    const isQuantile = name === 'histogram_quantile' || name === 'histogram_fraction'
    const argument = node.args.at(-1)
    if (shapes.length > 0 || !isQuantile || argument === undefined) return { shapes }
    return { shapes, cause: { kind: 'no-buckets', node, shapes: of(argument).shapes } }
  }

  return infer
}

function typed(inferred: Inferred, type: Inferred['type']): Inferred {
  return inferred.type === type ? inferred : { ...inferred, type }
}

function negative(shape: Shape, node: Expr): Shape {
  return { ...dropName(shape, node), value: negated(shape.value), kind: 'unknown' }
}

/** The arguments without which a function yields nothing. */
function argumentsThatEmpty(node: Call): readonly Expr[] {
  const name = literalOf(node.func) ?? ''
  if (['absent', 'absent_over_time', 'scalar', 'vector'].includes(name)) return []
  return node.args.filter((argument) => valueType(argument) !== 'scalar' && valueType(argument) !== 'string')
}

/** With the cause where nothing is yielded: the innermost, that of an operand that yields nothing itself. */
function told(node: Expr, type: Inferred['type'], { shapes, cause }: Yield, operands: () => readonly Inferred[]): Inferred {
  if (shapes.length > 0) return { type, shapes: bounded(shapes) }
  const inner = operands().find((operand) => operand.shapes.length === 0)?.cause
  const other: EmptyCause = { kind: 'other', node }
  return { type, shapes, cause: inner ?? cause ?? other }
}

