import type { BinaryOp, MatchOp } from '../../promql/ast.js'
import { aggregations, type AggregationRow } from './aggregation.js'
import { operators, type OperatorRow } from './binary.js'
import { functionRows, type FunctionRow } from './functions.js'
import { groupedMatch, oneToOneMatch, type MatchRow } from './matching.js'
import { equalRow, notEqualRow, notRegexpRow, regexpRow, type MatcherRow } from './selector.js'

/**
 * The rows by which shapes go up the tree, one for each matcher, function, aggregation, operator and kind of matching.
 * What holds them against a running Prometheus puts false rows in their places, to see that it would notice.
 */
export interface Propagation {
  readonly matchers: Readonly<Record<MatchOp, MatcherRow>>
  readonly functions: ReadonlyMap<string, FunctionRow>
  readonly aggregations: ReadonlyMap<string, AggregationRow>
  readonly operators: ReadonlyMap<BinaryOp, OperatorRow>
  readonly oneToOne: MatchRow
  readonly grouped: MatchRow
}

export const propagation: Propagation = {
  matchers: { '=': equalRow, '!=': notEqualRow, '=~': regexpRow, '!~': notRegexpRow },
  functions: functionRows,
  aggregations,
  operators,
  oneToOne: oneToOneMatch,
  grouped: groupedMatch,
}
