import { afterEnvironment } from '../prometheus/template/grafana.js'
import type { DocumentPath } from '../text/document.js'
import type { Edit } from '../text/edit.js'
import type { Place, Span } from '../text/source.js'
import type { LocatedGrafanaAlert } from './workspace.js'

/** A label or an annotation of a Grafana-managed alert that is a template. */
export interface AlertText {
  /** As Grafana expands it, of the same length as what is written. */
  readonly text: string
  readonly isLabel: boolean
  /** A variable of the template in whose place Grafana puts an environment variable. */
  readonly replaced?: Span
  /** The place of characters of the text. */
  place(span: Span): Place
  /** How they become another text; `undefined` where that cannot be written in their place. */
  edit(span: Span, replacement: string): Edit | undefined
}

/** The texts of an alert that Grafana expands; those that the environment decides on are left out. */
export function alertTexts({ file: { document, form }, labels, annotations, path }: LocatedGrafanaAlert): AlertText[] {
  const textOf = (text: string, isLabel: boolean, at: DocumentPath): AlertText[] => {
    if (!text.includes('{{')) return []
    const place = ({ start, end }: Span): Place => ({ source: document.source, span: document.spanInString(at, start, end) })
    const edit = ({ start, end }: Span, replacement: string) => document.edit({ kind: 'characters', path: at, start, end, text: replacement })
    const found = { text, isLabel, place, edit }
    if (form !== 'provisioning') return [found]
    // What becomes of dollars in annotations is not the same in all releases.
    if (!isLabel) return text.includes('$$') || text.includes('${') ? [] : [found]
    const filledIn = afterEnvironment(text)
    return filledIn ? [{ ...found, ...filledIn }] : []
  }
  return [
    ...Object.entries(labels).flatMap(([name, text]) => textOf(text, true, [...path, 'labels', name])),
    ...Object.entries(annotations).flatMap(([name, text]) => textOf(text, false, [...path, 'annotations', name])),
  ]
}

/** Labels that Grafana itself gives to an alert (Grafana: pkg/services/ngalert/state, GetRuleExtraLabels; eval.go, no data). */
export const labelsOfGrafana: ReadonlySet<string> = new Set([
  'alertname', 'grafana_folder', '__alert_rule_uid__', '__alert_rule_namespace_uid__', 'datasource_uid', 'ref_id', 'rulename',
])
