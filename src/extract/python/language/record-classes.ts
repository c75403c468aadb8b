import type { Context } from '../engine/engine.js'
import { callValue, evaluate } from '../engine/follow.js'
import { noteHolder } from '../engine/metric-table.js'
import type { Expression, Parameter } from '../syntax/ast.js'
import { nameOf } from '../syntax/definitions.js'
import { createScope } from '../values/scope.js'
import type { Arguments, ClassValue, InstanceValue, Scope, Value } from '../values/types.js'
import { noArguments, unknown, withOthers } from '../values/values.js'
import { valueOfAnnotation } from './annotations.js'

function fieldsOf(owner: ClassValue): Parameter[] {
  const inherited = owner.bases.flatMap((base) => (base.kind === 'class' ? fieldsOf(base) : []))
  const own = owner.definition.body.flatMap((statement): Parameter[] => {
    const target = statement.kind === 'assign' ? statement.targets[0] : undefined
    if (statement.kind !== 'assign' || target?.kind !== 'name') return []
    // attrs has fields without an annotation: `done = attr.ib()`.
    if (!statement.annotation && !(statement.value?.kind === 'call' && /^(ib|attrib)$/.test(nameOf(statement.value)))) return []
    return [{ name: target.id, star: '', annotation: statement.annotation, defaultValue: statement.value, keywordOnly: false }]
  })
  return [...inherited.filter((field) => !own.some((each) => each.name === field.name)), ...own]
}

/** Gives the fields of such a class their values. */
export function bindFields(context: Context, owner: ClassValue, made: InstanceValue, args: Arguments): void {
  const rest = [...args.positional]
  const scope: Scope = createScope(owner.scope.module, owner.scope)
  for (const field of fieldsOf(owner)) {
    const given = rest.shift() ?? args.keyword.get(field.name)
    const byDefault = field.defaultValue && fieldDefault({ ...context, scope, classBody: undefined }, field.defaultValue)
    const reason = `field "${field.name}" of ${owner.definition.name}`
    const value = given ?? (byDefault && (args.open ? withOthers(byDefault, reason) : byDefault)) ?? unknown(reason)
    const kept = value.kind === 'unknown' && field.annotation
      ? valueOfAnnotation({ ...context, scope, classBody: undefined }, field.annotation) ?? value
      : value
    made.attributes.set(field.name, kept)
    noteHolder(context.engine.metrics, field.name, kept)
  }
}

/** `field(default=…)`, `attr.ib(factory=list)`, or a plain value. */
function fieldDefault(context: Context, written: Expression): Value {
  if (written.kind !== 'call') return evaluate(context, written)
  for (const arg of written.args) {
    if (arg.name === 'default') return evaluate(context, arg.value)
    if (arg.name === 'default_factory' || arg.name === 'factory') return callValue(context, evaluate(context, arg.value), noArguments, undefined)
  }
  return evaluate(context, written)
}
