import type { Expr, VectorSelector } from '../../promql/ast.js'
import type { Family } from '../../registry/types.js'
import { groupedBy } from '../../text/grouped-by.js'
import { absent, closed, isAbsent, open, unknownReason } from './label-values.js'
import { LabelMap } from './label-map.js'
import { openShape } from './shapes.js'
import type { Inferred, LabelValues, Reason, Recorded, Shape } from './types.js'

/** What a recording rule records. */
export interface Recording {
  readonly record: string
  /** Absent where it is no PromQL, or broken. */
  readonly expr?: Expr | undefined
  /** Those of the rule and of its group. */
  readonly labels: Readonly<Record<string, string>>
  /** Labels that may come to it on its way to who asks for it. */
  readonly carried?: ReadonlySet<string>
}

/** Recording rules by name, with what they yield. */
export interface Recordings {
  readonly byName: ReadonlyMap<string, readonly Recording[]>
  /** `undefined` while the expression is being inferred: a rule that reads itself. */
  infer(expr: Expr): Inferred | undefined
}

export function recordingsByName(recordings: readonly Recording[]): ReadonlyMap<string, readonly Recording[]> {
  return groupedBy(recordings, ({ record }) => record)
}

/** The shapes of what is recorded under a family's name; `undefined` where the rules are not at hand. */
export function recordedShapes(family: Family, selector: VectorSelector, recordings: Recordings): readonly Shape[] | undefined {
  return recordings.byName.get(family.name)?.flatMap((recording) => (
    shapesRecordedBy(recording, recordings).map((shape) => asRecorded(shape, recording, family, selector))
  ))
}

function shapesRecordedBy({ expr }: Recording, recordings: Recordings): readonly Shape[] {
  return expr ? recordings.infer(expr)?.shapes ?? [openShape] : [openShape]
}

/** With the name of the record and the labels of the rule, of which an empty one takes a label away. */
function asRecorded(shape: Shape, { record, labels, expr, carried }: Recording, family: Family, selector: VectorSelector): Shape {
  const said = (values: LabelValues): LabelValues => ({ ...values, why: reasonOf(values, expr, family, selector) })
  const names = new Map<string, LabelValues>()
  for (const [name, values] of shape.labels) names.set(name, said(values))
  for (const name of carried ?? []) if (isAbsent(names.get(name) ?? shape.others)) names.set(name, open(true, unknownReason))
  const declared: Reason = { kind: 'declared', selector, family }
  for (const [name, value] of Object.entries(labels)) names.set(name, value === '' ? absent(declared) : closed([value], declared))
  names.set('__name__', closed([record], declared))
  return { ...shape, labels: LabelMap.of(names), others: said(shape.others), always: false, condition: false, families: [family] }
}

/** What the reason in the rule's query is in one that reads the record. */
function reasonOf(values: LabelValues, expr: Expr | undefined, family: Family, selector: VectorSelector): Reason {
  if (expr === undefined || values.why.kind === 'unknown') return { kind: 'unknown' }
  const recorded: Recorded = { expr, why: values.why }
  const isGone = values.kind === 'closed' && values.values.has('') && values.values.size === 1
  return isGone ? { kind: 'never-declared', selector, family, recorded } : { kind: 'recorded', selector, family, recorded }
}
