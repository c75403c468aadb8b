import { noteWritten } from '../clients/written-texts.js'
import type { Context, Language } from '../engine/engine.js'
import { placeOf } from '../engine/engine.js'
import { callValue, evaluate, getAttribute } from '../engine/follow.js'
import { assignName } from '../objects/assignment.js'
import { evaluateName, noteEvaluated } from '../objects/lookup.js'
import type { AttributeExpression, DictionaryExpression, NamedExpression, SequenceExpression } from '../syntax/ast.js'
import { nameOf } from '../syntax/definitions.js'
import { attributeOfClass } from '../values/classes.js'
import { addAnything, addEntries, addItems, getSubscript, itemsOf, maximumItems } from '../values/containers.js'
import { applyOperator, applyUnary } from '../values/operators.js'
import { formatted, joinTexts } from '../values/text-values.js'
import type { DictionaryValue, Scope, Value } from '../values/types.js'
import { mapOptions, mayHaveMore, noArguments, noneValue, optionsOf, sequence, text, truth, union, unknown, unknownInteger } from '../values/values.js'
import { evaluateCall } from './call-expressions.js'
import { evaluateComprehension } from './comprehensions.js'
import { dependsOnlyOnLocals } from './conditions.js'
import { defineFunction } from './definitions.js'

export const expressions: Language['expressions'] = {
  name: evaluateName,
  string: (context, expression) => noteWritten(context, expression, text(expression.value, placeOf(context, expression))),
  formatString: (context, expression) => noteWritten(context, expression, joinTexts(expression.parts.map((part) => {
    if (typeof part === 'string') return { kind: 'text', parts: [part], places: [] } satisfies Value
    return formatted(evaluate(context, part.value), part.format)
  }), placeOf(context, expression))),
  constant: (_context, { value }) => ({ kind: 'constant', value }),
  sequence: evaluateSequence,
  dictionary: evaluateDictionary,
  comprehension: evaluateComprehension,
  attribute(context, expression) {
    noteEvaluated(context, expression.end)
    const object = evaluate(context, expression.object)
    if (isHttpStatus(expression) && optionsOf(object).every(isForeign)) return unknownInteger('an HTTP status')
    return getAttribute(context, object, expression.name)
  },
  subscript(context, { object, index }) {
    const key = index ? evaluate(context, index) : unknown('a slice')
    return mapOptions(evaluate(context, object), (option) => {
      const getter = option.kind === 'instance' ? attributeOfClass(option.class, '__getitem__', option) : undefined
      if (!getter && !index && option.kind === 'sequence') return sequence([...option.items], mayHaveMore(option), true)
      return getter ? callValue(context, getter, { ...noArguments, positional: [key] }, undefined) : getSubscript(option, key)
    })
  },
  call: (context, expression) => noteWritten(context, expression, evaluateCall(context, expression)),
  binary: (context, expression) => noteWritten(context, expression,
    applyOperator(expression.op, evaluate(context, expression.left), () => evaluate(context, expression.right), placeOf(context, expression))),
  unary: (context, { op, operand }) => applyUnary(op, evaluate(context, operand)),
  conditional(context, { test, consequent, alternate }) {
    const value = evaluate(context, test)
    const known = dependsOnlyOnLocals(context, test) ? truth(value) : undefined
    if (known !== undefined) return evaluate(context, known ? consequent : alternate)
    return union([evaluate(context, consequent), evaluate(context, alternate)])
  },
  lambda: defineFunction,
  await: (context, { value }) => (value ? evaluate(context, value) : noneValue),
  yield(context, { value }) {
    const yielded = value ? evaluate(context, value) : noneValue
    context.results?.yielded.push(yielded)
    // What a `with` is around puts something in it before the rest of this runs.
    for (const option of isContextManager(context.scope) ? optionsOf(yielded) : []) {
      if (option.kind === 'sequence' || option.kind === 'dictionary') addAnything(option)
    }
    return unknown('a value that is sent')
  },
  yieldFrom(context, { value }) {
    if (value) context.results?.yielded.push(...itemsOf(evaluate(context, value)).items)
    return unknown('what a generator returns')
  },
  named: evaluateNamed,
  unknown: () => unknown('an expression that cannot be read'),
}

function isContextManager({ function: running }: Scope): boolean {
  return running?.definition.kind === 'function' && running.definition.decorators.some((decorator) => /^(?:async)?contextmanager$/.test(nameOf(decorator)))
}

/** `response.status_code`: a whole number in every library for HTTP (Requests, HTTPX, Django, Flask, Starlette). */
function isHttpStatus({ object, name }: AttributeExpression): boolean {
  const holder = object.kind === 'name' ? object.id : object.kind === 'attribute' ? object.name : ''
  return name === 'status_code' && /^(?:\w*_)?(?:res|resp|response)$/.test(holder)
}

/** Whether nothing of the workspace's own has made a value: `SimpleNamespace(status_code='bad')`. */
function isForeign(value: Value): boolean {
  return value.kind === 'unknown' || (value.kind === 'external' && !value.args?.keyword.has('status_code'))
}

function evaluateSequence(context: Context, expression: SequenceExpression): Value {
  const result = sequence([])
  for (const { value, starred } of expression.items) {
    const item = evaluate(context, value)
    if (!starred) result.items.push(item)
    else {
      const { items, open, lacks } = itemsOf(item)
      const room = Math.max(0, maximumItems - result.items.length)
      addItems(result, items.slice(0, room), lacks)
      result.open ||= open || items.length > room
    }
  }
  return result
}

function evaluateDictionary(context: Context, expression: DictionaryExpression): Value {
  const result: DictionaryValue = { kind: 'dictionary', entries: [], open: false }
  for (const { key, value } of expression.entries) {
    const item = evaluate(context, value)
    if (key) result.entries.push({ key: evaluate(context, key), value: item })
    else {
      const options = optionsOf(item)
      for (const option of options) {
        if (option.kind === 'dictionary') addEntries(result, option, options.length > 1)
        else addAnything(result)
      }
    }
  }
  return result
}

/** `name := value` */
function evaluateNamed(context: Context, expression: NamedExpression): Value {
  const value = evaluate(context, expression.value)
  for (let around: Context | undefined = context; around; around = around.enclosing) {
    // What comes before it may decide, and a comprehension may have no items.
    const before = around.scope.variables.get(expression.target)
    assignName(around, expression.target, before ? union([before, value]) : value)
  }
  return value
}
