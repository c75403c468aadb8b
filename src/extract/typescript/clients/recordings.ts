import type { TSESTree } from '@typescript-eslint/typescript-estree'
import { moveBy, type Move } from '../../movement.js'
import { letEscape } from '../engine/escape.js'
import { ALL_LABELS, type Call, type LabelWays } from '../values/program.js'
import { addMove } from '../engine/notes.js'
import { listOf, objectVersions } from '../engine/heap.js'
import type { Analysis } from '../engine/analysis.js'
import { readProperty } from '../objects/properties.js'
import { EXTERNAL, forced, NOTHING, valueKey, type Atom, type MetricAtom, type Value } from '../values/values.js'
import { namesOnTheWay, type Site } from '../objects/callers.js'
import { callFunction } from '../engine/engine.js'

/** Names that hardly anything but metrics has as methods. */
export const DISTINCTIVE = new Set(['inc', 'dec', 'observe', 'startTimer', 'setToCurrentTime'])
/** Names that maps and sets have too: they count where the receiver's name is one that holds a metric. */
const AMBIGUOUS = new Set(['set', 'add', 'record', 'labels', 'zero'])

/** Whether a method may record a metric, going by its name and the last name of its receiver. */
export function isRecordingMethod(analysis: Analysis, name: string, holder: string | undefined): boolean {
  return DISTINCTIVE.has(name) || (AMBIGUOUS.has(name) && holder !== undefined && analysis.names.holders.has(holder))
}

/** Calls a method of a metric. */
export function callMetric(analysis: Analysis, atom: MetricAtom, name: string, given: readonly Value[], call: Call): Value {
  const metric = analysis.facts.metrics.made.get(atom.metric) ?? analysis.previous.metrics.made.get(atom.metric)
  return metric?.client === 'opentelemetry-js'
    ? callInstrument(analysis, atom, name, given, call)
    : callPromMetric(analysis, atom, name, given, call)
}

/** prom-client: lib/counter.js, lib/gauge.js, lib/histogram.js, lib/summary.js. */
function callPromMetric(analysis: Analysis, atom: MetricAtom, name: string, given: readonly Value[], call: Call): Value {
  const [first = NOTHING] = given
  noteMove(analysis, atom, promMove(name, given), call)
  switch (name) {
    case 'inc':
    case 'dec':
    case 'setToCurrentTime':
    case 'zero':
      record(analysis, atom, [givenLabels(analysis, first)], call)
      return NOTHING
    case 'set':
    case 'observe':
      record(analysis, atom, given.length > 1 ? [first] : [givenLabels(analysis, objectsOnly(first))], call)
      return NOTHING
    case 'startTimer':
      record(analysis, atom, [first], call)
      return [{ kind: 'timer', metric: atom.metric, bound: [...atom.bound, first] }]
    case 'labels':
      noteBound(analysis, atom, call)
      return [{ ...atom, bound: [...atom.bound, boundLabels(analysis, given, call)] }]
    case 'bind': return [atom]
    default: return EXTERNAL
  }
}

/** What a method of a gauge does to it (prom-client: lib/gauge.js); `undefined` where it does nothing. */
function promMove(name: string, given: readonly Value[]): Move | undefined {
  switch (name) {
    case 'inc': return moveBy(amountOf(given))
    case 'dec':
    case 'set':
    case 'setToCurrentTime':
    case 'startTimer': return 'freely'
    case 'labels':
    case 'bind':
    case 'remove':
    case 'reset':
    case 'get': return undefined
    default: return 'unknown'
  }
}

/** `inc()`, `inc(2)`, `inc({ … })`, `inc({ … }, 2)`; `undefined` where the number is not known. */
function amountOf(given: readonly Value[]): number | undefined {
  const [first = NOTHING, second] = given.map(forced)
  const [only, ...others] = second ?? first
  if (only === undefined && given.length === 0) return 1
  if (only?.kind === 'object' && second === undefined) return 1
  return only?.kind === 'number' && others.length === 0 ? only.number : undefined
}

/** Notes what is done to a metric. Of several that a receiver may be, it may be done to any. */
export function noteMove(analysis: Analysis, { metric }: MetricAtom, move: Move | undefined, { receiver = NOTHING }: Call): void {
  if (move === undefined) return
  const isCertain = receiver.filter((atom) => atom.kind !== 'nullish').length < 2
  addMove(analysis, metric, isCertain ? move : 'unknown')
}

/** With exemplars, labels are one part of a single argument: `inc({ labels, value, exemplarLabels })`. */
function givenLabels(analysis: Analysis, argument: Value): Value {
  const [object] = argument.flatMap((atom) => objectVersions(analysis, atom))
  const isEnvelope = object?.properties.has('labels') && (object.properties.has('exemplarLabels') || object.properties.has('value'))
  return isEnvelope ? readProperty(analysis, argument, 'labels') : argument
}

function noteBound(analysis: Analysis, { metric }: MetricAtom, call: Call): void {
  const { boundThrough } = analysis.facts.metrics
  boundThrough.set(metric, withWays(analysis, boundThrough.get(metric), labelSites(call, undefined)))
}

function objectsOnly(value: Value): Value {
  return value.filter((atom) => atom.kind === 'object')
}

/** `.labels('a', 'b')` gives values in the order of the declared names, `.labels({ … })` by name. */
function boundLabels(analysis: Analysis, given: readonly Value[], call: Call): Value {
  const [first = NOTHING] = given
  const isByName = given.length === 1 && forced(first).some((atom) => atom.kind === 'object' || atom.kind === 'typed')
  return isByName ? first : listOf(analysis, `${call.environment.key}@${call.node.range[0]}-${call.node.range[1]}labels`, given)
}

/** OpenTelemetry API: src/metrics/Metric.ts. */
function callInstrument(analysis: Analysis, atom: MetricAtom, name: string, given: readonly Value[], call: Call): Value {
  const [first = NOTHING, attributes = NOTHING] = given
  noteMove(analysis, atom, name === 'add' ? moveBy(amountOf([first])) : name === 'addCallback' ? undefined : 'freely', call)
  switch (name) {
    case 'add':
    case 'record':
    case 'observe':
      record(analysis, atom, [attributes], call, 1)
      return NOTHING
    case 'addCallback':
      // The callback gets a result object, on which `observe` records the instrument.
      callFunction(analysis, first, [[atom]], call)
      letEscape(analysis, first.some((callback) => callback.kind === 'function') ? [] : [[atom]])
      return NOTHING
    default: return EXTERNAL
  }
}

/** Calls what `startTimer` has returned: it may give the labels that were not known at the start. */
export function endTimer(analysis: Analysis, atom: Atom & { kind: 'timer' }, given: readonly Value[], call: Call): Value {
  record(analysis, { kind: 'metric', metric: atom.metric, bound: atom.bound }, [given[0] ?? NOTHING], call)
  return EXTERNAL
}

/** Notes a recording; `position` tells which argument gives the labels. */
export function record(analysis: Analysis, atom: MetricAtom, labels: readonly Value[], call: Call, position = 0): void {
  const { recordings } = analysis.facts.metrics
  const given = [...atom.bound, ...labels].filter((value) => value.length > 0)
  const key = `${atom.metric}(${given.map(valueKey).join(';')})`
  const through = withWays(analysis, recordings.get(key)?.through, given.length > 0 ? labelSites(call, position) : [])
  recordings.set(key, { metric: atom.metric, labels: given, through })
}

/** Adds what the values of labels come through. */
function withWays(analysis: Analysis, known: LabelWays | undefined, sites: readonly LabelSite[]): LabelWays {
  const ways = new Map(known)
  for (const { label, ...site } of sites) ways.set(label, new Set([...(ways.get(label) ?? []), ...namesOnTheWay(analysis, site)]))
  return ways
}

/** An expression that gives a label its value, or all labels; as in `LabelWays`. */
interface LabelSite extends Site {
  readonly label: string | number
}

/**
 * The expressions that give a call its labels: each by itself, where they are written out in an object, or as several arguments.
 * `position` tells which argument has them; without it, all have.
 */
function labelSites({ node, environment }: Call, position: number | undefined): readonly LabelSite[] {
  const all = 'arguments' in node ? node.arguments : [node]
  const given = position === undefined ? all : all.slice(position, position + 1)
  const [only, ...others] = given
  if (only?.type === 'ObjectExpression' && others.length === 0) {
    return only.properties.map((property) => ({ label: labelOf(property), node: property.type === 'Property' ? property.value : property, environment }))
  }
  const isByPosition = others.length > 0 && given.every(({ type }) => type !== 'SpreadElement')
  return given.map((argument, index) => ({ label: isByPosition ? index : ALL_LABELS, node: argument, environment }))
}

/** The label that a property gives; `inc({ labels: { … }, value, exemplarLabels })` has them all in one. */
function labelOf(property: TSESTree.ObjectLiteralElement): string {
  const key = property.type === 'Property' && !property.computed ? property.key : undefined
  const name = key?.type === 'Identifier' ? key.name : key?.type === 'Literal' ? String(key.value) : 'labels'
  return name === 'labels' ? ALL_LABELS : name
}
