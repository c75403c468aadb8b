import { declarationsOf } from '../src/contract/describe.js'
import { labelOf } from '../src/contract/inference/shapes.js'
import { missingLabels } from '../src/contract/missing-labels.js'
import { literalOf } from '../src/contract/selector-match.js'
import { describeLabel, isWholeTruth, placesOf } from '../src/lint/explain-labels.js'
import { defineRule } from '../src/lint/rule.js'
import { valueType, walk, type Call, type Expr } from '../src/promql/index.js'
import type { Workspace } from '../src/workspace/workspace.js'

export default defineRule({
  name: 'histogram-quantile',
  subject: 'query',
  severity: 'error',
  summary: 'Each quantile is of the buckets of a histogram, by rate',
  check(query, { workspace, report }) {
    const { expr, errors } = query.parsed
    if (expr === undefined || errors.length > 0) return
    walk(expr, (node) => {
      const argument = node.type === 'Call' && quantiles.has(literalOf(node.func) ?? '') ? node.args.at(-1) : undefined
      if (node.type !== 'Call' || argument === undefined || !isWholeTruth(node, workspace)) return
      const at = query.place(argument.start, argument.end)
      const { cause } = workspace.infer(node)
      if (cause?.kind === 'no-buckets' && cause.node === node) {
        const le = labelOf(cause.shapes[0]!, 'le')
        if (isTold(expr, node, workspace)) return
        report({
          at,
          message: `${name(node)} never yields anything: its argument has ${describeLabel('le', le, query)}, and so no buckets. ${adviceFor(le.why.kind)}`,
          data: { label: 'le' },
          related: placesOf('le', le, query),
        })
        return
      }
      const { shapes } = workspace.infer(argument)
      if (shapes.length > 0 && shapes.every(({ kind }) => kind === 'bucket') && !hasRange(argument)) {
        report({
          at,
          severity: 'warning',
          message: `${name(node)} is of all observations since the programs started: a change shows less and less. Take rate() of the buckets first`,
          related: declarationsOf(shapes.flatMap(({ families }) => families)),
        })
      }
    })
  },
})

const quantiles = new Set(['histogram_quantile', 'histogram_fraction'])

function name({ func }: Call): string {
  return `${literalOf(func) ?? ''}()`
}

function adviceFor(reason: string): string {
  return reason === 'dropped' ? 'Keep "le" where it is dropped' : 'The buckets are the series that end in "_bucket"'
}

/** A grouping by `le` of series without it is the finding of unknown-label. */
function isTold(expr: Expr, { start, end }: Call, workspace: Workspace): boolean {
  return missingLabels(expr, workspace).some(({ use }) => use.label === 'le' && use.start >= start && use.end <= end)
}

/** Whether something in it looks at a range of time. */
function hasRange(expr: Expr): boolean {
  let found = false
  walk(expr, (node) => {
    if (valueType(node) === 'matrix') found = true
  })
  return found
}

