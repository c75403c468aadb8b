import type { Place } from '../../../text/source.js'
import type { FactoryFunction } from '../../types.js'
import { isFunction } from '../../types.js'
import type { Context } from '../engine/engine.js'
import { declareMetric } from '../engine/metric-table.js'
import { touch } from '../engine/touch.js'
import type { Expression } from '../syntax/ast.js'
import { asText, entryOf, likelyOptions } from '../values/text-values.js'
import type { Arguments, Value } from '../values/types.js'
import { unknown } from '../values/values.js'
import { labelNamesOf, oneOf } from './declared.js'
import { recordDictionary } from './recording.js'

/** A call of a function that the configuration names in `extract.factories`; `undefined` when it is none. */
export function callFactory(context: Context, callee: Expression, args: Arguments, place: Place): Value | undefined {
  const { factories } = context.engine.workspace.options
  if (!factories || factories.length === 0) return undefined
  const written = dottedName(callee)
  const factory = factories.filter(isFunction).find(({ name }) => written === name || written.endsWith(`.${name}`))
  if (!factory) return undefined
  touch(context.engine)
  const name = argumentAt(args, factory.nameArgument) ?? unknown(`${factory.name} is called without a name`)
  const labels = factory.labelsArgument === undefined ? undefined : argumentAt(args, factory.labelsArgument)
  const isRecording = labels !== undefined && likelyOptions(labels).some(({ kind }) => kind === 'dictionary')
  const { names, open } = isRecording ? { names: [], open: false } : labelNamesOf(labels, false)
  return oneOf(likelyOptions(name).map((option) => {
    const text = asText(option, place)
    const metric = declareMetric(context.engine.metrics, {
      client: 'prometheus_client', type: factory.type, name: text, help: undefined, unit: undefined,
      labelNames: names, labelsOpen: open, ...(factory.type === 'summary' && { quantiles: [] }),
    }, isRecording ? firstCall(context, factory, text.parts, place) : place, context.engine.course.calls)
    if (isRecording) recordDictionary(metric, labels)
    // `incr('jobs_total')` may be all that there is to it.
    else if (names.length === 0) metric.escaped = true
    return metric
  }))
}

/** What is recorded by its name in several places is one metric, with the labels of them all. */
function firstCall({ engine }: Context, { type }: FactoryFunction, parts: readonly string[], place: Place): Place {
  for (const metric of engine.metrics.byKey.values()) {
    const isSame = metric.shape.type === type && metric.shape.labelNames.length === 0 && metric.name.parts.join('\0') === parts.join('\0')
    if (isSame && parts.length === 1) return metric.constructorPlace
  }
  return place
}

function argumentAt(args: Arguments, position: FactoryFunction['nameArgument']): Value | undefined {
  if (typeof position === 'number') return args.positional[position]
  const given = args.keyword.get(position)
  if (given) return given
  const dictionary = args.positional.find((value) => value.kind === 'dictionary')
  return dictionary?.kind === 'dictionary' ? entryOf(dictionary, position) : undefined
}

function dottedName(callee: Expression): string {
  if (callee.kind === 'name') return callee.id
  return callee.kind === 'attribute' ? `${dottedName(callee.object)}.${callee.name}` : ''
}
