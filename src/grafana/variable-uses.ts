import type { DocumentPath } from '../text/document.js'
import { isRecord, listOf, ownValue, recordOf, valueAt } from '../text/value.js'
import type { Dashboard, Panel, VariableUse } from './model.js'
import { variableReferences, type StringKind } from './variable-references.js'

export { isBuiltInVariable } from './built-in-variables.js'

type Model = Readonly<Record<string, unknown>>

/**
 * Every use of a variable in the strings that Grafana interpolates, in the order of the file. Strings that it leaves
 * alone, and queries for datasources whose language has `$` for itself, are not looked into. The span of a use is the
 * whole reference, `${x:regex}`; of `repeat`, which takes a bare name, the name.
 */
export function variableUses(dashboard: Dashboard): readonly VariableUse[] {
  const known = usesIn.get(dashboard) ?? findUses(dashboard)
  usesIn.set(dashboard, known)
  return known
}

/** What was found: several rules ask for it. */
const usesIn = new WeakMap<Dashboard, readonly VariableUse[]>()

function findUses(dashboard: Dashboard): readonly VariableUse[] {
  const { document, path } = dashboard
  const uses: VariableUse[] = []

  function strings(value: unknown, at: DocumentPath, kind: StringKind = 'plain'): void {
    if (typeof value !== 'string') return
    for (const found of variableReferences(value, kind)) uses.push({ ...found, path: at })
  }
  function keys(owner: Model, at: DocumentPath, names: readonly string[], kind: StringKind = 'plain'): void {
    for (const name of names) strings(owner[name], [...at, name], kind)
  }
  function each(value: unknown, at: DocumentPath, visit: (item: Model, at: DocumentPath) => void): void {
    for (const [index, item] of listOf(value).entries()) if (isRecord(item)) visit(item, [...at, index])
  }
  function datasource(owner: Model, at: DocumentPath): void {
    strings(owner['datasource'], [...at, 'datasource'])
    keys(recordOf(owner['datasource']), [...at, 'datasource'], ['uid'])
  }
  function repeat(owner: Model, at: DocumentPath): void {
    const name = typeof owner['repeat'] === 'string' ? /^\$?(\w+)$/.exec(owner['repeat'])?.[1] : undefined
    if (name === undefined) return
    const end = (owner['repeat'] as string).length
    uses.push({ name, path: [...at, 'repeat'], start: end - name.length, end })
  }
  function links(value: unknown, at: DocumentPath): void {
    each(value, at, (link, linkPath) => {
      keys(link, linkPath, ['title', 'tooltip'], 'prose')
      keys(link, linkPath, ['url', 'params'])
    })
  }

  function query(target: Model, at: DocumentPath, type: string | undefined): void {
    for (const key of queryKeys(target, type)) {
      const before = uses.length
      strings(target[key], [...at, key], 'query')
      if (type === 'influxdb') uses.splice(before, uses.length - before, ...uses.slice(before).filter(({ name }) => !influxName.test(name)))
    }
  }

  function fieldConfig(value: unknown, at: DocumentPath): void {
    const config = recordOf(value)
    const defaults = recordOf(config['defaults'])
    strings(defaults['displayName'], [...at, 'defaults', 'displayName'], 'prose')
    links(defaults['links'], [...at, 'defaults', 'links'])
    each(config['overrides'], [...at, 'overrides'], (override, overridePath) => {
      each(override['properties'], [...overridePath, 'properties'], (property, propertyPath) => {
        if (property['id'] === 'links') links(property['value'], [...propertyPath, 'value'])
        if (property['id'] === 'displayName') strings(property['value'], [...propertyPath, 'value'], 'prose')
      })
    })
  }

  /** Transformations that pass their options through the interpolation. */
  function transformation({ id, options: given }: Model, at: DocumentPath): void {
    const options = recordOf(given)
    const optionsPath = [...at, 'options']
    if (id === 'filterFieldsByName') {
      for (const side of ['include', 'exclude']) keys(recordOf(options[side]), [...optionsPath, side], ['pattern', 'variable'])
    } else if (id === 'filterByValue') {
      each(options['filters'], [...optionsPath, 'filters'], (filter, filterPath) => {
        const config = recordOf(filter['config'])
        keys(recordOf(config['options']), [...filterPath, 'config', 'options'], ['value', 'from', 'to'])
      })
    } else if (id === 'limit') keys(options, optionsPath, ['limitField'])
  }

  function panel(model: Model, { path: at, datasource: ref, targets }: Panel): void {
    // What a target names counts only where Grafana does not send it to the panel's datasource.
    const ownDatasources = new Set(targets.filter((target) => target.datasource.path).map((target) => target.path.at(-1)))
    keys(model, at, ['title', 'description'], 'prose')
    keys(model, at, ['interval', 'timeFrom', 'timeShift'])
    datasource(model, at)
    repeat(model, at)
    each(model['targets'], [...at, 'targets'], (target, targetPath) => {
      const own = recordOf(target['datasource'])['type']
      if (ownDatasources.has(targetPath.at(-1))) datasource(target, targetPath)
      query(target, targetPath, typeof own === 'string' ? own : ref.type)
    })
    links(model['links'], [...at, 'links'])
    fieldConfig(model['fieldConfig'], [...at, 'fieldConfig'])
    each(model['transformations'], [...at, 'transformations'], transformation)
    const options = recordOf(model['options'])
    links(options['dataLinks'], [...at, 'options', 'dataLinks'])
    if (model['type'] === 'text') {
      // "code" shows source text of any language.
      if (options['mode'] !== 'code') strings(options['content'], [...at, 'options', 'content'], 'prose')
      strings(model['content'], [...at, 'content'], 'prose')
    } else if (model['type'] === 'alertlist') {
      keys(options, [...at, 'options'], ['alertName', 'alertInstanceLabelFilter'])
      keys(model, at, ['nameFilter'])
    }
    // Tables before Grafana 7 keep their links in column styles.
    each(model['styles'], [...at, 'styles'], (style, stylePath) => keys(style, stylePath, ['linkUrl', 'linkTooltip']))
  }

  function variable(model: Model, at: DocumentPath): void {
    datasource(model, at)
    const type = recordOf(model['datasource'])['type']
    if (model['type'] === 'query' || model['type'] === undefined) {
      if (typeof type !== 'string' || ownValue(querySchemes, type) !== undefined) {
        strings(model['query'], [...at, 'query'], 'query')
        keys(recordOf(model['query']), [...at, 'query'], ['query'], 'query')
      }
      keys(model, at, ['regex'])
    } else if (model['type'] === 'custom') {
      keys(model, at, ['query'])
    } else if (model['type'] === 'datasource') {
      keys(model, at, ['regex'])
    }
    keys(model, at, ['allValue'])
  }

  const model = dashboard.path.reduce<unknown>((value, key) => recordOf(value)[key], document.value)
  const root = recordOf(model)
  each(recordOf(root['annotations'])['list'], [...path, 'annotations', 'list'], (annotation, at) => {
    datasource(annotation, at)
    const type = recordOf(annotation['datasource'])['type']
    const known = typeof type === 'string' ? type : undefined
    for (const key of queryKeys(annotation, known)) strings(annotation[key], [...at, key], 'query')
    const target = recordOf(annotation['target'])
    for (const key of queryKeys(target, known)) strings(target[key], [...at, 'target', key], 'query')
  })
  links(root['links'], [...path, 'links'])
  for (const one of [...dashboard.panels, ...dashboard.libraryPanels ?? []]) panel(recordOf(valueAt(root, one.path.slice(path.length))), one)
  each(recordOf(root['templating'])['list'], [...path, 'templating', 'list'], variable)
  return uses
}

/** The keys that hold a query, by the datasource's plugin; a plugin that is not here may use `$` for itself. */
const querySchemes: Readonly<Record<string, readonly string[]>> = {
  prometheus: ['expr', 'legendFormat', 'interval'],
  'grafana-amazonprometheus-datasource': ['expr', 'legendFormat', 'interval'],
  'grafana-azureprometheus-datasource': ['expr', 'legendFormat', 'interval'],
  loki: ['expr', 'legendFormat', 'step'],
  elasticsearch: ['query', 'alias'],
  influxdb: ['query'],
  graphite: ['target'],
}

/** Where nothing tells the plugin, `expr` is a query for Prometheus or Loki. */
const undeclaredKeys = ['expr', 'legendFormat', 'interval']

/** What InfluxQL and its aliases have of their own: `$timeFilter`, `$interval`, `$tag_host`, `$col`. */
const influxName = /^(?:timeFilter|interval|tag_\w+|col|m|measurement)$/

function queryKeys(target: Model, type: string | undefined): readonly string[] {
  if (type === undefined || /[$[]/.test(type)) return undeclaredKeys
  // `|>` is Flux, where `${x}` is the language's own.
  if (type === 'influxdb' && typeof target['query'] === 'string' && target['query'].includes('|>')) return []
  return ownValue(querySchemes, type) ?? []
}
