import type { Node } from 'jsonc-parser'
import { once } from './once.js'

/**
 * The syntax tree of a text that is JSON, as `parseTree` of jsonc-parser gives it, for whoever goes down a few of its
 * branches: those alone are made. Of any other text it means nothing.
 */
export function jsonTree(text: string): Node {
  const ends = endsOfContainers(text)

  function nodeAt(offset: number, parent?: Node): Node {
    const type = types[text[offset]!] ?? 'number'
    const end = type === 'object' || type === 'array' ? ends.get(offset)! : type === 'string' ? endOfString(text, offset) : endOfWord(offset)
    const place = { type, offset, length: end - offset, ...(parent && { parent }) }
    if (type !== 'object' && type !== 'array') return { ...place, value: JSON.parse(text.slice(offset, end)) as unknown }
    const children = once(() => (type === 'array' ? itemsOf(node) : propertiesOf(node)))
    const node: Node = { ...place, get children() { return children() } }
    return node
  }

  function itemsOf(list: Node): Node[] {
    const items: Node[] = []
    for (let at = after(list.offset); text[at] !== ']'; at = afterComma(at)) {
      const item = nodeAt(at, list)
      items.push(item)
      at = item.offset + item.length
    }
    return items
  }

  function propertiesOf(object: Node): Node[] {
    const properties: Node[] = []
    for (let at = after(object.offset); text[at] !== '}'; at = afterComma(at)) {
      const property: Node = { type: 'property', offset: at, length: 0, parent: object }
      const key = nodeAt(at, property)
      const colonOffset = skipSpace(key.offset + key.length)
      const value = nodeAt(after(colonOffset), property)
      at = value.offset + value.length
      properties.push(Object.assign(property, { colonOffset, length: at - property.offset, children: [key, value] }))
    }
    return properties
  }

  const skipSpace = (from: number) => {
    let at = from
    while (text.charCodeAt(at) <= 0x20) at++
    return at
  }
  const after = (at: number) => skipSpace(at + 1)
  /** Where the next item begins, or the bracket is. */
  const afterComma = (from: number) => {
    const at = skipSpace(from)
    return text[at] === ',' ? after(at) : at
  }
  const endOfWord = (from: number) => {
    wordEnd.lastIndex = from
    return wordEnd.exec(text)?.index ?? text.length
  }
  return nodeAt(skipSpace(0))
}

const wordEnd = /[\s,\]}]/g

const types: Readonly<Record<string, Node['type']>> = { '{': 'object', '[': 'array', '"': 'string', t: 'boolean', f: 'boolean', n: 'null' }

/** Where each object and list ends, after its bracket, by where it starts. */
function endsOfContainers(text: string): ReadonlyMap<number, number> {
  const ends = new Map<number, number>()
  const open: number[] = []
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === QUOTE) at = endOfString(text, at) - 1
    // `[` and `{`, `]` and `}`: equal but for one bit.
    else if ((code | 0x20) === LEFT_BRACE) open.push(at)
    else if ((code | 0x20) === RIGHT_BRACE) ends.set(open.pop()!, at + 1)
  }
  return ends
}

const QUOTE = 0x22
const BACKSLASH = 0x5c
const LEFT_BRACE = 0x7b
const RIGHT_BRACE = 0x7d

/** Where a string that starts here ends, after its quote. */
function endOfString(text: string, start: number): number {
  let quote = start
  for (;;) {
    quote = text.indexOf('"', quote + 1)
    let before = quote - 1
    while (text.charCodeAt(before) === BACKSLASH) before--
    if ((quote - before) % 2 === 1) return quote + 1
  }
}
