import { isSameTime } from '../src/grafana/time.js'
import { dashboardChoiceProperties, isChosen, type DashboardChoice } from '../src/lint/dashboard-choice.js'
import { replaceWith } from '../src/lint/replace.js'
import { defineRule } from '../src/lint/rule.js'
import type { DocumentPath } from '../src/text/document.js'
import { valueAt } from '../src/text/value.js'
import type { LocatedDashboard } from '../src/workspace/workspace.js'

/** What dashboards open with. */
interface Settings {
  readonly from?: string
  readonly to?: string
  readonly refresh?: string
  readonly timezone?: string
}

interface Options {
  readonly dashboards: readonly (DashboardChoice & Settings)[]
}

export default defineRule<'dashboard', Options>({
  name: 'dashboard-defaults',
  subject: 'dashboard',
  severity: 'off',
  summary: 'Each dashboard opens with the time range, the refresh interval and the timezone that the team wants',
  options: {
    type: 'object',
    properties: {
      dashboards: {
        type: 'array',
        description: 'What dashboards open with; where several entries are about one dashboard, the last that names a setting counts',
        items: {
          type: 'object',
          properties: {
            ...dashboardChoiceProperties,
            from: { type: 'string', description: 'Where the time range begins: "now-6h"' },
            to: { type: 'string', description: 'Where the time range ends: "now"' },
            refresh: { type: 'string', description: 'How often it asks anew: "10s"; "" for never' },
            timezone: { type: 'string', description: '"browser", "utc", the name of a zone; "" for the one that each user chose' },
          },
          additionalProperties: false,
        },
      },
    },
    additionalProperties: false,
  },
  needsOptions: true,
  check(dashboard, { options, report }) {
    const wanted = options.dashboards.filter((entry) => isChosen(dashboard, entry)).reduce<Settings>((all, entry) => ({ ...all, ...entry }), {})
    for (const { name, path, found, like } of settingsOf(dashboard)) {
      const value = wanted[name]
      if (value === undefined || like(found, value)) continue
      report({
        at: dashboard.place(...path),
        message: `${sentences[name](found)}: the configuration asks for ${value === '' ? 'none' : `"${value}"`}`,
        data: { suggestion: value },
        suggestions: suggestionsFor(dashboard, path, value),
      })
    }
  },
})

interface Setting {
  readonly name: keyof Settings
  readonly path: DocumentPath
  /** As Grafana takes it: with what it puts where nothing is written. */
  readonly found: string
  readonly like: (found: string, wanted: string) => boolean
}

/** Grafana: public/app/features/dashboard/state/DashboardModel.ts has the time range of a dashboard without one. */
function settingsOf({ time, refresh, timezone }: LocatedDashboard): readonly Setting[] {
  const isEqual = (found: string, wanted: string) => found === wanted
  return [
    { name: 'from', path: ['time', 'from'], found: time.from ?? 'now-6h', like: isSameTime },
    { name: 'to', path: ['time', 'to'], found: time.to ?? 'now', like: isSameTime },
    { name: 'refresh', path: ['refresh'], found: refresh ?? '', like: isSameTime },
    { name: 'timezone', path: ['timezone'], found: timezone ?? '', like: isEqual },
  ]
}

const sentences: Readonly<Record<keyof Settings, (found: string) => string>> = {
  from: (found) => `The time range of this dashboard begins at "${found}"`,
  to: (found) => `The time range of this dashboard ends at "${found}"`,
  refresh: (found) => (found === '' ? 'This dashboard has no refresh interval' : `The refresh interval of this dashboard is "${found}"`),
  timezone: (found) => (found === '' ? 'This dashboard has no timezone of its own' : `The timezone of this dashboard is "${found}"`),
}

function suggestionsFor({ document, path: root, source }: LocatedDashboard, path: DocumentPath, value: string) {
  const full = [...root, ...path]
  const written = valueAt(document.value, full)
  if (typeof written !== 'string' || written === '') return []
  return replaceWith(value, source, document.edit({ kind: 'characters', path: full, start: 0, end: written.length, text: value }), { safety: 'configured' })
}
