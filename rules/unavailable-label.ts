import { conventionalTargetLabels } from '../src/contract/conventional-target-labels.js'
import { labelNames } from '../src/contract/labels.js'
import { isAbsent } from '../src/contract/inference/label-values.js'
import { labelOf } from '../src/contract/inference/shapes.js'
import type { Inferred } from '../src/contract/inference/types.js'
import { legendLabels } from '../src/grafana/legend.js'
import { describeLabel, isWholeTruth, placesOf } from '../src/lint/explain-labels.js'
import { defineRule, type Finding } from '../src/lint/rule.js'
import { checkGrafanaTemplate } from '../src/prometheus/template/grafana.js'
import { labelReferences } from '../src/prometheus/alert-text.js'
import { nearestNames } from '../src/text/nearest-names.js'
import type { Place } from '../src/text/source.js'
import { alertTexts, labelsOfGrafana } from '../src/workspace/alert-texts.js'
import type { LocatedAlertingRule, LocatedGrafanaAlert, LocatedPanel, Query } from '../src/workspace/workspace.js'
import type { AlertQuery } from '../src/grafana/alerting/model.js'
import type { Target } from '../src/grafana/model.js'

export default defineRule({
  name: 'unavailable-label',
  subject: 'query',
  severity: 'error',
  summary: 'Each label that an alert or a legend prints is one that the result has',
  check(query, { workspace, report }) {
    const { expr, errors } = query.parsed
    if (expr === undefined || errors.length > 0) return
    const printed = printedLabels(query)
    if (printed.length === 0) return
    const inferred = workspace.infer(expr)
    const lacking = printed.filter(({ label }) => isLacking(label, inferred))
    if (lacking.length === 0 || !isWholeTruth(expr, workspace)) return
    for (const one of lacking) report(findingFor(one, inferred, query))
  },
})

/** A label that a text beside the query prints. */
interface Printed {
  readonly label: string
  readonly at: Place
  readonly by: 'alert' | 'legend'
}

function printedLabels({ owner }: Query): Printed[] {
  if (owner.kind === 'alerting') return alertLabels(owner.rule)
  if (owner.kind === 'grafana-alert') return grafanaAlertLabels(owner.rule, owner.query)
  return owner.kind === 'target' ? legendOf(owner.panel, owner.target) : []
}

function alertLabels({ labels, annotations, group: { file }, path }: LocatedAlertingRule): Printed[] {
  const texts = [...Object.entries(labels).map((one) => ['labels', ...one] as const), ...Object.entries(annotations).map((one) => ['annotations', ...one] as const)]
  return texts.flatMap(([key, name, text]) => labelReferences(text).map(({ label, start, end }) => ({
    label, by: 'alert' as const, at: { source: file.document.source, span: file.document.spanInString([...path, key, name], start, end) },
  })))
}

/** The labels of the only query that a condition is made of: no expression over it adds any. */
function grafanaAlertLabels(alert: LocatedGrafanaAlert, query: AlertQuery): Printed[] {
  const { sources, kindOf } = alert.chain()
  if (sources?.length !== 1 || sources[0] !== query || kindOf(alert.condition!) === 'conditions') return []
  return alertTexts(alert).flatMap(({ text, replaced, place }) => (replaced ? [] : (checkGrafanaTemplate(text).expansion?.labels ?? [])
    .filter(({ label, of, isTested }) => of === 'alert' && !isTested && !labelsOfGrafana.has(label))
    .map(({ label, start, end }) => ({ label, by: 'alert' as const, at: place({ start, end }) }))))
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
