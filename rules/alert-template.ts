import { parse, type Expr } from '../src/promql/index.js'
import { configsThatRead } from '../src/lint/configs-that-read.js'
import { replaceWith } from '../src/lint/replace.js'
import { nameMeant } from '../src/lint/template-names.js'
import { defineRule, type Finding } from '../src/lint/rule.js'
import type { Severity } from '../src/lint/diagnostic.js'
import { alertVariables, templatesIn, type NamedTemplate, type TemplateProblem } from '../src/prometheus/template/check.js'
import { isFilledIn } from '../src/prometheus/template/filled-in.js'
import { templateFunctions } from '../src/prometheus/template/functions.js'
import type { PrometheusConfig } from '../src/prometheus/model.js'
import type { DocumentPath } from '../src/text/document.js'
import type { Edit } from '../src/text/edit.js'
import { nearestNames } from '../src/text/nearest-names.js'
import type { Span } from '../src/text/source.js'
import type { LocatedRuleGroup, Workspace } from '../src/workspace/workspace.js'

export default defineRule({
  name: 'alert-template',
  subject: 'ruleGroup',
  severity: 'error',
  summary: "Prometheus can expand each alert's labels and annotations",
  check(group, { workspace, report }) {
    if (group.file.language !== 'promql' || isFilledIn(group.file)) return
    const configs = configsThatRead(group.file, workspace)
    for (const text of textsOf(group)) findingsIn(text, group, configs, workspace).forEach(report)
  },
})

/** A label or an annotation that Prometheus expands for each alert. */
interface AlertText extends NamedTemplate {
  readonly path: DocumentPath
  readonly isLabel: boolean
  readonly context: string
  /** The expressions whose value is `$value`. */
  readonly exprs: readonly string[]
}

function textsOf({ path, name, labels, rules }: LocatedRuleGroup): AlertText[] {
  const alerts = rules.filter((rule) => rule.kind === 'alerting')
  const inGroup = `group "${name}"`
  const list = (texts: Readonly<Record<string, string>>, at: DocumentPath, rest: Omit<AlertText, 'path' | keyof NamedTemplate>) => (
    templatesIn(texts).map((template): AlertText => ({ ...template, path: [...at, template.name], ...rest }))
  )
  return [
    ...(alerts.length === 0 ? [] : list(labels, [...path, 'labels'], { isLabel: true, context: inGroup, exprs: alerts.map(({ expr }) => expr) })),
    ...alerts.flatMap((rule) => {
      const of = { context: `alert "${rule.alert}" in ${inGroup}`, exprs: [rule.expr] }
      return [...list(rule.labels, [...rule.path, 'labels'], { isLabel: true, ...of }), ...list(rule.annotations, [...rule.path, 'annotations'], { isLabel: false, ...of })]
    }),
  ]
}

function findingsIn({ path, text, problems, expansion, isLabel, context, exprs }: AlertText, { file: { document } }: LocatedRuleGroup, configs: readonly PrometheusConfig[], workspace: Workspace): Finding[] {
  const at = ({ start, end }: Span) => ({ source: document.source, span: document.spanInString(path, start, end) })
  const edit = ({ start, end }: Span) => (written: string) => document.edit({ kind: 'characters', path, start, end, text: written })
  // VictoriaMetrics' vmalert knows more functions and variables, and its queries are MetricsQL.
  const isOther = workspace.activeCatalogs.has('victoria-metrics')
  const findings = problems.map((problem): Finding => {
    const meant = nameMeant(problem, text, names)
    const suggestion = meant?.name
    const message = suggestion === undefined ? messageOf(problem) : `${messageOf(problem)}. Did you mean "${suggestion}"?`
    return {
      at: at(problem.span),
      message: isOther ? `${message} (in Prometheus; vmalert, which may run here, may take it)` : message,
      context,
      ...(isOther && { severity: 'warning' satisfies Severity }),
      ...(suggestion !== undefined && {
        data: { suggestion },
        suggestions: replaceWith(suggestion, document.source, edit(problem.span)(suggestion), {
          safety: !isOther && meant?.isSure === true ? 'sure' : undefined,
        }),
      }),
    }
  })
  const [printed] = expansion?.printsValue ?? []
  if (isLabel && printed && !exprs.every(isOfOneValue)) {
    const message = 'The value is a label here: whenever it changes, this is another alert, which waits for its "for" again and is sent anew. Put it into an annotation.'
    findings.push({ at: at(printed), message, context })
  }
  for (const { label, of, isTested, ...span } of expansion?.labels ?? []) {
    if (of !== 'external' || isTested || configs.length === 0 || configs.some(({ externalLabels }) => Object.hasOwn(externalLabels, label))) continue
    findings.push(unsetExternalLabel(label, configs, at(span), context, edit(span)))
  }
  return findings
}

function unsetExternalLabel(label: string, configs: readonly PrometheusConfig[], at: Finding['at'], context: string, edit: (text: string) => Edit | undefined): Finding {
  const names = configs.flatMap(({ externalLabels }) => Object.keys(externalLabels))
  const [suggestion] = nearestNames(label, names, 1)
  const [config] = configs
  const hint = suggestion === undefined ? '' : ` Did you mean "${suggestion}"?`
  return {
    at,
    message: `This prints nothing: ${config!.document.source.path} sets no external label "${label}".${hint}`,
    context,
    data: { label, ...(suggestion !== undefined && { suggestion }) },
    related: configs.filter(({ externalLabels }) => Object.keys(externalLabels).length > 0).map(({ document }) => ({
      place: { source: document.source, span: document.keySpanOf(['global', 'external_labels']) }, message: 'external labels are set here',
    })),
    ...(suggestion !== undefined && { suggestions: replaceWith(suggestion, at.source, edit(suggestion)) }),
  }
}

function messageOf({ kind, message }: TemplateProblem): string {
  if (kind === 'syntax') return message
  if (/: float64 and int$|: int and float64$/.test(message)) return `This fails when the alert fires: ${message} ("5" is an integer, "5.0" is a float)`
  return kind === 'query' ? `The query fails when the alert fires: ${message}` : `This fails when the alert fires: ${message}`
}

const names = { functions: [...templateFunctions.keys()], variables: alertVariables }

/** Whether all results of an expression have one value for ever: `x == 0`, `absent(x)`. */
function isOfOneValue(text: string): boolean {
  const { expr } = parse(text, { templates: 'none' })
  return expr !== undefined && hasOneValue(expr)
}

function hasOneValue(expr: Expr): boolean {
  switch (expr.type) {
    case 'ParenExpr':
      return hasOneValue(expr.expr)
    case 'BinaryExpr':
      if (expr.op === '==') return !expr.bool && [expr.lhs, expr.rhs].some(({ type }) => type === 'NumberLiteral')
      if (expr.op === 'or') return hasOneValue(expr.lhs) && hasOneValue(expr.rhs)
      return (expr.op === 'and' || expr.op === 'unless') && hasOneValue(expr.lhs)
    case 'Call':
      return ['absent', 'absent_over_time'].some((name) => expr.func.parts[0] === name)
    default:
      return false
  }
}
