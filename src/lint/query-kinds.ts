import type { Query, QueryOwner } from '../workspace/workspace.js'

/** Where queries stand, as options of rules tell it. */
export const queryKinds = ['panels', 'variables', 'annotations', 'alerts', 'records', 'resources'] as const

export type QueryKind = (typeof queryKinds)[number]

/** What most policies are about: variables ask for what there is to choose from, and not for one choice. */
export const askingKinds: readonly QueryKind[] = ['panels', 'annotations', 'alerts', 'records', 'resources']

/** Schema of an option `in`, with what holds where it is left out. */
export const queryKindsSchema = {
  type: 'array',
  items: { enum: queryKinds },
  minItems: 1,
  description: 'Which queries this is about: of panels, variables or annotations of dashboards, of alerting or recording rules, of other resources. All but those of variables where it is not given.',
}

const kinds: Readonly<Record<QueryOwner['kind'], QueryKind>> = {
  target: 'panels', variable: 'variables', annotation: 'annotations', alerting: 'alerts', recording: 'records', holder: 'resources',
  'grafana-alert': 'alerts',
}

/** Whether a query is one of these; of those that policies are about, where they name none. */
export function isOfKind({ owner }: Query, among: readonly QueryKind[] = askingKinds): boolean {
  return among.includes(kinds[owner.kind])
}
