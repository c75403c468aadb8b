import { describePath } from '../src/grafana/describe.js'
import { isBuiltInVariable, variableUses } from '../src/grafana/variable-uses.js'
import type { DashboardInput, VariableUse } from '../src/grafana/model.js'
import { replaceWith } from '../src/lint/replace.js'
import { defineRule, type Finding } from '../src/lint/rule.js'
import { nearestName } from '../src/text/nearest-names.js'
import { valueAt } from '../src/text/value.js'
import type { LocatedDashboard, LocatedDatasource } from '../src/workspace/workspace.js'

export default defineRule({
  name: 'unknown-variable',
  subject: 'dashboard',
  severity: 'error',
  summary: 'Each variable that a dashboard uses is defined in it',
  check(dashboard, { workspace: { templating, datasources }, report }) {
    const defined = new Set(dashboard.variables.map(({ name }) => name))
    const uses = variableUses(dashboard).filter(({ name }) => !defined.has(name) && !isBuiltInVariable(name))
    if (uses.length === 0) return
    const inputs = new Map(dashboard.inputs.map((input) => [input.name, input]))
    const isTerraform = templating.isTerraformTemplate(dashboard)
    // The search for near names keeps its index by list.
    const names = [...defined, ...inputs.keys()]

    for (const use of uses) {
      if (inputs.has(use.name) || (isTerraform && isFilledInByTerraform(dashboard, use)) || templating.fillsIn(use.name)) continue
      report(undefinedVariable(dashboard, use, names, datasources))
    }
    if (dashboard.providers.length === 0) return
    for (const input of inputs.values()) {
      const ofInput = uses.filter(({ name }) => name === input.name)
      if (ofInput.length > 0 && !templating.fillsIn(input.name)) report(unaskedInput(dashboard, input, ofInput.length, datasources))
    }
  },
})

function undefinedVariable(dashboard: LocatedDashboard, use: VariableUse, names: readonly string[], datasources: readonly LocatedDatasource[]): Finding {
  const { name, path, start, end } = use
  const at = { source: dashboard.source, span: dashboard.document.spanInString(path, start, end) }
  const context = describePath(dashboard, path)
  const suggestion = nearestName(name, names)
  const data = suggestion !== undefined && { data: { suggestion } }
  const meant = suggestion === undefined ? '' : ` Did you mean "${suggestion}"?`
  if (!isDatasource(path)) return { at, message: `No variable "${name}" is defined in this dashboard.${meant}`, context, ...data }

  const written = String(valueAt(dashboard.document.value, path))
  // What a dashboard is exported with is the name of its datasource's plugin in most cases: DS_PROMETHEUS.
  const [only, ...others] = datasources.filter(({ type, computed }) => name.toLowerCase().includes(type) && !computed)
  const isWhole = written.length === end - start
  return {
    at,
    message: `"${written}" is neither a variable of this dashboard nor one of its inputs ("__inputs"): Grafana says "Datasource ${written} was not found".${meant}`,
    context,
    ...data,
    ...(only && others.length === 0 && isWhole && {
      suggestions: replaceWith(only.uid, dashboard.source, dashboard.document.edit({ kind: 'characters', path, start, end, text: only.uid }), { message: `Replace with "${only.uid}", the uid of "${only.name}"` }),
    }),
  }
}

function unaskedInput(dashboard: LocatedDashboard, { name, path, type, pluginId }: DashboardInput, count: number, datasources: readonly LocatedDatasource[]): Finding {
  const places = count === 1 ? 'in one place' : `in ${count} places`
  const consequence = type === 'datasource' ? `, where Grafana says "Datasource \${${name}} was not found"` : ''
  const [only, ...others] = datasources.filter((datasource) => datasource.type === pluginId)
  const instead = only && others.length === 0 ? `the uid of the provisioned datasource, "${only.uid}",` : 'what is meant'
  return {
    at: { source: dashboard.source, span: dashboard.document.spanOf([...path, 'name']) },
    message: `This is an export for Grafana's import dialog, but a provider loads it: Grafana never asks for the inputs of provisioned dashboards, so "\${${name}}" stays as it is ${places}${consequence}`,
    suggestions: [{ message: `Write ${instead} instead of "\${${name}}", and leave "__inputs" out` }],
  }
}

function isDatasource(path: readonly (string | number)[]): boolean {
  return path.at(-1) === 'datasource' || (path.at(-1) === 'uid' && path.at(-2) === 'datasource')
}

/** Terraform fills in `${x}` and makes `${x}` of `$${x}`; `$x` it leaves alone. */
function isFilledInByTerraform(dashboard: LocatedDashboard, { path, start }: VariableUse): boolean {
  const text = String(valueAt(dashboard.document.value, path))
  return text.startsWith('${', start) && text[start - 1] !== '$'
}
