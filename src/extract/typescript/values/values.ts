import { digits, joinNames } from '../../../registry/name-pattern.js'
import type { NamePattern } from '../../../registry/types.js'
import type { Place } from '../../../text/source.js'
import type { ClassNode, Environment, Module } from './program.js'
import type { FunctionNode, Node } from '../syntax/syntax.js'

/**
 * What an expression may be at run time, as far as reading the code tells: one atom for each possibility. No atoms:
 * nothing has reached it (yet).
 */
export type Value = readonly Atom[]

export type Atom =
  | StringAtom
  | { readonly kind: 'number'; readonly number: number }
  | { readonly kind: 'boolean'; readonly boolean: boolean }
  | { readonly kind: 'nullish' }
  | { readonly kind: 'object'; readonly key: string }
  | FunctionAtom
  | ClassAtom
  | { readonly kind: 'namespace'; readonly module: Module }
  | LibraryAtom
  | MetricAtom
  | { readonly kind: 'timer'; readonly metric: string; readonly bound: readonly Value[] }
  | { readonly kind: 'typed'; readonly node: Node; readonly module: Module }
  | DeferredAtom
  | UnknownAtom

/** A string: its known stretches, and between them holes that stand for any text or any number. */
export interface StringAtom extends NamePattern {
  readonly kind: 'string'
  /** Where the author wrote it. */
  readonly origin?: Place
  /** Where the texts that it was put together from were written. */
  readonly pieces?: readonly Place[]
  /** The depth of the first call that it was an argument of. */
  readonly argumentDepth?: number
  /** What fills the holes, for people. */
  readonly reason?: string
}

export interface FunctionAtom {
  readonly kind: 'function'
  readonly node: FunctionNode
  readonly environment: Environment
  /** The object that a method was read from. */
  readonly receiver?: Value
  /** What it is called with before anything else (`bind`). */
  readonly bound?: readonly Value[]
}

export interface ClassAtom {
  readonly kind: 'class'
  readonly node: ClassNode
  readonly environment: Environment
}

/** Something from a package outside the workspace: `prom-client` and `Counter`; a call adds `()`, an instance `#`. */
export interface LibraryAtom {
  readonly kind: 'library'
  readonly module: string
  readonly path: string
  /** The arguments of the call, where the path ends in one. */
  readonly call?: readonly Value[]
}

/** A metric, or with labels bound by `.labels(…)`, a child of it. */
export interface MetricAtom {
  readonly kind: 'metric'
  readonly metric: string
  readonly bound: readonly Value[]
}

/** Work put off because nothing has asked for its result: it would read a file that may have no part in metrics. */
export interface DeferredAtom {
  readonly kind: 'deferred'
  readonly key: string
  /** The length of the key, which is told without putting it together. */
  readonly size: number
  force(): Value
}

export interface UnknownAtom {
  readonly kind: 'unknown'
  /** Made by a package outside the workspace: it cannot be something that the workspace defines. */
  readonly external: boolean
  readonly reason?: string
  /** For a regular expression that is written out. */
  readonly pattern?: { readonly source: string; readonly flags: string }
}

/** How many texts, metrics and the like, and how many objects and functions a value may be before it is taken for unknown. */
const MAXIMUM_ATOMS = 512
const MAXIMUM_OBJECTS = 64
const COSTLY: ReadonlySet<Atom['kind']> = new Set(['object', 'function', 'typed', 'deferred'])

export const NOTHING: Value = []
export const NULLISH: Value = [{ kind: 'nullish' }]
/** A number that is not known. In a name it is digits: prom-client takes none with a sign, a point or an exponent in it. */
export const ANY_NUMBER: Value = [{ kind: 'number', number: NaN }]
export const EXTERNAL: Value = [{ kind: 'unknown', external: true }]

/** Why a property is not known of an object that another one has been spread over. */
export const SPREAD = 'it comes from a spread object that is not known'

export function unknown(reason: string): Value {
  return [{ kind: 'unknown', external: false, reason }]
}

export function literal(text: string, origin?: Place): Value {
  return [{ kind: 'string', parts: [text], ...(origin && { origin }) }]
}

/** A string of which nothing is known. */
export function anyString(reason?: string): Value {
  return [{ kind: 'string', parts: ['', ''], ...(reason !== undefined && { reason }) }]
}

/** All possibilities of several values, each once. */
export function union(...values: readonly Value[]): Value {
  return unionOf(values)
}

let joined = 0

/** How many possibilities have been joined since the process began: most of the work where values are many. */
export function possibilitiesJoined(): number {
  return joined
}

function unionOf(values: readonly Value[]): Value {
  let count = 0
  for (const { length } of values) count += length
  joined += count
  let first = NOTHING
  let areSame = true
  for (const value of values) {
    if (value.length === 0 || value === first) continue
    if (first.length === 0) first = value
    else if (!isSameAtom(first, value)) areSame = false
  }
  if (areSame) return first
  const atoms = count > FEW ? distinct(values) : distinctFew(values)
  if (atoms.length === first.length) return first
  if (atoms.length > MAXIMUM_ATOMS || (atoms.length > MAXIMUM_OBJECTS && countCostly(atoms) > MAXIMUM_OBJECTS)) return unknown('it has too many alternatives')
  return atoms
}

/** Up to how many possibilities are told apart sooner by comparing each with all others than by a set of their keys. */
const FEW = 8

function distinct(values: readonly Value[]): Value {
  const seen = new Set<string>()
  const atoms: Atom[] = []
  for (const value of values) {
    for (const atom of value) {
      const { size } = seen.add(atomKey(atom))
      if (size > atoms.length) atoms.push(atom)
    }
  }
  return atoms
}

function distinctFew(values: readonly Value[]): Value {
  const atoms: Atom[] = []
  for (const value of values) {
    for (const atom of value) if (!atoms.some((other) => other === atom || atomKey(other) === atomKey(atom))) atoms.push(atom)
  }
  return atoms
}

/** Whether both are one and the same possibility: most values are only one. */
function isSameAtom(a: Value, b: Value): boolean {
  return a.length === 1 && b.length === 1 && (a[0] === b[0] || atomKey(a[0]!) === atomKey(b[0]!))
}

function countCostly(atoms: Value): number {
  let count = 0
  for (const { kind } of atoms) if (COSTLY.has(kind)) count++
  return count
}

/** All possibilities that work on each atom of a value yields. */
export function unionOver(value: Value, work: (atom: Atom) => Value): Value {
  return value.length === 1 ? work(value[0]!) : unionOf(value.map((atom) => work(atom)))
}

/** An atom that has been asked for its key, and keeps it. A copy of it takes the field along: then `of` is another one. */
type Keyed = Atom & { memo?: { readonly of: Atom; readonly key: string } }

/** Tells atoms apart: two atoms with one key stand for the same possibility. */
export function atomKey(atom: Atom): string {
  const { memo } = atom as Keyed
  if (memo?.of === atom) return memo.key
  const key = describe(atom)
  ;(atom as Keyed).memo = { of: atom, key }
  return key
}

function describe(atom: Atom): string {
  switch (atom.kind) {
    case 'string': return `s${atom.parts.join('\u0000')}${atom.parts.length}${atom.holes?.join() ?? ''}`
    case 'number': return `n${atom.number}`
    case 'boolean': return `b${String(atom.boolean)}`
    case 'nullish': return 'u'
    case 'object': return `o${atom.key}`
    case 'function':
      return `f${atom.environment.key}@${atom.node.range[0]}${atom.receiver ? valueKey(atom.receiver) : ''}${atom.bound ? `(${atom.bound.map(valueKey).join(',')}` : ''}`
    case 'class': return `c${atom.environment.key}@${atom.node.range[0]}`
    case 'namespace': return `N${atom.module.source.path}`
    case 'library': return `l${atom.module}:${atom.path}${(atom.call ?? []).map(valueKey).join(',')}`
    case 'metric': return `m${atom.metric}(${atom.bound.map(valueKey).join(',')})`
    case 'timer': return `t${atom.metric}(${atom.bound.map(valueKey).join(',')})`
    case 'typed': return `T${atom.module.source.path}@${atom.node.range[0]}-${atom.node.range[1]}`
    case 'deferred': return `d${atom.key}`
    case 'unknown':
      if (atom.pattern) return `/${atom.pattern.source}/${atom.pattern.flags}`
      return atom.external ? 'x' : `?${atom.reason ?? ''}`
  }
}

export function valueKey(value: Value): string {
  return value.length === 1 ? atomKey(value[0]!) : `[${value.map(atomKey).sort().join('|')}]`
}

export function isPrimitive({ kind }: Atom): boolean {
  return kind === 'string' || kind === 'number' || kind === 'boolean' || kind === 'nullish'
}

/** Whether a test of an atom succeeds; `undefined` where that is not known. */
export function truthOf(atom: Atom): boolean | undefined {
  switch (atom.kind) {
    case 'string': return atom.parts.some((part) => part !== '') || (atom.parts.length === 1 ? false : undefined)
    case 'number': return Number.isNaN(atom.number) ? undefined : atom.number !== 0
    case 'boolean': return atom.boolean
    case 'nullish': return false
    case 'function':
    case 'class': return true
    default: return undefined
  }
}

/** What all say; `undefined` where they differ, or one does not know. */
export function agreed(outcomes: readonly (boolean | undefined)[]): boolean | undefined {
  const [first, ...others] = outcomes
  return others.every((each) => each === first) ? first : undefined
}

/** Does what was put off, so that no deferred atom is left. */
export function forced(value: Value): Value {
  if (!value.some((atom) => atom.kind === 'deferred')) return value
  return unionOver(value, (atom) => (atom.kind === 'deferred' ? atom.force() : [atom]))
}

/**
 * The strings that a value becomes when it is put into a text (`String(value)`); holes where it is not known. Nobody
 * means the text "undefined": it is none of them where there are others.
 */
export function toStrings(value: Value): readonly StringAtom[] {
  const all = forced(value)
  const present = withoutNullish(all)
  return (present.length > 0 ? present : all).map(toStringAtom)
}

function toStringAtom(atom: Atom): StringAtom {
  switch (atom.kind) {
    case 'string': return atom
    case 'number': return { kind: 'string', ...(Number.isNaN(atom.number) ? digits : { parts: [String(atom.number)] }) }
    case 'boolean': return { kind: 'string', parts: [String(atom.boolean)] }
    case 'unknown': return { kind: 'string', parts: ['', ''], ...(atom.reason !== undefined && { reason: atom.reason }) }
    default: return { kind: 'string', parts: ['', ''] }
  }
}

/** How many texts a concatenation may yield before the rest is taken for unknown. */
const MAXIMUM_TEXTS = 256

/** Every text that pieces put one after another can make. */
export function concatenate(pieces: readonly Value[], origin?: Place): Value {
  let texts: StringAtom[] = [{ kind: 'string', parts: [''], ...(origin && { origin }) }]
  for (const piece of pieces) {
    const alternatives = toStrings(piece)
    if (alternatives.length === 0) return NOTHING
    if (texts.length * alternatives.length > MAXIMUM_TEXTS) return anyString('it has too many alternatives')
    texts = texts.flatMap((text) => alternatives.map((next) => appended(text, next)))
  }
  return union(...texts.map((text) => [text]))
}

function appended(first: StringAtom, second: StringAtom): StringAtom {
  const reason = first.reason ?? second.reason
  // What a caller passed in is what tells one result of a wrapper from another: it is shown as the place.
  const passed = second.argumentDepth !== undefined && second.origin ? second : first
  return {
    kind: 'string',
    ...joinNames(first, second),
    pieces: [...piecesOf(first), ...piecesOf(second)],
    ...(passed.origin && { origin: passed.origin }),
    ...(passed.argumentDepth !== undefined && { argumentDepth: passed.argumentDepth }),
    ...(reason !== undefined && { reason }),
  }
}

function piecesOf({ pieces, origin }: StringAtom): readonly Place[] {
  return pieces ?? (origin ? [origin] : [])
}

/** The whole text, when all of it is known. */
export function knownText(atom: Atom): string | undefined {
  return atom.kind === 'string' && atom.parts.length === 1 ? atom.parts[0] : undefined
}

/** The texts of a value, and whether it may have others. */
export function knownTexts(value: Value): { readonly texts: readonly string[]; readonly open: boolean } {
  const texts: string[] = []
  let open = false
  for (const atom of toStrings(value)) {
    const text = knownText(atom)
    if (text === undefined) open = true
    else texts.push(text)
  }
  return { texts, open }
}

/**
 * Whether one of the atoms of a value may stand for something of the workspace's own that was handed to a package: a container
 * gives instances of classes back, a request what was put in it. What of one's own stands beside it is what it stands for.
 */
export function isCarried(atom: Atom, value: Value): boolean {
  return atom.kind === 'library' && atom.module !== 'global' && /[#)]/.test(atom.path) && !value.some(({ kind }) => OWN.has(kind))
}

const OWN: ReadonlySet<Atom['kind']> = new Set<Atom['kind']>(['metric', 'object', 'typed', 'class', 'function'])

/** Whether every possibility is known to the last character. */
export function isClosed(value: Value): boolean {
  return value.length > 0 && value.every((atom) => {
    if (atom.kind === 'string') return atom.parts.length === 1
    return atom.kind !== 'unknown' && atom.kind !== 'deferred'
  })
}

/** Without the possibilities that `||`, `??` and `?.` rule out. */
export function withoutNullish(value: Value): Value {
  return value.some((atom) => atom.kind === 'nullish') ? value.filter((atom) => atom.kind !== 'nullish') : value
}
