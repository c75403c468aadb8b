import type { Registry } from '../registry/registry.js'
import type { Origin } from '../registry/types.js'

/** Whether an origin is a program of the user's, at hand or exported elsewhere. */
export function isProducer({ kind }: Origin): boolean {
  return kind === 'code' || kind === 'registry-file'
}

/** Whether any program is known to expose metrics, besides Prometheus itself: without one there is nothing to hold a query against. */
export function knowsProducers({ families, patterns }: Registry): boolean {
  return [...families, ...patterns].some(({ origin }) => origin.kind !== 'built-in' && origin.kind !== 'recording-rule')
}
