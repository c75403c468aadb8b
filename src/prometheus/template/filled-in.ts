import { withoutFilledIn } from '../../promql/filled-in.js'
import type { RuleFile } from '../model.js'

/** What Helm knows in a template and Prometheus does not. */
const ofHelm = /\{\{-?[^{}]*(?:(?<!\$labels|\$externalLabels|\.Labels)\.(?:Values|Release|Chart|Capabilities|Files|Template)\.\w|(?<![\w$.])(?:include|tpl|toYaml|required|lookup)\s+["(.$])/
/** How Helm and Jinja are told to leave an alert's own braces: `{{ "{{" }}`, `` {{`{{ $value }}`}} ``, `{% raw %}`. */
const escapes = /\{\{-?\s*(?:`[^`]*[{}]|"[^"]*[{}]{2}|'[^']*[{}]{2})|\{%-?\s*(?:raw|if|for|set|end\w+|include|macro)\b/

/** Whether another tool fills in a text with alerts before it is read, by marks in it. */
export function isFilledInText(text: string): boolean {
  return ofHelm.test(text) || escapes.test(text)
}

/** Whether another tool fills a rule file in before Prometheus reads it: then its texts are not yet those of Prometheus. */
export function isFilledIn({ document: { source: { text }, template }, groups }: RuleFile): boolean {
  if (template) return true
  if (!text.includes('{{') && !text.includes('{%')) return false
  return isFilledInText(text) || groups.some(({ rules }) => rules.some(({ expr }) => withoutFilledIn(expr, ['go-template']) !== expr))
}
