import type { DocumentPath } from '../text/document.js'
import { isRecord, listOf, recordOf, textOf } from '../text/value.js'
import { readDatasourceRef } from './datasource-ref.js'
import type { QueryText, Variable } from './model.js'

type VariableModel = Readonly<Record<string, unknown>>

/** The variables of a dashboard (`templating.list`), in its order; those without a name are left out. */
export function readVariables(dashboard: VariableModel, path: DocumentPath): Variable[] {
  return listOf(recordOf(dashboard['templating'])['list']).flatMap((variable, index): Variable[] => {
    const name = isRecord(variable) ? textOf(variable['name']) : undefined
    if (!isRecord(variable) || name === undefined) return []
    const at = [...path, 'templating', 'list', index]
    // The type was added after the first versions; what came before it were queries.
    const type = textOf(variable['type']) ?? 'query'
    const query = type === 'query' ? readQuery(variable, at) : undefined
    const datasourceType = type === 'datasource' ? textOf(variable['query']) : undefined
    const options = readOptions(variable, type)
    const allValue = textOf(variable['allValue'])
    return [{
      path: at,
      name,
      type,
      datasource: readDatasourceRef(variable, at) ?? {},
      ...(query && { query }),
      ...(datasourceType !== undefined && { datasourceType }),
      ...(options && { options }),
      ...(variable['multi'] === true && { multi: true as const }),
      ...(variable['includeAll'] === true && { includeAll: true as const }),
      ...(allValue !== undefined && { allValue }),
      // A number in the classic form, a word in schema v2.
      ...((variable['hide'] === 2 || variable['hide'] === 'hideVariable') && { hidden: true as const }),
    }]
  })
}

/** The string that Grafana evaluates: `query`, or `query.query` of the object form; `definition` only shows it. */
function readQuery(variable: VariableModel, path: DocumentPath): QueryText | undefined {
  const { query } = variable
  if (typeof query === 'string') return { text: query, path: [...path, 'query'] }
  const text = recordOf(query)['query']
  return typeof text === 'string' ? { text, path: [...path, 'query', 'query'] } : undefined
}

function readOptions(variable: VariableModel, type: string): string[] | undefined {
  const query = textOf(variable['query'])
  switch (type) {
    case 'custom':
      return query === undefined ? listedOptions(variable) : customOptions(query)
    case 'interval':
      return query?.split(',').map((option) => option.trim().replace(/^(["'])(.*)\1$/, '$2')).filter((option) => option !== '')
    case 'constant':
      return query === undefined ? undefined : [query]
    default:
      return undefined
  }
}

/**
 * The values in the query of a custom variable: separated by commas (`\,` is a comma in a value), each maybe as
 * `text : value`. A query in JSON is a list of `{ text, value }` (Grafana: CustomVariable).
 */
function customOptions(query: string): string[] {
  const json = /^\s*\[/.test(query) ? jsonOptions(query) : undefined
  if (json) return json
  return (query.match(/(?:\\,|[^,])+/g) ?? []).map((option) => {
    const text = option.replace(/\\,/g, ',').trim()
    return /^(?:.+)\s:\s(.+)$/.exec(text)?.[1]?.trim() ?? text
  })
}

function jsonOptions(query: string): string[] | undefined {
  try {
    const options: unknown = JSON.parse(query)
    if (!Array.isArray(options)) return undefined
    return options.flatMap((option: unknown) => (isRecord(option) ? (textOf(option['value']) ?? []) : typeof option === 'string' ? [option] : []))
  } catch {
    return undefined
  }
}

function listedOptions(variable: VariableModel): string[] | undefined {
  if (!Array.isArray(variable['options'])) return undefined
  return listOf(variable['options'])
    .map((option) => recordOf(option)['value'])
    .filter((value) => typeof value === 'string' && value !== '$__all') as string[]
}
