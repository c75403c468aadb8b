import { conventionalTargetLabels } from '../src/contract/conventional-target-labels.js'
import { labelNames } from '../src/contract/labels.js'
import { isAbsent } from '../src/contract/inference/label-values.js'
import { labelOf } from '../src/contract/inference/shapes.js'
import type { Inferred } from '../src/contract/inference/types.js'
import { legendLabels } from '../src/grafana/legend.js'
import { describeLabel, isWholeTruth, placesOf } from '../src/lint/explain-labels.js'
import { defineRule, type Finding } from '../src/lint/rule.js'
import { parse } from '../src/promql/index.js'
import { labelReferences } from '../src/prometheus/alert-text.js'
import { checkTemplate } from '../src/prometheus/template/check.js'
import { nearestNames } from '../src/text/nearest-names.js'
import type { DocumentPath } from '../src/text/document.js'
import type { Place } from '../src/text/source.js'
import type { LocatedAlertingRule, LocatedPanel, Query, Workspace } from '../src/workspace/workspace.js'
import type { Target } from '../src/grafana/model.js'

export default defineRule({
  name: 'unavailable-label',
  subject: 'query',
  severity: 'error',
  summary: 'Each label that an alert or a legend prints is one that the result has',
  check(query, { workspace, report }) {
    const { expr, errors } = query.parsed
    if (query.owner.kind === 'alerting') labelsOfQueries(query, query.owner.rule, workspace).forEach(report)
    if (expr === undefined || errors.length > 0) return
    const printed = printedLabels(query)
    if (printed.length === 0) return
    const inferred = workspace.infer(expr)
    const lacking = printed.filter(({ label }) => isLacking(label, inferred))
    if (lacking.length === 0 || !isWholeTruth(expr, workspace)) return
    for (const one of lacking) report(findingFor(one, inferred, query))
  },
})

/** Labels that a text of an alert reads of a query of its own (`query "…" | first | label "x"`) and that its result lacks. */
function labelsOfQueries(query: Query, rule: LocatedAlertingRule, workspace: Workspace): Finding[] {
  const { document } = rule.group.file
  return textsOf(rule).filter(({ text }) => text.includes('query')).flatMap(({ path, text }) => (
    (checkTemplate(text).expansion?.labels ?? []).flatMap(({ label, of, isTested, start, end }): Finding[] => {
      if (typeof of === 'string' || of.isFilledIn || isTested) return []
      const { expr, errors } = parse(of.text, { templates: 'none' })
      if (expr === undefined || errors.length > 0) return []
      const inferred = workspace.infer(expr)
      if (!isLacking(label, inferred) || !isWholeTruth(expr, workspace)) return []
      return [{
        at: { source: document.source, span: document.spanInString(path, start, end) },
        message: `This prints nothing: the result of "${of.text}" has ${describeLabel(label, labelOf(inferred.shapes[0]!, label), { ...query, text: of.text })}.`,
        data: { label },
      }]
    })
  ))
}

/** A label that a text beside the query prints. */
interface Printed {
  readonly label: string
  readonly at: Place
  readonly by: 'alert' | 'legend'
}

function printedLabels({ owner }: Query): Printed[] {
  if (owner.kind === 'alerting') return alertLabels(owner.rule)
  return owner.kind === 'target' ? legendOf(owner.panel, owner.target) : []
}

function alertLabels(rule: LocatedAlertingRule): Printed[] {
  const { document } = rule.group.file
  return textsOf(rule).flatMap(({ path, text }) => labelReferences(text).map(({ label, start, end }) => ({
    label, by: 'alert' as const, at: { source: document.source, span: document.spanInString(path, start, end) },
  })))
}

/** The labels and annotations of an alert. */
function textsOf({ labels, annotations, path }: LocatedAlertingRule): { path: DocumentPath; text: string }[] {
  const list = (key: string, texts: Readonly<Record<string, string>>) => Object.entries(texts).map(([name, text]) => ({ path: [...path, key, name], text }))
  return [...list('labels', labels), ...list('annotations', annotations)]
}

/** A table shows no legend, and a heatmap's are the bounds of its buckets. */
function legendOf({ type, dashboard }: LocatedPanel, { legendFormat, format, hidden }: Target): Printed[] {
  if (legendFormat === undefined || hidden || type === 'table' || type === 'table-old' || format === 'table' || format === 'heatmap') return []
  const { document } = dashboard
  return legendLabels(legendFormat.text).filter(({ label }) => label !== '__name__').map(({ label, start, end }) => ({
    label, by: 'legend', at: { source: document.source, span: document.spanInString(legendFormat.path, start, end) },
  }))
}

/** Whether no series of the result has the label; of a result that is surely empty other rules tell. */
function isLacking(label: string, { shapes }: Inferred): boolean {
  const values = shapes.map((shape) => labelOf(shape, label))
  if (values.length === 0 || !values.every(isAbsent)) return false
  // Published dashboards of exporters print the labels of Kubernetes, wherever they are shown.
  return !(conventionalTargetLabels.has(label) && values.every(({ why }) => why.kind === 'never-declared' && why.family.origin.kind === 'catalog'))
}

function findingFor({ label, at, by }: Printed, { shapes }: Inferred, query: Query): Finding {
  const values = labelOf(shapes[0]!, label)
  const names = [...labelNames(shapes).names].filter((name) => name !== '__name__')
  const [suggestion] = nearestNames(label, names, 1)
  const hint = suggestion === undefined ? '' : ` Did you mean "${suggestion}"?`
  return {
    at,
    message: `${by === 'alert' ? 'This prints nothing' : 'This legend stays blank'}: the result has ${describeLabel(label, values, query)}.${hint}`,
    data: { label, ...(suggestion !== undefined && { suggestion }) },
    related: placesOf(label, values, query),
    suggestions: suggestion === undefined ? [] : [{ message: `Replace with "${suggestion}"`, replacement: { place: at, text: suggestion } }],
    ...(by === 'legend' && { severity: 'warning' as const }),
  }
}
