import type { Expression } from './ast.js'
import type { Context } from './engine.js'
import { truth, union } from './values.js'

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
      return context.scope.function !== undefined && context.scope.variables.has(test.id)
    case 'constant':
      return test.value === null
    case 'string':
      return true
    case 'binary':
      return dependsOnlyOnLocals(context, test.left) && dependsOnlyOnLocals(context, test.right)
    case 'unary':
      return dependsOnlyOnLocals(context, test.operand)
    case 'sequence':
      return test.items.every((item) => dependsOnlyOnLocals(context, item.value))
    case 'call':
      return test.callee.kind === 'attribute' && dependsOnlyOnLocals(context, test.callee.object) &&
        test.args.every((arg) => dependsOnlyOnLocals(context, arg.value))
    default:
      return false
  }
}
