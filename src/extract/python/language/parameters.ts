import type { Context } from '../engine/engine.js'
import { evaluate } from '../engine/follow.js'
import type { Expression, Parameter } from '../syntax/ast.js'
import type { Arguments, FunctionValue, Value } from '../values/types.js'
import { sequence, union } from '../values/values.js'
import { valueOfAnnotation } from './annotations.js'

/** Gives the parameters of a function their values: what was handed over, a default, what the annotation says. */
export function bindParameters(inner: Context, callee: FunctionValue, args: Arguments, self: Value | undefined): void {
  const { variables } = inner.scope
  const params = [...callee.definition.params]
  if (self && params[0]?.star === '') variables.set(params.shift()!.name, self)
  let position = 0
  for (const param of params) {
    if (param.star === '*') {
      variables.set(param.name, sequence(args.positional.slice(position), args.open))
      position = args.positional.length
    } else if (param.star === '') {
      const value = (param.keywordOnly ? undefined : args.positional[position++]) ?? args.keyword.get(param.name)
      variables.set(param.name, value ? refined(inner, param, value) : defaultOf(inner, callee, param, args.open))
    } else {
      const others = [...args.keyword].filter(([name]) => !params.some((each) => each.star === '' && each.name === name))
      const entries = others.map(([name, value]) => ({ key: { kind: 'text', parts: [name], places: [] } satisfies Value, value }))
      variables.set(param.name, { kind: 'dictionary', entries, open: args.open, isOfCall: true })
    }
  }
}

/** What the annotation says about an argument of which nothing else is known. */
function refined(inner: Context, param: Parameter, value: Value): Value {
  if (value.kind !== 'unknown' || !param.annotation) return value
  return valueOfAnnotation(outside(inner), param.annotation) ?? value
}

function outside(inner: Context): Context {
  return { ...inner, scope: inner.scope.parent! }
}

function defaultOf(inner: Context, callee: FunctionValue, param: Parameter, mayBeGiven: boolean): Value {
  const name = callee.definition.kind === 'function' ? callee.definition.name : 'a lambda'
  const given: Value = { kind: 'unknown', reason: `parameter "${param.name}" of ${name}`, unlikely: false }
  const byOption = callee.definition.kind === 'function' ? optionDefault(inner, callee.definition.decorators, param.name) : undefined
  if (!param.defaultValue) {
    if (byOption) return union([byOption, { ...given, unlikely: true }])
    return refined(inner, param, given)
  }
  // `client: Client = Provide[…]`
  const value = refined(inner, param, evaluate(outside(inner), param.defaultValue))
  if (!mayBeGiven) return value
  const annotated = param.annotation && valueOfAnnotation(outside(inner), param.annotation)
  return annotated ? union([value, annotated]) : union([value, { ...given, unlikely: true }])
}

/** The default of a command-line option: `@click.option('--metric-prefix', default='celery_')`. */
function optionDefault(inner: Context, decorators: readonly Expression[], name: string): Value | undefined {
  for (const decorator of decorators) {
    if (decorator.kind !== 'call' || decorator.callee.kind !== 'attribute' || decorator.callee.name !== 'option') continue
    const isThisOption = decorator.args.some(({ value }) =>
      value.kind === 'string' && value.value.replace(/^-+/, '').replaceAll('-', '_') === name)
    const written = decorator.args.find((arg) => arg.name === 'default')
    if (isThisOption && written) return evaluate(outside(inner), written.value)
  }
  return undefined
}
