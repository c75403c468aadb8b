import { conventionalTargetLabels } from '../src/contract/conventional-target-labels.js'
import { labelNames } from '../src/contract/labels.js'
import { wordTest } from '../src/contract/sure-meaning.js'
import { admits, isAbsent } from '../src/contract/inference/label-values.js'
import { labelOf } from '../src/contract/inference/shapes.js'
import type { Shape } from '../src/contract/inference/types.js'
import type { Target } from '../src/grafana/model.js'
import type { FieldName } from '../src/grafana/field-names.js'
import { hidesLoneName } from '../src/grafana/lone-value.js'
import { legendLabels } from '../src/grafana/legend.js'
import { describeLabel, isWholeTruth, placesOf, type Explained } from '../src/lint/explain-labels.js'
import { replaceWith } from '../src/lint/replace.js'
import { defineRule, type Finding } from '../src/lint/rule.js'
import { templatesIn } from '../src/prometheus/template/check.js'
import type { QueryText } from '../src/prometheus/template/values.js'
import type { Expr } from '../src/promql/ast.js'
import { parse } from '../src/promql/index.js'
import type { DocumentPath, StructuredDocument } from '../src/text/document.js'
import type { Edit } from '../src/text/edit.js'
import { isMisspelling } from '../src/text/misspelling.js'
import { nearestNames } from '../src/text/nearest-names.js'
import { spellingLikeness } from '../src/text/word-likeness.js'
import { once } from '../src/text/once.js'
import type { Place } from '../src/text/source.js'
import { valueAt } from '../src/text/value.js'
import type { LocatedAlertingRule, LocatedGrafanaAlert, LocatedPanel, Query, TargetQuery, Workspace } from '../src/workspace/workspace.js'
import { checkGrafanaTemplate } from '../src/prometheus/template/grafana.js'
import type { AlertQuery } from '../src/grafana/alerting/model.js'
import { alertTexts, labelsOfGrafana } from '../src/workspace/alert-texts.js'

export default defineRule({
  name: 'unavailable-label',
  subject: 'query',
  severity: 'error',
  summary: 'Each label that an alert, a legend or a table asks a result for is one that it has',
  check(query, { workspace, report }) {
    const { owner } = query
    if (owner.kind === 'alerting') inAlert(owner.rule, query, workspace).forEach(report)
    if (owner.kind === 'grafana-alert') inGrafanaAlert(owner.rule, owner.query, query, workspace).forEach(report)
    if (owner.kind !== 'target') return
    inLegend(owner.panel, owner.target, query, workspace).forEach(report)
    const [first] = workspace.queriesOf(owner.panel)
    if (first === query) inColumns(owner.panel, workspace).forEach(report)
  },
})

/** What asks a result for a label. */
interface Asked {
  readonly label: string
  readonly at: Place
  /** The message up to the reason. */
  readonly says: string
  /** How another text is written in the place of the label; absent where that has to be done by hand. */
  readonly edit?: (text: string) => Edit | undefined
}

/** An expression whose result is asked, with what there is to know of it. */
interface Result extends Explained {
  readonly shapes: readonly Shape[]
  /** Whether that is all there is to know. */
  readonly isWhole: () => boolean
}

function resultOf(expr: Expr | undefined, { text, place }: Explained, workspace: Workspace): Result | undefined {
  if (expr === undefined) return undefined
  const { shapes } = workspace.infer(expr)
  return shapes.length > 0 ? { text, place, shapes, isWhole: once(() => isWholeTruth(expr, workspace)) } : undefined
}

/** `{{ $labels.x }}` of the alerting series, and labels of what the text itself asks Prometheus for. */
function inAlert(rule: LocatedAlertingRule, query: Query, workspace: Workspace): Finding[] {
  const { labels, annotations, group: { file: { document } }, path } = rule
  if (document.template) return []
  const ofAlert = query.parsed.errors.length === 0 ? resultOf(query.parsed.expr, query, workspace) : undefined
  const texts = [...templatesIn(labels).map((template) => ({ key: 'labels', ...template })), ...templatesIn(annotations).map((template) => ({ key: 'annotations', ...template }))]
  return texts.flatMap(({ key, name, expansion }) => {
    const textPath = [...path, key, name]
    const results = new Map<QueryText, Result | undefined>()
    return (expansion?.labels ?? []).flatMap(({ label, of, isTested, start, end }) => {
      if (isTested || of === 'external' || of === 'unknown') return []
      if (of !== 'alert' && !results.has(of)) results.set(of, resultOfText(of, document, textPath, workspace))
      const result = of === 'alert' ? ofAlert : results.get(of)
      if (result === undefined || !isLacking(label, result)) return []
      const at = { source: document.source, span: document.spanInString(textPath, start, end) }
      const edit = (meant: string) => document.edit({ kind: 'characters', path: textPath, start, end, text: meant })
      return [findingFor({ label, at, edit, says: 'This prints nothing' }, result, workspace)]
    })
  })
}

function resultOfText({ text, offsets, isFilledIn }: QueryText, { source, spanInString }: StructuredDocument, path: DocumentPath, workspace: Workspace): Result | undefined {
  const { expr, errors } = parse(text, { templates: isFilledIn ? 'grafana' : 'none' })
  const place = (start: number, end: number) => ({ source, span: spanInString(path, offsets[start]!, offsets[end]!) })
  return errors.length > 0 ? undefined : resultOf(expr, { text, place }, workspace)
}

/** The labels of the only query that a condition is made of: no expression over it adds any. */
function inGrafanaAlert(alert: LocatedGrafanaAlert, asked: AlertQuery, query: Query, workspace: Workspace): Finding[] {
  const { sources, kindOf } = alert.chain()
  if (sources?.length !== 1 || sources[0] !== asked || kindOf(alert.condition!) === 'conditions' || query.parsed.errors.length > 0) return []
  const result = resultOf(query.parsed.expr, query, workspace)
  if (result === undefined) return []
  return alertTexts(alert).filter(({ replaced }) => !replaced).flatMap(({ text, place, edit }) => (checkGrafanaTemplate(text).expansion?.labels ?? [])
    .filter(({ label, of, isTested }) => of === 'alert' && !isTested && !labelsOfGrafana.has(label) && isLacking(label, result))
    .map(({ label, start, end }) => findingFor({ label, at: place({ start, end }), edit: (meant) => edit({ start, end }, meant), says: 'This prints nothing' }, result, workspace)))
}

/** A table shows no legend, a heatmap's are the bounds of its buckets, and a lone number has no name beside it. */
function inLegend(panel: LocatedPanel, { legendFormat, format, hidden }: Target, query: Query, workspace: Workspace): Finding[] {
  const { type, dashboard: { document } } = panel
  if (legendFormat === undefined || hidden || type === 'table' || type === 'table-old' || format === 'table' || format === 'heatmap') return []
  const labels = legendLabels(legendFormat.text).filter(({ label }) => label !== '__name__')
  const result = labels.length > 0 && query.parsed.errors.length === 0 ? resultOf(query.parsed.expr, query, workspace) : undefined
  if (result === undefined || (isLone(panel, result) && hidesLoneName(panel.type, valueAt(document.value, panel.path)))) return []
  const lacking = labels.filter(({ label }) => isLacking(label, result))
  const says = isBlankWithout(new Set(lacking.map(({ label }) => label)), legendFormat.text) ? 'This legend comes out empty' : 'This prints nothing'
  return lacking.map(({ label, start, end }) => {
    const at = { source: document.source, span: document.spanInString(legendFormat.path, start, end) }
    const edit = (meant: string) => document.edit({ kind: 'characters', path: legendFormat.path, start, end, text: meant })
    return { ...findingFor({ label, at, edit, says }, result, workspace), severity: 'warning' }
  })
}

/** Whether nothing is left of a legend without the labels that the result has not. */
function isBlankWithout(lacking: ReadonlySet<string>, legend: string): boolean {
  return legend.replace(/\{\{\s*(.+?)\s*\}\}/g, (whole, label: string) => (lacking.has(label) ? '' : whole)).trim() === ''
}

/** Whether a panel shows the result alone, and it is one series. */
function isLone({ targets }: LocatedPanel, { shapes }: Result): boolean {
  const { names, open } = labelNames(shapes)
  return targets.filter(({ hidden }) => !hidden).length === 1 && !open && names.size === 0
}

/** Labels that every scraped series has. */
const ofEverySeries = new Set(['__name__', 'job', 'instance'])

/** Columns that overrides and transformations name: those that no query of the panel gives, where all are known. */
function inColumns(panel: LocatedPanel, workspace: Workspace): Finding[] {
  if (panel.fieldNames.length === 0 || panel.libraryPanel) return []
  const queries = workspace.queriesOf(panel).filter(({ owner }) => !owner.target.hidden)
  const targets = panel.targets.filter(({ hidden }) => !hidden)
  const results = queries.map((query: TargetQuery) => (query.parsed.errors.length === 0 ? resultOf(query.parsed.expr, query, workspace) : undefined))
  if (queries.length < targets.length || !results.every((result) => result !== undefined)) return []
  const isTable = targets.every(({ format }) => format === 'table')
  return panel.fieldNames.flatMap((field): Finding[] => {
    const { name } = field
    // Styles of old tables became overrides (Grafana: public/app/plugins/panel/table/migrations.ts), of columns that are shown or not.
    if (field.by === 'override' && ofEverySeries.has(name)) return []
    const [result] = results
    if (!(isTable || field.ofLabels) || !results.every((one) => isLacking(name, one) && !one.shapes.some((shape) => admits(labelOf(shape, '__name__'), name)))) return []
    const says = { override: 'This override is for no column', transformation: 'This transformation finds no such column', sorting: 'This sorts by no column' }[field.by]
    return [{ ...findingFor({ label: name, at: placeOfField(field, panel), says }, result!, workspace), severity: 'warning', context: queries[0]!.context }]
  })
}

function placeOfField({ name, path, isKey }: FieldName, { dashboard: { document } }: LocatedPanel): Place {
  const { source } = document
  if (!isKey) {
    const text = String(valueAt(document.value, path))
    const start = Math.max(0, text.indexOf(name))
    return { source, span: document.spanInString(path, start, start + name.length) }
  }
  const { start, end } = document.keySpanOf(path)
  const isPlain = source.text.slice(start + 1, end - 1) === name
  return { source, span: isPlain ? { start: start + 1, end: end - 1 } : { start, end } }
}

/** Whether surely no series of the result has the label; of a result that is surely empty other rules tell. */
function isLacking(label: string, { shapes, isWhole }: Result): boolean {
  const values = shapes.map((shape) => labelOf(shape, label))
  if (!values.every(isAbsent)) return false
  // Published dashboards of exporters print the labels of Kubernetes, wherever they are shown.
  if (conventionalTargetLabels.has(label) && values.every(({ why }) => why.kind === 'never-declared' && why.family.origin.kind === 'catalog')) return false
  return isWhole()
}

function findingFor({ label, at, says, edit }: Asked, result: Result, { registry, targetLabels }: Workspace): Finding {
  const values = labelOf(result.shapes[0]!, label)
  const { names: all, open } = labelNames(result.shapes)
  // Which labels targets have is not known where any may be there: they are no better guess than others.
  const isGuess = (name: string) => open && targetLabels.names.has(name) && spellingLikeness(label, name) === 0
  const names = [...all].filter((name) => name !== '__name__' && !isGuess(name))
  const [suggestion] = nearestNames(label, names, 1)
  const isName = at.source.text.slice(at.span.start, at.span.end) === label
  const hint = suggestion === undefined ? '' : ` Did you mean "${suggestion}"?`
  return {
    at,
    message: `${says}: the result has ${describeLabel(label, values, result)}.${hint}`,
    data: { label, ...(suggestion !== undefined && { suggestion }) },
    related: placesOf(label, values, result),
    suggestions: suggestion === undefined || !isName ? [] : edit
      ? replaceWith(suggestion, at.source, edit(suggestion), { safety: /^\w+$/.test(suggestion) && isMisspelling(label, suggestion, names, wordTest(registry)) ? 'sure' : undefined })
      : [{ message: `Replace with "${suggestion}"`, replacement: { place: at, text: suggestion } }],
  }
}
