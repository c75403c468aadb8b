import type { BinaryExpr, Expr, VectorSelector } from '../promql/ast.js'
import { walk } from '../promql/index.js'
import { anyMayExposeUnlisted, catalogsOwning, mayBeExporter, mayExposeUnlisted, tellsAll } from '../registry/catalogs.js'
import type { Registry } from '../registry/registry.js'
import type { Family } from '../registry/types.js'
import { spellingLikeness } from '../text/word-likeness.js'
import type { Exposure, ScrapeTarget } from './exposure.js'
import { isProducer, knowsProducers } from './producers.js'
import { literalOf, matchSelector, type AskedName, type SelectorMatch } from './selector-match.js'
import { askedForBy, type AskedFor } from './selector-use.js'
import { explainUnknownMetric, firstWord, ownFamilies, renamedPrefixes, tailOf, type UnknownMetric } from './unknown-metric.js'

/** What is known of the name that a selector asks for. */
export type NameVerdict =
  /** Something that is known exposes it. */
  | { readonly kind: 'proved' }
  /** Nothing can expose it. `scraped`: the scrape jobs, where it is refuted because all that they expose is known. */
  | { readonly kind: 'refuted'; readonly asked: AskedName; readonly found: Found; readonly scraped?: readonly string[] }
  /** Nothing at hand tells. `found`: what is likely meant all the same, where it likely is a mistake. */
  | { readonly kind: 'unverified'; readonly asked?: AskedName; readonly reason: Unverified; readonly found?: Found }

export type Found = UnknownMetric | { readonly kind: 'renamed'; readonly family: Family; readonly suggestion: string; /** Whether the configuration says so. */ readonly isConfigured?: true }

/** Why a name could not be checked. */
export type Unverified =
  /** No program that exposes metrics is at hand at all. */
  | { readonly kind: 'no-producer' }
  /** Nothing at hand exposes it, and something that is not at hand may. */
  | { readonly kind: 'not-at-hand' }
  /** It is a metric of these exporters, and nothing shows that one runs. */
  | { readonly kind: 'exporter'; readonly exporters: readonly string[] }
  /** It has a colon. Only a recording rule can make it, and those at hand do not; `orExposed`: or a program, that puts one behind its own name. */
  | { readonly kind: 'recording'; readonly orExposed?: true }
  /** It stands as a string in code that is not understood, here. */
  | { readonly kind: 'in-code'; readonly file: string; readonly isRead: boolean }
  /** This file has an exporter expose it: its queries, or names that it gives to what it is sent. */
  | { readonly kind: 'configured'; readonly file: string }
  /** An exporter of the stack may expose it, though its catalog does not list it. */
  | { readonly kind: 'unlisted' }
  /** The code exposes metrics whose names are made at run time; it may be one of them. */
  | { readonly kind: 'made-at-run-time' }
  /** The code sends it, and what takes it is not at hand: it may leave out the suffixes. */
  | { readonly kind: 'receiver' }
  /** Not all of the code could be followed. */
  | { readonly kind: 'not-followed' }
  /** The query has another name for the same thing beside it, under `or`. */
  | { readonly kind: 'alternative' }
  /** The configuration says that it comes from elsewhere. */
  | { readonly kind: 'external' }
  /** The selector names no metric, or only by a variable. */
  | { readonly kind: 'no-name' }

/** A selector with the expression that it is part of. */
export interface SelectorInQuery {
  readonly selector: VectorSelector
  readonly expr: Expr | undefined
  /** What the Prometheus that is asked scrapes. */
  readonly exposure: Exposure
}

/** What the verdicts rest on. */
export interface Evidence {
  readonly registry: Registry
  readonly activeCatalogs: ReadonlySet<string>
  /** Names that metrics which the code sends may have, where what takes them is not at hand. */
  readonly unsuffixed: ReadonlySet<string>
  /** Whether the following of code ended before its end. */
  readonly isIncomplete: boolean
  readonly isExternalMetric: (name: string) => boolean
  /** What the configuration says that a series is called now. */
  readonly newNameOf?: (series: string) => string | undefined
  readonly namesInCode: {
    inOtherLanguages(series: readonly string[]): string | undefined
    inReadLanguages(series: string): string | undefined
    writtenOut(series: string): string | undefined
    configured(series: string): string | undefined
    isImported(word: string): boolean
  }
}

/** Judges the names of all selectors of a workspace: what begins alike is judged together. */
export function nameVerdicts(selectors: readonly SelectorInQuery[], evidence: Evidence): ReadonlyMap<VectorSelector, NameVerdict> {
  const verdicts = new Map<VectorSelector, NameVerdict>()
  const unknown: Unknown[] = []
  const hasProducers = knowsProducers(evidence.registry)
  const explain = explainer(evidence.registry)
  for (const { selector, expr, exposure } of selectors) {
    const match = matchSelector(selector, evidence.registry)
    const settled = standsForNothing(selector, expr) ? noName : settledBy(match, hasProducers, evidence)
    if (settled !== undefined) verdicts.set(selector, settled)
    else if (match.kind === 'none') unknown.push({ selector, exposure, match, found: explain(match.asked, askedForBy(selector, expr)) })
  }
  const proved = (selector: VectorSelector) => verdicts.get(selector)?.kind === 'proved'
  const group = groupsOf(unknown, selectors, proved, evidence)
  const exprs = new Set(selectors.flatMap(({ expr }) => expr === undefined ? [] : [expr]))
  const alternatives = new Set([...exprs].flatMap((expr) => alternativesToProved(expr, proved)))
  for (const one of unknown) {
    verdicts.set(one.selector, alternatives.has(one.selector)
      ? { kind: 'unverified', asked: one.match.asked, reason: { kind: 'alternative' } }
      : judge(one, group, evidence))
  }
  return verdicts
}

/** As `explainUnknownMetric`, which is dear, for each name once. */
function explainer(registry: Registry): (asked: AskedName, askedFor: AskedFor) => UnknownMetric {
  const known = new Map<string, UnknownMetric>()
  return (asked, askedFor) => {
    const key = `${asked.kind} ${askedFor} ${asked.text}`
    const found = known.get(key) ?? explainUnknownMetric(asked, askedFor, registry)
    known.set(key, found)
    return found
  }
}

interface Unknown {
  readonly selector: VectorSelector
  readonly exposure: Exposure
  readonly match: Extract<SelectorMatch, { kind: 'none' }>
  readonly found: UnknownMetric
}

const noName: NameVerdict = { kind: 'unverified', reason: { kind: 'no-name' } }

/** Whether a selector is that of `absent(__does_not_exist__)`, a way to write 1: nothing is meant to be called so. */
function standsForNothing(selector: VectorSelector, expr: Expr | undefined): boolean {
  const name = selector.name && literalOf(selector.name)
  if (expr === undefined || name?.startsWith('__') !== true) return false
  let isAbsent = false
  walk(expr, (node, parent) => {
    if (node === selector && parent?.type === 'Call') isAbsent = literalOf(parent.func) === 'absent'
  })
  return isAbsent
}

function settledBy(match: SelectorMatch, hasProducers: boolean, { isExternalMetric }: Evidence): NameVerdict | undefined {
  if (match.kind === 'known') return { kind: 'proved' }
  if (match.kind === 'open') return { kind: 'unverified', ...(match.asked && { asked: match.asked }), reason: { kind: match.asked ? 'made-at-run-time' : 'no-name' } }
  if (isExternalMetric(match.asked.text)) return { kind: 'unverified', asked: match.asked, reason: { kind: 'external' } }
  // Only recording rules make names with a colon, and they are at hand or not, whatever programs are.
  return hasProducers || match.asked.text.includes(':') ? undefined : { kind: 'unverified', asked: match.asked, reason: { kind: 'no-producer' } }
}

/** What is known of names that begin alike. */
interface Groups {
  /** What a name is called now, where the prefix that it begins with was renamed, added or misspelt. */
  renamed(name: string): Extract<Found, { kind: 'renamed' }> | undefined
  /** How many unknown names begin with the same word. */
  alike(name: string): number
  /** Whether a selector asks for it in the scrape job of the code's own metrics. */
  isInOwnJob(selector: VectorSelector): boolean
}

function groupsOf(unknown: readonly Unknown[], selectors: readonly SelectorInQuery[], proved: (selector: VectorSelector) => boolean, { registry }: Evidence): Groups {
  const names = unknown.filter(({ found, match }) => found.kind !== 'exporter' && match.asked.kind === 'exact').map(({ match }) => match.asked.text)
  const prefixes = renamedPrefixes(names, registry)
  const counts = new Map<string, number>()
  const keyOf = (name: string) => firstWord(name) ?? name
  for (const name of new Set(unknown.map(({ match }) => match.asked.text))) counts.set(keyOf(name), (counts.get(keyOf(name)) ?? 0) + 1)
  const isOwn = (selector: VectorSelector) => {
    const match = proved(selector) ? matchSelector(selector, registry) : undefined
    return match?.kind === 'known' && match.families.every(({ origin }) => isProducer(origin))
  }
  const ownJobs = new Set(selectors.flatMap(({ selector }) => isOwn(selector) ? jobOf(selector) : []))
  return {
    renamed(name) {
      const prefix = prefixes.get(firstWord(name) ?? '')
      if (prefix === undefined) return undefined
      const suggestion = prefix === '' ? tailOf(name)! : name.replace(/^[a-zA-Z0-9]+/, prefix)
      const [family] = registry.familyOfSeries(suggestion)
      return family && { kind: 'renamed', family, suggestion }
    },
    alike: (name) => counts.get(keyOf(name)) ?? 0,
    isInOwnJob: (selector) => jobOf(selector).some((job) => ownJobs.has(job)),
  }
}

function jobOf({ matchers }: VectorSelector): string[] {
  return matchers.flatMap(({ name, op, value }) => {
    const job = op === '=' && literalOf(name) === 'job' ? literalOf(value) : undefined
    return job === undefined || job === '' ? [] : [job]
  })
}

/** So many names that begin alike and that nothing here exposes are those of a library or service that is not at hand. */
const namesOfComponent = 3

function judge({ selector, exposure, match: { asked, unnamed }, found }: Unknown, groups: Groups, evidence: Evidence): NameVerdict {
  const { registry, activeCatalogs, namesInCode } = evidence
  const name = asked.text
  const unverified = (reason: Unverified, likely?: Found): NameVerdict => ({ kind: 'unverified', asked, reason, ...(likely && { found: likely }) })
  const refuted = (meant: Found): NameVerdict => ({ kind: 'refuted', asked, found: meant })

  const configured = asked.kind === 'exact' ? renamedByConfiguration(name, evidence) : undefined
  if (configured !== undefined) return refuted(configured)
  // Not every catalog that counts lists all that its exporter can expose.
  const unlisted = anyMayExposeUnlisted(activeCatalogs, name)
  if (unlisted && 'family' in found && found.family.origin.kind === 'catalog' && found.family.name !== name) return unverified({ kind: 'unlisted' })
  if (asked.kind === 'exact') {
    const foreign = namesInCode.inOtherLanguages([name])
    if (foreign !== undefined) return unverified({ kind: 'in-code', file: foreign, isRead: false })
    const configuration = namesInCode.configured(name)
    if (configuration !== undefined) return unverified({ kind: 'configured', file: configuration })
    // Where another series has the family, the code that has its name is understood.
    const isUnderstood = found.kind === 'other-series'
    const written = isUnderstood ? undefined : namesInCode.writtenOut(name)
    if (written !== undefined) return unverified({ kind: 'in-code', file: written, isRead: false })
    const own = isUnderstood ? undefined : namesInCode.inReadLanguages(name)
    if (own !== undefined) return unverified({ kind: 'in-code', file: own, isRead: true })
  }
  const meant = found.kind === 'other-series' ? found : groups.renamed(name) ?? found
  // A package that is handed a registry may add any metric to it, but hardly one that the code has under almost the same name.
  if (unnamed === 'own') return unverified({ kind: 'made-at-run-time' }, 'suggestion' in meant && !mayStandBeside(name, meant) ? meant : undefined)
  // What was not followed may declare it.
  if (evidence.isIncomplete && meant.kind !== 'other-series') return unverified({ kind: 'not-followed' }, 'suggestion' in meant ? meant : undefined)
  if (asked.kind === 'exact' && evidence.unsuffixed.has(name) && 'suggestion' in meant) return unverified({ kind: 'receiver' }, meant)
  if (meant.kind === 'other-series' || meant.kind === 'renamed') return refuted(meant)
  if (unlisted) return unverified({ kind: 'unlisted' })
  if (meant.kind === 'near' && isSameComponent(name, meant)) {
    const isSure = isProducer(meant.family.origin) || spellingLikeness(name, meant.suggestion) > 0
    if (isSure) return refuted(meant)
    // Any program may have a `process_…` of its own; `node_…` is one exporter's alone.
    if (meant.family.origin.kind === 'catalog' && unnamed === 'none' && catalogsOwning(name).includes(meant.family.origin.catalog)) return unverified({ kind: 'unlisted' }, meant)
  }
  if (unnamed === 'foreign') return unverified({ kind: 'made-at-run-time' })
  const isOwn = ownFamilies(name, registry) > 0
  // An exporter may have the very prefix that the code has: `pg_pool_waiting` beside `pg_replication_slots_active`.
  const isAlike = meant.kind !== 'exporter' && groups.alike(name) < namesOfComponent * ownFamilies(name, registry)
  if (isOwn && (isAlike || groups.isInOwnJob(selector))) return refuted(meant)
  // Only recording rules make names with a colon; those of another repository may.
  if (name.includes(':') && catalogsOwning(name).length === 0) return unverified({ kind: 'recording', ...(mayBeExposed(name) && { orExposed: true }) })
  if (nobodyElseCan(name, exposure, evidence)) {
    return { kind: 'refuted', asked, found: meant, scraped: [...new Set(exposure.targets.map(({ job }) => job))] }
  }
  if (groups.isInOwnJob(selector) && !mayBeOfLibrary(name, evidence)) return refuted(meant)
  // What merely begins like an exporter's metrics is one of them only where its catalog does not list all.
  const exporters = meant.kind === 'exporter' ? meant.exporters : catalogsOwning(name).filter((catalog) => mayExposeUnlisted(catalog, name))
  return exporters.length > 0 ? unverified({ kind: 'exporter', exporters }) : unverified({ kind: 'not-at-hand' })
}

/**
 * Whether a package may expose the name beside what resembles it: `nodejs_gc_pause_seconds_total` of prometheus-gc-stats
 * is a neighbour of prom-client's `nodejs_gc_duration_seconds`, which nobody renames, and no misspelling of it.
 */
function mayStandBeside(name: string, meant: Found): boolean {
  return meant.kind === 'near' && meant.family.origin.kind === 'catalog' && spellingLikeness(name, meant.suggestion) === 0
}

function renamedByConfiguration(name: string, { newNameOf, registry }: Evidence): Found | undefined {
  const suggestion = newNameOf?.(name)
  if (suggestion === undefined) return undefined
  const [family] = [...registry.familyOfSeries(suggestion), ...registry.familiesNamed(suggestion)]
  return family && { kind: 'renamed', family, suggestion, isConfigured: true }
}

/** What rules aggregate by stands before the colon of what they record: `job:http_requests:rate5m`. */
const levels = /^(?:job|instance|cluster|namespace|node|pod|container|service|workload|deployment|device|route|path|method|handler|code|status|env|environment|region|zone|host|app|group|team|tenant|slo|sli)s?$/

/** Whether a name with a colon may be a program's own, as `vllm:num_requests_running` is: one colon, after a word that is no level. */
function mayBeExposed(name: string): boolean {
  const [word = '', rest = '', ...others] = name.split(':')
  return others.length === 0 && /^[a-z][a-z0-9]*$/.test(word) && !levels.test(word) && !/(?:^|_)(?:rate|irate|increase|sum|avg|mean|max|min|count)\d+[smhdw]$/.test(rest) && rest.includes('_')
}

/** Whether a suggestion begins like the name, or like a misspelling of it. */
function isSameComponent(name: string, { suggestion }: Extract<UnknownMetric, { kind: 'near' }>): boolean {
  const [asked, own] = [firstWord(name), firstWord(suggestion)]
  return asked === own || (asked !== undefined && own !== undefined && tailOf(name) === tailOf(suggestion) && spellingLikeness(asked, own) > 0)
}

/** First words that libraries give to the metrics of any program. */
const wordsOfLibraries = new Set(['http', 'rpc', 'grpc', 'process', 'runtime', 'db', 'client', 'server', 'application', 'app', 'request', 'requests'])

/** Whether a package that the code imports may expose metrics that begin like this name. */
function mayBeOfLibrary(name: string, { namesInCode, registry }: Evidence): boolean {
  const word = firstWord(name)
  return word === undefined || registry.patterns.length > 0 || wordsOfLibraries.has(word) || namesInCode.isImported(word)
}

/**
 * Whether all that is scraped is known, and none of it exposes the name: it belongs to a program that is not scraped,
 * or all code has been read and imports nothing that is called like it.
 */
function nobodyElseCan(name: string, { scraped, targets }: Exposure, evidence: Evidence): boolean {
  const isUnknown = ({ exposer }: ScrapeTarget) => exposer.kind === 'unknown' || (exposer.kind === 'catalog' && !tellsAll(exposer.catalog))
  if (scraped !== 'closed' || targets.length === 0 || targets.some(isUnknown)) return false
  // That some exporter lists a name which any program may have, such as `http_requests_total`, makes it nobody's own.
  const owners = catalogsOwning(name)
  if (owners.length === 0) return !mayBeOfLibrary(name, evidence)
  // A program whose code has been read is itself what it is called like.
  return !targets.some((target) => target.exposer.kind !== 'code' && owners.some((catalog) => mayBeExporter(catalog, target)))
}

/** The selectors of an expression that are another name for what a proved one gives: `new_total or old_total`. */
function alternativesToProved(expr: Expr, proved: (selector: VectorSelector) => boolean): VectorSelector[] {
  const found: VectorSelector[] = []
  walk(expr, (node, parent) => {
    if (!isOr(node) || isOr(parent)) return
    const operands = operandsOf(node).map(selectorsIn)
    if (operands.some((selectors) => selectors.some(proved))) found.push(...operands.filter((selectors) => !selectors.some(proved)).flat())
  })
  return found
}

function isOr(node: Expr | undefined): node is BinaryExpr {
  return node?.type === 'BinaryExpr' && node.op === 'or'
}

/** The operands of a chain of `or`, which the parser nests to the left. */
function operandsOf(chain: BinaryExpr): Expr[] {
  const operands: Expr[] = []
  const rest: Expr[] = [chain]
  for (let node = rest.pop(); node; node = rest.pop()) {
    if (isOr(node)) rest.push(node.lhs, node.rhs)
    else operands.push(node)
  }
  return operands
}

function selectorsIn(expr: Expr): VectorSelector[] {
  const selectors: VectorSelector[] = []
  walk(expr, (node) => {
    if (node.type === 'VectorSelector') selectors.push(node)
  })
  return selectors
}
