import type { DocumentPath, StructuredDocument } from '../../text/document.js'
import { isRecord, listOf, recordOf } from '../../text/value.js'
import type { AlertingFile, Reference } from './model.js'

type Place = Pick<Reference, 'path' | 'orgId' | 'context'>

/**
 * Every contact point, mute timing and notification template that a document refers to: in notification policies, in
 * the notification settings of rules, in the texts of contact points.
 */
export function notificationReferences({ document, form, groups }: Omit<AlertingFile, 'references'>): Reference[] {
  const { value, holder } = document
  const file = recordOf(value)
  if (form === 'resource') {
    if (holder?.kind === 'GrafanaNotificationPolicy') return routeReferences(file['route'], { path: ['route'], orgId: 1, context: 'notification policy' })
    if (holder?.kind === 'GrafanaContactPoint') return textReferences(file, { path: [], orgId: 1, context: 'contact point' })
  }
  return [
    ...listOf(file['policies']).flatMap((policy, i) => routeReferences(policy, { path: ['policies', i], orgId: orgOf(policy), context: 'notification policy' })),
    ...listOf(file['contactPoints']).flatMap((point, i) => {
      const name = recordOf(point)['name']
      return textReferences(recordOf(point)['receivers'], {
        path: ['contactPoints', i, 'receivers'], orgId: orgOf(point), context: typeof name === 'string' ? `contact point "${name}"` : 'contact point',
      })
    }),
    ...groups.flatMap(({ name, orgId, rules }) => rules.flatMap(({ path, title }) => settingsOf(document, path).flatMap(([settings, at]) => (
      routeReferences(settings, { path: at, orgId, context: `alert "${title}" in group "${name}"` })
    )))),
  ]
}

/** The notification settings of a rule, as files and as resources spell them. */
function settingsOf(document: StructuredDocument, rulePath: DocumentPath): [unknown, DocumentPath][] {
  const rule = recordOf(rulePath.reduce<unknown>((inner, key) => (inner as Readonly<Record<string | number, unknown>>)[key], document.value))
  return ['notification_settings', 'notificationSettings'].flatMap((key): [unknown, DocumentPath][] => key in rule ? [[rule[key], [...rulePath, key]]] : [])
}

function routeReferences(route: unknown, place: Place): Reference[] {
  if (!isRecord(route)) return []
  const { path } = place
  const named = (kind: Reference['kind'], name: unknown, at: DocumentPath): Reference[] => (
    typeof name === 'string' && name !== '' ? [{ ...place, kind, name, path: at, start: 0 }] : []
  )
  return [
    ...named('contact point', route['receiver'], [...path, 'receiver']),
    ...['mute_time_intervals', 'active_time_intervals'].flatMap((key) => listOf(route[key]).flatMap((name, i) => named('mute timing', name, [...path, key, i]))),
    ...listOf(route['routes']).flatMap((inner, i) => routeReferences(inner, { ...place, path: [...path, 'routes', i] })),
  ]
}

/** The templates that the strings in a value call. */
function textReferences(value: unknown, place: Place): Reference[] {
  const { path } = place
  if (Array.isArray(value)) return value.flatMap((inner, i) => textReferences(inner, { ...place, path: [...path, i] }))
  if (isRecord(value)) return Object.entries(value).flatMap(([key, inner]) => textReferences(inner, { ...place, path: [...path, key] }))
  if (typeof value !== 'string' || !value.includes('{{')) return []
  const own = new Set(definitionsIn(value))
  return [...value.matchAll(/\{\{-?\s*template\s+"([^"\\]+)"/g)].flatMap((match) => {
    const [whole, name] = match as unknown as [string, string]
    return own.has(name) ? [] : [{ ...place, kind: 'template' as const, name, start: match.index + whole.length - 1 - name.length }]
  })
}

/** The names that a text defines: `{{ define "x" }}`, `{{ block "x" . }}`. */
export function definitionsIn(text: string): string[] {
  return [...text.matchAll(/\{\{-?\s*(?:define|block)\s+(?:"([^"\\]+)"|`([^`]+)`)/g)].map(([, quoted, raw]) => quoted ?? raw!)
}

function orgOf(owner: unknown): number {
  return Number(recordOf(owner)['orgId']) || 1
}
