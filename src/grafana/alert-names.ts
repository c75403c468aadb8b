import type { DocumentPath } from '../text/document.js'
import { recordOf, textOf } from '../text/value.js'
import type { AlertName } from './model.js'

/** The names of alerts that an alert list panel asks for: its name filter and `alertname` matchers. */
export function readAlertNames(panel: Readonly<Record<string, unknown>>, path: DocumentPath): AlertName[] {
  if (panel['type'] !== 'alertlist') return []
  const options = recordOf(panel['options'])
  const optionsPath = [...path, 'options']
  const matchers = textOf(options['alertInstanceLabelFilter'])
  return [
    ...nameFilter(options['alertName'], [...optionsPath, 'alertName']),
    // Before Grafana 8 the panel kept its options beside its type.
    ...nameFilter(panel['nameFilter'], [...path, 'nameFilter']),
    ...(matchers === undefined ? [] : namesInMatchers(matchers, [...optionsPath, 'alertInstanceLabelFilter'])),
  ]
}

function nameFilter(value: unknown, path: DocumentPath): AlertName[] {
  const text = textOf(value)
  return text === undefined ? [] : [{ text, path, start: 0, match: 'contains' }]
}

/** `{alertname="A", …}` and alternatives of plain names in `alertname=~"A|B"`. */
function namesInMatchers(matchers: string, path: DocumentPath): AlertName[] {
  const names: AlertName[] = []
  for (const match of matchers.matchAll(/\balertname\s*(=~?)\s*"([^"\\]*)"/g)) {
    const [whole, operator, value] = match as unknown as [string, string, string]
    const isList = operator === '=~' && /^[\w ]+(?:\|[\w ]+)*$/.test(value)
    if (value === '' || (operator === '=~' && !isList)) continue
    let start = match.index + whole.length - 1 - value.length
    for (const text of isList ? value.split('|') : [value]) {
      names.push({ text, path, start, match: 'exact' })
      start += text.length + 1
    }
  }
  return names
}
