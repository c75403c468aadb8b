import { declarationsOf } from '../src/contract/describe.js'
import { isRawCounter } from '../src/contract/raw-counter.js'
import { isNear, unitOf, type Unit } from '../src/contract/unit.js'
import type { QueryText } from '../src/grafana/model.js'
import { panelUnit, unitFor, type PanelUnit } from '../src/grafana/units.js'
import { isWholeTruth } from '../src/lint/explain-labels.js'
import { defineRule, type Finding } from '../src/lint/rule.js'
import type { Place } from '../src/text/source.js'
import type { LocatedPanel, TargetQuery, Workspace } from '../src/workspace/workspace.js'

export default defineRule({
  name: 'panel-unit',
  subject: 'panel',
  severity: 'off',
  summary: 'Each panel shows seconds, bytes and ratios in a unit for them',
  check(panel, { workspace, report }) {
    for (const [text, measured] of measuredByUnit(panel, workspace)) {
      const unit = panelUnit(text.text)!
      const wrong = measured.filter(({ yields }) => contradicts(yields, unit))
      // Where the unit is right for other queries, the query is what is to be mended.
      if (wrong.length < measured.length) wrong.forEach((one) => report(findingFor([one], text, unit, placeOf(one.query), workspace)))
      else report(findingFor(wrong, text, unit, placeOfUnit(text, panel), workspace))
    }
  },
})

/** A query of whose values it is known what they are measured in. */
interface Measured {
  readonly query: TargetQuery
  readonly yields: Unit
}

/** The queries of a panel that yield seconds, bytes or ratios, by the unit that it shows them in. */
function measuredByUnit(panel: LocatedPanel, workspace: Workspace): ReadonlyMap<QueryText, readonly Measured[]> {
  const byUnit = new Map<QueryText, Measured[]>()
  for (const query of workspace.queriesOf(panel)) {
    const { parsed: { expr, errors }, owner: { target: { unit: text, hidden } } } = query
    const unit = text && panelUnit(text.text)
    if (text === undefined || unit === undefined || unit.of === 'other' || hidden || expr === undefined || errors.length > 0) continue
    // Of a counter that is shown by time counter-without-rate tells.
    const yields = unit.perTime && workspace.infer(expr).shapes.every(isRawCounter) ? undefined : unitOf(expr, workspace)
    if (yields === undefined || yields.of === 'things' || !isWholeTruth(expr, workspace)) continue
    const known = byUnit.get(text)
    if (known) known.push({ query, yields })
    else byUnit.set(text, [{ query, yields }])
  }
  return byUnit
}

/** Plain contradictions only: bytes per second shown as bytes, and seconds per second as seconds, are read as they are meant. */
function contradicts({ of, perSecond, factor }: Unit, unit: PanelUnit): boolean {
  const isSame = of === unit.of || (of === 'seconds' && perSecond && unit.of === 'ratio')
  return !isSame || !isNear(factor, unit.factor) || (of === 'bytes' && unit.perTime && !perSecond)
}

function findingFor(wrong: readonly Measured[], { text }: QueryText, unit: PanelUnit, at: Place, workspace: Workspace): Finding {
  const [{ query, yields }] = wrong as [Measured, ...Measured[]]
  const right = unitFor((other) => wrong.every((one) => isRight(one.yields, other)))
  return {
    at,
    message: `The expression yields ${describe(yields)}, the panel shows ${unit.name} ("${text}").${right === undefined ? '' : ` Did you mean "${right}"?`}`,
    context: query.context,
    ...(right !== undefined && { data: { suggestion: right } }),
    related: [
      ...wrong.map((one) => ({ place: placeOf(one.query), message: `this yields ${describe(one.yields)}` })),
      ...declarationsOf([...new Set(workspace.infer(query.parsed.expr!).shapes.flatMap(({ families }) => families))]),
    ],
  }
}

/** Whether a unit is the one for such values; for seconds per second that is one for ratios. */
function isRight({ of, perSecond, factor }: Unit, unit: PanelUnit): boolean {
  return unit.of === (of === 'seconds' && perSecond ? 'ratio' : of) && unit.perTime === (of === 'bytes' && perSecond) && isNear(factor, unit.factor)
}

function describe({ of, perSecond, factor }: Unit): string {
  const byTime = of === 'bytes' && perSecond
  const known = panelUnit(unitFor((unit) => unit.of === of && unit.perTime === byTime && isNear(factor, unit.factor)) ?? '')
  const name = known?.name ?? `${of === 'ratio' ? 'a ratio' : of}${byTime ? ' per second' : ''} times ${Number(factor.toPrecision(3))}`
  return of === 'seconds' && perSecond ? `${name} per second` : name
}

function placeOf({ text, place }: TargetQuery): Place {
  return place(0, text.length)
}

function placeOfUnit({ text, path }: QueryText, { dashboard: { document } }: LocatedPanel): Place {
  return { source: document.source, span: document.spanInString(path, 0, text.length) }
}
