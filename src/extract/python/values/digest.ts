import type { Arguments, DictionaryValue, SequenceValue, TextValue, UnionValue, Value } from './types.js'

/** How many values make up a description at most. */
const maximumDescribed = 80

interface Room {
  left: number
}

/** Equal for values that behave alike; where they were written does not count. Of very large values, identity decides. */
export function digest(value: Value): string {
  return describe(value, { left: maximumDescribed })
}

/** As `digest`: a number where a value has one of its own, which is faster. */
export function digestKey(value: Value): string | number {
  return value.kind === 'function' || value.kind === 'class' || value.kind === 'instance' ? value.id : digest(value)
}

export function digestArguments(args: Arguments): string {
  return describeArguments(args, { left: maximumDescribed })
}

const identities = new WeakMap<Value, number>()
let nextIdentity = 0

function identityOf(value: Value): number {
  let identity = identities.get(value)
  if (identity === undefined) identities.set(value, (identity = nextIdentity++))
  return identity
}

function describe(value: Value, room: Room): string {
  room.left--
  switch (value.kind) {
    case 'text':
      return describeText(value)
    case 'constant':
      return String(value.value)
    case 'function':
    case 'class':
    case 'instance':
      // The three count together.
      return `#${value.id}`
    case 'method':
      return `method#${value.callee.id}/${describe(value.self, room)}`
    case 'super':
      return `super#${value.self.id}/${value.owner.id}`
    case 'module':
      return `module ${value.path ?? value.directory ?? ''}`
    case 'external':
      return `external ${value.name}${value.made ? '()' : ''}${value.place ? `@${value.place.source.path}:${value.place.span.start}` : ''}`
    case 'metric':
      return `metric#${value.metric.id}${value.child ? 'c' : ''}`
    case 'unknown':
      return value.unlikely ? (value.isInteger ? '??i' : '??') : value.isInteger ? '?i' : '?'
    default:
      if (room.left < 0) return `${value.kind}@${identityOf(value)}`
  }
  switch (value.kind) {
    case 'sequence':
      return describeSequence(value, room)
    case 'dictionary':
      return describeDictionary(value, room)
    case 'partial':
      return `partial(${describe(value.callee, room)},${describeArguments(value.args, room)})`
    case 'union':
      return describeUnion(value, room)
  }
}

/** No two lists of parts are described alike, whatever stands in them. */
function describeText(text: TextValue): string {
  if (text.digest !== undefined) return text.digest
  let described = ''
  for (const part of text.parts) described += `${part.length}'${part}'`
  if (text.holes) described += text.holes.join()
  text.digest = described
  return described
}

function describeSequence({ items, open, others, perhaps }: SequenceValue, room: Room): string {
  let described = '['
  items.forEach((item, index) => (described += `${describe(item, room)}${perhaps?.has(index) ? '?' : ''},`))
  return open ? `${described}…${others ? describe(others, room) : ''}]` : `${described}]`
}

function describeDictionary({ entries, open }: DictionaryValue, room: Room): string {
  let described = '{'
  for (const { key, value, perhaps } of entries) described += `${describe(key, room)}:${describe(value, room)}${perhaps ? '?' : ''},`
  return open ? `${described}…}` : `${described}}`
}

function describeUnion(value: UnionValue, room: Room): string {
  if (value.digest !== undefined) {
    room.left -= value.options.length
    return value.digest
  }
  const described = `(${value.options.map((option) => describe(option, room)).sort().join('|')})`
  if (value.options.every(isSettled)) value.digest = described
  return described
}

/** Whether what is said of a value stays true: a list may grow. */
function isSettled(value: Value): boolean {
  if (value.kind === 'method') return isSettled(value.self)
  return value.kind !== 'sequence' && value.kind !== 'dictionary' && value.kind !== 'partial' && value.kind !== 'union'
}

function describeArguments(args: Arguments, room: Room): string {
  let described = ''
  for (const value of args.positional) described += `${describe(value, room)},`
  for (const [name, value] of args.keyword) described += `${name}=${describe(value, room)},`
  return args.open ? `${described}*` : described
}
