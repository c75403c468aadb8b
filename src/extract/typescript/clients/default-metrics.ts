import { patternText } from '../../../registry/name-pattern.js'
import type { Label } from '../../../registry/types.js'
import type { Call } from '../calls.js'
import { placeOf, type Analysis } from '../program.js'
import { keysOf, readProperty } from '../properties.js'
import { forced, knownText, knownTexts, toStrings, type Value } from '../values.js'
import { noteWrappers } from './creation.js'
import { registryKeys } from './registries.js'

/** `collectDefaultMetrics({ prefix, labels, register })`: once for each prefix that may reach it. */
export function noteDefaultMetrics(analysis: Analysis, options: Value, call: Call): void {
  const { frame } = call.environment
  const given = forced(readProperty(analysis, options, 'prefix'))
  const registries = registryKeys(readProperty(analysis, options, 'register'))
  const labels = labelsFrom(analysis, readProperty(analysis, options, 'labels'))
  const place = placeOf(frame.module, call.node)
  const prefixes = toStrings(given.filter((atom) => atom.kind !== 'nullish' && knownText(atom) !== ''))
  const mayBeWithout = prefixes.length === 0 || prefixes.length < given.length
  for (const prefix of mayBeWithout ? [undefined, ...prefixes] : prefixes) {
    const key = [place.source.path, place.span.start, prefix ? patternText(prefix) : '', ...registries].join('\n')
    // A prefix that a wrapper was given is what tells one call of it from another: it is shown as the place.
    const shown = prefix?.argumentDepth === undefined ? place : (prefix.origin ?? place)
    analysis.facts.installations.set(key, { catalog: 'nodejs-default', ...(prefix && { prefix }), labels, registries, place: shown })
  }
  noteWrappers(analysis, call, frame.calls.length)
}

/** Labels that an object gives by name, sorted. */
export function labelsFrom(analysis: Analysis, value: Value): Label[] {
  return [...keysOf(analysis, value).names].sort().map((name) => {
    const { texts, open } = knownTexts(readProperty(analysis, value, name).filter((atom) => atom.kind !== 'nullish'))
    return { name, values: [...new Set(texts)].sort(), open }
  })
}
