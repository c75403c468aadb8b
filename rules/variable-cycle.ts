import { variableUses } from '../src/grafana/variable-uses.js'
import type { Variable, VariableUse } from '../src/grafana/model.js'
import { defineRule } from '../src/lint/rule.js'
import type { LocatedDashboard } from '../src/workspace/workspace.js'

export default defineRule({
  name: 'variable-cycle',
  subject: 'dashboard',
  severity: 'error',
  summary: 'No variable of a dashboard waits for one that waits for it',
  check(dashboard, { report }) {
    if (dashboard.variables.length < 2) return
    for (const cycle of cyclesIn(usesByVariable(dashboard))) {
      const { path, start, end } = cycle[0]!.use
      const names = cycle.map(({ from }) => `"${from}"`)
      const waits = names.map((name, i) => (i === 0 ? `Variable ${name} waits for ${names[1]!}` : `${name} for ${names[(i + 1) % names.length]!}`))
      report({
        at: { source: dashboard.source, span: dashboard.document.spanInString(path, start, end) },
        message: `${waits.slice(0, -1).join(', ')} and ${waits.at(-1)!}: Grafana loads none of them, and no panel that uses one`,
        context: `variable ${names[0]!}${dashboard.title === undefined ? '' : ` in dashboard "${dashboard.title}"`}`,
        related: cycle.slice(1).map(({ from, use }) => ({
          place: { source: dashboard.source, span: dashboard.document.spanInString(use.path, use.start, use.end) },
          message: `"${from}" uses "${use.name}" here`,
        })),
      })
    }
  },
})

interface Wait {
  readonly from: string
  readonly use: VariableUse
}

/**
 * What each variable waits for before Grafana loads it: those that its query, its regular expression or its datasource
 * names. One that names itself is let pass (grafana/scenes: sceneGraph.hasVariableDependencyInLoadingState).
 */
function usesByVariable(dashboard: LocatedDashboard): ReadonlyMap<string, readonly VariableUse[]> {
  const owners = new Map(dashboard.variables.map((variable): [string, Variable] => [JSON.stringify(variable.path), variable]))
  const defined = new Set(dashboard.variables.map(({ name }) => name))
  const uses = new Map<string, VariableUse[]>(dashboard.variables.map(({ name }) => [name, []]))
  for (const use of variableUses(dashboard)) {
    const depth = dashboard.path.length + 3
    const owner = owners.get(JSON.stringify(use.path.slice(0, depth)))
    if (owner === undefined || !defined.has(use.name) || use.name === owner.name || use.path[depth] === 'allValue') continue
    uses.get(owner.name)!.push(use)
  }
  return uses
}

/** Cycles, each from its first variable on; of those that share a variable, one. */
function cyclesIn(uses: ReadonlyMap<string, readonly VariableUse[]>): Wait[][] {
  const cycles: Wait[][] = []
  const done = new Set<string>()
  for (const start of uses.keys()) {
    const trail: { from: string; next: number }[] = done.has(start) ? [] : [{ from: start, next: 0 }]
    const onTrail = new Map(trail.map(({ from }, i) => [from, i]))
    while (trail.length > 0) {
      const top = trail.at(-1)!
      const use = uses.get(top.from)![top.next++]
      if (use === undefined) {
        done.add(top.from)
        onTrail.delete(top.from)
        trail.pop()
        continue
      }
      const first = onTrail.get(use.name)
      if (first !== undefined) {
        const cycle = trail.slice(first).map(({ from, next }) => ({ from, use: uses.get(from)![next - 1]! }))
        if (!cycle.some(({ from }) => done.has(from))) cycles.push(cycle)
        for (const { from } of cycle) done.add(from)
      } else if (!done.has(use.name)) {
        onTrail.set(use.name, trail.length)
        trail.push({ from: use.name, next: 0 })
      }
    }
  }
  return cycles
}
