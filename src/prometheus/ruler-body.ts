import type { StructuredDocument } from '../text/document.js'
import { partOf, wrappedIn } from '../text/embedded.js'
import { isRecord, listOf } from '../text/value.js'

/**
 * The rule files in what the ruler of Mimir, Cortex or Loki takes and gives over HTTP: one group by itself, or lists of
 * groups by namespace (Mimir: references/http-api, "Get rule groups by namespace", "Set rule group"); `undefined` where
 * the document is no such body.
 */
export function ruleFilesInBody(document: StructuredDocument): StructuredDocument[] | undefined {
  const { value } = document
  if (!isRecord(value) || 'groups' in value) return undefined
  if (isGroup(value)) return [wrappedIn(document, ['groups', 0])]
  const namespaces = Object.entries(value)
  const isBody = namespaces.length > 0 && namespaces.every(([, groups]) => Array.isArray(groups) && groups.length > 0 && groups.every(isGroup))
  return isBody ? namespaces.map(([name]) => wrappedIn(partOf(document, [name]), ['groups'])) : undefined
}

/** Whether a value is a list of rules, or of groups, which a rule file has under `groups`. */
export function looksLikeRuleList(value: unknown): boolean {
  return Array.isArray(value) && value.length > 0 && (value.every(isRule) || value.every(isGroup))
}

function isGroup(value: unknown): boolean {
  return isRecord(value) && typeof value['name'] === 'string' && listOf(value['rules']).some(isRule)
}

function isRule(value: unknown): boolean {
  return isRecord(value) && typeof value['expr'] === 'string' && (typeof value['alert'] === 'string' || typeof value['record'] === 'string')
}
