import type { TSESTree } from '@typescript-eslint/typescript-estree'
import type { Place } from '../../../text/source.js'
import { refine } from '../objects/annotations.js'
import { construct, evaluateCall, importWhole } from './calls.js'
import { defineClass } from './classes.js'
import { outcomeOf } from './conditions.js'
import { commonJsKey } from '../objects/exports.js'
import { takeApart } from './patterns.js'
import { allocate, keepsMetrics, listOf, metricsIn } from '../engine/heap.js'
import { placeOf, type Environment } from '../values/program.js'
import type { Analysis } from '../engine/analysis.js'
import type { MemberRead } from '../engine/facts.js'
import { isPlaced, itemsOf, readKey, readProperty, writeKey, writeProperty } from '../objects/properties.js'
import { assignVariable, innerScope, lookUp } from '../objects/scopes.js'
import { childrenOf, type Node } from '../syntax/syntax.js'
import { ANY_NUMBER, anyString, concatenate, EXTERNAL, forced, isCarried, knownText, literal, NOTHING, NULLISH, truthOf, union, unionOver, unknown, withoutNullish, type Atom, type Value } from '../values/values.js'
import { deferred } from '../engine/deferred.js'
import { noteWritten } from '../clients/written-texts.js'
import { propertyNames, staticPropertyNames } from '../objects/property-names.js'
import { copyProperties } from '../objects/spread.js'

const EITHER: Value = [{ kind: 'boolean', boolean: true }, { kind: 'boolean', boolean: false }]

/** What an expression may be; the metrics that it makes and records are noted on the way. */
export function evaluate(analysis: Analysis, node: TSESTree.Expression | TSESTree.PrivateIdentifier, environment: Environment): Value {
  analysis.budget.evaluated++
  const inner = (expression: TSESTree.Expression) => evaluate(analysis, expression, environment)
  switch (node.type) {
    case 'Literal': return noteWritten(analysis, literalValue(analysis, node, environment), environment)
    case 'TemplateLiteral': return noteWritten(analysis, templateValue(analysis, node, environment), environment)
    case 'Identifier': return identifierValue(analysis, node.name, environment)
    case 'ThisExpression': return environment.frame.receiver
    case 'MemberExpression': return memberValue(analysis, node, environment)
    case 'CallExpression': return noteWritten(analysis, evaluateCall(analysis, node, environment), environment)
    case 'NewExpression': return construct(analysis, node, environment)
    case 'ObjectExpression': return objectValue(analysis, node, environment)
    case 'ArrayExpression': return arrayValue(analysis, node, environment)
    case 'ArrowFunctionExpression':
    case 'FunctionExpression': {
      const atom = { kind: 'function', node, environment } as const
      analysis.facts.heap.functions.set(node, atom)
      return [atom]
    }
    case 'ClassExpression': return defineClass(analysis, node, environment)
    case 'ChainExpression':
    case 'TSNonNullExpression': return withoutNullish(inner(node.expression))
    case 'AwaitExpression': return inner(node.argument)
    case 'YieldExpression': return yieldedValue(analysis, node, environment)
    case 'TSInstantiationExpression': return inner(node.expression)
    case 'TSAsExpression':
    case 'TSTypeAssertion':
    case 'TSSatisfiesExpression': return assertedValue(analysis, node, environment)
    case 'AssignmentExpression': return assignmentValue(analysis, node, environment)
    case 'ConditionalExpression': {
      inner(node.test)
      const outcome = outcomeOf(analysis, node.test, environment)
      if (outcome !== undefined) return inner(outcome ? node.consequent : node.alternate)
      return union(...[node.consequent, node.alternate].map((choice) => evaluate(analysis, choice, perhapsIn(environment))))
    }
    case 'LogicalExpression': return logicalValue(analysis, node, environment)
    case 'BinaryExpression': return noteWritten(analysis, binaryValue(analysis, node, environment), environment)
    case 'UnaryExpression': return unaryValue(analysis, node, environment)
    case 'UpdateExpression':
      assign(analysis, node.argument, ANY_NUMBER, environment)
      return ANY_NUMBER
    case 'SequenceExpression': return node.expressions.map(inner).at(-1) ?? NOTHING
    case 'ImportExpression': return node.source.type === 'Literal' && typeof node.source.value === 'string'
      ? importWhole(analysis, node.source.value, environment.frame.module)
      : unknown('the module is computed')
    default:
      evaluateChildren(analysis, node, environment)
      return unknown('it is computed')
  }
}

/** What a generator yields is kept with its run; nobody knows what it is sent. */
function yieldedValue(analysis: Analysis, { argument, delegate }: TSESTree.YieldExpression, environment: Environment): Value {
  const given = argument ? evaluate(analysis, argument, environment) : NULLISH
  const { items, rest } = delegate ? itemsOf(analysis, given) : { items: [given], rest: NOTHING }
  const { frame } = environment
  frame.yielded = union(frame.yielded ?? NOTHING, ...items, rest)
  return unknown('it is what a generator is sent')
}

/** Evaluates what stands inside a node of which the value does not matter (JSX, tagged templates). */
function evaluateChildren(analysis: Analysis, node: Node, environment: Environment): void {
  for (const child of childrenOf(node)) {
    if (/^(JSX|Template)/.test(child.type)) evaluateChildren(analysis, child, environment)
    else if (/(Expression|Literal|Identifier)$/.test(child.type)) evaluate(analysis, child as TSESTree.Expression, environment)
  }
}

function literalValue(analysis: Analysis, node: TSESTree.Literal, environment: Environment): Value {
  let value = analysis.constants.values.get(node)
  if (!value) analysis.constants.values.set(node, (value = readLiteral(node, environment)))
  return value
}

function readLiteral(node: TSESTree.Literal, environment: Environment): Value {
  if (typeof node.value === 'string') return literal(node.value, placeOf(environment.frame.module, node))
  if (typeof node.value === 'number') return [{ kind: 'number', number: node.value }]
  if (typeof node.value === 'boolean') return [{ kind: 'boolean', boolean: node.value }]
  if ('regex' in node) return [{ kind: 'unknown', external: true, pattern: { source: node.regex.pattern, flags: node.regex.flags } }]
  return node.value === null && node.raw === 'null' ? NULLISH : EXTERNAL
}

function templateValue(analysis: Analysis, node: TSESTree.TemplateLiteral, environment: Environment): Value {
  const pieces = node.quasis.flatMap((quasi, index) => {
    const hole = node.expressions[index]
    const text = literal(quasi.value.cooked ?? '')
    return hole ? [text, evaluate(analysis, hole, environment)] : [text]
  })
  return lazily(analysis, pieces, `${environment.key}@${node.range[0]}`, () => concatenate(pieces, placeOf(environment.frame.module, node)))
}

/** Puts work off when a part of what it needs has been put off. */
function lazily(analysis: Analysis, parts: readonly Value[], key: string, work: () => Value): Value {
  return parts.some((part) => part.some((atom) => atom.kind === 'deferred')) ? deferred(analysis, key, work) : work()
}

function identifierValue(analysis: Analysis, name: string, environment: Environment): Value {
  if (name === 'undefined') return NULLISH
  const value = lookUp(analysis, environment, name)
  if (value) return value
  if (name === 'exports') return [{ kind: 'object', key: commonJsKey(environment.frame.module) }]
  if (name === 'NaN' || name === 'Infinity') return ANY_NUMBER
  return unknown(`"${name}" is not declared here`)
}

function memberValue(analysis: Analysis, node: TSESTree.MemberExpression, environment: Environment): Value {
  if (isModuleExports(node)) return moduleExports(analysis, environment)
  const object = node.object.type === 'Super' ? environment.frame.receiver : evaluate(analysis, node.object, environment)
  if (!node.computed || node.property.type === 'Literal') {
    const [name = ''] = propertyNames(analysis, node, environment) ?? []
    const value = isHttpStatus(node, name) && isForeign(object) ? ANY_NUMBER : readProperty(analysis, object, name)
    if (analysis.names.holders.has(name)) noteRead(analysis, node, object, value, environment)
    return value
  }
  const key = evaluate(analysis, node.property, environment)
  const read = () => readKey(analysis, object, key)
  const isLate = key.some(({ kind }) => kind === 'deferred')
  return isLate && keepsMetrics(analysis, object) ? read() : lazily(analysis, [key], `${environment.key}@${node.range[0]}`, read)
}

/** `res.statusCode`: a number in Node.js and in every framework that is built on it. */
function isHttpStatus({ object }: TSESTree.MemberExpression, name: string): boolean {
  const holder = object.type === 'Identifier' ? object.name : object.type === 'MemberExpression' && object.property.type === 'Identifier' ? object.property.name : ''
  return name === 'statusCode' && /^(?:res|resp|response|reply|raw|\w+Res|\w+Response|\w+Reply)$/.test(holder)
}

function isForeign(value: Value): boolean {
  return value.length > 0 && value.every((atom) => atom.kind === 'unknown' || atom.kind === 'library')
}

/** Remembers what a property is read from, so that it is known which metrics of that name are meant. */
function noteRead(analysis: Analysis, node: TSESTree.MemberExpression, object: Value, value: Value, environment: Environment): void {
  const { path } = environment.frame.module.source
  let reads = analysis.facts.metrics.readMembers.get(path)
  if (!reads) analysis.facts.metrics.readMembers.set(path, (reads = new Map<number, MemberRead>()))
  const [offset] = node.property.range
  const certain = isConcrete(object) && isConcrete(value)
  const known = reads.get(offset)
  const metrics = known?.metrics ?? new Set<string>()
  for (const metric of metricsIn(analysis, value)) metrics.add(metric)
  reads.set(offset, { certain: certain && (known?.certain ?? true), metrics })
}

/** Whether a value is something that the evaluator has seen made, or something made outside. */
function isConcrete(value: Value): boolean {
  return value.length > 0 && value.every((atom) => {
    switch (atom.kind) {
      case 'deferred': return false
      case 'unknown': return atom.external
      case 'typed': return atom.node.type === 'ClassDeclaration'
      case 'library': return !isCarried(atom, value)
      default: return true
    }
  })
}

function isModuleExports(node: Node): boolean {
  return node.type === 'MemberExpression' && node.object.type === 'Identifier' && node.object.name === 'module'
    && node.property.type === 'Identifier' && node.property.name === 'exports'
}

function moduleExports(analysis: Analysis, environment: Environment): Value {
  return union(lookUp(analysis, environment, 'module.exports') ?? NOTHING,
    [{ kind: 'object', key: commonJsKey(environment.frame.module) }])
}

function objectValue(analysis: Analysis, node: TSESTree.ObjectExpression, environment: Environment): Value {
  const key = `${environment.key}@${node.range[0]}`
  const object = allocate(analysis, key)
  object.properties.clear()
  const self: Value = [{ kind: 'object', key }]
  for (const property of node.properties) {
    if (property.type === 'SpreadElement') {
      copyProperties(analysis, self, evaluate(analysis, property.argument, environment))
      continue
    }
    const names = staticPropertyNames(analysis, property.key, property.computed, environment)
    const value = evaluate(analysis, property.value as TSESTree.Expression, environment)
    if (!names) object.rest = union(object.rest, value)
    for (const name of names ?? []) writeProperty(analysis, self, name, value, names?.length === 1)
  }
  for (const [name, value] of object.properties) object.properties.set(name, withReceiver(analysis, value, self))
  return self
}

/** Methods of an object literal see the object as `this`. */
function withReceiver({ facts }: Analysis, value: Value, receiver: Value): Value {
  return value.map((atom) => {
    if (atom.kind !== 'function' || atom.node.type !== 'FunctionExpression' || atom.receiver) return atom
    const method = { ...atom, receiver }
    // Where nothing calls it, it is run for its own sake, on this object.
    if (facts.heap.functions.get(atom.node) === atom) facts.heap.functions.set(atom.node, method)
    return method
  })
}

function arrayValue(analysis: Analysis, node: TSESTree.ArrayExpression, environment: Environment): Value {
  const key = `${environment.key}@${node.range[0]}`
  const items: Value[] = []
  let rest: Value = NOTHING
  let placed: number | undefined
  for (const element of node.elements) {
    if (element?.type === 'SpreadElement') {
      const spread = itemsOf(analysis, evaluate(analysis, element.argument, environment))
      if (!isPlaced(spread)) placed ??= items.length + spread.placed
      for (const item of spread.items) items.push(item)
      rest = union(rest, spread.rest)
    } else {
      items.push(element ? evaluate(analysis, element, environment) : NULLISH)
    }
  }
  return listOf(analysis, key, items, rest, placed)
}

function assertedValue(
  analysis: Analysis, node: TSESTree.TSAsExpression | TSESTree.TSTypeAssertion | TSESTree.TSSatisfiesExpression, environment: Environment,
): Value {
  const value = evaluate(analysis, node.expression, environment)
  const { typeAnnotation } = node
  const isConstant = typeAnnotation.type === 'TSTypeReference' && typeAnnotation.typeName.type === 'Identifier' && typeAnnotation.typeName.name === 'const'
  return isConstant ? value : refine(analysis, value, typeAnnotation, environment.frame.module)
}

const LOGICAL_ASSIGNMENTS: ReadonlySet<string> = new Set(['||=', '??=', '&&='])

function assignmentValue(analysis: Analysis, node: TSESTree.AssignmentExpression, environment: Environment): Value {
  const isSure = !LOGICAL_ASSIGNMENTS.has(node.operator)
  const right = evaluate(analysis, node.right, isSure ? environment : perhapsIn(environment))
  const value = assignedValue(analysis, node, right, environment)
  assign(analysis, node.left, value, environment)
  return value
}

function assignedValue(analysis: Analysis, node: TSESTree.AssignmentExpression, right: Value, environment: Environment): Value {
  if (node.operator === '=') return right
  const left = node.left.type === 'Identifier' || node.left.type === 'MemberExpression' ? evaluate(analysis, node.left, environment) : NOTHING
  if (LOGICAL_ASSIGNMENTS.has(node.operator)) return union(withoutNullish(left), right)
  return node.operator === '+=' ? sum(left, right, placeOf(environment.frame.module, node)) : ANY_NUMBER
}

/** Gives a variable, a property, or what a pattern takes apart another value. */
export function assign(analysis: Analysis, target: Node, value: Value, environment: Environment): void {
  switch (target.type) {
    case 'Identifier': assignVariable(analysis, environment, target.name, value)
      break
    case 'MemberExpression': {
      if (isModuleExports(target)) {
        assignVariable(analysis, environment, 'module.exports', value)
        break
      }
      const object = target.object.type === 'Super' ? environment.frame.receiver : evaluate(analysis, target.object, environment)
      const names = propertyNames(analysis, target, environment)
      if (!names) writeKey(analysis, object, evaluate(analysis, target.property, environment), value, isCertain(environment))
      for (const name of names ?? []) writeProperty(analysis, object, name, value, names?.length === 1 && isCertain(environment))
      break
    }
    case 'TSNonNullExpression':
    case 'TSAsExpression': assign(analysis, target.expression, value, environment)
      break
    case 'ObjectPattern':
    case 'ArrayPattern':
    case 'AssignmentPattern': takeApart(analysis, target, value, environment, (part, given) => assign(analysis, part, given, environment))
      break
    default: break
  }
}

/** Whether an assignment surely runs once: in a constructor or at the top level, outside branches and loops. */
function isCertain(environment: Environment): boolean {
  let scope = environment
  while (scope.parent?.frame === environment.frame) {
    if (scope.conditional) return false
    scope = scope.parent
  }
  const { function: running } = environment.frame
  const owner = running?.parent
  return !running || (owner?.type === 'MethodDefinition' && owner.kind === 'constructor')
}

/** The scope of what may not be evaluated. */
function perhapsIn(environment: Environment): Environment {
  return innerScope(environment, '', true)
}

/** What a value is where it counts as false. */
function falsyOf(value: Value): Value {
  return union(...value.map((atom): Value => {
    const truth = truthOf(atom)
    if (truth !== undefined) return truth ? NOTHING : [atom]
    switch (atom.kind) {
      case 'string': return literal('')
      case 'number': return [{ kind: 'number', number: 0 }]
      case 'unknown':
      case 'library':
      case 'deferred': return NULLISH
      default: return NOTHING
    }
  }))
}

function logicalValue(analysis: Analysis, node: TSESTree.LogicalExpression, environment: Environment): Value {
  const left = evaluate(analysis, node.left, environment)
  const outcome = node.operator === '??' ? undefined : outcomeOf(analysis, node.left, environment)
  if (outcome !== undefined) return outcome === (node.operator === '||') ? left : evaluate(analysis, node.right, environment)
  const right = evaluate(analysis, node.right, perhapsIn(environment))
  if (node.operator === '&&') return union(falsyOf(left), right)
  const kept = node.operator === '||' ? left.filter((atom) => truthOf(atom) !== false) : withoutNullish(left)
  const isDecided = left.length === kept.length && left.length > 0
    && left.every((atom) => knownText(atom) !== undefined || atom.kind === 'object')
  return isDecided ? kept : union(kept, right)
}

function binaryValue(analysis: Analysis, node: TSESTree.BinaryExpression, environment: Environment): Value {
  const left = node.left.type === 'PrivateIdentifier' ? NOTHING : evaluate(analysis, node.left, environment)
  const right = evaluate(analysis, node.right, environment)
  if (node.operator === '+') {
    const origin = placeOf(environment.frame.module, node)
    return lazily(analysis, [left, right], `${environment.key}@${node.range[0]}-${node.range[1]}+`, () => sum(left, right, origin))
  }
  return /^([=!<>]|in)/.test(node.operator) ? EITHER : arithmetic(node.operator, left, right)
}

function sum(first: Value, second: Value, origin: Place): Value {
  const [left, right] = [forced(first), forced(second)]
  const isAll = (kind: Atom['kind']) => (value: Value) => value.length > 0 && value.every((atom) => atom.kind === kind)
  if ([left, right].every(isAll('number'))) return arithmetic('+', left, right)
  // With what may be a number, another number is counted together, and not put behind it.
  const mayCount = [left, right].every((value) => value.some((atom) => atom.kind !== 'string')) && [...left, ...right].some(({ kind }) => kind === 'number')
  return mayCount ? anyString('it may be a sum') : concatenate([left, right], origin)
}

/** How many pairs of numbers are calculated with. */
const MAXIMUM_RESULTS = 16

function arithmetic(operator: string, left: Value, right: Value): Value {
  const count = left.length * right.length
  if (count === 0 || count > MAXIMUM_RESULTS) return ANY_NUMBER
  return unionOver(left, (one) => unionOver(right, (other) => calculated(operator, one, other)))
}

function calculated(operator: string, left: Atom, right: Atom): Value {
  if (left.kind !== 'number' || right.kind !== 'number') return ANY_NUMBER
  const results: Readonly<Record<string, number>> = {
    '+': left.number + right.number,
    '-': left.number - right.number,
    '*': left.number * right.number,
    '/': left.number / right.number,
    '**': left.number ** right.number,
  }
  return [{ kind: 'number', number: results[operator] ?? NaN }]
}

function unaryValue(analysis: Analysis, node: TSESTree.UnaryExpression, environment: Environment): Value {
  const value = evaluate(analysis, node.argument, environment)
  switch (node.operator) {
    case '!': return EITHER
    case 'typeof': return anyString()
    case 'void': return NULLISH
    case '-': return value.map((atom) => ({ kind: 'number', number: atom.kind === 'number' ? -atom.number : NaN }))
    default: return value.every((atom) => atom.kind === 'number') ? value : ANY_NUMBER
  }
}
