import type { DocumentPath, StructuredDocument } from '../text/document.js'
import type { FieldName } from './field-names.js'

/**
 * A datasource as a dashboard names it: the uid or name as written (maybe with templates: `${DS_PROMETHEUS}`),
 * and the plugin type where the reference tells it. Both absent: nothing was written (Grafana: the default).
 */
export interface DatasourceRef {
  /** The uid of the object form `{ type, uid }`, or the string of the old form (a name or a uid). */
  readonly id?: string
  readonly type?: string
  /** Where it is written: the uid or string value. Absent when it is inherited or missing. */
  readonly path?: DocumentPath
}

/** A string in a document that holds a query. */
export interface QueryText {
  readonly text: string
  readonly path: DocumentPath
}

export interface Dashboard {
  readonly document: StructuredDocument
  /** The way to the dashboard object: `[]`, or `['dashboard']` in the wrapped form. */
  readonly path: DocumentPath
  readonly uid?: string
  readonly title?: string
  readonly tags: readonly string[]
  readonly schemaVersion?: number
  /** The time range that it opens with, as written: `{ from: 'now-6h', to: 'now' }`. An end that is no text is left out. */
  readonly time: { readonly from?: string; readonly to?: string }
  /** How often it asks anew: `10s`; absent where it does not. */
  readonly refresh?: string
  /** `browser`, `utc` or the name of a zone; absent where each user's own counts. */
  readonly timezone?: string
  /** Every panel of every nesting, in the order of the file, rows included (`type: 'row'`). */
  readonly panels: readonly Panel[]
  /** Library panels that are kept with it. */
  readonly libraryPanels?: readonly Panel[]
  /** Whether it is no dashboard, but a library panel by itself: the variables in it are those of whichever dashboard shows it. */
  readonly isLibrary?: true
  readonly variables: readonly Variable[]
  readonly annotations: readonly Annotation[]
  /** The `__inputs` of an exported dashboard: names that stand for something the importer chooses. */
  readonly inputs: readonly DashboardInput[]
}

/** One of the `__inputs`: `${DS_PROMETHEUS}` stands for a datasource of plugin `pluginId`, or for a constant. */
export interface DashboardInput {
  readonly path: DocumentPath
  readonly name: string
  /** `datasource` or `constant`. */
  readonly type?: string
  readonly pluginId?: string
}

export interface Panel {
  readonly path: DocumentPath
  readonly id?: number
  readonly title?: string
  readonly type: string
  /**
   * Its place on the grid of its dashboard, or of the collapsed row that holds it, in cells. Absent where none is
   * written, and for copies of a repeated panel that were saved with it: Grafana makes them anew.
   */
  readonly gridPos?: GridPos
  /** Title of the row it is in. */
  readonly row?: string
  readonly datasource: DatasourceRef
  readonly targets: readonly Target[]
  /** Set on panels made from a library panel: their content is elsewhere. */
  readonly libraryPanel?: { readonly uid?: string; readonly name?: string }
  /** Whether its targets are in a form that Grafana does not read. */
  readonly hasUnreadTargets?: true
  /** Whether it shows what was saved with it, and asks nothing. */
  readonly isSnapshot?: true
  /** The variable that the panel or its row repeats over. */
  readonly repeat?: string
  /** Alert list panels: the alert names or name filter it shows. */
  readonly alertNames: readonly AlertName[]
  /** The columns that its overrides and transformations ask its queries for. */
  readonly fieldNames: readonly FieldName[]
}

/** Cells of a grid that is 24 cells wide and has no bottom: from `x` and `y`, `w` to the right and `h` down. */
export interface GridPos {
  readonly x: number
  readonly y: number
  readonly w: number
  readonly h: number
}

/** An alert name that a panel asks for: characters from `start` of the string at `path`. */
export interface AlertName extends QueryText {
  readonly start: number
  /**
   * `exact`: an `alertname` matcher. `contains`: a name filter, which shows every alert that has the text somewhere
   * in its name, in upper or lower case (Grafana: public/app/plugins/panel/alertlist).
   */
  readonly match: 'exact' | 'contains'
}

export interface Target {
  readonly path: DocumentPath
  readonly refId?: string
  /** Where Grafana sends it: the panel's datasource, but for mixed panels and expressions; `path` only where its own counts. */
  readonly datasource: DatasourceRef
  /** The field that a Prometheus target keeps its PromQL in; absent when there is none. */
  readonly expr?: QueryText
  readonly legendFormat?: QueryText
  /** `time_series`, `table` or `heatmap`, where it is written. */
  readonly format?: string
  /** The unit that the panel shows its values in, where that is known. */
  readonly unit?: QueryText
  /** Targets of `-- Dashboard --`: the id of the panel whose result this one shows. */
  readonly panelId?: number
  /** Whether Grafana asks for one moment, not for a range of time. */
  readonly instant?: true
  readonly hidden: boolean
}

export interface Variable {
  readonly path: DocumentPath
  readonly name: string
  /** `query`, `custom`, `datasource`, `interval`, `textbox`, `constant`, `adhoc`, `groupby`, `switch`, `system`, … */
  readonly type: string
  readonly datasource: DatasourceRef
  /** The query string of a `query` variable, from the string or the object form. */
  readonly query?: QueryText
  /** Datasource variables: the plugin type (`prometheus`). */
  readonly datasourceType?: string
  /** Values that the variable can take, where the file fixes them: custom, constant, interval. */
  readonly options?: readonly string[]
  /** Whether several values can be chosen at once. */
  readonly multi?: true
  /** Whether "All" can be chosen: every value at once, or `allValue` where that is given. */
  readonly includeAll?: true
  readonly allValue?: string
  /** Whether the dashboard shows neither its name nor its value. */
  readonly hidden?: true
}

/** What a query variable asks of Prometheus (Grafana: prometheus metric_find_query). */
export type VariableQuery =
  | { readonly kind: 'label_values'; readonly selector?: TextSpan; readonly label: TextSpan }
  | { readonly kind: 'label_names'; readonly match?: TextSpan }
  | { readonly kind: 'metrics'; readonly pattern: TextSpan }
  | { readonly kind: 'query_result'; readonly expr: TextSpan }
  | { readonly kind: 'series'; readonly expr: TextSpan }

/** A part of a variable's query string: UTF-16 offsets into it, `end` exclusive. */
export interface TextSpan {
  readonly text: string
  readonly start: number
  readonly end: number
}

export interface Annotation {
  readonly path: DocumentPath
  readonly name?: string
  readonly datasource: DatasourceRef
  readonly expr?: QueryText
  readonly enabled: boolean
}

/** A use of a variable somewhere in a dashboard. `end` is exclusive; offsets into the string at `path`. */
export interface VariableUse {
  readonly name: string
  readonly path: DocumentPath
  readonly start: number
  readonly end: number
}

/** A datasource from a provisioning file. */
export interface Datasource {
  readonly document: StructuredDocument
  readonly path: DocumentPath
  readonly name: string
  readonly type: string
  /** As written, or the one that Grafana derives from the name. */
  readonly uid: string
  readonly isDefault: boolean
  /** Set where the name or uid has an environment variable in it: then neither is known. */
  readonly computed?: true
}

/** A dashboard provider from a provisioning file. */
export interface DashboardProvider {
  readonly document: StructuredDocument
  readonly path: DocumentPath
  readonly name: string
  /** The organization that its dashboards belong to; uids and titles only clash within one. */
  readonly orgId: number
  readonly folder?: string
  readonly folderUid?: string
  /** `options.path`: the folder in Grafana's container. */
  readonly directory?: string
  readonly foldersFromFilesStructure: boolean
}
