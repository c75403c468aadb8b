import type { Shape } from './inference/types.js'
import { isProducer } from './producers.js'

/**
 * Whether series surely are what counters have come to, and not what is added by time: by a type from code or a
 * registry file; never by a name, and not by a catalog, whose releases may differ.
 */
export function isRawCounter({ kind, families }: Shape): boolean {
  return kind === 'counter' && families.length > 0 && families.every(({ origin, type }) => isProducer(origin) && type === 'counter')
}
