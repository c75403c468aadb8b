import { familiesDocumented } from '../contract/documented-metric.js'
import { labelUses } from '../contract/label-uses.js'
import { selectorLabels } from '../contract/labels.js'
import { askedName, askedPattern, isLiteral, literalOf } from '../contract/selector-match.js'
import type { VectorSelector } from '../promql/ast.js'
import { parsePattern } from '../registry/name-pattern.js'
import type { Family } from '../registry/types.js'
import type { Consumer, ConsumerKind, LabelUse, SeriesUse, Usage } from '../registry/usage.js'
import { selectorsOf } from './queries.js'
import type { JudgedMetricsDocument, Query, QueryOwner, Workspace } from './workspace.js'

const consumerKinds: Readonly<Record<QueryOwner['kind'], ConsumerKind>> = {
  target: 'panel',
  variable: 'variable',
  annotation: 'annotation',
  alerting: 'alerting-rule',
  recording: 'recording-rule',
  holder: 'document',
  'grafana-alert': 'alerting-rule',
}

/**
 * What the dashboards, rules and documents of a workspace rely on. Series that Prometheus or the workspace's own recording rules
 * make are left out, and so are selectors that could be of any metric.
 */
export function usageOf(workspace: Workspace): Usage {
  const consumers = new Map<string, { consumer: Omit<Consumer, 'uses'>; uses: SeriesUse[] }>()
  for (const query of workspace.queries) {
    if (!workspace.isReported(query.source.path)) continue
    const uses = usesOf(query, workspace)
    if (uses.length === 0) continue
    const consumer = { kind: consumerKinds[query.owner.kind], name: query.context, file: query.source.path }
    const key = JSON.stringify(consumer)
    const known = consumers.get(key)
    if (known) known.uses.push(...uses)
    else consumers.set(key, { consumer, uses })
  }
  const documents = workspace.metricsDocuments.filter(({ source }) => workspace.isReported(source.path)).map(documentUses)
  return { consumers: [...[...consumers.values()].map(({ consumer, uses }) => ({ ...consumer, uses })), ...documents.filter(({ uses }) => uses.length > 0)] }

  /** What a document tells of metrics: of a family that is no series itself, its first series has to be there. */
  function documentUses({ source, metrics }: JudgedMetricsDocument): Consumer {
    const { registry } = workspace.stackOf(source.path)
    const labels = new Set(registry.families.flatMap((family) => family.labels.map(({ name }) => name)))
    const uses = metrics.filter(({ isPresent }) => isPresent).flatMap((metric) => metric.names.filter((name) => !labels.has(name)).flatMap((name): SeriesUse[] => {
      const families = familiesDocumented(name, registry)
      if (families.length > 0 && families.every(isMade)) return []
      const series = name.includes('*') || families.length === 0 || registry.familyOfSeries(name).length > 0 ? name : families[0]!.series[0] ?? name
      return [{
        series: parsePattern(series),
        place: { source, span: metric.span },
        labels: metric.labels.filter((label) => label.name !== 'le' && label.name !== 'quantile' && !workspace.targetLabels.names.has(label.name)).map((label) => ({ name: label.name, values: [] })),
        buckets: [],
        quantiles: [],
      }]
    }))
    return { kind: 'document', name: `document ${source.path}`, file: source.path, uses }
  }
}

function usesOf(query: Query, workspace: Workspace): SeriesUse[] {
  const { expr } = query.parsed
  if (expr === undefined) return []
  const labels = labelsBySelector(query, workspace)
  return selectorsOf(query).flatMap(({ selector }): SeriesUse[] => {
    const asked = askedName(selector)
    const series = askedPattern(selector)
    if (asked === undefined || series === undefined || isMadeHere(asked.text, workspace)) return []
    return [{
      series,
      place: query.place(asked.start, asked.end),
      labels: [...(labels.get(selector) ?? new Map<string, Set<string>>())].map(([name, values]): LabelUse => ({ name, values: [...values] })),
      buckets: numbersOf(selector, 'le'),
      quantiles: numbersOf(selector, 'quantile'),
    }]
  })
}

function isMadeHere(name: string, { registry }: Workspace): boolean {
  const families = registry.familyOfSeries(name)
  return families.length > 0 && families.every(isMade)
}

function isMade({ origin }: Family): boolean {
  return origin.kind === 'built-in' || origin.kind === 'recording-rule'
}

/** The labels that each selector of a query has to carry, with the values that have to exist. */
function labelsBySelector({ parsed, valuesOf }: Query, workspace: Workspace): Map<VectorSelector, Map<string, Set<string>>> {
  const found = new Map<VectorSelector, Map<string, Set<string>>>()
  const need = (selector: VectorSelector, label: string): Set<string> => {
    const labels = found.get(selector) ?? new Map<string, Set<string>>()
    const values = labels.get(label) ?? new Set<string>()
    found.set(selector, labels.set(label, values))
    return values
  }
  if (parsed.expr === undefined) return found
  for (const { label, kind, sides } of labelUses(parsed.expr, valuesOf)) {
    // Leaving out or ignoring a label that is gone changes nothing.
    if (kind === 'without' || kind === 'ignoring' || label === 'le' || label === 'quantile' || workspace.targetLabels.names.has(label)) continue
    for (const { selectors, made } of sides) {
      if (made.has(label)) continue
      const known = [...selectors].filter((selector) => selectorLabels(selector, workspace).names.has(label))
      for (const selector of known.length > 0 ? known : selectors) {
        const values = need(selector, label)
        if (kind === 'matcher') for (const value of valuesAskedFor(selector, label)) values.add(value)
      }
    }
  }
  return found
}

/** The values of `label="x"`, and of `label=~"x|y"` where that is a list of plain values. */
function valuesAskedFor(selector: VectorSelector, label: string): string[] {
  return selector.matchers.flatMap(({ name, op, value }) => {
    const text = literalOf(value)
    if (!isLiteral(name, label) || text === undefined || text === '') return []
    if (op === '=') return [text]
    return op === '=~' && /^[\w-]+(?:\|[\w-]+)*$/.test(text) ? text.split('|') : []
  })
}

function numbersOf(selector: VectorSelector, label: string): number[] {
  return valuesAskedFor(selector, label).map(Number).filter(Number.isFinite)
}
