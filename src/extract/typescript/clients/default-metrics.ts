import type { Label } from '../../../registry/types.js'
import type { Instrumentation } from '../../types.js'
import type { Call } from '../calls.js'
import { placeOf, type Analysis } from '../program.js'
import { keysOf, readProperty } from '../properties.js'
import { knownTexts, type Value } from '../values.js'

/** `collectDefaultMetrics({ prefix, labels })`. */
export function defaultMetrics(analysis: Analysis, options: Value, call: Call): Instrumentation {
  const prefix = knownTexts(readProperty(analysis, options, 'prefix').filter((atom) => atom.kind !== 'nullish'))
  const labels = labelsFrom(analysis, readProperty(analysis, options, 'labels'))
  const [text] = prefix.texts
  return {
    catalog: 'nodejs-default',
    ...(text !== undefined && { prefix: text }),
    ...(labels.length > 0 && { labels }),
    place: placeOf(call.environment.frame.module, call.node),
  }
}

/** Labels that an object gives by name, sorted. */
export function labelsFrom(analysis: Analysis, value: Value): Label[] {
  return [...keysOf(analysis, value).names].sort().map((name) => {
    const { texts, open } = knownTexts(readProperty(analysis, value, name).filter((atom) => atom.kind !== 'nullish'))
    return { name, values: [...new Set(texts)].sort(), open }
  })
}
