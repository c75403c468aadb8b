import { templateOfDatasource } from '../src/grafana/datasource-resolution.js'
import { defineRule } from '../src/lint/rule.js'
import { placeOfValue, valueIn } from '../src/lint/value-in.js'
import { consumerOf } from '../src/workspace/consumer.js'
import type { LocatedDashboard, Workspace } from '../src/workspace/workspace.js'
import type { Variable } from '../src/grafana/model.js'

/** A variable that dashboards have, and what it is like. */
interface Wanted {
  readonly name: string | readonly string[]
  readonly type?: string
  readonly label?: string | readonly string[]
  readonly multi?: boolean
  readonly includeAll?: boolean
  readonly allValue?: string
  readonly datasource?: 'variable'
}

interface Options {
  readonly variables?: readonly Wanted[]
}

const names = (description: string) => ({ anyOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' }, minItems: 1 }], description })

export default defineRule<'dashboard', Options>({
  name: 'dashboard-variables',
  subject: 'dashboard',
  severity: 'off',
  summary: 'Each dashboard with PromQL has the variables that the team wants, as it wants them',
  needsOptions: true,
  options: {
    type: 'object',
    properties: {
      variables: {
        type: 'array',
        minItems: 1,
        items: {
          type: 'object',
          properties: {
            name: names('The name of the variable, or several of which one will do'),
            type: { type: 'string', description: '"query", "datasource", "interval", "custom" and so on' },
            label: names('What people see, or several of which one will do'),
            multi: { type: 'boolean', description: 'Whether several values can be chosen at once' },
            includeAll: { type: 'boolean', description: 'Whether "All" can be chosen' },
            allValue: { type: 'string', description: 'What "All" is written as' },
            datasource: { const: 'variable', description: 'Its datasource is a variable too' },
          },
          required: ['name'],
          additionalProperties: false,
        },
      },
    },
    additionalProperties: false,
  },
  check(dashboard, { workspace, options: { variables = [] }, report }) {
    if (!asksPrometheus(workspace).has(dashboard)) return
    const found = variables.map((wanted) => ({ wanted, variable: dashboard.variables.find(({ name }) => listed(wanted.name).includes(name)) }))
    const missing = found.filter(({ variable }) => variable === undefined).map(({ wanted }) => oneOf(wanted.name))
    if (missing.length > 0) {
      report({ at: dashboard.place('title'), message: `This dashboard lacks the ${missing.length === 1 ? 'variable' : 'variables'} ${missing.join(', ')}` })
    }
    for (const { wanted, variable } of found) {
      if (variable === undefined) continue
      for (const [key, wrong] of problems(variable, wanted, dashboard)) {
        const { path } = variable.datasource
        const at = key === 'datasource' && path ? { source: dashboard.source, span: dashboard.document.spanOf(path) } : placeOfValue(dashboard, variable, key)
        report({ at, message: `Variable "${variable.name}" ${wrong}`, context: `variable "${variable.name}" in dashboard "${dashboard.title ?? ''}"` })
      }
    }
  },
})

/** What a variable is not as it should be: the key, and the end of a message. */
function* problems(variable: Variable, { type, label, multi, includeAll, allValue, datasource }: Wanted, dashboard: LocatedDashboard): Iterable<[string, string]> {
  if (type !== undefined && variable.type !== type) {
    yield ['type', `must be of type "${type}", not "${variable.type}"`]
    return
  }
  const shown = valueIn(dashboard, variable, 'label')
  if (label !== undefined && !(typeof shown === 'string' && listed(label).includes(shown))) yield ['label', `must have the label ${oneOf(label)}${typeof shown === 'string' && shown !== '' ? `, not "${shown}"` : ''}`]
  if (multi !== undefined && (variable.multi ?? false) !== multi) yield ['multi', multi ? 'must let people choose several values ("multi")' : 'must let people choose one value only ("multi")']
  if (includeAll !== undefined && (variable.includeAll ?? false) !== includeAll) yield ['includeAll', includeAll ? 'must let people choose "All" ("includeAll")' : 'must not let people choose "All" ("includeAll")']
  if (allValue !== undefined && variable.allValue !== allValue) yield ['allValue', `must write "All" as "${allValue}" ("allValue")${variable.allValue === undefined ? '' : `, not "${variable.allValue}"`}`]
  if (datasource !== undefined && templateOfDatasource(variable.datasource.id ?? '') === undefined) yield ['datasource', 'must have a variable as its datasource']
}

function listed(names: string | readonly string[]): readonly string[] {
  return typeof names === 'string' ? [names] : names
}

function oneOf(names: string | readonly string[]): string {
  return listed(names).map((name) => `"${name}"`).join(' or ')
}

/** The dashboards that have a query in PromQL. */
function asksPrometheus(workspace: Workspace): ReadonlySet<LocatedDashboard> {
  const found = known.get(workspace) ?? new Set(workspace.queries.flatMap((query) => consumerOf(query).dashboard ?? []))
  known.set(workspace, found)
  return found
}

const known = new WeakMap<Workspace, ReadonlySet<LocatedDashboard>>()
