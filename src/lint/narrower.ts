import { literalOf } from '../contract/selector-match.js'
import type { Expr, VectorSelector } from '../promql/ast.js'
import { parse, print, valueType, walk } from '../promql/index.js'

/** An expression with what it selects, apart from how. */
export interface Selecting {
  /** The expression without matchers, in one spelling. */
  readonly skeleton: string
  /** The matchers of each selector, in the order of the text. */
  readonly matchers: readonly ReadonlySet<string>[]
}

/**
 * What an expression selects, where each series of its result comes of one that is selected: `rate(x{a="b"}[5m]) > 1`.
 * `undefined` where several are put together, and where a variable chooses.
 */
export function selectingOf(expr: Expr, text: string): Selecting | undefined {
  const nodes: Expr[] = []
  walk(expr, (node) => void nodes.push(node))
  const selectors = nodes.filter((node): node is VectorSelector => node.type === 'VectorSelector')
  if (!nodes.every(keepsSeriesApart) || selectors.some(({ matchers }) => matchers.some(({ name, value }) => literalOf(name) === undefined || literalOf(value) === undefined))) return undefined
  let without = text
  for (const { matchers } of selectors.toReversed()) {
    const [first, last] = [matchers[0], matchers.at(-1)]
    if (first && last) without = without.slice(0, text.lastIndexOf('{', first.name.start)) + without.slice(text.indexOf('}', last.value.end) + 1)
  }
  const skeleton = parse(without)
  if (skeleton.expr === undefined || skeleton.errors.length > 0) return undefined
  return { skeleton: print(skeleton.expr), matchers: selectors.map(({ matchers }) => new Set(matchers.map(({ name, op, value }) => `${literalOf(name)}${op}${literalOf(value)}`))) }
}

/** Whether what a node yields of a series does not depend on what else there is. */
function keepsSeriesApart(node: Expr): boolean {
  if (node.type === 'BinaryExpr') return valueType(node.lhs) === 'scalar' || valueType(node.rhs) === 'scalar'
  if (node.type === 'Call') return !/^(?:absent|scalar|vector|label_)/.test(literalOf(node.func) ?? 'absent')
  return node.type !== 'AggregateExpr' && node.type !== 'TemplateExpr'
}

/** Whether all that one selects the other selects too, and more. */
export function isNarrower(one: Selecting, other: Selecting): boolean {
  return one.skeleton === other.skeleton
    && other.matchers.every((wide, i) => [...wide].every((matcher) => one.matchers[i]!.has(matcher)))
    && other.matchers.some((wide, i) => wide.size < one.matchers[i]!.size)
}
