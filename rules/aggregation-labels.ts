import { isAbsent } from '../src/contract/inference/label-values.js'
import { labelOf } from '../src/contract/inference/shapes.js'
import { literalOf } from '../src/contract/selector-match.js'
import { isOfKind, queryKindsSchema, type QueryKind } from '../src/lint/query-kinds.js'
import { defineRule, type Finding } from '../src/lint/rule.js'
import type { AggregateExpr, Expr } from '../src/promql/ast.js'
import { walk } from '../src/promql/index.js'
import type { Query, Workspace } from '../src/workspace/workspace.js'

interface Options {
  readonly keep?: readonly string[]
  readonly strip?: readonly string[]
  readonly in?: readonly QueryKind[]
}

/** Aggregations that leave series as they are. */
const choosing = new Set(['topk', 'bottomk', 'limitk', 'limit_ratio'])

export default defineRule<'query', Options>({
  name: 'aggregation-labels',
  subject: 'query',
  severity: 'off',
  summary: 'Each aggregation keeps the labels, and drops those, that the team wants',
  needsOptions: true,
  options: {
    type: 'object',
    properties: {
      keep: { type: 'array', items: { type: 'string' }, minItems: 1, description: 'Labels that no aggregation may drop' },
      strip: { type: 'array', items: { type: 'string' }, minItems: 1, description: 'Labels that the outermost aggregations must drop' },
      in: queryKindsSchema,
    },
    additionalProperties: false,
  },
  check(query, { workspace, options, report }) {
    const { expr, errors } = query.parsed
    if (expr === undefined || errors.length > 0 || !isOfKind(query, options.in)) return
    let outer: AggregateExpr | undefined
    walk(expr, {
      enter(node) {
        if (!isAggregation(node)) return
        const finding = findingFor(node, outer === undefined, options, query, workspace)
        if (finding) report(finding)
        outer ??= node
      },
      leave(node) {
        if (node === outer) outer = undefined
      },
    })
  },
})

function isAggregation(node: Expr): node is AggregateExpr {
  const op = node.type === 'AggregateExpr' ? literalOf(node.op) : undefined
  return op !== undefined && !choosing.has(op)
}

function findingFor(node: AggregateExpr, isOutermost: boolean, { keep = [], strip = [] }: Options, query: Query, workspace: Workspace): Finding | undefined {
  const dropped = keep.filter((label) => keeps(node, label) === false && mayHave(node.expr, label, workspace))
  const kept = isOutermost ? strip.filter((label) => keeps(node, label) === true && mayHave(node.expr, label, workspace)) : []
  if (dropped.length === 0 && kept.length === 0) return undefined
  const names = (labels: readonly string[]) => labels.map((label) => `"${label}"`).join(', ')
  const parts = [...(dropped.length > 0 ? [`drops ${names(dropped)}, which is to be kept`] : []), ...(kept.length > 0 ? [`keeps ${names(kept)}, which is to be dropped`] : [])]
  return {
    at: query.place(node.op.start, node.op.end),
    message: `"${literalOf(node.op)!}" ${parts.join(', and ')}`,
    data: { label: [...dropped, ...kept][0]! },
  }
}

/** Whether an aggregation keeps a label; `undefined` where a variable says what it keeps. */
function keeps({ grouping }: AggregateExpr, label: string): boolean | undefined {
  const names = (grouping?.labels ?? []).map(literalOf)
  if (names.includes(label)) return !grouping!.without
  return names.includes(undefined) ? undefined : grouping?.without ?? false
}

/** What is known not to have a label neither keeps nor drops it. */
function mayHave(expr: Expr, label: string, workspace: Workspace): boolean {
  const { shapes } = workspace.infer(expr)
  return shapes.length === 0 || shapes.some((shape) => !isAbsent(labelOf(shape, label)))
}
