import { isAlias, isMap, isScalar, isSeq, type Alias, type Document, type Node, type Pair, type YAMLMap } from 'yaml'
import { maxDepth, tooDeepMessage } from './depth.js'
import type { Problem, Span } from './source.js'

/**
 * How many values aliases may stand for in one document. Go's yaml.v3 grows suspicious at the same number
 * (decode.go, alias_ratio_range_low).
 */
const maxAliasedValues = 400_000

export interface YamlValue {
  /** Plain values; what an alias stands for is the same object as what it points to. */
  readonly value: unknown
  /** The first thing that YAML's grammar allows and Go's yaml.v3 refuses. */
  readonly problem?: Problem
  /** What each alias points to. */
  readonly anchors: ReadonlyMap<Alias, Node>
}

interface Converted {
  readonly value: unknown
  /** How many values there are in it, each alias counted as often as it is used. */
  readonly size: number
}

/** The plain value of a YAML document: aliases and merge keys resolved, keys as strings. */
export function readYamlValue(document: Document.Parsed): YamlValue {
  const anchorOf = new Map<string, Node>()
  const anchors = new Map<Alias, Node>()
  const converted = new Map<Node, Converted>()
  const open = new Set<Node>()
  let aliased = 0
  let problem: Problem | undefined

  function fail(node: Node | null, message: string): Converted {
    problem ??= { message, span: node?.range ? { start: node.range[0], end: node.range[1] } : { start: 0, end: 0 } }
    return { value: null, size: 1 }
  }

  function convert(node: Node | null, depth: number): Converted {
    if (node === null) return { value: null, size: 1 }
    if (isAlias(node)) return convertAlias(node)
    if (depth > maxDepth) return fail(node, tooDeepMessage)
    if (isScalar(node)) {
      if (node.anchor !== undefined) anchorOf.set(node.anchor, node)
      const scalar = { value: node.value, size: 1 }
      if (node.anchor !== undefined) converted.set(node, scalar)
      return scalar
    }
    if (!isMap(node) && !isSeq(node)) return { value: null, size: 1 }
    if (node.anchor !== undefined) anchorOf.set(node.anchor, node)
    open.add(node)
    const collection = isMap(node) ? convertMap(node, depth) : convertList(node.items as Node[], depth)
    open.delete(node)
    if (node.anchor !== undefined) converted.set(node, collection)
    return collection
  }

  function convertAlias(alias: Alias): Converted {
    const target = anchorOf.get(alias.source)
    if (target === undefined) return fail(alias, `No anchor "&${alias.source}" stands before this alias`)
    if (open.has(target)) return fail(alias, `The anchor "&${alias.source}" contains an alias to itself`)
    anchors.set(alias, target)
    const meant = converted.get(target) ?? { value: null, size: 1 }
    aliased += meant.size
    if (aliased > maxAliasedValues) return fail(alias, 'The aliases of this document stand for too many values')
    return meant
  }

  function convertList(items: readonly Node[], depth: number): Converted {
    let size = 1
    const value = items.map((item) => {
      const one = convert(item, depth + 1)
      size += one.size
      return one.value
    })
    return { value, size }
  }

  function convertMap(map: YAMLMap, depth: number): Converted {
    const own = new Map<string, unknown>()
    const keys = new Map<string, Node>()
    const merged: Record<string, unknown>[] = []
    let size = 1
    for (const { key, value } of map.items as Pair<Node, Node | null>[]) {
      const one = convert(value, depth + 1)
      size += one.size
      if (isMergeKey(key)) {
        merged.push(...mergedValues(key, one.value))
        continue
      }
      const name = nameOf(key)
      if (name === undefined) continue
      if (keys.has(name)) fail(key, `The key "${name}" is already set in this map`)
      keys.set(name, key)
      own.set(name, one.value)
    }
    // The first map that has a key wins, and the map's own keys win over all.
    const entries = new Map(merged.toReversed().flatMap((one) => Object.entries(one)))
    for (const [name, value] of own) entries.set(name, value)
    return { value: Object.fromEntries(entries), size }
  }

  function nameOf(key: Node): string | undefined {
    const node = isAlias(key) ? (convertAlias(key), anchors.get(key)) : key
    const name = keyText(node ?? null)
    if (name === undefined && node !== undefined) {
      const template = isMap(node) && node.flow === true && node.items.every(({ value }) => value === null)
      fail(key, `A key has to be a string${template ? ' ("{{ … }}" is a template, not YAML)' : ''}`)
    } else if (isScalar(key) && key.anchor !== undefined) convert(key, 0)
    return name
  }

  function mergedValues(key: Node, value: unknown): Record<string, unknown>[] {
    const maps: unknown[] = Array.isArray(value) ? value : [value]
    const wrong = maps.some((one) => typeof one !== 'object' || one === null || Array.isArray(one))
    if (wrong) fail(key, '"<<" takes a map or a list of maps')
    return wrong ? [] : (maps as Record<string, unknown>[])
  }

  const { value } = convert(document.contents, 1)
  return { value, anchors, ...(problem && { problem }) }
}

/** Whether a key is the `<<` that merges other maps into its own. */
export function isMergeKey(key: Node | null): boolean {
  return isScalar(key) && key.source === '<<' && key.type === 'PLAIN'
}

/** A key as Go's yaml.v3 reads it into a `map[string]…`: the text of any scalar, `undefined` for anything else. */
export function keyText(key: Node | null): string | undefined {
  if (key === null) return ''
  if (!isScalar(key)) return undefined
  return typeof key.value === 'string' ? key.value : (key.source ?? '')
}

/** The span of a node, without the line breaks and comments that follow it. */
export function spanOfNode(node: Node, text: string): Span {
  const [start, end] = node.range ?? [0, 0]
  return { start, end: start + text.slice(start, end).trimEnd().length }
}
