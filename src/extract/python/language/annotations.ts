import type { Context } from '../engine/engine.js'
import { evaluate, genericInstance } from '../engine/follow.js'
import { lookUp } from '../objects/lookup.js'
import type { Expression } from '../syntax/ast.js'
import { instancesOf, membersOf } from '../values/classes.js'
import { itemsOf } from '../values/containers.js'
import type { ClassValue, Value } from '../values/types.js'
import { optionsOf, union } from '../values/values.js'
import { isMetricClass } from './instances.js'

/**
 * What a value of this annotated type can be, where that is a closed set or an object that the workspace makes:
 * `Literal['a', 'b']`, an enum, `bool`, a class.
 */
export function valueOfAnnotation(context: Context, annotation: Expression): Value | undefined {
  switch (annotation.kind) {
    case 'name':
    case 'attribute':
      return valueOfType(context, annotation)
    case 'string':
      return /^[\w.]+$/.test(annotation.value) ? valueOfType(context, dottedName(annotation.value, annotation)) : undefined
    case 'binary': {
      if (annotation.op !== '|') return undefined
      return optional([annotation.left, annotation.right].filter((side) => side.kind !== 'constant'), context)
    }
    case 'subscript': {
      const name = annotation.object.kind === 'name' ? annotation.object.id : annotation.object.kind === 'attribute' ? annotation.object.name : ''
      if (!annotation.index) return undefined
      if (name === 'Literal') {
        const listed = evaluate(context, annotation.index)
        return listed.kind === 'sequence' ? union(listed.items) : listed
      }
      if (name === 'Optional' || name === 'Annotated' || name === 'Final') {
        const inner = annotation.index.kind === 'sequence' ? annotation.index.items[0]!.value : annotation.index
        return valueOfAnnotation(context, inner)
      }
      return undefined
    }
    default:
      return undefined
  }
}

function optional(sides: readonly Expression[], context: Context): Value | undefined {
  const values = sides.map((side) => valueOfAnnotation(context, side))
  return values.every((value) => value !== undefined) ? union(values) : undefined
}

function dottedName(written: string, span: { start: number; end: number }): Expression {
  const at = { start: span.start, end: span.end }
  const [head, ...rest] = written.split('.')
  return rest.reduce<Expression>((object, name) => ({ kind: 'attribute', ...at, object, name }), { kind: 'name', ...at, id: head! })
}

function valueOfType(context: Context, type: Expression): Value | undefined {
  if (type.kind === 'name' && type.id === 'bool' && !lookUp(context, 'bool')) {
    return union([{ kind: 'constant', value: true }, { kind: 'constant', value: false }])
  }
  const options = optionsOf(evaluate(context, type)).map((option): Value | undefined => {
    if (option.kind === 'class') {
      const instances = option.enumKind === 'none' ? objectsOf(context, option) : membersOf(option)
      return instances.length > 0 ? union(instances) : undefined
    }
    // `Outcome = Literal['ok', 'error']` is evaluated to what it lists
    if (option.kind === 'sequence') return union(itemsOf(option).items)
    return option.kind === 'external' && option.name.startsWith('opentelemetry') ? { ...option, made: true } : undefined
  })
  return options.every((option) => option !== undefined) && options.length > 0 ? union(options) : undefined
}

/** The objects of a class; among them one made with any arguments where nobody has seen them all made. */
function objectsOf(context: Context, owner: ClassValue): readonly Value[] {
  const { annotated, madeUnseen } = context.engine.objects
  // Until it is asked who else makes them (`findUnseenObjects`).
  if (!annotated.has(owner) && !isMetricClass(context.engine, owner)) madeUnseen.add(owner)
  annotated.add(owner)
  const known = instancesOf(owner)
  if (known.length === 0 || !madeUnseen.has(owner)) return known
  return [...known, [...owner.instances].find(({ generic }) => generic) ?? genericInstance(context, owner)]
}
