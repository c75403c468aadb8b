import type { BinaryExpr, Expr, LabelMatcher, VectorMatching, VectorSelector } from '../../promql/ast.js'
import { functions, print } from '../../promql/index.js'
import { isLiteral, literalOf, spelling } from '../selector-match.js'
import { numberOf } from './functions.js'

/** An operation whose result does not depend on the data: both sides are the same pipeline over the same series. */
export interface ConstantOperation {
  /** What each series is; `'same'`: the comparison lets every series of the smaller side pass; `'nothing'`: none. */
  readonly result: number | 'same' | 'nothing'
  /** The labels whose matchers only one side has; none where the sides are alike. */
  readonly labels: readonly string[]
  readonly left: VectorSelector
  readonly right: VectorSelector
}

/**
 * Whether each series is held against itself: where a selector's matchers are among the other's, and each label that
 * tells the selectors apart survives to the operator and is matched on, the only partner of a series is the same one.
 */
export function constantOperation(node: BinaryExpr): ConstantOperation | undefined {
  const { op, matching } = node
  if (matching === undefined || matching.card === 'many-to-one' || matching.card === 'one-to-many') return undefined
  if (matching.fillLeft !== undefined || matching.fillRight !== undefined) return undefined
  const left = scaled(node.lhs)
  const right = scaled(node.rhs)
  const sides = [pipelineOf(left.expr), pipelineOf(right.expr)] as const
  const [l, r] = sides
  if (l === undefined || r === undefined || l.text !== r.text) return undefined
  const difference = differenceOf(l.selector, r.selector)
  if (difference === undefined) return undefined
  const result = resultOf(node, left.factor, right.factor, difference.narrower)
  if (result === undefined) return undefined
  // What `unless` finds on its right it finds whatever the labels are matched on.
  const isMatched = op === 'unless' || difference.labels.every((label) => l.keeps(label) && matchesOn(matching, label))
  return isMatched ? { result, labels: difference.labels, left: l.selector, right: r.selector } : undefined
}

function resultOf({ op, bool }: BinaryExpr, left: number, right: number, narrower: 'left' | 'right' | 'neither'): ConstantOperation['result'] | undefined {
  if (op === '/') return left / right
  if (left !== 1 || right !== 1) return undefined
  switch (op) {
    case '-':
      return 0
    case '==':
    case '<=':
    case '>=':
      return bool ? 1 : 'same'
    case '<':
    case '>':
      return bool ? 0 : 'nothing'
    case 'unless':
      return narrower === 'right' ? undefined : 'nothing'
    default:
      return undefined
  }
}

/** An expression without the constants that it is multiplied with or divided by. */
function scaled(expr: Expr): { readonly expr: Expr; readonly factor: number } {
  let factor = 1
  let node = expr
  for (;;) {
    if (node.type === 'ParenExpr') {
      node = node.expr
      continue
    }
    if (node.type !== 'BinaryExpr' || (node.op !== '*' && node.op !== '/')) return { expr: node, factor }
    const right = numberOf(node.rhs)
    const left = node.op === '*' ? numberOf(node.lhs) : undefined
    if (right !== undefined && right !== 0 && left === undefined) {
      factor = node.op === '*' ? factor * right : factor / right
      node = node.lhs
    } else if (left !== undefined && left !== 0 && right === undefined) {
      factor *= left
      node = node.rhs
    } else return { expr: node, factor }
  }
}

interface Pipeline {
  /** What it does, without the matchers of its selector. */
  readonly text: string
  readonly selector: VectorSelector
  /** Whether series that differ in a label still do at the end. */
  keeps(label: string): boolean
}

/** Functions that give no series for each series, or that need the others beside it. */
const noPipeline = new Set(['absent', 'absent_over_time', 'scalar', 'vector', 'info', 'label_join'])
const picking = new Set(['topk', 'bottomk', 'limitk', 'limit_ratio', 'count_values'])

/** One selector with functions and aggregations around it; `undefined` where it is something else. */
function pipelineOf(expr: Expr): Pipeline | undefined {
  const bare = withoutMatchers(expr)
  return bare && { text: print(bare.expr), selector: bare.selector, keeps: (label) => bare.keeps.every((passes) => passes(label)) }
}

interface Bare {
  readonly expr: Expr
  readonly selector: VectorSelector
  readonly keeps: readonly ((label: string) => boolean)[]
}

function withoutMatchers(expr: Expr): Bare | undefined {
  switch (expr.type) {
    case 'VectorSelector':
      return { expr: { ...expr, matchers: expr.matchers.filter(({ name }) => isLiteral(name, '__name__')) }, selector: expr, keeps: [] }
    case 'ParenExpr':
      return withoutMatchers(expr.expr)
    case 'MatrixSelector': {
      const inner = withoutMatchers(expr.vectorSelector)
      return inner && { ...inner, expr: { ...expr, vectorSelector: inner.expr as VectorSelector } }
    }
    case 'SubqueryExpr':
    case 'UnaryExpr': {
      const inner = withoutMatchers(expr.expr)
      return inner && { ...inner, expr: { ...expr, expr: inner.expr } }
    }
    case 'AggregateExpr': {
      const inner = withoutMatchers(expr.expr)
      const { grouping } = expr
      if (inner === undefined || picking.has(literalOf(expr.op)?.toLowerCase() ?? 'topk')) return undefined
      const names = grouping?.labels.map(literalOf) ?? []
      const keeps = (label: string) => !names.includes(undefined) && grouping !== undefined && names.includes(label) !== grouping.without
      return { ...inner, expr: { ...expr, expr: inner.expr }, keeps: [...inner.keeps, keeps] }
    }
    case 'Call':
      return withoutMatchersOfCall(expr)
    default:
      return undefined
  }
}

function withoutMatchersOfCall(expr: Extract<Expr, { type: 'Call' }>): Bare | undefined {
  const name = literalOf(expr.func) ?? ''
  const described = functions.get(name)
  if (described === undefined || noPipeline.has(name)) return undefined
  const index = described.argTypes.findIndex((type) => type === 'vector' || type === 'matrix')
  const argument = expr.args[index]
  const isConstant = ({ type }: Expr) => type === 'NumberLiteral' || type === 'StringLiteral' || type === 'TemplateExpr'
  if (argument === undefined || !expr.args.every((one, i) => i === index || isConstant(one))) return undefined
  const inner = withoutMatchers(argument)
  if (inner === undefined) return undefined
  const replaced = expr.args[1]?.type === 'StringLiteral' ? literalOf(expr.args[1].value) : undefined
  const keeps = (label: string) => (name === 'label_replace' ? replaced !== undefined && replaced !== label : !/^histogram_(?:quantile|fraction)$/.test(name) || label !== 'le')
  return { ...inner, expr: { ...expr, args: expr.args.map((one, i) => (i === index ? inner.expr : one)) }, keeps: [...inner.keeps, keeps] }
}

/** The labels on which only one of two selectors has matchers; `undefined` where each has some of its own. */
function differenceOf(left: VectorSelector, right: VectorSelector): { labels: readonly string[]; narrower: 'left' | 'right' | 'neither' } | undefined {
  const onlyLeft = matchersBeyond(left, right)
  const onlyRight = matchersBeyond(right, left)
  if (onlyLeft.length > 0 && onlyRight.length > 0) return undefined
  const labels = [...onlyLeft, ...onlyRight].map(({ name }) => literalOf(name))
  if (labels.includes(undefined) || labels.includes('__name__')) return undefined
  return { labels: [...new Set(labels as string[])], narrower: onlyLeft.length > 0 ? 'left' : onlyRight.length > 0 ? 'right' : 'neither' }
}

function matchersBeyond(selector: VectorSelector, other: VectorSelector): LabelMatcher[] {
  const others = new Set(other.matchers.map(textOf))
  return selector.matchers.filter((matcher) => !others.has(textOf(matcher)))
}

function textOf({ name, op, value }: LabelMatcher): string {
  return `${spelling(name)}${op}${JSON.stringify(spelling(value))}`
}

function matchesOn({ on, labels }: VectorMatching, label: string): boolean {
  const names = labels.map(literalOf)
  return !names.includes(undefined) && names.includes(label) === on
}
