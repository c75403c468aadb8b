import type { CallExpression, ComprehensionExpression, Expression } from '../syntax/ast.js'
import { assign, assignName } from './assignment.js'
import { dependsOnlyOnLocals } from './conditions.js'
import { defineFunction } from './definitions.js'
import { callFactory } from '../clients/factories.js'
import { callMethod, callValue, evaluateArguments } from './calls.js'
import { addAnyEntries, addEntries, getSubscript } from '../values/containers.js'
import type { Context } from '../engine/engine.js'
import { createScope, placeOf } from '../engine/engine.js'
import { membersOf } from './enums.js'
import { noteLeft } from '../engine/left.js'
import { getAttribute, lookUp } from './lookup.js'
import { applyOperator, applyUnary } from '../values/operators.js'
import { noteEvaluated } from '../clients/recordings.js'
import { formatted, joinTexts } from '../values/text-values.js'
import { noteWritten } from '../clients/written-texts.js'
import type { DictionaryValue, InstanceValue, Value } from '../values/values.js'
import { external, noneValue, optionsOf, sequence, text, truth, union, unknown } from '../values/values.js'

/** What an expression may be. */
export function evaluate(context: Context, expression: Expression): Value {
  context.engine.total.evaluated++
  if (--context.engine.budget < 0) {
    noteLeft(context, expression.start)
    return unknown('the program is too large to follow')
  }
  switch (expression.kind) {
    case 'name':
      noteEvaluated(context, expression.end)
      return lookUp(context, expression.id) ?? builtin(expression.id)
    case 'string':
      return noteWritten(context, expression, text(expression.value, placeOf(context, expression)))
    case 'formatString':
      return noteWritten(context, expression, joinTexts(expression.parts.map((part) => {
        if (typeof part === 'string') return { kind: 'text', parts: [part], places: [] } satisfies Value
        return formatted(evaluate(context, part.value), part.format)
      }), placeOf(context, expression)))
    case 'constant':
      return { kind: 'constant', value: expression.value }
    case 'sequence': {
      const result = sequence([])
      for (const { value, starred } of expression.items) {
        const item = evaluate(context, value)
        if (!starred) result.items.push(item)
        else {
          const { items, open } = itemsOf(context, item)
          result.items.push(...items)
          result.open ||= open
        }
      }
      return result
    }
    case 'dictionary': {
      const result: DictionaryValue = { kind: 'dictionary', entries: [], open: false }
      for (const { key, value } of expression.entries) {
        const item = evaluate(context, value)
        if (key) result.entries.push({ key: evaluate(context, key), value: item })
        else {
          for (const option of optionsOf(item)) {
            if (option.kind === 'dictionary') addEntries(result, option)
            else addAnyEntries(result)
          }
        }
      }
      return result
    }
    case 'comprehension':
      return evaluateComprehension(context, expression)
    case 'attribute':
      noteEvaluated(context, expression.end)
      return getAttribute(context, evaluate(context, expression.object), expression.name)
    case 'subscript':
      return getSubscript(evaluate(context, expression.object), expression.index ? evaluate(context, expression.index) : unknown('a slice'))
    case 'call':
      return noteWritten(context, expression, evaluateCall(context, expression))
    case 'binary':
      return noteWritten(context, expression, applyOperator(context, expression, evaluate(context, expression.left), () => evaluate(context, expression.right)))
    case 'unary':
      return applyUnary(expression.op, evaluate(context, expression.operand))
    case 'conditional': {
      const test = evaluate(context, expression.test)
      const known = dependsOnlyOnLocals(context, expression.test) ? truth(test) : undefined
      if (known !== undefined) return evaluate(context, known ? expression.consequent : expression.alternate)
      return union([evaluate(context, expression.consequent), evaluate(context, expression.alternate)])
    }
    case 'lambda':
      return defineFunction(context, expression)
    case 'await':
      return expression.value ? evaluate(context, expression.value) : noneValue
    case 'yield': {
      const value = expression.value ? evaluate(context, expression.value) : noneValue
      context.results?.yielded.push(value)
      return unknown('a value that is sent')
    }
    case 'yieldFrom': {
      if (expression.value) context.results?.yielded.push(...itemsOf(context, evaluate(context, expression.value)).items)
      return unknown('what a generator returns')
    }
    case 'named': {
      const value = evaluate(context, expression.value)
      assignName(context, expression.target, value)
      for (let around = context.enclosing; around; around = around.enclosing) {
        // The comprehension may have no items.
        assignName(around, expression.target, union([...[around.scope.variables.get(expression.target)].filter((before) => before !== undefined), value]))
      }
      return value
    }
    case 'unknown':
      return unknown('an expression that cannot be read')
  }
}

const builtinNames = new Set([
  'str', 'int', 'float', 'bool', 'list', 'tuple', 'set', 'frozenset', 'dict', 'range', 'enumerate', 'zip', 'sorted',
  'reversed', 'getattr', 'setattr', 'isinstance', 'issubclass', 'len', 'print', 'type', 'super', 'map', 'filter', 'object',
  'hasattr', 'repr', 'min', 'max', 'sum', 'any', 'all', 'iter', 'next', 'vars', 'id', 'ord', 'hash', 'callable', 'Exception', 'format', 'round',
])

function builtin(name: string): Value {
  return builtinNames.has(name) ? external(`builtins.${name}`) : unknown(`${name} is not defined in the workspace`)
}

function evaluateCall(context: Context, call: CallExpression): Value {
  const place = placeOf(context, call)
  const { callee } = call
  if (callee.kind === 'name' && callee.id === 'super') return superOf(context)
  const args = evaluateArguments(context, call.args)
  const made = callFactory(context, callee, args, place)
  if (made) return made
  if (callee.kind !== 'attribute') return callValue(context, evaluate(context, callee), args, place)
  noteEvaluated(context, callee.end)
  return union(likelyReceivers(evaluateReceiver(context, callee.object)).map((option) => callMethod(context, option, callee.name, args, place)))
}

/** What may still be evaluated to find what a name means. */
const evaluationsForName = 20

/** A name is looked up though nothing may be evaluated any more: else what is recorded there might be any metric. */
function evaluateReceiver(context: Context, receiver: Expression): Value {
  const { engine } = context
  const before = engine.budget
  if (before < evaluationsForName && isDottedName(receiver)) engine.budget = evaluationsForName
  const value = evaluate(context, receiver)
  engine.budget = Math.min(engine.budget, before)
  return value
}

function isDottedName(expression: Expression): boolean {
  return expression.kind === 'attribute' ? isDottedName(expression.object) : expression.kind === 'name'
}

/** Where one possibility is a metric, what else the receiver may be is left aside. */
function likelyReceivers(receiver: Value): readonly Value[] {
  const options = optionsOf(receiver)
  if (options.length === 1 || !options.some((option) => option.kind === 'metric')) return options
  return options.flatMap((option): Value[] => (option.kind === 'metric' ? [{ ...option, maybe: true }] : option.kind === 'unknown' ? [] : [option]))
}

function superOf(context: Context): Value {
  for (let scope: Context['scope'] | undefined = context.scope; scope; scope = scope.parent) {
    const owner = scope.function?.owner
    if (owner && scope.self?.kind === 'instance') return { kind: 'super', self: scope.self satisfies InstanceValue, owner }
  }
  return unknown('super() outside of a method')
}

/** What iterating over a value gives; `open`: perhaps more, which `others` stands for. */
export function itemsOf(context: Context, value: Value): { items: readonly Value[]; open: boolean; others: Value } {
  const items: Value[] = []
  const others: Value[] = []
  const anyItem = unknown('an item of an unknown collection')
  for (const option of optionsOf(value)) {
    if (option.kind === 'sequence') {
      items.push(...option.items)
      if (option.open) others.push(option.others ?? anyItem)
    } else if (option.kind === 'dictionary') {
      items.push(...option.entries.map((entry) => entry.key))
      if (option.open) others.push(anyItem)
    } else if (option.kind === 'class' && option.enumKind !== 'none') items.push(...membersOf(option))
    else if (option.kind !== 'constant') others.push(anyItem)
  }
  return { items, open: others.length > 0, others: others.length > 0 ? union(others) : anyItem }
}

function evaluateComprehension(context: Context, comprehension: ComprehensionExpression): Value {
  const scope = createScope(context.scope.module, context.scope, { function: context.scope.function, self: context.scope.self })
  const inner: Context = { ...context, scope, classBody: undefined, enclosing: context, results: context.results ?? { returned: [], yielded: [] } }
  const list = sequence([])
  const dictionary: Value = { kind: 'dictionary', entries: [], open: false }
  const follow = (depth: number): void => {
    const clause = comprehension.clauses[depth]
    if (!clause) {
      const value = evaluate(inner, comprehension.value)
      if (comprehension.key) dictionary.entries.push({ key: evaluate(inner, comprehension.key), value })
      else list.items.push(value)
      return
    }
    const { items, open, others } = itemsOf(inner, evaluate(inner, clause.iterable))
    for (const item of items.slice(0, 500)) {
      assign(inner, clause.target, item)
      const kept = clause.conditions.every((condition) => {
        const test = evaluate(inner, condition)
        return !dependsOnlyOnLocals(inner, condition) || truth(test) !== false
      })
      if (kept) follow(depth + 1)
    }
    if (!open) return
    list.open = dictionary.open = true
    assign(inner, clause.target, others)
    follow(depth + 1)
  }
  follow(0)
  if (comprehension.key) return dictionary
  return list
}
