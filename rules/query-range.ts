import { boundsSchema, durationText, outOfBounds, type Bounds } from '../src/lint/bounds.js'
import { isOfKind, queryKindsSchema, type QueryKind } from '../src/lint/query-kinds.js'
import { defineRule } from '../src/lint/rule.js'
import type { Duration } from '../src/promql/ast.js'
import { walk } from '../src/promql/index.js'

interface Options {
  readonly range?: Bounds
  readonly offset?: Bounds
  readonly in?: readonly QueryKind[]
}

export default defineRule<'query', Options>({
  name: 'query-range',
  subject: 'query',
  severity: 'off',
  summary: 'Each query looks back as far as the team allows',
  needsOptions: true,
  options: {
    type: 'object',
    properties: { range: boundsSchema('A range, of a selector or a subquery, is'), offset: boundsSchema('An offset, either way, is'), in: queryKindsSchema },
    additionalProperties: false,
  },
  check(query, { options, report }) {
    const { expr } = query.parsed
    if (expr === undefined || !isOfKind(query, options.in)) return
    const check = (what: string, duration: Duration | undefined, bounds: Bounds = {}) => {
      // What a variable or an expression comes to is not known.
      if (duration?.type !== 'DurationLiteral') return
      const wrong = outOfBounds(Math.abs(duration.seconds), bounds)
      if (wrong !== undefined) report({ at: query.place(duration.start, duration.end), message: `The ${what} of ${durationText(Math.abs(duration.seconds))} is ${wrong}` })
    }
    walk(expr, (node) => {
      if (node.type === 'MatrixSelector' || node.type === 'SubqueryExpr') check('range', node.range, options.range)
      if (node.type === 'VectorSelector' || node.type === 'SubqueryExpr') check('offset', node.offset, options.offset)
    })
  },
})
