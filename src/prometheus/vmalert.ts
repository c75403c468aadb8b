import type { StructuredDocument } from '../text/document.js'
import { isRecord, listOf, ownValue, recordOf } from '../text/value.js'
import { withoutStrings } from './logql.js'
import type { RuleLanguage } from './model.js'

/** Keys that only VictoriaMetrics' vmalert knows (VictoriaMetrics: app/vmalert/config/config.go, Group and Rule). */
const groupKeys = ['concurrency', 'params', 'headers', 'notifier_headers', 'eval_offset', 'eval_delay', 'eval_alignment', 'extra_filter_labels', 'tenant']
const ruleKeys = ['update_entries_limit']
/** What the `type` of a group says its expressions are. */
const languages: Readonly<Record<string, RuleLanguage>> = { prometheus: 'metricsql', graphite: 'other', vlogs: 'other' }

/** The language of a rule file that only vmalert reads; `undefined` where nothing in it is vmalert's own. */
export function vmalertLanguage({ value, holder }: StructuredDocument): RuleLanguage | undefined {
  const groups = listOf(recordOf(value)['groups']).filter(isRecord)
  const types = groups.flatMap(({ type }) => (typeof type === 'string' ? (ownValue(languages, type) ?? []) : []))
  if (types.includes('other')) return 'other'
  const rules = groups.flatMap((group) => listOf(group['rules']).filter(isRecord))
  const isOwn = types.length > 0 || groups.some((group) => groupKeys.some((key) => key in group)) || rules.some((rule) => ruleKeys.some((key) => key in rule))
  return isOwn || holder?.kind === 'VMRule' ? 'metricsql' : undefined
}

/**
 * Functions that only MetricsQL has (VictoriaMetrics: docs/victoriametrics/MetricsQL.md): where one is called, the file is
 * for VictoriaMetrics.
 */
const ownFunctions = [
  'aggr_over_time', 'ascent_over_time', 'changes_prometheus', 'count_eq_over_time', 'count_gt_over_time', 'count_le_over_time', 'count_ne_over_time',
  'count_values_over_time', 'decreases_over_time', 'default_rollup', 'delta_prometheus', 'deriv_fast', 'descent_over_time', 'distinct_over_time',
  'duration_over_time', 'geomean_over_time', 'histogram_over_time', 'hoeffding_bound_lower', 'hoeffding_bound_upper', 'ideriv', 'increase_prometheus',
  'increase_pure', 'increases_over_time', 'integrate', 'iqr_over_time', 'lag', 'lifetime', 'median_over_time', 'mode_over_time', 'outlier_iqr_over_time',
  'quantiles_over_time', 'range_over_time', 'rate_over_sum', 'rate_prometheus', 'rollup', 'rollup_candlestick', 'rollup_delta', 'rollup_deriv',
  'rollup_increase', 'rollup_rate', 'rollup_scrape_interval', 'scrape_interval', 'share_eq_over_time', 'share_gt_over_time', 'share_le_over_time',
  'stale_samples_over_time', 'sum_eq_over_time', 'sum_gt_over_time', 'sum_le_over_time', 'sum2_over_time', 'tfirst_over_time', 'timestamp_with_name',
  'tlast_change_over_time', 'tlast_over_time', 'tmax_over_time', 'tmin_over_time', 'zscore_over_time', 'bitmap_and', 'bitmap_or', 'bitmap_xor', 'buckets_limit',
  'drop_empty_series', 'histogram_share', 'interpolate', 'keep_last_value', 'keep_next_value', 'limit_offset', 'prometheus_buckets', 'range_first',
  'range_last', 'range_linear_regression', 'range_mad', 'range_max', 'range_median', 'range_min', 'range_normalize', 'range_quantile', 'range_stddev',
  'range_stdvar', 'range_sum', 'range_trim_outliers', 'range_trim_spikes', 'range_trim_zscore', 'range_zscore', 'remove_resets', 'running_avg',
  'running_max', 'running_min', 'running_sum', 'ru', 'smooth_exponential', 'ttf', 'vmrange', 'alias', 'drop_common_labels', 'label_copy', 'label_del',
  'label_graphite_group', 'label_keep', 'label_lowercase', 'label_map', 'label_match', 'label_mismatch', 'label_move', 'label_set', 'label_transform',
  'label_uppercase', 'label_value', 'labels_equal', 'sort_by_label_numeric', 'bottomk_avg', 'bottomk_last', 'bottomk_max', 'bottomk_median', 'bottomk_min',
  'topk_avg', 'topk_last', 'topk_max', 'topk_median', 'topk_min', 'outliers_iqr', 'outliers_mad', 'outliersk', 'quantiles', 'zscore',
]
const ownCall = new RegExp(`\\b(?:${ownFunctions.join('|')})\\s*\\(|\\bkeep_metric_names\\b|^\\s*WITH\\s*\\(`)

/** Whether an expression has something that only MetricsQL has, by its name. */
export function isMetricsql(expression: string): boolean {
  return ownCall.test(withoutStrings(expression))
}
