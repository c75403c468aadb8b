import { propagation } from '../../src/contract/inference/propagation.js'
import { literalOf } from '../../src/contract/selector-match.js'
import type { Expr } from '../../src/promql/ast.js'
import { parse, valueType, walk } from '../../src/promql/index.js'
import type { Evaluated } from './judge.js'

/** How many queries with an answer use each row of the propagation table. */
export function coverage(evaluated: readonly Evaluated[], counts = new Map<string, number>()): Map<string, number> {
  for (const { asked, answers } of evaluated) {
    const { expr } = parse(asked)
    if (expr === undefined || answers.every(({ series }) => series.length === 0)) continue
    const rows = new Set<string>()
    walk(expr, (node) => {
      for (const row of rowsOf(node)) rows.add(row)
    })
    for (const row of rows) counts.set(row, (counts.get(row) ?? 0) + 1)
  }
  return counts
}

/** The functions, aggregations, operators and matchers of the table that no query with an answer has used. */
export function rowsWithoutAnswer(counts: ReadonlyMap<string, number>): string[] {
  const { functions, aggregations, operators, matchers } = propagation
  return [...functions.keys(), ...aggregations.keys(), ...operators.keys(), ...Object.keys(matchers).map((op) => `matcher ${op}`)].filter((row) => !counts.has(row))
}

function rowsOf(node: Expr): string[] {
  switch (node.type) {
    case 'VectorSelector':
      return ['selector', ...node.matchers.map(({ op }) => `matcher ${op}`), ...(node.offset ? ['offset'] : []), ...(node.at ? ['@'] : [])]
    case 'Call':
      return [literalOf(node.func) ?? '']
    case 'AggregateExpr':
      return [literalOf(node.op) ?? '', node.grouping === undefined ? 'aggregation' : node.grouping.without ? 'without' : 'by']
    case 'SubqueryExpr':
      return ['subquery']
    case 'UnaryExpr':
      return ['unary minus']
    case 'BinaryExpr': {
      const { op, bool, matching } = node
      const scalars = [node.lhs, node.rhs].filter((side) => valueType(side) === 'scalar').length
      if (scalars > 0) return [`${op}${bool ? ' bool' : ''} with a scalar`]
      const on = matching?.explicit ? (matching.on ? ' on' : ' ignoring') : ''
      const group = matching?.card === 'many-to-one' ? ' group_left' : matching?.card === 'one-to-many' ? ' group_right' : ''
      return [`${op}${bool ? ' bool' : ''}`, `${isComparison(op) ? 'comparison' : isSet(op) ? op : 'arithmetic'}${on}${group}`]
    }
    default:
      return []
  }
}

const isComparison = (op: string) => ['==', '!=', '<', '<=', '>', '>='].includes(op)
const isSet = (op: string) => ['and', 'or', 'unless'].includes(op)
