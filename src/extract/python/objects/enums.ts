import type { Context } from '../engine/engine.js'
import { placeOf } from '../engine/engine.js'
import type { Expression } from '../syntax/ast.js'
import { externalBase } from '../values/classes.js'
import type { ClassValue, InstanceValue, Value } from '../values/types.js'
import { optionsOf, unknown } from '../values/values.js'

/**
 * `text`: `str()` of a member is its value (StrEnum, Django's TextChoices); `mixed`: members are strings but `str()`
 * gives `Class.MEMBER` (`class Status(str, Enum)`).
 */
export function enumKindOf(owner: ClassValue): ClassValue['enumKind'] {
  const bases = owner.bases.flatMap(optionsOf)
  for (const base of bases) {
    if (base.kind === 'class' && base.enumKind !== 'none') return base.enumKind
  }
  const name = externalBase(owner)?.split('.').at(-1) ?? ''
  const last = bases.map((base) => (base.kind === 'external' ? base.name.split('.').at(-1)! : ''))
  if (last.some((each) => ['StrEnum', 'TextChoices', 'IntegerChoices', 'IntEnum', 'IntFlag'].includes(each))) return 'text'
  if (last.some((each) => each === 'Enum' || each === 'Flag')) return last.includes('str') ? 'mixed' : 'plain'
  return ['Enum', 'Flag'].includes(name) ? 'plain' : 'none'
}

/** The member that `NAME = value` in the body of an enum makes. */
export function makeEnumMember(context: Context, owner: ClassValue, name: string, written: Value): InstanceValue {
  const known = owner.attributes.get(name)
  if (known?.kind === 'instance' && known.member) return known
  const { engine } = context
  let value = written.kind === 'sequence' && owner.enumKind === 'text' ? written.items[0] ?? written : written
  if (value.kind === 'external' && value.name.endsWith('auto')) {
    value = owner.enumKind === 'text'
      ? { kind: 'text', parts: [name.toLowerCase()], places: [placeOf(context, owner.definition)] }
      : unknown('enum.auto()')
  }
  const shown: Value = owner.enumKind === 'text' ? value : { kind: 'text', parts: [`${owner.definition.name}.${name}`], places: [] }
  // A `__str__` of its own decides; it nearly always returns the value.
  const ownText = owner.definition.body.find((each) => each.kind === 'function' && each.name === '__str__')
  const returns = ownText?.kind === 'function' ? ownText.body.at(-1) : undefined
  const isValue = returns?.kind === 'return' && returns.value !== undefined && mentionsValue(returns.value)
  return {
    kind: 'instance', id: engine.objects.nextId++, class: owner, attributes: new Map(), earlier: new Map(), metric: undefined, generic: false, isOfUnseenCall: false,
    member: {
      name, value, isText: owner.enumKind !== 'plain',
      shown: ownText ? (isValue ? value : unknown('__str__ of an enum')) : shown,
    },
  }
}

/** `self.value`, `str(self.value)` */
function mentionsValue(expression: Expression): boolean {
  if (expression.kind === 'attribute') return expression.name === 'value'
  return expression.kind === 'call' && expression.args.length === 1 && mentionsValue(expression.args[0]!.value)
}
