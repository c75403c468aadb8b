import type { Context } from '../engine/engine.js'
import { evaluate } from '../engine/follow.js'
import { lookUp } from '../objects/lookup.js'
import { withUnseenWrites } from '../objects/writes.js'
import type { AttributeExpression, CallExpression, Expression } from '../syntax/ast.js'
import { lineageOf } from '../values/classes.js'
import { digest } from '../values/digest.js'
import type { Value } from '../values/types.js'
import { isPlain, mapOptions, truth, union, unknown } from '../values/values.js'

/** Takes from a local variable what it cannot be where `test` came out as `outcome`. */
export function narrow(context: Context, test: Expression, outcome: boolean): void {
  if (test.kind === 'unary' && test.op === 'not') {
    narrow(context, test.operand, !outcome)
    return
  }
  if (test.kind === 'binary' && (test.op === 'and' ? outcome : test.op === 'or' && !outcome)) {
    narrow(context, test.left, outcome)
    narrow(context, test.right, outcome)
    return
  }
  if (test.kind === 'call' && isInstanceTest(test)) {
    const [subject, tested] = test.args
    const value = subject!.value.kind === 'name' ? context.scope.variables.get(subject!.value.id) : undefined
    if (subject!.value.kind !== 'name' || value?.kind !== 'union') return
    const types = evaluate(context, tested!.value)
    const kept = value.options.filter((option) => isInstance(option, types) !== !outcome)
    if (kept.length > 0) context.scope.variables.set(subject!.value.id, union(kept))
    return
  }
  const isNoneTest = test.kind === 'binary' && (test.op === 'is' || test.op === 'is not') &&
    test.right.kind === 'constant' && test.right.value === null
  const subject = isNoneTest ? test.left : test
  if (subject.kind !== 'name') return
  const value = context.scope.variables.get(subject.id)
  if (value?.kind !== 'union') return
  const wantsNone = isNoneTest && (test.op === 'is') === outcome
  const kept = value.options.filter((option) => {
    const none = option.kind === 'constant' && option.value === null
    if (isNoneTest) return wantsNone ? none || option.kind === 'unknown' : !none
    return truth(option) !== !outcome
  })
  if (kept.length > 0) context.scope.variables.set(subject.id, union(kept))
}

/** A global or an attribute may change before this is reached; a parameter or local variable may not. */
export function dependsOnlyOnLocals(context: Context, test: Expression): boolean {
  switch (test.kind) {
    case 'name':
      return (context.scope.function !== undefined && context.scope.variables.has(test.id)) || context.items?.has(test.id) === true
    case 'constant':
    case 'string':
      return true
    case 'attribute':
      return isSettledAttribute(context, test) || isEnumMember(context, test)
    case 'subscript':
      return dependsOnlyOnLocals(context, test.object) && (test.index?.kind === 'string' || test.index?.kind === 'constant')
    case 'binary':
      return dependsOnlyOnLocals(context, test.left) && dependsOnlyOnLocals(context, test.right)
    case 'unary':
      return dependsOnlyOnLocals(context, test.operand)
    case 'sequence':
      return test.items.every((item) => dependsOnlyOnLocals(context, item.value))
    case 'call':
      if (isInstanceTest(test)) return dependsOnlyOnLocals(context, test.args[0]!.value)
      return test.callee.kind === 'attribute' && dependsOnlyOnLocals(context, test.callee.object) &&
        test.args.every((arg) => dependsOnlyOnLocals(context, arg.value))
    default:
      return false
  }
}

/**
 * Whether an attribute of a local object, such as `self`, has one plain value, which nothing else than the making of this
 * object gives it. Only where metrics are declared: what is recorded under a condition is recorded for objects that are
 * not seen, too.
 */
function isSettledAttribute({ engine, scope }: Context, { object, name }: AttributeExpression): boolean {
  const running = scope.function
  const owner = object.kind === 'name' ? scope.variables.get(object.id) : undefined
  if (owner?.kind !== 'instance' || owner.generic || !running) return false
  const isDeclaring = engine.functions.declaring.has(running.definition) || (running.definition.kind === 'function' && running.definition.name === '__init__')
  const [now, earlier] = [owner.attributes.get(name), owner.earlier.get(name)]
  const isSettled = now !== undefined && isPlain(now) && (now.kind !== 'text' || now.parts.length === 1)
  return isDeclaring && isSettled && (!earlier || digest(earlier) === digest(now)) && withUnseenWrites(engine, owner, name, now) === now
}

function isEnumMember(context: Context, { object, name }: AttributeExpression): boolean {
  const owner = object.kind === 'name' ? lookUp(context, object.id) : undefined
  const member = owner?.kind === 'class' ? owner.attributes.get(name) : undefined
  return member?.kind === 'instance' && member.member !== undefined
}

function isInstanceTest(test: CallExpression): boolean {
  return test.callee.kind === 'name' && test.callee.id === 'isinstance' && test.args.length === 2
}

const builtinTypes: Readonly<Record<string, readonly string[]>> = {
  text: ['str'], sequence: ['list', 'tuple', 'set', 'frozenset'], dictionary: ['dict'],
}

/** `isinstance(value, types)` */
export function testInstance(value: Value, types: Value): Value {
  return mapOptions(value, (option): Value => {
    const answer = isInstance(option, types)
    return answer === undefined ? unknown('decided at run time') : { kind: 'constant', value: answer }
  })
}

/** The same, where it is known. */
function isInstance(value: Value, types: Value): boolean | undefined {
  if (types.kind === 'sequence') {
    const answers = types.items.map((type) => isInstance(value, type))
    return answers.includes(true) || (types.open || answers.includes(undefined) ? undefined : false)
  }
  const builtin = types.kind === 'external' ? /^builtins\.(str|int|float|bool|list|tuple|set|frozenset|dict)$/.exec(types.name)?.[1] : undefined
  if (value.kind === 'constant' && value.value === null) return types.kind === 'class' || builtin !== undefined ? false : undefined
  if (value.kind === 'instance' && types.kind === 'class') {
    if (lineageOf(value.class).includes(types)) return true
    // A base class of which nothing is known may inherit from anything.
    return lineageOf(value.class).every((each) => each.bases.every((base) => base.kind === 'class' || base.kind === 'external')) ? false : undefined
  }
  const own = builtinTypes[value.kind]
  if (!own) return undefined
  if (types.kind === 'class') return false
  return builtin === undefined ? undefined : own.length === 1 ? own[0] === builtin : own.includes(builtin) ? undefined : false
}
