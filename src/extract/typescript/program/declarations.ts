import { isRelevantName } from '../engine/relevance.js'
import { openLike, unitedValues } from '../../../registry/label-values.js'
import { unitedMovement } from '../../../registry/merge.js'
import { holesOf, joinNames, knownName, patternOf, unitedPattern } from '../../../registry/name-pattern.js'
import { isOpenTelemetry } from '../../../registry/naming.js'
import type { Label, Movement, NamePattern, Recorded } from '../../../registry/types.js'
import type { Place } from '../../../text/source.js'
import { movementOf } from '../../movement.js'
import type { MetricDeclaration } from '../../types.js'
import { defaultLabels, registryKeys } from '../clients/registries.js'
import { namesOneOf } from '../sources/questions.js'
import { mentionsIn, type WorkspaceMentions } from './mentions.js'
import { guard } from './pass.js'
import { objectVersions } from '../engine/heap.js'
import { ALL_LABELS, placeOf, type LabelWays, type Metric } from '../values/program.js'
import type { Analysis } from '../engine/analysis.js'
import { itemsOf, keysOf, memberName, readAnyProperty, readProperty, superclasses } from '../objects/properties.js'
import { forced, isClosed, knownText, knownTexts, NOTHING, toStrings, union, unknown, type ClassAtom, type StringAtom, type Value } from '../values/values.js'
import type { Facts } from '../engine/facts.js'

/** What the recordings of a metric say. */
interface Recordings {
  readonly values: ReadonlyMap<string, Value>
  readonly recorded: Recorded
  /** There may be recordings, or labels in them, that have not been read. */
  readonly open: boolean
  /** Of these there may be other values. */
  readonly openLabels: ReadonlySet<string>
  readonly movement: Movement | undefined
}

/** The metrics of the last pass as declarations, each place and name once, in the order of the files. */
export function declarationsOf(analysis: Analysis, sources: readonly string[]): MetricDeclaration[] {
  const mentions = mentionsIn(analysis, sources)
  const prefixes = prefixesOf(analysis, sources)
  const merged = new Map<string, MetricDeclaration>()
  for (const metric of analysis.facts.metrics.made.values()) {
    let found: readonly MetricDeclaration[] = []
    guard(analysis, metric.frame.module, () => {
      if (isExposed(analysis, metric)) found = declare(analysis, metric, mentions, prefixes)
    })
    for (const declaration of found) {
      const { place, name, client, type } = declaration
      const key = [place.source.path, place.span.start, name.parts.join('\u0000'), name.parts.length, client, type].join('\n')
      const known = merged.get(key)
      merged.set(key, known ? merge(known, declaration) : declaration)
    }
  }
  return [...merged.values()].sort(inOrder)
}

/** A metric that is put in no registry (`registers: []`) is never exposed. */
function isExposed(analysis: Analysis, metric: Metric): boolean {
  const registers = forced(metric.registers)
  if (registers.length === 0 || registers.some((atom) => atom.kind !== 'object')) return true
  const { items, rest } = itemsOf(analysis, registers)
  return items.length > 0 || rest.length > 0
    || analysis.facts.metrics.registered.has(metric.key) || analysis.facts.metrics.escaped.has(metric.key)
}

function declare(analysis: Analysis, metric: Metric, mentions: WorkspaceMentions, prefixes: readonly StringAtom[]): MetricDeclaration[] {
  const recordings = recordingsOf(analysis, metric, mentions)
  const { labels, labelsOpen, reason: labelsReason } = labelsOf(analysis, metric, recordings)
  const names = metric.name.length > 0 ? toStrings(metric.name) : [{ kind: 'string', parts: ['', ''], reason: 'the name is not given' } as const]
  const help = onlyText(metric.help)
  const unit = onlyText(metric.unit)
  const exposed = names.filter((name) => mayBeName(metric, name))
    .flatMap((given) => (isOpenTelemetry(metric.client) ? prefixes.map((prefix) => ({ given, name: withPrefix(prefix, given) })) : [{ given, name: given }]))
  return exposed.map(({ given, name }) => {
    const reasons = [name.parts.length > 1 ? (name.reason ?? 'the name is computed') : undefined, labelsReason].filter((text) => text !== undefined)
    return {
      client: metric.client,
      name: pattern(metric, name),
      type: metric.type,
      ...(help !== undefined && { help }),
      ...(unit !== undefined && { unit }),
      labels,
      labelsOpen,
      ...(metric.buckets && { buckets: metric.buckets }),
      ...(metric.quantiles && { quantiles: metric.quantiles }),
      recorded: recordings.recorded,
      ...(metric.type === 'gauge' && recordings.movement && { movement: recordings.movement }),
      ...placeAndWay(metric, given),
      ...(reasons.length > 0 && { reason: reasons.join('; ') }),
    }
  })
}

const OTHER_EXPORTERS = ['http', 'grpc', 'proto'].map((protocol) => `@opentelemetry/exporter-metrics-otlp-${protocol}`)

/** What may stand before the names of OpenTelemetry's metrics: nothing too, where they may be exported in another way. */
function prefixesOf({ facts: { finds }, code: { tree } }: Analysis, sources: readonly string[]): readonly StringAtom[] {
  const exporters = [...finds.exporters.values()]
  const nothing: StringAtom = { kind: 'string', parts: [''] }
  const prefixes = exporters.flatMap(({ prefix }) => (prefix.length > 0 ? toStrings(prefix) : [nothing]))
  const asked = namesOneOf(OTHER_EXPORTERS)
  const isOnly = prefixes.length > 0 && !sources.some((path) => tree.ask(path, asked))
  return toStrings(union(...(isOnly ? prefixes : [nothing, ...prefixes]).map((prefix) => [prefix])))
}

function withPrefix(prefix: StringAtom, name: StringAtom): StringAtom {
  if (knownText(prefix) === '') return name
  const reason = name.reason ?? (prefix.parts.length > 1 ? `the prefix of the exporter is not known: ${prefix.reason ?? 'it is computed'}` : undefined)
  return { kind: 'string', ...joinNames(joinNames(prefix, knownName('_')), name), ...(reason !== undefined && { reason }) }
}

/** prom-client throws on a name that Prometheus' classic format does not allow: such a one comes from a way that is not gone. */
function mayBeName({ client }: Metric, { parts }: StringAtom): boolean {
  return client === 'opentelemetry-js' || (/^[\w:]*$/.test(parts.join('')) && !/^\d/.test(parts[0]!))
}

/** OpenTelemetry takes numbers with signs and points: in its names, a number may be any text. */
function pattern({ client }: Metric, name: StringAtom): NamePattern {
  return isOpenTelemetry(client) ? { parts: name.parts } : patternOf(name.parts, holesOf(name))
}

function onlyText(value: Value): string | undefined {
  const { texts, open } = knownTexts(value)
  return texts.length === 1 && !open ? texts[0] : undefined
}

/** Where the name was written, and the calls between there and the client's constructor, outermost first. */
function placeAndWay(metric: Metric, name: StringAtom): Pick<MetricDeclaration, 'place' | 'via'> {
  const sites = metric.frame.calls.map((site) => placeOf(site.module, site.node))
  const creation = placeOf(metric.frame.module, metric.node)
  const within = (piece: Place) => sites.findIndex((site) => contains(site, piece))
  // A name put together inside a wrapper is shown where the caller wrote his part of it.
  const passed = name.pieces?.findLast((piece) => within(piece) >= 0)
  const place = passed ?? name.origin ?? creation
  const first = within(place) >= 0 ? within(place)
    : name.origin === undefined && !passed ? 0
    : (name.argumentDepth ?? sites.length + 1) - 1
  return { place, via: sites.slice(Math.max(first, 0)) }
}

function contains(outer: Place, inner: Place): boolean {
  return outer.source.path === inner.source.path && outer.span.start <= inner.span.start && inner.span.end <= outer.span.end
}

function recordingsOf(analysis: Analysis, metric: Metric, mentions: WorkspaceMentions): Recordings {
  const { facts } = analysis
  const values = new Map<string, Value>()
  const escaped = facts.metrics.escaped.has(metric.key)
  const holders = [...(facts.metrics.holders.get(metric.key) ?? [])]
  const isNamed = holders.some((name) => facts.metrics.unattributed.has(name) || mentions.of(name, metric.key).unreadRecording)
  let open = facts.ends.failures.size > 0 || escaped || isNamed
  const openLabels = new Set<string>()
  const positions = itemsOf(analysis, metric.labelNames).items.map((item) => onlyText(item))
  const openWays = (ways: LabelWays | undefined) => {
    for (const [label, names] of ways ?? []) {
      if (areFollowed(analysis, names)) continue
      const name = typeof label === 'number' ? positions[label] : label
      if (name === undefined || name === ALL_LABELS) open = true
      else openLabels.add(name)
    }
  }
  openWays(facts.metrics.boundThrough.get(metric.key))
  const mayBeUsedElsewhere = open || openLabels.size > 0 || mentions.unnamedRecording || holders.some((name) => mentions.of(name, metric.key).unread)
  let recorded: Recorded = mayBeUsedElsewhere ? 'unknown' : 'never'

  for (const recording of facts.metrics.recordings.values()) {
    if (recording.metric !== metric.key) continue
    recorded = 'yes'
    openWays(recording.through)
    for (const given of recording.labels) {
      if (readGivenLabels(analysis, given, positions, values)) open = true
    }
  }
  // What only the pass before has followed to this metric may be read differently now, but it does record it.
  if (recorded !== 'yes' && isRecordedIn(analysis.previous, metric.key)) {
    recorded = 'yes'
    open = true
  }
  const isPassed = facts.metrics.passed.has(metric.key)
  const movement = movementOf(facts.metrics.moves.get(metric.key) ?? new Set(), !mayBeUsedElsewhere && !open && openLabels.size === 0 && !isPassed)
  if (recorded === 'never' && isPassed) return { values, recorded: 'unknown', open: true, openLabels, movement }
  return { values, recorded, open, openLabels, movement }
}

function isRecordedIn({ metrics }: Facts, key: string): boolean {
  return [...metrics.recordings.values()].some(({ metric }) => metric === key)
}

/** Whether each call of these functions has been read: what passes through them is known then. */
function areFollowed(analysis: Analysis, names: ReadonlySet<string>): boolean {
  const { unfollowedCalls, callsOnGiven } = analysis.facts.ends
  return [...names].every((name) => isRelevantName(analysis, name) && !unfollowedCalls.has(name)
    && !(callsOnGiven.has(name) && isGivenAway(analysis, name)))
}

/** Whether a package has got a class that has a method of that name, or an instance of one. */
function isGivenAway(analysis: Analysis, method: string): boolean {
  const { ends: { givenAway }, heap: { classes } } = analysis.facts
  const has = (owner: ClassAtom): boolean => owner.node.body.body.some((member) => memberName(member) === method)
    || superclasses(analysis, owner).some((parent) => parent.kind === 'class' && has(parent))
  return [...givenAway].some((node) => {
    const owner = classes.get(node)
    return owner !== undefined && has(owner)
  })
}

/** Adds the label values of one recording; true when it may give more than can be told. */
function readGivenLabels(analysis: Analysis, given: Value, positions: readonly (string | undefined)[], values: Map<string, Value>): boolean {
  let open = false
  const add = (name: string, value: Value) => {
    const given = forced(value)
    const present = given.length === 0 ? unknown('nothing is seen to be there') : given.filter((atom) => atom.kind !== 'nullish')
    values.set(name, union(values.get(name) ?? NOTHING, present))
  }
  for (const atom of forced(given)) {
    if (atom.kind === 'nullish' || atom.kind === 'number' || atom.kind === 'boolean') continue
    const [object] = objectVersions(analysis, atom)
    if (object?.shape === 'list') {
      const { items, rest } = itemsOf(analysis, [atom])
      items.forEach((item, index) => {
        const name = positions[index]
        if (name === undefined) open = true
        else add(name, item)
      })
      if (rest.length > 0) open = true
      continue
    }
    const { names, open: mayHaveMore } = keysOf(analysis, [atom])
    for (const name of names) add(name, readProperty(analysis, [atom], name))
    if (!mayHaveMore) continue
    // Typed objects: each declared label is read by its name.
    if (atom.kind === 'typed') {
      for (const name of positions) {
        const value = name === undefined ? NOTHING : readProperty(analysis, [atom], name)
        if (name !== undefined && value.length > 0) add(name, value)
      }
      if (positions.length === 0) open = true
      continue
    }
    const others = atom.kind === 'object' ? readAnyProperty(analysis, [atom]) : NOTHING
    if (atom.kind !== 'object' || !isClosed(others)) open = true
    else for (const name of positions) if (name !== undefined && !names.includes(name)) add(name, others)
  }
  return open
}

function labelsOf(analysis: Analysis, metric: Metric, recordings: Recordings): { labels: Label[]; labelsOpen: boolean; reason?: string } {
  const labels = new Map<string, Label>()
  let reason: string | undefined
  let labelsOpen = false
  if (metric.labelsByRecording) {
    for (const name of recordings.values.keys()) labels.set(name, labelWith(metric, name, recordings))
    labelsOpen = recordings.open || recordings.recorded !== 'yes'
  } else {
    const { items, rest } = itemsOf(analysis, metric.labelNames.filter((atom) => atom.kind !== 'nullish'))
    for (const item of items) {
      const { texts, open } = knownTexts(item)
      for (const name of texts) labels.set(name, labelWith(metric, name, recordings))
      labelsOpen ||= open
    }
    for (const name of knownTexts(rest).texts) labels.set(name, labelWith(metric, name, recordings))
    labelsOpen ||= rest.length > 0 && !isClosed(rest)
    if (labelsOpen) reason = 'the label names are not all known'
  }
  for (const label of labelsOfRegistries(analysis, metric)) if (!labels.has(label.name)) labels.set(label.name, label)
  const sorted = [...labels.values()].sort((a, b) => (a.name < b.name ? -1 : 1))
  return { labels: sorted, labelsOpen, ...(reason !== undefined && { reason }) }
}

function labelWith(metric: Metric, name: string, recordings: Recordings): Label {
  const given = recordings.values.get(name) ?? NOTHING
  const byType = metric.labelTypes.get(name)
  const isOpen = recordings.open || recordings.openLabels.has(name)
  const isGivenKnown = isClosed(given) && !isOpen
  const typed = byType && !knownTexts(byType).open && byType.length > 0 ? byType : undefined
  const shown = toStrings(!isGivenKnown && typed ? typed : given)
  const values = [...new Set(shown.flatMap((text) => knownText(text) ?? []))].sort()
  if (typed && !isGivenKnown) return { name, values, open: false }
  // A metric that is recorded without a value that could be read for a label may be given one after all (a timer's end).
  const isUnseen = shown.length === 0 && recordings.recorded !== 'never'
  if (isOpen || isUnseen) return { name, values, open: true }
  return { name, ...openLike(values, shown.filter(({ parts }) => parts.length > 1).map((text) => patternOf(text.parts, holesOf(text)))) }
}

/** Labels that the metric's registries put on all of their metrics. */
function labelsOfRegistries(analysis: Analysis, metric: Metric): Label[] {
  if (metric.client !== 'prom-client') return []
  const given = metric.registers.filter((atom) => atom.kind !== 'nullish')
  const own = given.length === 0 ? registryKeys(NOTHING) : itemsOf(analysis, given).items.flatMap(registryKeys)
  return defaultLabels(analysis, new Set([...own, ...(analysis.facts.metrics.registered.get(metric.key) ?? [])]))
}

/** One declaration that was reached in two ways. */
function merge(a: MetricDeclaration, b: MetricDeclaration): MetricDeclaration {
  const labels = new Map(a.labels.map((label) => [label.name, label]))
  for (const label of b.labels) {
    const known = labels.get(label.name)
    labels.set(label.name, known
      ? { name: label.name, ...unitedValues([known, label]) }
      : label)
  }
  const recorded = [a.recorded, b.recorded].includes('yes') ? 'yes' : a.recorded === b.recorded ? a.recorded : 'unknown'
  const { movement, ...rest } = a
  const united = unitedMovement([movement, b.movement])
  return {
    ...rest,
    name: unitedPattern(a.name, b.name),
    labels: [...labels.values()].sort((first, second) => (first.name < second.name ? -1 : 1)),
    labelsOpen: a.labelsOpen || b.labelsOpen,
    recorded,
    ...(united && { movement: united }),
  }
}

function inOrder(a: MetricDeclaration, b: MetricDeclaration): number {
  if (a.place.source.path !== b.place.source.path) return a.place.source.path < b.place.source.path ? -1 : 1
  if (a.place.span.start !== b.place.span.start) return a.place.span.start - b.place.span.start
  return a.name.parts.join('*') < b.name.parts.join('*') ? -1 : 1
}
