import { isAbsent } from '../src/contract/inference/label-values.js'
import { labelOf } from '../src/contract/inference/shapes.js'
import { droppedLabels } from '../src/contract/missing-labels.js'
import { literalOf } from '../src/contract/selector-match.js'
import type { LabelUse } from '../src/contract/label-uses.js'
import { headOf } from '../src/lint/explain-labels.js'
import { defineRule } from '../src/lint/rule.js'
import { walk, type Expr } from '../src/promql/index.js'
import type { Query, Workspace } from '../src/workspace/workspace.js'

export default defineRule({
  name: 'aggregated-away',
  subject: 'query',
  severity: 'error',
  summary: 'No label is used where it has been dropped already',
  check(query, { workspace, report }) {
    const { expr, errors } = query.parsed
    if (expr === undefined || errors.length > 0) return
    const found = [...droppedUses(expr, workspace), ...droppedSources(expr, workspace)].sort((a, b) => a.start - b.start)
    const told = new Set<string>()
    for (const { label, by, around, start, end } of found) {
      // Of one list of labels that one aggregation drops, the first stands for all, and so it does for what is around it.
      const keys = [around, `label ${label}`].map((what) => `${by.start}-${by.end} ${what}`)
      const isTold = keys.some((key) => told.has(key))
      keys.forEach((key) => told.add(key))
      if (isTold) continue
      const others = found.filter((one) => one.by === by && one.around === around && one.label !== label).map((one) => `"${one.label}"`)
      report({
        at: query.place(start, end),
        message: `There is no label "${label}"${others.length === 0 ? '' : ` (nor ${others.join(', ')})`} here any more: "${headOf(by, query)}" drops it`,
        data: { label },
        related: relatedTo(by, label, query),
      })
    }
  },
})

interface Dropped {
  readonly label: string
  readonly by: Expr
  /** What uses the label: labels of one list have it in common. */
  readonly around: string
  readonly start: number
  readonly end: number
}

/** In groupings and matchings. To leave out or ignore what is not there changes nothing. */
function droppedUses(expr: Expr, workspace: Workspace): Dropped[] {
  return droppedLabels(expr, workspace).flatMap(({ use, by }) => {
    if (use.kind === 'without' || use.kind === 'ignoring' || use.kind === 'matcher' || isOnNeitherSide(use, workspace)) return []
    return [{ label: use.label, by, around: `${use.kind} ${use.operands[0]!.start}`, start: use.start, end: use.end }]
  })
}

/** What neither side of a match has is matched on in vain, but does no harm. */
function isOnNeitherSide({ kind, label, operands }: LabelUse, workspace: Workspace): boolean {
  return kind === 'on' && operands.every((operand) => workspace.infer(operand).shapes.every((shape) => isAbsent(labelOf(shape, label))))
}

/** The labels that `label_replace` and `label_join` read. */
function droppedSources(expr: Expr, workspace: Workspace): Dropped[] {
  const found: Dropped[] = []
  walk(expr, (node) => {
    const name = node.type === 'Call' ? literalOf(node.func) : undefined
    if (node.type !== 'Call' || (name !== 'label_replace' && name !== 'label_join')) return
    const { shapes } = workspace.infer(node.args[0]!)
    for (const source of node.args.slice(3, name === 'label_replace' ? 4 : undefined)) {
      const label = source.type === 'StringLiteral' ? literalOf(source.value) : undefined
      if (label === undefined || label === '' || label === '__name__' || shapes.length === 0) continue
      const values = shapes.map((shape) => labelOf(shape, label))
      const why = values[0]!.why
      if (!values.every(isAbsent) || why.kind !== 'dropped') continue
      found.push({ label, by: why.by, around: `${name} ${node.start}`, start: source.start + 1, end: source.end - 1 })
    }
  })
  return found
}

function relatedTo(by: Expr, label: string, query: Query) {
  return by.type === 'BinaryExpr' ? [] : [{ place: query.place(by.start, by.end), message: `"${label}" is dropped here` }]
}
