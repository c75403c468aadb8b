import type { TSESTree } from '@typescript-eslint/typescript-estree'
import { refine } from '../objects/annotations.js'
import { staticPropertyNames } from '../objects/property-names.js'
import { allocate, listOf } from '../engine/heap.js'
import type { Analysis } from '../engine/analysis.js'
import type { Environment } from '../values/program.js'
import { itemsOf, keysOf, readAnyProperty, readProperty } from '../objects/properties.js'
import { noteTable } from '../objects/metric-tables.js'
import { declareVariable } from '../objects/scopes.js'
import type { Node } from '../syntax/syntax.js'
import { deferred } from '../engine/deferred.js'
import { forced, isClosed, NULLISH, union, withoutNullish, type Value } from '../values/values.js'
import { evaluate } from '../engine/engine.js'

/** Gives something of a pattern its part of a value: declares a variable, or assigns to what is there. */
type Put = (target: Node, value: Value) => void

/** Declares the variables of a pattern (`name`, `{ name, ...rest }`, `[first]`, `name = 'x'`) with their parts of a value. */
export function bindPattern(analysis: Analysis, pattern: Node, value: Value, environment: Environment): void {
  takeApart(analysis, pattern, value, environment, (target, part) => declareTarget(analysis, target, part, environment))
}

function declareTarget(analysis: Analysis, target: Node, value: Value, environment: Environment): void {
  if (target.type !== 'Identifier') return
  const known = refine(analysis, value, target.typeAnnotation?.typeAnnotation, environment.frame.module)
  noteTable(analysis, target.name, known, environment)
  declareVariable(analysis, environment, target.name, target.optional && !isClosed(value) ? union(known, NULLISH) : known)
}

/** Gives each part of a value to what a pattern has for it. */
export function takeApart(analysis: Analysis, pattern: Node, value: Value, environment: Environment, put: Put): void {
  switch (pattern.type) {
    case 'AssignmentPattern': takeApart(analysis, pattern.left, withDefault(analysis, value, pattern.right, environment), environment, put)
      break
    case 'ObjectPattern': takeObjectApart(analysis, pattern, value, environment, put)
      break
    case 'ArrayPattern': takeListApart(analysis, pattern, value, environment, put)
      break
    default: put(pattern, value)
  }
}

function withDefault(analysis: Analysis, value: Value, node: TSESTree.Expression, environment: Environment): Value {
  const mayBeMissing = value.length === 0 || value.some((atom) => atom.kind === 'nullish')
  return mayBeMissing ? union(withoutNullish(value), evaluate(analysis, node, environment)) : value
}

function takeObjectApart(analysis: Analysis, pattern: TSESTree.ObjectPattern, given: Value, environment: Environment, put: Put): void {
  const value = refine(analysis, given, pattern.typeAnnotation?.typeAnnotation, environment.frame.module)
  const taken = new Set<string>()
  for (const property of pattern.properties) {
    if (property.type === 'RestElement') {
      takeApart(analysis, property.argument, withoutProperties(analysis, value, taken, property, environment), environment, put)
      continue
    }
    const names = staticPropertyNames(analysis, property.key, property.computed, environment)
    for (const name of names ?? []) taken.add(name)
    const part = names ? union(...names.map((name) => readProperty(analysis, value, name))) : readAnyProperty(analysis, value)
    takeApart(analysis, property.value, part, environment, put)
  }
}

function withoutProperties(analysis: Analysis, value: Value, taken: ReadonlySet<string>, node: Node, environment: Environment): Value {
  const work = () => {
    const rest = allocate(analysis, `${environment.key}@${node.range[0]}`)
    const { names, open } = keysOf(analysis, value)
    for (const name of names) {
      if (!taken.has(name)) rest.properties.set(name, readProperty(analysis, value, name))
    }
    if (open) rest.rest = readAnyProperty(analysis, value)
    return [{ kind: 'object', key: rest.key }] as const
  }
  return value.some((atom) => atom.kind === 'deferred') ? deferred(analysis, `${environment.key}@${node.range[0]}...`, work) : work()
}

function takeListApart(analysis: Analysis, pattern: TSESTree.ArrayPattern, given: Value, environment: Environment, put: Put): void {
  const value = refine(analysis, given, pattern.typeAnnotation?.typeAnnotation, environment.frame.module)
  pattern.elements.forEach((element, index) => {
    if (!element) return
    const key = `${environment.key}@${element.range[0]}`
    if (element.type === 'RestElement') {
      const { items, rest, placed } = itemsOf(analysis, value)
      const others = placed >= index ? listOf(analysis, key, items.slice(index), rest, placed - index) : listOf(analysis, key, items, rest, 0)
      takeApart(analysis, element.argument, others, environment, put)
      return
    }
    const part = value.map((atom): Value => {
      if (atom.kind === 'deferred') return deferred(analysis, `${atom.key}[${index}]`, () => itemAt(analysis, forced([atom]), index))
      return itemAt(analysis, [atom], index)
    })
    takeApart(analysis, element, union(...part), environment, put)
  })
}

function itemAt(analysis: Analysis, value: Value, index: number): Value {
  return union(...value.map((atom) => {
    if (atom.kind === 'typed' && atom.node.type === 'TSTupleType') return readAnyProperty(analysis, [atom])
    const { items, rest, placed } = itemsOf(analysis, [atom])
    return index < placed ? items[index]! : union(...items.slice(placed), rest, NULLISH)
  }))
}
