import { literalOf } from '../src/contract/selector-match.js'
import { dashboardChoiceProperties, isChosen, type DashboardChoice } from '../src/lint/dashboard-choice.js'
import { defineRule } from '../src/lint/rule.js'
import { nearestNames } from '../src/text/nearest-names.js'
import { consumerOf } from '../src/workspace/consumer.js'
import type { LocatedDashboard, Workspace } from '../src/workspace/workspace.js'

interface Requirement extends DashboardChoice {
  /** Titles of panels. */
  readonly panels?: readonly string[]
  /** Metrics that some query of the dashboard asks for, by the name of the series or of the family. */
  readonly metrics?: readonly string[]
}

interface Options {
  readonly dashboards: readonly Requirement[]
}

export default defineRule<'dashboard', Options>({
  name: 'required-panels',
  subject: 'dashboard',
  severity: 'off',
  summary: 'Each dashboard has the panels and shows the metrics that the team wants there',
  options: {
    type: 'object',
    properties: {
      dashboards: {
        type: 'array',
        description: 'What dashboards must have; every entry that is about a dashboard counts',
        items: {
          type: 'object',
          properties: {
            ...dashboardChoiceProperties,
            panels: { type: 'array', items: { type: 'string' }, description: 'Titles of panels and rows that it must have' },
            metrics: { type: 'array', items: { type: 'string' }, description: 'Metrics that its queries must ask for, by the name of a series or of a histogram or counter as its code declares it' },
          },
          additionalProperties: false,
        },
      },
    },
    additionalProperties: false,
  },
  needsOptions: true,
  check(dashboard, { workspace, options, report }) {
    const requirements = options.dashboards.filter((entry) => isChosen(dashboard, entry))
    if (requirements.length === 0) return
    const titles = dashboard.panels.flatMap(({ title }) => title ?? [])
    const panels = missing(requirements, 'panels', new Set(titles))
    if (panels.length > 0) {
      const others = titles.filter((title) => !requirements.some((one) => one.panels?.includes(title)))
      const hints = panels.map((title) => {
        const [near] = nearestNames(title, others, 1)
        return `"${title}"${near === undefined ? '' : ` (there is "${near}")`}`
      })
      report({ at: dashboard.place('title'), message: `This dashboard lacks the ${panels.length === 1 ? 'panel' : 'panels'} ${hints.join(', ')}` })
    }
    const asked = namesAskedBy(workspace).get(dashboard)
    // A panel of a library, or a query whose metric is chosen when it runs, may show any.
    if (asked === 'any' || dashboard.panels.some(({ libraryPanel }) => libraryPanel)) return
    const metrics = missing(requirements, 'metrics', new Set([...(asked ?? [])].flatMap(namesOf)))
    if (metrics.length > 0) {
      report({ at: dashboard.place('title'), message: `No query of this dashboard asks for ${metrics.map((name) => `"${name}"`).join(', ')}` })
    }
  },
})

function missing(requirements: readonly Requirement[], key: 'panels' | 'metrics', present: ReadonlySet<string>): string[] {
  return [...new Set(requirements.flatMap((one) => one[key] ?? []))].filter((name) => !present.has(name))
}

/** A series by its own name and by that of its family. */
function namesOf(series: string): string[] {
  return [series, series.replace(/_(?:bucket|sum|count|total)$/, '')]
}

/** The metrics that the queries of each dashboard name; `'any'` where one has a name that only shows when it runs. */
function namesAskedBy(workspace: Workspace): ReadonlyMap<LocatedDashboard, ReadonlySet<string> | 'any'> {
  const found = known.get(workspace)
  if (found) return found
  const names = new Map<LocatedDashboard, Set<string> | 'any'>()
  for (const { query, selector } of workspace.selectors) {
    const { dashboard } = consumerOf(query)
    if (dashboard === undefined) continue
    const name = selector.name && literalOf(selector.name)
    const before = names.get(dashboard)
    if (before === 'any') continue
    if (name === undefined) names.set(dashboard, 'any')
    else if (before) before.add(name)
    else names.set(dashboard, new Set([name]))
  }
  known.set(workspace, names)
  return names
}

const known = new WeakMap<Workspace, ReadonlyMap<LocatedDashboard, ReadonlySet<string> | 'any'>>()
