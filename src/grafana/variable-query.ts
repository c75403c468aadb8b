import type { TextSpan, VariableQuery } from './model.js'

/**
 * What the query string of a query variable asks of Prometheus, read as Grafana's Prometheus datasource does
 * (grafana-prometheus: metric_find_query.ts, migrations/variableMigration.ts): the label of `label_values` is what
 * follows the last comma. Line breaks and spaces around the call are let pass. `undefined` where nothing is asked.
 */
export function parseVariableQuery(text: string): VariableQuery | undefined {
  const query = trimmed(text, 0, text.length)
  if (query.text === '') return undefined
  const call = /^(label_names|label_values|metrics|query_result)\(([^]*)\)$/.exec(query.text)
  if (!call) return { kind: 'series', expr: query }

  const start = query.start + call[1]!.length + 1
  const argument = trimmed(text, start, start + call[2]!.length)
  switch (call[1]) {
    case 'label_names':
      return { kind: 'label_names', ...(argument.text !== '' && { match: argument }) }
    case 'label_values':
      return labelValues(text, start, start + call[2]!.length)
    case 'metrics':
      return argument.text === '' ? undefined : { kind: 'metrics', pattern: argument }
    default:
      return argument.text === '' ? undefined : { kind: 'query_result', expr: argument }
  }
}

function labelValues(text: string, start: number, end: number): VariableQuery | undefined {
  const comma = text.lastIndexOf(',', end - 1)
  const label = trimmed(text, comma >= start ? comma + 1 : start, end)
  if (comma < start) return label.text === '' ? undefined : { kind: 'label_values', label }
  const selector = trimmed(text, start, comma)
  const isOpen = selector.text === '' || selector.text.replaceAll(' ', '') === '{}'
  return { kind: 'label_values', ...(!isOpen && { selector }), label }
}

function trimmed(text: string, start: number, end: number): TextSpan {
  const part = text.slice(start, end)
  const from = start + part.length - part.trimStart().length
  const inner = part.trim()
  return { text: inner, start: from, end: from + inner.length }
}
