import type { TSESTree } from '@typescript-eslint/typescript-estree'
import { assignedIn } from '../syntax/assigned.js'
import { bindingsOf } from '../objects/callers.js'
import { isFunction } from '../syntax/writes.js'
import { objectVersions } from '../engine/heap.js'
import type { Analysis } from '../engine/analysis.js'
import type { Environment, Frame } from '../values/program.js'
import { isPlaced, itemsOf } from '../objects/properties.js'
import { hasRelevantName } from '../engine/relevance.js'
import { lookUp } from '../objects/scopes.js'
import type { Node, FunctionNode } from '../syntax/syntax.js'
import { agreed, atomKey, forced, isPrimitive, knownText, literal, NULLISH, truthOf, union, type Atom, type Value } from '../values/values.js'
import { ownValue } from '../../../text/value.js'
import { evaluate } from '../engine/engine.js'

/**
 * How a test comes out in this run of a function; `undefined` where that is not certain. Only arguments, items of loops
 * and what is read of them decide: an object that something else holds may have changed. And only where metrics are
 * made: what is recorded under a condition is recorded by callers that are not seen, too.
 */
export function outcomeOf(analysis: Analysis, test: Node, environment: Environment): boolean | undefined {
  return isForMaking(analysis, environment.frame) ? outcome(analysis, test, environment) : undefined
}

/** Whether the code that runs makes metrics, or works out for such code what has to do with none by itself. */
function isForMaking(analysis: Analysis, frame: Frame): boolean {
  const { facts, previous } = analysis
  for (let running: Frame | undefined = frame; running; running = running.caller) {
    const { function: own, module } = running
    if (!own || facts.runs.creators.has(own) || previous.runs.creators.has(own)) return true
    if (hasRelevantName(analysis, own, module)) return false
  }
  return false
}

function outcome(analysis: Analysis, test: Node, environment: Environment): boolean | undefined {
  switch (test.type) {
    case 'UnaryExpression': {
      const inner = test.operator === '!' ? outcome(analysis, test.argument, environment) : undefined
      return inner === undefined ? undefined : !inner
    }
    case 'LogicalExpression': {
      if (test.operator === '??') return undefined
      const outcomes = [outcome(analysis, test.left, environment), outcome(analysis, test.right, environment)]
      const deciding = test.operator === '||'
      return outcomes.includes(deciding) ? deciding : outcomes.includes(undefined) ? undefined : !deciding
    }
    case 'BinaryExpression': return compared(analysis, test, environment)
    case 'CallExpression': return asked(analysis, test, environment)
    case 'ChainExpression':
    case 'TSNonNullExpression':
    case 'TSAsExpression': return outcome(analysis, test.expression, environment)
    default: {
      const value = isLocal(test) ? settledValue(analysis, test, environment) : undefined
      return value && agreed(value.map((atom) => (isPrimitive(atom) || !isVariable(test) ? isThere(analysis, atom) : undefined)))
    }
  }
}

function compared(analysis: Analysis, { operator, left, right }: TSESTree.BinaryExpression, environment: Environment): boolean | undefined {
  if (!/^[!=]==?$/.test(operator) || !(isLocal(left) || isLocal(right))) return undefined
  const isNull = [left, right].some((side) => side.type === 'Literal' && side.value === null)
  const [first, second] = [left, right].map((side) => settledValue(analysis, side, environment))
  if (!first || !second) return undefined
  const isEqual = agreed(first.flatMap((one) => second.map((other) => areEqual(one, other, isNull && operator.length === 3))))
  return isEqual === undefined ? undefined : isEqual === operator.startsWith('=')
}

/** `isNull`: only one of the two values that are nullish is meant. */
function areEqual(one: Atom, other: Atom, isNull: boolean): boolean | undefined {
  const [first, second] = [kindOf(one), kindOf(other)]
  if (first === undefined || second === undefined) return undefined
  if (first !== second) return false
  if (first === 'undefined') return isNull ? undefined : true
  return first === 'object' || first === 'function' ? undefined : atomKey(one) === atomKey(other)
}

const ASKED_OF_TEXTS: Readonly<Record<string, (text: string, part: string) => boolean>> = {
  startsWith: (text, part) => text.startsWith(part),
  endsWith: (text, part) => text.endsWith(part),
  includes: (text, part) => text.includes(part),
}

/** `Array.isArray(value)`, `text.startsWith('_')` and `['a', 'b'].includes(text)`. */
function asked(analysis: Analysis, { callee, arguments: [argument, ...others] }: TSESTree.CallExpression, environment: Environment): boolean | undefined {
  if (callee.type !== 'MemberExpression' || callee.computed || callee.property.type !== 'Identifier' || !argument || others.length > 0) return undefined
  const { object, property: { name } } = callee
  const given = settledValue(analysis, argument, environment)
  if (!given) return undefined
  if (object.type === 'Identifier' && object.name === 'Array' && name === 'isArray') {
    return agreed(given.map((atom) => (kindOf(atom) === undefined ? undefined : objectVersions(analysis, atom)[0]?.shape === 'list')))
  }
  const ask = ownValue(ASKED_OF_TEXTS, name)
  const receiver = object.type === 'ArrayExpression' ? evaluate(analysis, object, environment) : settledValue(analysis, object, environment)
  const texts = given.map(knownText)
  if (!ask || !receiver || texts.includes(undefined)) return undefined
  return agreed(receiver.flatMap((atom) => texts.map((part) => {
    const text = knownText(atom)
    if (text !== undefined) return ask(text, part!)
    const list = name === 'includes' && objectVersions(analysis, atom)[0]?.shape === 'list' ? itemsOf(analysis, [atom]) : undefined
    const items = list && isPlaced(list) ? list.items.map((item) => (item.length === 1 ? knownText(item[0]!) : undefined)) : [undefined]
    return items.includes(part) ? true : items.includes(undefined) ? undefined : false
  })))
}

/** Whether a name is that of a variable, and not of a parameter: what it holds may be there only from the second time on. */
function isVariable(node: Node): boolean {
  return node.type === 'Identifier' && !bindingsOf(scopeOf(node)!).parameters.has(node.name)
}

/** What `typeof` gives; `undefined` where that is not known. */
function kindOf(atom: Atom): string | undefined {
  switch (atom.kind) {
    case 'string': return atom.parts.length === 1 ? 'string' : undefined
    case 'number': return Number.isNaN(atom.number) ? undefined : 'number'
    case 'nullish': return 'undefined'
    case 'class': return 'function'
    case 'boolean':
    case 'object':
    case 'function': return atom.kind
    default: return undefined
  }
}

/** As `truthOf`; of an object, whether it is there: what is made once and kept is there only from the second time on, too. */
function isThere(analysis: Analysis, atom: Atom): boolean | undefined {
  if (atom.kind !== 'object') return truthOf(atom)
  return objectVersions(analysis, atom).some(({ class: owner, metric }) => owner !== undefined || metric.length > 0) ? undefined : true
}

/** All that an expression can be in this run; `undefined` where that may hang on something else. */
function settledValue(analysis: Analysis, node: Node, environment: Environment): Value | undefined {
  switch (node.type) {
    case 'Literal': return evaluate(analysis, node, environment)
    case 'Identifier': {
      if (node.name === 'undefined') return NULLISH
      const value = isSettledName(node) ? lookUp(analysis, environment, node.name) : undefined
      return value && value.length > 0 ? forced(value) : undefined
    }
    case 'ChainExpression':
    case 'TSNonNullExpression':
    case 'TSAsExpression': return settledValue(analysis, node.expression, environment)
    case 'UnaryExpression': {
      const value = node.operator === 'typeof' ? settledValue(analysis, node.argument, environment) : undefined
      const kinds = value?.map(kindOf)
      return kinds && !kinds.includes(undefined) ? union(...kinds.map((kind) => literal(kind!))) : undefined
    }
    case 'MemberExpression': {
      const name = node.computed || node.property.type !== 'Identifier' ? undefined : node.property.name
      const parts = name === undefined ? undefined : settledValue(analysis, node.object, environment)?.map((atom) => settledProperty(analysis, atom, name))
      return parts && !parts.includes(undefined) ? union(...parts.map((part) => forced(part!))) : undefined
    }
    default: return undefined
  }
}

/** What a property has been given where the object was made, and nowhere else. */
function settledProperty(analysis: Analysis, atom: Atom, name: string): Value | undefined {
  if (atom.kind === 'string' && name === 'length') {
    const text = knownText(atom)
    return text === undefined ? undefined : [{ kind: 'number', number: text.length }]
  }
  if (atom.kind === 'nullish') return NULLISH
  const versions = objectVersions(analysis, atom)
  const [object] = versions
  if (object?.shape === 'list' && name === 'length') {
    const list = itemsOf(analysis, [atom])
    return isPlaced(list) ? [{ kind: 'number', number: list.items.length }] : undefined
  }
  if (object?.shape !== 'object' || object.class || versions.some((version) => version.rewritten.has(name))) return undefined
  const own = analysis.facts.heap.objects.get(object.key)?.properties.get(name)
  if (own && own.length > 0) return own
  const isAbsent = versions.every((version) => !version.properties.has(name) && version.rest.length === 0)
  return isAbsent ? NULLISH : undefined
}

/** Whether an expression is about something that a function is given or a loop goes over. */
function isLocal(node: Node): boolean {
  if (node.type === 'Identifier') return scopeOf(node) !== undefined
  if (node.type === 'MemberExpression') return isLocal(node.object)
  if (node.type === 'UnaryExpression') return isLocal(node.argument)
  return (node.type === 'ChainExpression' || node.type === 'TSNonNullExpression' || node.type === 'TSAsExpression') && isLocal(node.expression)
}

/** Whether a name always stands for the one value that it was given as a parameter, a loop's item or a part of one. */
function isSettledName(node: TSESTree.Identifier): boolean {
  const known = settledNames.get(node)
  if (known !== undefined) return known
  // A name that hangs on itself is not settled.
  settledNames.set(node, false)
  const scope = scopeOf(node)
  const given = scope ? bindingsOf(scope).variables.get(node.name) : []
  const isSettled = !assignedIn(programOf(node)).has(node.name) && (given === undefined || given.every(isSettledSource))
  settledNames.set(node, isSettled)
  return isSettled
}

const settledNames = new WeakMap<Node, boolean>()

function isSettledSource(node: Node): boolean {
  switch (node.type) {
    case 'Identifier': return isSettledName(node)
    case 'MemberExpression': return isSettledSource(node.object) && (!node.computed || isSettledSource(node.property))
    case 'CallExpression': {
      // `Object.entries(table)` and the like, over which loops go.
      const { callee, arguments: given } = node
      const isOfLanguage = callee.type === 'MemberExpression' && callee.object.type === 'Identifier' && callee.object.name === 'Object'
      return isOfLanguage && given.every(isSettledSource)
    }
    case 'ArrayExpression':
    case 'ObjectExpression':
    case 'ArrowFunctionExpression':
    case 'Literal': return true
    case 'TSNonNullExpression':
    case 'ChainExpression':
    case 'TSSatisfiesExpression':
    case 'TSAsExpression': return isSettledSource(node.expression)
    case 'LogicalExpression': return isSettledSource(node.left) && isSettledSource(node.right)
    case 'TemplateLiteral': return node.expressions.every(isSettledSource)
    default: return false
  }
}

/** The function, or the top level, in which a variable is declared; `undefined` for those of the whole module. */
function scopeOf(node: TSESTree.Identifier): FunctionNode | TSESTree.Program | undefined {
  for (let scope: Node | undefined = node.parent; scope; scope = scope.parent) {
    if (!isFunction(scope) && scope.type !== 'Program') continue
    const { parameters, variables } = bindingsOf(scope)
    if (parameters.has(node.name) || variables.has(node.name)) return scope
  }
  return undefined
}


function programOf(node: Node): Node {
  let root = node
  while (root.parent) root = root.parent
  return root
}
