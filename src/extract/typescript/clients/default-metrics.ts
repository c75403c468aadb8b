import { patternText } from '../../../registry/name-pattern.js'
import { placeOf, type Call } from '../values/program.js'
import type { Analysis } from '../engine/analysis.js'
import { readProperty } from '../objects/properties.js'
import { forced, knownText, toStrings, type Value } from '../values/values.js'
import { noteWrappers } from './creation.js'
import { registryKeys, labelsFrom } from './registries.js'

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
    analysis.facts.finds.installations.set(key, { catalog: 'nodejs-default', ...(prefix && { prefix }), labels, registries, place: shown })
  }
  noteWrappers(analysis, call, frame.calls.length)
}
