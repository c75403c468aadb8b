import type { Expr, Text, VectorSelector } from '../promql/ast.js'
import { walk } from '../promql/index.js'
import { literalOf } from './selector-match.js'

/** What a query does with a selector's series: it tells which kind of metric was meant. */
export type AskedFor = 'buckets' | 'rate' | 'anything'

/** Functions of classic histograms, which read the `_bucket` series. */
const bucketFunctions = new Set(['histogram_quantile', 'histogram_fraction'])
/** Functions of counters. */
const counterFunctions = new Set(['rate', 'irate', 'increase', 'resets'])

/** What an expression does with a selector of its own. */
export function askedForBy(selector: VectorSelector, expr: Expr | undefined): AskedFor {
  return (expr && usesIn(expr).get(selector)) ?? 'anything'
}

const known = new WeakMap<Expr, ReadonlyMap<VectorSelector, AskedFor>>()

function usesIn(expr: Expr): ReadonlyMap<VectorSelector, AskedFor> {
  const uses = known.get(expr) ?? findUses(expr)
  known.set(expr, uses)
  return uses
}

function findUses(expr: Expr): ReadonlyMap<VectorSelector, AskedFor> {
  const uses = new Map<VectorSelector, AskedFor>()
  const around = new Map<Expr, AskedFor>()
  walk(expr, (node, parent) => {
    const outer = (parent && around.get(parent)) ?? 'anything'
    const use = outer === 'buckets' ? outer : ownUse(node) ?? outer
    around.set(node, use)
    if (node.type === 'VectorSelector') uses.set(node, use)
  })
  return uses
}

/** The label of bucket bounds. */
function isLe(label: Text): boolean {
  return literalOf(label) === 'le'
}

function ownUse(node: Expr): AskedFor | undefined {
  if (node.type === 'AggregateExpr') return node.grouping?.without === false && node.grouping.labels.some(isLe) ? 'buckets' : undefined
  if (node.type === 'VectorSelector') return node.matchers.some(({ name }) => isLe(name)) ? 'buckets' : undefined
  if (node.type !== 'Call') return undefined
  const name = literalOf(node.func) ?? ''
  if (bucketFunctions.has(name)) return 'buckets'
  return counterFunctions.has(name) ? 'rate' : undefined
}
