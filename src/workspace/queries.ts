import { resolveAlertDatasource } from '../grafana/alerting/datasource.js'
import { describePath } from '../grafana/describe.js'
import { resolveDatasource } from '../grafana/datasource-resolution.js'
import type { DatasourceRef, QueryText, TextSpan } from '../grafana/model.js'
import { parseVariableQuery } from '../grafana/variable-query.js'
import { withoutFilledIn, type FilledInBy } from '../promql/filled-in.js'
import { parse, walk } from '../promql/index.js'
import type { QueryHolder } from '../manifests/query-holders.js'
import type { DocumentPath, StructuredDocument } from '../text/document.js'
import { hasFilledIn } from '../text/filled-in.js'
import { groupedBy } from '../text/grouped-by.js'
import { placeLater } from '../text/source.js'
import { isTerraformFile } from '../text/terraform-template.js'
import type { LocatedDashboardParts } from './locate.js'
import type { Templating } from './templating.js'
import type { GrafanaAlertQuery, LocatedAlertingRule, LocatedDatasource, LocatedGrafanaAlert, LocatedPanel, LocatedRecordingRule, Query, QueryOwner, QuerySelector, TargetQuery } from './workspace.js'

interface QuerySource {
  readonly document: StructuredDocument
  readonly path: DocumentPath
  /** Where in the string at `path` the expression begins. */
  readonly offset: number
  readonly text: string
  readonly owner: QueryOwner
  readonly context: string
  readonly templates: 'grafana' | 'none'
  readonly filledInBy: readonly FilledInBy[]
  readonly valuesOf?: TextSpan
}

/** Where another tool fills the expression in, and what it leaves cannot be read without that, nothing of it is known. */
function createQuery({ document, path, offset, text, owner, context, templates, filledInBy, valuesOf }: QuerySource): Query {
  const readable = withoutFilledIn(text, isTerraformFile(document.source.path) ? [...filledInBy, 'terraform'] : filledInBy)
  const found = parse(readable, { templates: readable === text ? templates : 'grafana' })
  const isFilledIn = readable !== text || (document.template !== undefined && hasFilledIn(text))
  const parsed = isFilledIn && found.errors.length > 0 ? { expr: undefined, errors: [] } : found
  return {
    text,
    source: document.source,
    owner,
    context,
    parsed,
    ...(valuesOf && { valuesOf: { text: valuesOf.text, start: valuesOf.start - offset, end: valuesOf.end - offset } }),
    place: (start, end) => placeLater(document.source, () => document.spanInString(path, start + offset, end + offset)),
    edit: (start, end, replacement) => document.edit({ kind: 'characters', path, start: start + offset, end: end + offset, text: replacement }),
  }
}

/** Every PromQL expression of a dashboard: panel targets, query variables, annotations. */
export function dashboardQueries({ dashboard, panels, variables }: LocatedDashboardParts, provisioned: readonly LocatedDatasource[], templating: Templating): Query[] {
  const { document } = dashboard
  const filledInBy = templating.isTerraformTemplate(dashboard) ? ['go-template', 'terraform'] as const : ['go-template'] as const
  const queries: Query[] = []

  function add(text: QueryText, datasource: DatasourceRef, owner: QueryOwner): void {
    if (text.text.trim() === '') return
    const verdict = resolveDatasource(datasource, dashboard, provisioned)
    if (verdict === 'other') return
    const context = describePath(dashboard, text.path)
    const query = createQuery({ document, path: text.path, offset: 0, text: text.text, owner, context, templates: 'grafana', filledInBy })
    // Where nothing tells the datasource, only what reads as PromQL is taken for PromQL.
    if (verdict === 'prometheus' || query.parsed.errors.length === 0) queries.push(query)
  }

  for (const panel of panels) {
    for (const target of panel.targets) {
      if (target.expr) add(target.expr, target.datasource, { kind: 'target', panel, target })
    }
  }
  for (const variable of variables) {
    if (variable.type !== 'query' || variable.query === undefined) continue
    if (resolveDatasource(variable.datasource, dashboard, provisioned) !== 'prometheus') continue
    const asked = parseVariableQuery(variable.query.text)
    const part = asked && expressionIn(asked)
    if (part === undefined || part.expr.text.trim() === '') continue
    queries.push(createQuery({
      document,
      path: variable.query.path,
      offset: part.expr.start,
      text: part.expr.text,
      owner: { kind: 'variable', variable },
      context: describePath(dashboard, variable.path),
      templates: 'grafana',
      filledInBy,
      ...(part.label && { valuesOf: part.label }),
    }))
  }
  for (const annotation of dashboard.annotations) {
    if (annotation.expr) add(annotation.expr, annotation.datasource, { kind: 'annotation', dashboard, annotation })
  }
  return queries
}

/** The queries of targets by their panels. */
export function queriesByPanel(queries: readonly Query[]): ReadonlyMap<LocatedPanel, readonly TargetQuery[]> {
  return groupedBy(queries.filter((one): one is TargetQuery => one.owner.kind === 'target'), ({ owner }) => owner.panel)
}

/** The queries of Grafana's alerting by their rules. */
export function queriesByAlert(queries: readonly Query[]): ReadonlyMap<LocatedGrafanaAlert, readonly GrafanaAlertQuery[]> {
  return groupedBy(queries.filter((one): one is GrafanaAlertQuery => one.owner.kind === 'grafana-alert'), ({ owner }) => owner.rule)
}

/** Every vector selector of a query, in the order of the text; a word that stands where none may is none: the `for` of `up == 0 for 5m`. */
export function selectorsOf(query: Query): QuerySelector[] {
  const selectors: QuerySelector[] = []
  const { expr, errors } = query.parsed
  if (expr === undefined) return selectors
  const isMisplaced = (start: number) => errors.some((error) => error.start === start && error.message.startsWith('unexpected identifier'))
  walk(expr, (node) => {
    if (node.type === 'VectorSelector' && !isMisplaced(node.start)) selectors.push({ query, selector: node })
  })
  return selectors
}

/** The expression of an alerting or recording rule, where it is PromQL. */
export function ruleQueries(rule: LocatedAlertingRule | LocatedRecordingRule): Query[] {
  const { language } = rule.group.file
  if (language !== 'promql' && language !== 'metricsql') return []
  const query = ruleQuery(rule)
  // Of MetricsQL, what reads as PromQL means the same, and nothing is known of the rest.
  return [language === 'promql' || query.parsed.errors.length === 0 ? query : { ...query, parsed: { expr: undefined, errors: [] } }]
}

/** The PromQL that a rule of Grafana's own alerting asks for. */
export function alertQueries(rule: LocatedGrafanaAlert, provisioned: readonly LocatedDatasource[]): Query[] {
  const { data, file: { document }, context } = rule
  return data.flatMap((query) => {
    if (query.expr === undefined || query.expr.text.trim() === '') return []
    const verdict = resolveAlertDatasource(query, provisioned)
    if (verdict === 'other') return []
    const { text, path } = query.expr
    const made = createQuery({ document, path, offset: 0, text, owner: { kind: 'grafana-alert', rule, query }, context, templates: 'grafana', filledInBy: ['go-template'] })
    return verdict === 'prometheus' || made.parsed.errors.length === 0 ? [made] : []
  })
}

function ruleQuery(rule: LocatedAlertingRule | LocatedRecordingRule): Query {
  const inGroup = `in group "${rule.group.name}"`
  const context = rule.kind === 'alerting' ? `alert "${rule.alert}" ${inGroup}` : `recording rule "${rule.record}" ${inGroup}`
  return createQuery({
    document: rule.group.file.document,
    path: rule.exprPath,
    offset: 0,
    text: rule.expr,
    owner: rule.kind === 'alerting' ? { kind: 'alerting', rule } : { kind: 'recording', rule },
    context,
    templates: 'none',
    filledInBy: ['go-template'],
  })
}

/** What a resource asks Prometheus for. Templates in it are filled in before: the window of an SLO, arguments of an analysis. */
export function holderQueries(holder: QueryHolder): Query[] {
  return holder.queries.map(({ text, path, what }) => createQuery({
    document: holder.document, path, offset: 0, text, owner: { kind: 'holder', holder }, context: `${what} in ${holder.title}`, templates: 'none', filledInBy: ['go-template'],
  }))
}

function expressionIn(asked: NonNullable<ReturnType<typeof parseVariableQuery>>): { expr: TextSpan; label?: TextSpan } | undefined {
  switch (asked.kind) {
    case 'label_values':
      return asked.selector && { expr: asked.selector, label: asked.label }
    case 'query_result':
    case 'series':
      return { expr: asked.expr }
    default:
      return undefined
  }
}
