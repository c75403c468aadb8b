import type { Context, Engine } from '../engine/engine.js'
import { escape } from '../engine/escape.js'
import { callValue, evaluate } from '../engine/follow.js'
import { noteContainer, noteHolder } from '../engine/metric-table.js'
import type { Expression } from '../syntax/ast.js'
import { attributeOfClass } from '../values/classes.js'
import { setSubscript } from '../values/containers.js'
import type { Value } from '../values/types.js'
import { isNone, isPlain, noArguments, optionsOf, sequence, union, unknown, withOthers } from '../values/values.js'
import { makeEnumMember } from './enums.js'
import { noteSharedWrite, withSharedWrites } from './writes.js'

/** Binds a target to a value: a name, an attribute, an item, or several of them. */
export function assign(context: Context, target: Expression, value: Value): void {
  switch (target.kind) {
    case 'name':
      assignName(context, target.id, value)
      return
    case 'attribute':
      context.scope.module.written.add(target.end)
      for (const object of optionsOf(evaluate(context, target.object))) setAttribute(context, object, target.name, value)
      return
    case 'subscript': {
      context.scope.module.written.add(target.object.end)
      const key = target.index ? evaluate(context, target.index) : unknown('a slice')
      for (const object of optionsOf(evaluate(context, target.object))) setItem(context, object, key, value)
      if (target.object.kind === 'attribute') noteContainer(context.engine.metrics, target.object.name, value)
      if (target.object.kind === 'name') noteContainer(context.engine.metrics, target.object.id, value)
      return
    }
    case 'sequence':
      assignItems(context, target.items, value)
      return
    default:
  }
}

/** What is put in an object goes where the object puts it, and in what nobody can tell, anywhere. */
function setItem(context: Context, object: Value, key: Value, value: Value): void {
  const setter = object.kind === 'instance' ? attributeOfClass(object.class, '__setitem__', object) : undefined
  if (setter) callValue(context, setter, { ...noArguments, positional: [key, value] }, undefined)
  else if (object.kind === 'dictionary' || object.kind === 'sequence') setSubscript(object, key, value)
  else escape(context.engine, value, 2)
}

function assignItems(context: Context, targets: readonly { value: Expression; starred: boolean }[], value: Value): void {
  const options = optionsOf(value)
  targets.forEach((target, index) => {
    const parts = options.map((option): Value => {
      if (target.starred) return sequence([], true)
      if (option.kind !== 'sequence') return unknown('part of an unknown value')
      if (option.perhaps) return union([...option.items, unknown('part of an unknown value')])
      return option.items[index] ?? unknown('part of an unknown value')
    })
    assign(context, target.value, union(parts))
  })
}

export function assignName(context: Context, name: string, value: Value): void {
  const scope = context.scope.outer.get(name)
  if (scope && scope !== context.scope) {
    const before = scope.variables.get(name)
    scope.variables.set(name, before ? widened(before, value) : value)
    noteSharedWrite(context.engine, scope, name, value)
    scope.version++
    noteHolder(context.engine.metrics, name, value)
    return
  }
  if (context.classBody && context.classBody.enumKind !== 'none' && value.kind !== 'function' && !name.startsWith('_')) {
    value = makeEnumMember(context, context.classBody, name, value)
  }
  if (context.engine.course.handlerDepth === 0) context.scope.imports.delete(name)
  if (!context.classBody) value = withSharedWrites(context.engine, context.scope, name, value)
  context.scope.variables.set(name, value)
  context.scope.version++
  context.classBody?.attributes.set(name, value)
  if (!context.results) noteHolder(context.engine.metrics, name, value)
}

/** Gives an object an attribute, beside what it had there. */
export function setAttribute(context: Context, object: Value, name: string, value: Value): void {
  noteHolder(context.engine.metrics, name, value)
  if (object.kind === 'instance' || object.kind === 'class') {
    const before = object.attributes.get(name)
    object.attributes.set(name, before ? widened(before, value) : value)
  } else if (object.kind === 'module' && object.path !== undefined) {
    const variables = context.engine.modules.byPath.get(object.path)?.scope.variables
    const before = variables?.get(name)
    variables?.set(name, before ? widened(before, value) : value)
  } else if (object.kind === 'external') {
    keepOutside(context.engine, name, value)
    for (const option of optionsOf(value)) if (option.kind === 'instance') context.engine.objects.givenAway.add(option.class)
  }
}

function keepOutside({ objects: { keptOutside } }: Engine, name: string, value: Value): void {
  const before = keptOutside.get(name)
  keptOutside.set(name, before ? union([before, value]) : value)
}

/** A place that several functions write. `None` until one of them has: nobody means it to be seen, and still it may be. */
function widened(before: Value, value: Value): Value {
  const set = optionsOf(before).filter((option) => !isNone(option))
  const both = set.length > 0 ? union([...set, value]) : value
  return set.length < optionsOf(before).length && optionsOf(both).some(isPlain) ? withOthers(both, 'it may not be set') : both
}
