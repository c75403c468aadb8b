import { isRecord, listOf, recordOf, valueAt } from '../text/value.js'
import type { Dashboard } from './model.js'

/** Names of variables that strings of a dashboard may mean, however they are written. */
export interface VariableMentions {
  /** Whether anything but the variable's own definition may use it. */
  has(name: string): boolean
}

/**
 * What could be a use of a variable in any string of a dashboard: `$x`, `${x…}` and `[[x]]` wherever they stand, and
 * the bare names that Grafana takes. In panels of plugins every word counts, for their code reads variables in ways of
 * its own. This says yes where `variableUses` does not know: what is not mentioned is used nowhere.
 */
export function variableMentions(dashboard: Dashboard): VariableMentions {
  /** By name, the variable in whose definition it is mentioned; `null` where it is elsewhere too. */
  const mentioned = new Map<string, string | null>()
  function mention(name: string, by: string | null): void {
    mentioned.set(name, !mentioned.has(name) || mentioned.get(name) === by ? by : null)
  }
  function visit(value: unknown, by: string | null, everyWord = false): void {
    if (typeof value === 'string') {
      if (!everyWord && !value.includes('$') && !value.includes('[[')) return
      const pattern = everyWord ? /(\w+)/g : /(?:\$\{?|\[\[)(\w+)/g
      for (const [, name] of value.matchAll(pattern)) mention(name!, by)
    } else if (Array.isArray(value)) {
      for (const item of value) visit(item, by, everyWord)
    } else if (isRecord(value)) {
      const isPlugin = typeof value['type'] === 'string' && 'id' in value && value['type'].includes('-') && !corePanels.has(value['type'])
      for (const [key, item] of Object.entries(value)) {
        // Of schema v2: `{ mode: variable, value: x }`, and the condition that an element is shown on.
        const bare = key === 'repeat' && isRecord(item) ? item['value'] : key === 'repeat' || key === 'variable' ? item : undefined
        if (typeof bare === 'string') mention(bare.replace(/^\$/, ''), by)
        visit(item, by, everyWord || isPlugin)
      }
    }
  }
  const { templating, ...others } = recordOf(valueAt(dashboard.document.value, dashboard.path))
  visit(others, null)
  for (const variable of listOf(recordOf(templating)['list'])) visit(variable, String(recordOf(variable)['name']))
  return { has: (name) => mentioned.has(name) && mentioned.get(name) !== name }
}

/** Grafana's own panels with a dash in their name; plugins' all have one. */
const corePanels = new Set(['state-timeline', 'status-history', 'table-old', 'annolist-panel', 'add-panel'])
