import type { DocumentPath } from '../text/document.js'
import { isRecord, listOf, recordOf, textOf, valueAt } from '../text/value.js'
import type { Dashboard, QueryText, TextSpan } from './model.js'

type Model = Readonly<Record<string, unknown>>

/** The URL of every link that a dashboard shows: its own, those of its panels, and those of its data. */
export function linksOf(dashboard: Dashboard): QueryText[] {
  const links: QueryText[] = []
  eachLink(dashboard, (link, at, key) => {
    const text = textOf(link[key])
    if (text !== undefined) links.push({ text, path: [...at, key] })
  })
  return links
}

/** Whether a link of a dashboard hands all its variables to where it leads. */
export function passesVariables(dashboard: Dashboard): boolean {
  let passes = false
  eachLink(dashboard, (link, _, key) => {
    passes ||= link['includeVars'] === true || String(link[key]).includes('__all_variables')
  })
  return passes
}

/** Visits every link of a dashboard: of the whole, of panels, of fields and overrides, of old graphs and tables; `key` has its URL. */
function eachLink(dashboard: Dashboard, visit: (link: Model, at: DocumentPath, key: string) => void): void {
  function each(value: unknown, at: DocumentPath, visitItem: (item: Model, at: DocumentPath) => void): void {
    for (const [index, item] of listOf(value).entries()) if (isRecord(item)) visitItem(item, [...at, index])
  }
  const list = (value: unknown, at: DocumentPath) => each(value, at, (link, linkPath) => visit(link, linkPath, 'url'))
  const { document, path } = dashboard
  list(recordOf(valueAt(document.value, path))['links'], [...path, 'links'])
  for (const { path: at } of dashboard.panels) {
    const panel = recordOf(valueAt(document.value, at))
    list(panel['links'], [...at, 'links'])
    const config = recordOf(panel['fieldConfig'])
    list(recordOf(config['defaults'])['links'], [...at, 'fieldConfig', 'defaults', 'links'])
    each(config['overrides'], [...at, 'fieldConfig', 'overrides'], (override, overridePath) => {
      each(override['properties'], [...overridePath, 'properties'], (property, propertyPath) => {
        if (property['id'] === 'links') list(property['value'], [...propertyPath, 'value'])
      })
    })
    list(recordOf(panel['options'])['dataLinks'], [...at, 'options', 'dataLinks'])
    // Tables before Grafana 7 keep their links in column styles.
    each(panel['styles'], [...at, 'styles'], (style, stylePath) => visit(style, stylePath, 'linkUrl'))
  }
}

/** What a link to a dashboard of the same Grafana names; offsets into the URL. */
export interface LinkTarget {
  readonly uid: TextSpan
  /** The panel that it opens, by its id. */
  readonly panel?: TextSpan & { readonly id: number }
  /** The variables that it sets. */
  readonly variables: readonly TextSpan[]
}

/**
 * What a URL such as `/d/costs/costs?viewPanel=7&var-task=$task` names; `undefined` for a URL to somewhere else or to
 * another host, and for one whose uid shows only when the dashboard runs. Of a Grafana below a path, only `/grafana` is
 * known to be one.
 */
export function linkTarget(url: string): LinkTarget | undefined {
  const match = /^(\/?(?:grafana\/)?d(?:-solo)?\/)([\w-]+)(?=[/?#]|$)/.exec(url)
  if (!match) return undefined
  const start = match[1]!.length
  const uid = { text: match[2]!, start, end: start + match[2]!.length }
  const variables: TextSpan[] = []
  let panel: LinkTarget['panel']
  for (const { key, value, at } of parametersOf(url, uid.end)) {
    const variable = /^var-(\w+)$/.exec(key)?.[1]
    if (variable !== undefined) variables.push({ text: variable, start: at + 4, end: at + key.length })
    // Copies of repeated panels have keys of their own.
    const id = /^(?:viewPanel|editPanel|panelId)$/.test(key) ? /^(?:panel-)?(\d+)$/.exec(value)?.[1] : undefined
    if (id !== undefined) panel = { text: value, start: at + key.length + 1, end: at + key.length + 1 + value.length, id: Number(id) }
  }
  return { uid, ...(panel && { panel }), variables }
}

/** The `key=value` pairs after the `?`, each with where it begins. */
function parametersOf(url: string, from: number): { key: string; value: string; at: number }[] {
  const query = url.indexOf('?', from)
  if (query < 0) return []
  const hash = url.indexOf('#', query)
  let at = query + 1
  return url.slice(at, hash < 0 ? undefined : hash).split('&').map((pair) => {
    const equals = pair.indexOf('=')
    const found = { key: equals < 0 ? pair : pair.slice(0, equals), value: equals < 0 ? '' : pair.slice(equals + 1), at }
    at += pair.length + 1
    return found
  })
}
