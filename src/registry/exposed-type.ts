import type { MetricType } from './types.js'

/**
 * The type that Prometheus is told. The text format has no info and no stateset: the clients expose them as gauges;
 * `untyped` tells no more than that nothing is known.
 */
export function exposedType(type: MetricType): 'counter' | 'gauge' | 'histogram' | 'summary' | 'unknown' {
  if (type === 'info' || type === 'stateset') return 'gauge'
  return type === 'untyped' ? 'unknown' : type
}
