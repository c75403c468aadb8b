import type { DocumentPath, StructuredDocument } from '../text/document.js'
import { isRecord, listOf, ownValue, recordOf, textOf, valueAt } from '../text/value.js'
import { viewOf, type ViewBuilder } from '../text/view.js'

type Model = Readonly<Record<string, unknown>>

/**
 * A dashboard of Grafana's schema v2 (`v2alpha1`, `v2beta1`, `v2`; the resource, its bare `spec`, or wrapped in `dashboard`) in the
 * classic form, so that whatever reads dashboards need not know which schema it was. Rows and tabs of a layout become rows
 * that hold their panels. Grafana: apps/dashboard/kinds/v2*, and its own conversion in apps/dashboard/pkg/migration/conversion.
 */
export function classicView(document: StructuredDocument): StructuredDocument {
  const root = recordOf(document.value)
  const path = isRecord(root['spec']) ? ['spec'] : isRecord(root['dashboard']) ? ['dashboard'] : []
  const spec = recordOf(valueAt(root, path))
  const uid = textOf(recordOf(root['metadata'])['name']) ?? textOf(root['uid'])
  return viewOf(document, (builder) => {
    const time = recordOf(spec['timeSettings'])
    const timePath = [...path, 'timeSettings']
    return builder.object(path, {
      uid,
      title: spec['title'],
      description: spec['description'],
      tags: spec['tags'],
      links: spec['links'],
      editable: spec['editable'],
      schemaVersion: 42,
      timezone: time['timezone'],
      refresh: time['autoRefresh'],
      time: isRecord(spec['timeSettings']) ? builder.object(timePath, { from: time['from'], to: time['to'] }) : undefined,
      panels: panelsOf(builder, spec, path),
      // Conditions and repeats of rows and tabs name variables.
      layout: spec['layout'],
      elementNames: builder.object([...path, 'elements'], Object.fromEntries(Object.keys(recordOf(spec['elements'])).map((name) => [name, true]))),
      templating: { list: each(spec['variables'], [...path, 'variables']).map(([variable, at]) => variableOf(builder, variable, at)) },
      annotations: { list: each(spec['annotations'], [...path, 'annotations']).map(([annotation, at]) => annotationOf(builder, annotation, at)) },
    }, {
      uid: textOf(recordOf(root['metadata'])['name']) === undefined ? ['uid'] : ['metadata', 'name'],
      timezone: [...timePath, 'timezone'],
      refresh: [...timePath, 'autoRefresh'],
      panels: [...path, 'elements'],
      templating: [...path, 'variables'],
      annotations: [...path, 'annotations'],
    })
  })
}

/** The objects of a list or map, with their paths. */
function each(value: unknown, path: DocumentPath): [Model, DocumentPath][] {
  return listOf(value).flatMap((item, index): [Model, DocumentPath][] => (isRecord(item) ? [[item, [...path, index]]] : []))
}

/** Where an element is shown: what repeats it, and its place in a grid. */
interface Shown {
  readonly item: Model
  readonly at: DocumentPath
  /** The row or tab around it, the innermost. */
  readonly container?: Container
}

interface Container {
  readonly model: Model
  readonly at: DocumentPath
}

/** The panels in the order of the file's elements; those in rows and tabs inside a row of the classic form. */
function panelsOf(builder: ViewBuilder, spec: Model, path: DocumentPath): unknown[] {
  const shown = new Map<string, Shown>()
  const containers: Container[] = []
  const collect = (layout: Model, at: DocumentPath, container?: Container): void => {
    const inner = recordOf(layout['spec'])
    for (const [item, itemPath] of each(inner['items'], [...at, 'spec', 'items'])) {
      const name = textOf(recordOf(recordOf(item['spec'])['element'])['name'])
      if (name !== undefined && !shown.has(name)) shown.set(name, { item, at: itemPath, ...(container && { container }) })
    }
    for (const key of ['rows', 'tabs']) {
      for (const [model, modelPath] of each(inner[key], [...at, 'spec', key])) {
        const own = { model: recordOf(model['spec']), at: [...modelPath, 'spec'] }
        containers.push(own)
        collect(recordOf(own.model['layout']), [...own.at, 'layout'], own)
      }
    }
  }
  collect(recordOf(spec['layout']), [...path, 'layout'])

  const panels = Object.entries(recordOf(spec['elements'])).flatMap(([name, element]) => {
    const place = shown.get(name)
    return isRecord(element) ? [{ place, panel: panelOf(builder, element, [...path, 'elements', name], place) }] : []
  })
  const rows = containers.flatMap((container) => {
    const own = panels.filter(({ place }) => place?.container === container).map(({ panel }) => panel)
    if (own.length === 0) return []
    const { model, at } = container
    return [builder.object(at, { type: 'row', title: model['title'], repeat: repeatOf(model), collapsed: true, panels: own }, { repeat: [...at, 'repeat', 'value'] })]
  })
  return [...panels.filter(({ place }) => place?.container === undefined).map(({ panel }) => panel), ...rows]
}

function panelOf(builder: ViewBuilder, { kind, spec: given }: Model, elementPath: DocumentPath, shown: Shown | undefined): unknown {
  const at = [...elementPath, 'spec']
  const spec = recordOf(given)
  const item = recordOf(shown?.item['spec'])
  const itemPath = [...(shown?.at ?? at), 'spec']
  const common = { id: spec['id'], title: spec['title'], repeat: repeatOf(item), gridPos: gridOf(item) }
  const places = { repeat: [...itemPath, 'repeat', 'value'], gridPos: itemPath }
  if (kind === 'LibraryPanel') return builder.object(at, { ...common, libraryPanel: spec['libraryPanel'] }, places)
  const viz = recordOf(spec['vizConfig'])
  const vizSpec = recordOf(viz['spec'])
  const vizPath = [...at, 'vizConfig']
  const data = recordOf(recordOf(spec['data'])['spec'])
  const dataPath = [...at, 'data', 'spec']
  const options = recordOf(data['queryOptions'])
  const targets = each(data['queries'], [...dataPath, 'queries']).map(([query, queryPath]) => targetOf(builder, query, queryPath))
  return builder.object(at, {
    ...common,
    description: spec['description'],
    links: spec['links'],
    // Each query names its datasource by itself: as a panel of many does.
    datasource: targets.length > 0 ? { uid: '-- Mixed --', type: 'datasource' } : undefined,
    type: nameOf(viz, 'VizConfig'),
    fieldConfig: vizSpec['fieldConfig'],
    options: vizSpec['options'],
    targets,
    transformations: each(data['transformations'], [...dataPath, 'transformations']).map(([one, onePath]) => transformationOf(builder, one, onePath)),
    interval: options['interval'],
    timeFrom: options['timeFrom'],
    timeShift: options['timeShift'],
  }, {
    ...places,
    type: [...vizPath, viz['kind'] === 'VizConfig' ? 'group' : 'kind'],
    fieldConfig: [...vizPath, 'spec', 'fieldConfig'],
    options: [...vizPath, 'spec', 'options'],
    targets: [...dataPath, 'queries'],
    transformations: [...dataPath, 'transformations'],
    interval: [...dataPath, 'queryOptions', 'interval'],
    timeFrom: [...dataPath, 'queryOptions', 'timeFrom'],
    timeShift: [...dataPath, 'queryOptions', 'timeShift'],
  })
}

function targetOf(builder: ViewBuilder, { spec: given }: Model, queryPath: DocumentPath): unknown {
  const spec = recordOf(given)
  const at = [...queryPath, 'spec', 'query']
  const query = recordOf(spec['query'])
  return builder.object([...at, 'spec'], {
    ...recordOf(query['spec']),
    refId: spec['refId'],
    hide: spec['hidden'],
    datasource: datasourceOf(builder, query, at, spec, [...queryPath, 'spec']),
  }, { refId: [...queryPath, 'spec', 'refId'], hide: [...queryPath, 'spec', 'hidden'] })
}

/** `group` and `datasource.name` of a `DataQuery`; before v2beta1 the query's `kind`, and `datasource.uid` of what holds the query. */
function datasourceOf(builder: ViewBuilder, query: Model, at: DocumentPath, holder: Model, holderPath: DocumentPath): unknown {
  const isOwn = isRecord(query['datasource'])
  const datasource = recordOf(isOwn ? query['datasource'] : holder['datasource'])
  const path = [...(isOwn ? at : holderPath), 'datasource']
  const type = nameOf(query, 'DataQuery') ?? textOf(datasource['type'])
  const key = 'name' in datasource ? 'name' : 'uid'
  const uid = textOf(datasource[key])
  return uid === undefined && type === undefined ? undefined : builder.object(path, { uid, type }, { uid: [...path, key] })
}

/** What a thing is: `group` where its `kind` only says that it is such a thing, else the `kind`. */
function nameOf(model: Model, kind: string): string | undefined {
  return textOf(model['kind'] === kind ? model['group'] : model['kind'])
}

function transformationOf(builder: ViewBuilder, { kind, group, spec: given }: Model, path: DocumentPath): unknown {
  const spec = recordOf(given)
  return builder.object([...path, 'spec'], { ...spec, id: textOf(spec['id']) ?? textOf(group) ?? kind }, { id: [...path, 'spec', 'id'] })
}

function gridOf(item: Model): unknown {
  const { x, y, width, height } = item
  return [x, y, width, height].every((number) => typeof number === 'number') ? { x, y, w: width, h: height } : undefined
}

function repeatOf(item: Model): unknown {
  return textOf(recordOf(item['repeat'])['value'])
}

const variableTypes: Readonly<Record<string, string>> = {
  QueryVariable: 'query', CustomVariable: 'custom', ConstantVariable: 'constant', DatasourceVariable: 'datasource', IntervalVariable: 'interval',
  TextVariable: 'textbox', AdhocVariable: 'adhoc', GroupByVariable: 'groupby', SwitchVariable: 'switch',
}

function variableOf(builder: ViewBuilder, variable: Model, path: DocumentPath): unknown {
  const spec = recordOf(variable['spec'])
  const at = [...path, 'spec']
  const type = ownValue(variableTypes, String(variable['kind'])) ?? 'other'
  if (type === 'datasource') return builder.object(at, { ...spec, type, query: spec['pluginId'] }, { query: [...at, 'pluginId'], type: [...path, 'kind'] })
  if (type === 'adhoc' || type === 'groupby') {
    return builder.object(at, { ...spec, type, datasource: datasourceOf(builder, { ...variable, kind: 'DataQuery' }, path, spec, at) }, { type: [...path, 'kind'] })
  }
  if (type !== 'query') return builder.object(at, { ...spec, type }, { type: [...path, 'kind'] })
  const query = recordOf(spec['query'])
  const querySpec = recordOf(query['spec'])
  const legacy = '__legacyStringValue' in querySpec ? '__legacyStringValue' : 'query'
  const isText = typeof spec['query'] === 'string'
  return builder.object(at, {
    ...spec,
    type,
    query: isText ? spec['query'] : querySpec[legacy],
    datasource: isText ? spec['datasource'] : datasourceOf(builder, query, [...at, 'query'], spec, at),
  }, { type: [...path, 'kind'], ...(!isText && { query: [...at, 'query', 'spec', legacy] }) })
}

function annotationOf(builder: ViewBuilder, { spec: given }: Model, path: DocumentPath): unknown {
  const spec = recordOf(given)
  const at = [...path, 'spec']
  const query = recordOf(spec['query'])
  const datasource = datasourceOf(builder, query, [...at, 'query'], spec, at)
  return builder.object(at, { name: spec['name'], enable: spec['enable'], builtIn: spec['builtIn'] === true ? 1 : 0, datasource, target: query['spec'] }, {
    target: [...at, 'query', 'spec'],
  })
}
