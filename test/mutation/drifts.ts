import { judgeLabels } from '../../src/contract/label-verdict.js'
import { selectorLabels } from '../../src/contract/labels.js'
import { selectorLabelValues } from '../../src/contract/label-values.js'
import { namedValues } from '../../src/contract/named-values.js'
import { askedName, literalOf } from '../../src/contract/selector-match.js'
import type { VectorSelector } from '../../src/promql/ast.js'
import type { Place } from '../../src/text/source.js'
import { consumerOf } from '../../src/workspace/consumer.js'
import type { Workspace } from '../../src/workspace/workspace.js'

/** One change that makes consumers and code disagree, and what has to be reported of it. */
export interface Drift {
  readonly kind: string
  /** What is written anew, where. */
  readonly place: Place
  readonly text: string
  /** Where the drift shows, in the text before the change, and what was meant there. */
  readonly shown: readonly { readonly place: Place; readonly meant: string }[]
}

/** A name with one letter of it exchanged, dropped or doubled; which one follows from the name alone. */
export function misspelt(name: string): string | undefined {
  const letters = [...name.matchAll(/[a-z]/g)].map(({ index }) => index).filter((index) => index > 0)
  if (letters.length < 4) return undefined
  const seed = Array.from(name, (character) => character.charCodeAt(0)).reduce((sum, code) => sum * 31 + code >>> 0, 7)
  const at = letters[seed % letters.length]!
  const letter = name[at]!
  const other = String.fromCharCode(97 + (letter.charCodeAt(0) - 97 + 7) % 26)
  const changed = [other, '', letter + letter][seed % 3]!
  return name.slice(0, at) + changed + name.slice(at + 1)
}

const renamings: readonly (readonly [RegExp, string])[] = [
  [/duration/, 'latency'], [/(?<=_)tasks?(?=_)/, 'jobs'], [/failed/, 'errored'], [/succeeded/, 'successful'], [/queued/, 'pending'], [/sent/, 'dispatched'],
  [/_seconds/, '_milliseconds'], [/state/, 'status'], [/usd/, 'dollars'], [/requests/, 'calls'], [/errors/, 'failures'], [/_bytes/, '_kilobytes'],
]

/** A name with one word in the place of another that means much the same. */
export function reworded(name: string): string | undefined {
  const found = renamings.find(([word]) => word.test(name))
  return found && name.replace(found[0], found[1])
}

/** A name with the suffix of another kind of series. */
export function withOtherSuffix(name: string): string | undefined {
  if (name.endsWith('_total')) return name.replace(/_total$/, '')
  if (name.endsWith('_bucket')) return name.replace(/_bucket$/, '')
  return name.endsWith('_count') || name.endsWith('_sum') ? undefined : `${name}_total`
}

/**
 * Every drift of the names, labels and values that the consumers of a workspace use, where the evidence against it is
 * closed. It is not for the other name of a metric under `or`, for the labels of alerts, which have those of whatever
 * series their expressions yield, and for those of `up` and its like where nothing tells which targets there are.
 */
export function driftsOfConsumers(workspace: Workspace): Drift[] {
  const drifts: Drift[] = []
  const add = (kind: string, place: Place, meant: string, text: string | undefined) => {
    const isKnown = text !== undefined && workspace.registry.familyOfSeries(text).length > 0
    if (text !== undefined && text !== meant && !isKnown) drifts.push({ kind, place, text, shown: [{ place, meant }] })
  }
  for (const { query, selector } of workspace.selectors) {
    const asked = askedName(selector)
    if (asked?.kind !== 'exact' || workspace.verdictOn(selector).kind !== 'proved' || asked.text.startsWith('ALERTS')) continue
    const place = query.place(asked.start, asked.end)
    if (!/\bor\b/i.test(query.text) && workspace.registry.familyOfSeries(asked.text).every(({ origin }) => origin.kind === 'code' || origin.kind === 'registry-file')) {
      add('letter of a name', place, asked.text, misspelt(asked.text))
      add('word of a name', place, asked.text, reworded(asked.text))
      add('suffix of a name', place, asked.text, withOtherSuffix(asked.text))
    }
    for (const matcher of selector.matchers) {
      const label = literalOf(matcher.name)
      const known = label === undefined || label === '__name__' ? undefined : selectorLabelValues(selector, label, workspace.stackOf(consumerOf(query).file))
      for (const { text, start, end } of known ? namedValues(matcher) : []) if (known!.has(text)) add('value', query.place(start, end), text, misspelt(text))
    }
  }
  for (const query of workspace.queries) {
    if (query.parsed.expr === undefined) continue
    for (const { use, verdict } of judgeLabels(query.parsed.expr, workspace, query.valuesOf)) {
      const selectors = use.sides.flatMap((side) => [...side.selectors])
      const metrics = new Set(selectors.map((selector) => askedName(selector)?.text))
      const isOpen = metrics.size > 2 || use.sides.some(({ open }) => open) || selectors.some((selector) => selectorLabels(selector, workspace).open || isBuiltIn(selector, workspace))
      if (verdict === 'proved' && !isOpen && use.kind !== 'without' && use.kind !== 'ignoring') add('label', query.place(use.start, use.end), use.label, misspelt(use.label))
    }
  }
  return drifts
}

function isBuiltIn(selector: VectorSelector, { registry }: Workspace): boolean {
  return registry.familyOfSeries(askedName(selector)?.text ?? '').some(({ origin }) => origin.kind === 'built-in')
}

/** Every metric of the code, renamed where it is declared: each of its uses has to be reported with its new name. */
export function driftsOfCode(workspace: Workspace): Drift[] {
  return workspace.registry.families.flatMap((family): Drift[] => {
    const [declaration, ...others] = family.declarations
    const name = declaration && /\w+/.exec(declaration.place.source.text.slice(declaration.place.span.start, declaration.place.span.end))?.[0]
    const renamed = name && reworded(name)
    if (family.origin.kind !== 'code' || others.length > 0 || !renamed || !family.name.startsWith(name)) return []
    const start = declaration.place.source.text.indexOf(name, declaration.place.span.start)
    const shown = workspace.selectors.flatMap(({ query, selector }) => {
      const asked = askedName(selector)
      if (asked?.kind !== 'exact' || !family.series.includes(asked.text)) return []
      return [{ place: query.place(asked.start, asked.end), meant: asked.text.replace(name, renamed) }]
    })
    return shown.length === 0 ? [] : [{ kind: 'name in the code', place: { source: declaration.place.source, span: { start, end: start + name.length } }, text: renamed, shown }]
  })
}

/** The uids of dashboards, each with that of another, and those of datasources, misspelt. */
export function driftsOfDashboards(workspace: Workspace): Drift[] {
  const [first, ...others] = [...workspace.dashboards].filter(({ uid }) => uid !== undefined)
  const inner = ({ source, span }: Place): Place => ({ source, span: { start: span.start + 1, end: span.end - 1 } })
  const uids = others.map((dashboard): Drift => {
    const place = inner(dashboard.place('uid'))
    return { kind: 'uid of a dashboard', place, text: first!.uid!, shown: [{ place, meant: dashboard.uid! }] }
  })
  const datasources = workspace.panels.flatMap((panel): Drift[] => {
    const place = inner(panel.place('datasource', 'uid'))
    const meant = place.source.text.slice(place.span.start, place.span.end)
    const text = /^\w+$/.test(meant) ? misspelt(meant) : undefined
    return text === undefined ? [] : [{ kind: 'datasource of a panel', place, text, shown: [{ place, meant }] }]
  })
  return [...uids, ...datasources]
}
