import type { Expr } from './ast.js'

/** What `walk` calls. Where `enter` returns `false`, what is inside the node is left out, and so is its `leave`. */
export interface Visitor {
  readonly enter?: (node: Expr, parent: Expr | undefined) => unknown
  readonly leave?: (node: Expr, parent: Expr | undefined) => void
}

/**
 * Visits an expression and everything in it, depth first, in the order of the text. A function is a visitor that only
 * enters. Takes no stack, however deep the tree is.
 */
export function walk(expr: Expr, visitor: Visitor | NonNullable<Visitor['enter']>): void {
  const { enter, leave } = typeof visitor === 'function' ? { enter: visitor, leave: undefined } : visitor
  const stack: { readonly node: Expr; readonly parent: Expr | undefined; isLeft: boolean }[] = []
  stack.push({ node: expr, parent: undefined, isLeft: false })
  for (let visit = stack.at(-1); visit; visit = stack.at(-1)) {
    const { node, parent } = visit
    if (visit.isLeft) {
      leave?.(node, parent)
      stack.pop()
      continue
    }
    visit.isLeft = true
    if (enter?.(node, parent) === false) {
      stack.pop()
      continue
    }
    const inside = children(node)
    for (let i = inside.length - 1; i >= 0; i--) stack.push({ node: inside[i]!, parent: node, isLeft: false })
  }
}

/**
 * Works out a value of an expression from the values of the expressions directly inside it (in the order of
 * `children`), innermost first. Each node is asked about once. Takes no stack, however deep the tree is.
 */
export function fold<Value>(expr: Expr, combine: (node: Expr, inner: readonly Value[]) => Value): Value {
  const stack: { readonly node: Expr; readonly inside: readonly Expr[]; readonly values: Value[] }[] = []
  const open = (node: Expr) => stack.push({ node, inside: children(node), values: [] })
  open(expr)
  for (;;) {
    const { node, inside, values } = stack.at(-1)!
    const next = inside[values.length]
    if (next) {
      open(next)
      continue
    }
    const value = combine(node, values)
    stack.pop()
    const parent = stack.at(-1)
    if (!parent) return value
    parent.values.push(value)
  }
}

const none: readonly Expr[] = []

/** The expressions directly inside a node, in the order of the text. */
export function children(node: Expr): readonly Expr[] {
  switch (node.type) {
    case 'AggregateExpr':
      return node.param ? [node.param, node.expr] : [node.expr]
    case 'BinaryExpr':
      return [node.lhs, node.rhs]
    case 'Call':
      return node.args
    case 'MatrixSelector':
      return [node.vectorSelector]
    case 'ParenExpr':
    case 'SubqueryExpr':
    case 'UnaryExpr':
      return [node.expr]
    default:
      return none
  }
}
