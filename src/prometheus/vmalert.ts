import type { StructuredDocument } from '../text/document.js'
import { isRecord, listOf, recordOf } from '../text/value.js'
import type { RuleLanguage } from './model.js'

/** Keys that only VictoriaMetrics' vmalert knows (VictoriaMetrics: app/vmalert/config/config.go, Group and Rule). */
const groupKeys = ['concurrency', 'params', 'headers', 'notifier_headers', 'eval_offset', 'eval_delay', 'eval_alignment', 'extra_filter_labels', 'tenant']
const ruleKeys = ['update_entries_limit']
/** What the `type` of a group says its expressions are. */
const languages: Readonly<Record<string, RuleLanguage>> = { prometheus: 'metricsql', graphite: 'other', vlogs: 'other' }

/** The language of a rule file that only vmalert reads; `undefined` where nothing in it is vmalert's own. */
export function vmalertLanguage({ value, holder }: StructuredDocument): RuleLanguage | undefined {
  const groups = listOf(recordOf(value)['groups']).filter(isRecord)
  const types = groups.flatMap(({ type }) => (typeof type === 'string' ? (languages[type] ?? []) : []))
  if (types.includes('other')) return 'other'
  const rules = groups.flatMap((group) => listOf(group['rules']).filter(isRecord))
  const isOwn = types.length > 0 || groups.some((group) => groupKeys.some((key) => key in group)) || rules.some((rule) => ruleKeys.some((key) => key in rule))
  return isOwn || holder?.kind === 'VMRule' ? 'metricsql' : undefined
}
