import type { BinaryExpr, Expr, Text } from '../promql/ast.js'
import { walk } from '../promql/index.js'
import { labelSources, type LabelSources } from './labels.js'
import { literalOf, unquotedRange } from './selector-match.js'

export type LabelUseKind = 'matcher' | 'by' | 'without' | 'on' | 'ignoring' | 'group_left' | 'group_right' | 'label_values'

/** One use of a label in a query, and where the label would have to come from. */
export interface LabelUse {
  readonly label: string
  readonly kind: LabelUseKind
  /** Where series with the label would have to come from: one, or both operands of a binary operator. */
  readonly sides: readonly LabelSources[]
  /** The expressions whose series would have to carry it, as many as there are sides. */
  readonly operands: readonly Expr[]
  /** Whether every side has to carry it, or it is enough that one does. */
  readonly needs: 'each side' | 'one side'
  /** Range of the label in the query, without quotes. */
  readonly start: number
  readonly end: number
}

/** The label of a `label_values(…)`, with its range in the query's coordinates. */
export interface ValuesOf {
  readonly text: string
  readonly start: number
  readonly end: number
}

/**
 * The labels that an expression uses, in the order of the text. Labels whose name has a template in it are left out,
 * and so is `__name__`. `valuesOf` is the label whose values are asked for in `label_values(expr, label)`.
 */
export function labelUses(expr: Expr, valuesOf?: ValuesOf): readonly LabelUse[] {
  const known = usesIn.get(expr) ?? findUses(expr)
  usesIn.set(expr, known)
  if (valuesOf === undefined || !/^[a-zA-Z_]\w*$/.test(valuesOf.text)) return known
  const { text, start, end } = valuesOf
  const asked: LabelUse = { label: text, kind: 'label_values', sides: [labelSources(expr).get(expr)!], operands: [expr], needs: 'each side', start, end }
  return (text === '__name__' ? [...known] : [...known, asked]).sort((a, b) => a.start - b.start)
}

/** What was found: several rules and the coverage ask for it. */
const usesIn = new WeakMap<Expr, readonly LabelUse[]>()

function findUses(expr: Expr): readonly LabelUse[] {
  const uses: LabelUse[] = []
  const sources = labelSources(expr)

  function add(label: Text, kind: LabelUseKind, operands: readonly Expr[], needs: LabelUse['needs'] = 'each side'): void {
    const name = literalOf(label)
    if (name === undefined || name === '__name__') return
    uses.push({ label: name, kind, sides: operands.map((operand) => sources.get(operand)!), operands, needs, ...unquotedRange(label) })
  }

  walk(expr, (node) => {
    if (node.type === 'VectorSelector') {
      for (const { name, op, value } of node.matchers) {
        // `label=""` asks for series without the label: a fair question of any metric.
        if (op !== '=' || literalOf(value) !== '') add(name, 'matcher', [node])
      }
    } else if (node.type === 'AggregateExpr' && node.grouping) {
      for (const label of node.grouping.labels) add(label, node.grouping.without ? 'without' : 'by', [node.expr])
    } else if (node.type === 'BinaryExpr') {
      addMatching(node, add)
    }
  })
  return uses.sort((a, b) => a.start - b.start)
}

function addMatching(
  { lhs, rhs, matching }: BinaryExpr,
  add: (label: Text, kind: LabelUseKind, operands: readonly Expr[], needs?: LabelUse['needs']) => void,
): void {
  if (matching === undefined || matching.labels.length + matching.include.length === 0) return
  const sides = [lhs, rhs]
  for (const label of matching.labels) {
    if (matching.on) add(label, 'on', sides)
    else add(label, 'ignoring', sides, 'one side')
  }
  const grouped = matching.card === 'many-to-one' ? 'group_left' : 'group_right'
  for (const label of matching.include) add(label, grouped, [grouped === 'group_left' ? sides[1]! : sides[0]!])
}
