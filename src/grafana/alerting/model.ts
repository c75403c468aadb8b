import type { DocumentPath, StructuredDocument } from '../../text/document.js'
import type { DatasourceRef, QueryText } from '../model.js'

/** What Grafana's alerting is given in one document: a provisioning file, a resource of the Grafana operator, an answer of the API. */
export interface AlertingFile {
  readonly document: StructuredDocument
  readonly form: AlertingForm
  readonly groups: readonly AlertGroup[]
  readonly contactPoints: readonly Defined[]
  readonly muteTimings: readonly Defined[]
  /** Groups of notification templates; each `defines` templates. */
  readonly templates: readonly TemplateGroup[]
  readonly references: readonly Reference[]
}

/** `provisioning`: what Grafana reads from a folder at its start, and fills environment variables into. */
export type AlertingForm = 'provisioning' | 'resource' | 'api'

export interface AlertGroup {
  readonly path: DocumentPath
  readonly name: string
  readonly orgId: number
  readonly rules: readonly AlertRule[]
}

/** An alerting or recording rule that Grafana itself evaluates. */
export interface AlertRule {
  readonly path: DocumentPath
  readonly title: string
  readonly uid?: string
  /** The `refId` whose result decides. */
  readonly condition?: string
  /** What becomes of it where nothing comes of its condition; absent: as `NoData`, an alert of its own. */
  readonly noDataState?: string
  readonly data: readonly AlertQuery[]
  readonly labels: Readonly<Record<string, string>>
  readonly annotations: Readonly<Record<string, string>>
  /** The series that a recording rule writes. */
  readonly record?: string
}

/** One entry of a rule's `data`: a query to a datasource, or an expression over the results of others. */
export interface AlertQuery {
  readonly path: DocumentPath
  readonly refId: string
  /** The only way to its datasource; the type is what its model tells of it. */
  readonly datasource: DatasourceRef
  readonly isExpression: boolean
  /** `math`, `reduce`, `threshold`, …: of expressions. */
  readonly type?: string
  readonly expr?: QueryText
  readonly model: Readonly<Record<string, unknown>>
}

/** Something with a name that others refer to. */
export interface Defined {
  readonly name: string
  readonly path: DocumentPath
  readonly orgId: number
}

export interface TemplateGroup extends Defined {
  readonly text: string
}

/** A name of a contact point, a mute timing or a template, where it is used. */
export interface Reference extends Defined {
  readonly kind: 'contact point' | 'mute timing' | 'template'
  /** Where in the string at `path` the name begins. */
  readonly start: number
  /** For people: `alert "Down" in group "jobs"`, `notification policy`. */
  readonly context: string
}
