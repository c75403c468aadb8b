import type { TSESTree } from '@typescript-eslint/typescript-estree'
import { staticPropertyNames } from './property-names.js'
import { moduleEnvironment, readTopLevel } from './exports.js'
import { readExportedType, readLibraryType, readType } from '../engine/modules.js'
import { isStatic, keysOf, memberName, readAnyProperty, readProperty, superclasses } from './properties.js'
import type { Analysis } from '../engine/analysis.js'
import type { Module } from '../values/program.js'
import type { Node } from '../syntax/syntax.js'
import {
  ANY_NUMBER, anyString, atomKey, concatenate, EXTERNAL, forced, isCarried, isClosed, knownText, knownTexts, literal, NOTHING, NULLISH, union,
  unknown,
  type Atom, type ClassAtom, type Value,
} from '../values/values.js'
import { deferred } from '../engine/deferred.js'
import { keepsMetrics, objectVersions } from '../engine/heap.js'
import { evaluate, invoke, instancesOf } from '../engine/engine.js'

type TypedAtom = Atom & { kind: 'typed' }

/** How deep type aliases are followed. */
const MAXIMUM_DEPTH = 16

/** What a value of a type may be: the literals of a union, the members of an enum, the instances of a class. */
export function typeValue(analysis: Analysis, type: Node, module: Module, depth = 0): Value {
  const { constants } = analysis
  const known = constants.values.get(type)
  if (known) return known
  if (depth > MAXIMUM_DEPTH) {
    constants.asked++
    return unknown('its type is too deep')
  }
  const { asked } = constants
  const value = readTypeValue(analysis, type, module, depth)
  // What only declarations tell is the same in every run.
  if (constants.asked === asked) constants.values.set(type, value)
  return value
}

/** Tells that a type rests on what code makes and returns: another time it may be more. */
function onCode(analysis: Analysis): Analysis {
  analysis.constants.asked++
  return analysis
}

function readTypeValue(analysis: Analysis, type: Node, module: Module, depth: number): Value {
  const inner = (node: Node) => typeValue(analysis, node, module, depth + 1)
  switch (type.type) {
    case 'TSLiteralType': return literalType(analysis, type.literal, module)
    case 'TSTemplateLiteralType': return concatenate(type.quasis.flatMap((quasi, index) => {
      const hole = type.types[index]
      const text = literal(quasi.value.cooked ?? '')
      return hole ? [text, inner(hole)] : [text]
    }))
    case 'TSUnionType':
    case 'TSIntersectionType': return union(...type.types.map(inner))
    case 'TSStringKeyword': return anyString('it is any string')
    case 'TSNumberKeyword':
    case 'TSBigIntKeyword': return ANY_NUMBER
    case 'TSBooleanKeyword': return [{ kind: 'boolean', boolean: true }, { kind: 'boolean', boolean: false }]
    case 'TSUndefinedKeyword':
    case 'TSNullKeyword':
    case 'TSVoidKeyword': return NULLISH
    case 'TSNeverKeyword': return NOTHING
    case 'TSOptionalType':
    case 'TSRestType': return inner(type.typeAnnotation)
    case 'TSTypeOperator':
      if (!type.typeAnnotation) return unknown('its type is not known')
      return type.operator === 'keyof' ? keysOfType(analysis, inner(type.typeAnnotation)) : inner(type.typeAnnotation)
    case 'TSIndexedAccessType': return indexedType(analysis, type, module, depth)
    case 'TSTypeQuery': return queriedValue(analysis, type.exprName, module)
    case 'TSTypeReference': return referencedType(analysis, type, module, depth)
    case 'TSInterfaceHeritage':
    case 'TSClassImplements': return heritageType(analysis, type, module, depth)
    case 'TSTypeLiteral':
    case 'TSMappedType':
    case 'TSFunctionType':
    case 'TSMethodSignature':
    case 'TSArrayType':
    case 'TSTupleType': return typed(analysis, type, module)
    default: return unknown('its type is not known')
  }
}

function literalType(analysis: Analysis, node: Node, module: Module): Value {
  return evaluate(analysis, node as TSESTree.Expression, moduleEnvironment(analysis, module))
}

/** Utility types whose values are among those of their first argument. */
const TRANSPARENT = new Set([
  'Promise', 'PromiseLike', 'Readonly', 'Partial', 'Required', 'NonNullable', 'Awaited', 'Omit', 'Pick', 'Extract',
])
const COLLECTIONS = new Set(['Array', 'ReadonlyArray', 'Set', 'ReadonlySet', 'Iterable', 'Record', 'Map', 'ReadonlyMap', 'WeakMap'])

function referencedType(analysis: Analysis, type: TSESTree.TSTypeReference, module: Module, depth: number): Value {
  const { typeName } = type
  const [first, second] = type.typeArguments?.params ?? []
  if (typeName.type === 'TSQualifiedName') return qualifiedType(analysis, typeName, module)
  if (typeName.type !== 'Identifier') return unknown('its type is not known')
  const { name } = typeName

  const parameter = typeParameter(type, name)
  if (parameter) return parameter.constraint ? typeValue(analysis, parameter.constraint, module, depth + 1) : unknown('its type is generic')
  const found = readType(analysis, module, name)
  if (found) return declaredType(analysis, found, depth)
  const read = module.imports.get(name)
  if (read) {
    const library = readLibraryType(analysis, read)
    return library ? [{ kind: 'library', module: library.specifier, path: `${library.name}#` }] : unknown('its type was not found')
  }
  if (COLLECTIONS.has(name)) return typed(analysis, type, module)
  if (!first) return EXTERNAL
  if (TRANSPARENT.has(name)) return typeValue(analysis, first, module, depth + 1)
  if (name === 'Exclude' && second) {
    const excluded = new Set(knownTexts(typeValue(analysis, second, module, depth + 1)).texts)
    return typeValue(analysis, first, module, depth + 1).filter((atom) => !excluded.has(knownText(atom) ?? '\u0000'))
  }
  if (name === 'ReturnType') return returnedType(onCode(analysis), typeValue(analysis, first, module, depth + 1))
  if (name === 'InstanceType') return union(...typeValue(analysis, first, module, depth + 1)
    .map((atom) => (atom.kind === 'class' ? instancesOf(onCode(analysis), atom) : EXTERNAL)))
  return EXTERNAL
}

function returnedType(analysis: Analysis, functions: Value): Value {
  return union(...forced(functions).map((atom) => {
    if (atom.kind !== 'function') return unknown('its type is not known')
    const known = union(analysis.facts.runs.returns.get(atom.node) ?? NOTHING, analysis.previous.runs.returns.get(atom.node) ?? NOTHING)
    return known.length > 0 ? known : invoke(analysis, atom, atom.node.params.map(() => NOTHING), undefined)
  }))
}

/** The type parameter that a name stands for where a type is written. */
function typeParameter(type: Node, name: string): TSESTree.TSTypeParameter | undefined {
  for (let node: Node | undefined = type; node; node = node.parent) {
    const parameters = 'typeParameters' in node ? node.typeParameters : undefined
    const found = parameters?.params.find((parameter) => parameter.name.name === name)
    if (found) return found
    if (node.type === 'TSMappedType' && node.key.name === name) {
      return { constraint: node.constraint } as TSESTree.TSTypeParameter
    }
  }
  return undefined
}

function declaredType(analysis: Analysis, { node, module }: { node: Node; module: Module }, depth: number): Value {
  switch (node.type) {
    case 'TSTypeAliasDeclaration': return typeValue(analysis, node.typeAnnotation, module, depth + 1)
    case 'TSEnumDeclaration': return readAnyProperty(onCode(analysis), readTopLevel(analysis, module, node.id.name) ?? NOTHING)
    default: return typed(analysis, node, module)
  }
}

/** Something of which only the type is known. */
function typed(analysis: Analysis, node: Node, module: Module): Value {
  let value = analysis.constants.values.get(node)
  if (!value) analysis.constants.values.set(node, (value = [{ kind: 'typed', node, module }]))
  return value
}

function qualifiedType(analysis: Analysis, { left, right }: TSESTree.TSQualifiedName, module: Module): Value {
  if (left.type !== 'Identifier') return unknown('its type is not known')
  const container = readTopLevel(onCode(analysis), module, left.name) ?? NOTHING
  return union(...forced(container).map((atom) => {
    if (atom.kind === 'library') return [{ ...atom, path: `${atom.path === '' ? '' : `${atom.path}.`}${right.name}#` }]
    if (atom.kind === 'object') return readProperty(analysis, [atom], right.name)
    const found = atom.kind === 'namespace' ? readExportedType(analysis, atom.module, right.name) : undefined
    return found ? declaredType(analysis, found, 0) : unknown('its type is not known')
  }))
}

function heritageType(analysis: Analysis, type: TSESTree.TSInterfaceHeritage | TSESTree.TSClassImplements, module: Module, depth: number): Value {
  if (type.expression.type !== 'Identifier') return EXTERNAL
  const found = readType(analysis, module, type.expression.name)
  return found ? declaredType(analysis, found, depth + 1) : EXTERNAL
}

function queriedValue(analysis: Analysis, name: Node, module: Module): Value {
  if (name.type === 'Identifier') return readTopLevel(onCode(analysis), module, name.name) ?? unknown('its type is not known')
  if (name.type !== 'TSQualifiedName') return unknown('its type is not known')
  return readProperty(analysis, queriedValue(analysis, name.left, module), name.right.name)
}

function indexedType(analysis: Analysis, type: TSESTree.TSIndexedAccessType, module: Module, depth: number): Value {
  const object = typeValue(onCode(analysis), type.objectType, module, depth + 1)
  const { texts, open } = knownTexts(typeValue(analysis, type.indexType, module, depth + 1))
  if (open || texts.length === 0) return readAnyProperty(analysis, object)
  return union(...texts.map((text) => readProperty(analysis, object, text)))
}

function keysOfType(analysis: Analysis, value: Value): Value {
  onCode(analysis)
  return union(...forced(value).map((atom) => {
    if (atom.kind === 'typed') {
      const names = membersOf(atom.node).map((member) => signatureName(analysis, member, atom.module))
      const isWhole = names.length > 0 && names.every((name) => name !== undefined) && atom.node.type === 'TSTypeLiteral'
      return isWhole || (atom.node.type === 'TSInterfaceDeclaration' && atom.node.extends.length === 0)
        ? union(...names.map((name) => (name === undefined ? anyString() : literal(name))))
        : anyString('it is any key of a type')
    }
    const { names, open } = keysOf(analysis, [atom])
    return union(...names.map((name) => literal(name)), open ? anyString('it is any key of a type') : NOTHING)
  }))
}

function membersOf(node: Node): readonly TSESTree.TypeElement[] {
  if (node.type === 'TSInterfaceDeclaration') return node.body.body
  return node.type === 'TSTypeLiteral' ? node.members : []
}

/** The name of a member: `undefined` where it has none, or is not known to have this one alone. */
function signatureName(analysis: Analysis, member: TSESTree.TypeElement, module: Module): string | undefined {
  if (!('key' in member)) return undefined
  const { names: known } = analysis.constants
  const kept = known.get(member)
  if (kept !== undefined) return kept
  const names = staticPropertyNames(analysis, member.key, member.computed, moduleEnvironment(analysis, module))
  const [name] = names?.length === 1 ? names : []
  if (name !== undefined) known.set(member, name)
  return name
}

/** Whether a member tells what a property of some name is, or may be. */
function describes(analysis: Analysis, member: TSESTree.TypeElement, module: Module, name: string): boolean {
  if (member.type === 'TSIndexSignature') return true
  const known = signatureName(analysis, member, module)
  return known === undefined ? 'key' in member : known === name
}

const PRIMITIVES: ReadonlySet<Atom['kind']> = new Set(['string', 'number', 'boolean', 'nullish', 'unknown'])

/** A property of something known by its type only; `undefined` for the name: any property or item. */
export function readTypedProperty(analysis: Analysis, atom: TypedAtom, name: string | undefined): Value {
  const { running } = analysis.facts.runs
  const key = `${atomKey(atom)}.${name ?? '[]'}`
  if (running.has(key)) return unknown('its type refers to itself')
  running.add(key)
  const value = readTyped(analysis, atom, name)
  running.delete(key)
  return value
}

function readTyped(analysis: Analysis, atom: TypedAtom, name: string | undefined): Value {
  if (atom.node.type === 'ClassDeclaration') return readInstanceProperty(analysis, atom, atom.node, name)
  const inhabitants = inhabitantsOf(analysis, atom)
  const fromValues = name === undefined ? readAnyProperty(analysis, inhabitants) : readProperty(analysis, inhabitants, name)
  // Which objects there are is told by the values seen; which texts, only by the type: others may come from outside.
  const objects = forced(fromValues).filter(({ kind }) => !PRIMITIVES.has(kind))
  if (objects.length > 0) return fromValues
  const { node, module } = atom
  const read = (type: Node | undefined) => (type ? typeValue(analysis, type, module) : unknown('its type is not known'))
  switch (node.type) {
    case 'TSArrayType': return readElement(name, read(node.elementType))
    case 'TSTupleType': return union(...node.elementTypes.map(read))
    case 'TSMappedType': {
      const entry = union(read(node.typeAnnotation), node.optional ? NULLISH : NOTHING)
      return name === undefined ? entry : readEntry(read(node.constraint), entry)
    }
    case 'TSTypeReference': {
      const [key, value] = node.typeArguments?.params ?? []
      if (!value) return readElement(name, read(key))
      return name === undefined ? read(value) : readEntry(read(key), read(value))
    }
    case 'TSFunctionType':
    case 'TSMethodSignature': return EXTERNAL
    default: return readSignature(analysis, atom, name)
  }
}

function readInstanceProperty(analysis: Analysis, atom: TypedAtom, { id }: TSESTree.ClassDeclaration, name: string | undefined): Value {
  const { module } = atom
  const read = () => {
    const owner = readTopLevel(analysis, module, id?.name ?? '') ?? NOTHING
    const instances = union(...owner.map((candidate) => (candidate.kind === 'class' ? instancesOf(analysis, candidate) : NOTHING)))
    if (name === undefined) return readAnyProperty(analysis, instances)
    const seen = readProperty(analysis, instances, name)
    const classes = owner.filter((candidate) => candidate.kind === 'class')
    return forced(seen).every((candidate) => isData(analysis, candidate)) ? union(seen, ...classes.map((each) => declaredProperty(analysis, each, name))) : seen
  }
  // A file that is not read whole has no metrics: its objects are made only where something asks for them.
  return analysis.code.walked.has(module.source.path) ? read() : deferred(analysis, `${atomKey(atom)}.${name ?? '[]'}`, read)
}

/** Whether something may come from outside: a primitive value, or an object that does nothing. */
function isData(analysis: Analysis, atom: Atom): boolean {
  if (PRIMITIVES.has(atom.kind)) return true
  return atom.kind === 'object' && !keepsMetrics(analysis, [atom])
    && objectVersions(analysis, atom).every(({ class: owner, metric, properties }) => !owner && metric.length === 0
      && [...properties.values()].every((value) => value.every(({ kind }) => !ACTIVE.has(kind))))
}

const ACTIVE: ReadonlySet<Atom['kind']> = new Set(['function', 'class', 'namespace', 'metric', 'timer'])

/** What a property of an instance may be that has not been seen, as its class declares it. */
function declaredProperty(analysis: Analysis, owner: ClassAtom, name: string): Value {
  const { module } = owner.environment.frame
  for (const member of owner.node.body.body) {
    if (member.type === 'MethodDefinition' && member.kind === 'constructor') {
      const parameter = member.value.params.find((each) => each.type === 'TSParameterProperty' && parameterName(each.parameter) === name)
      if (parameter?.type === 'TSParameterProperty') {
        const { typeAnnotation } = parameter.parameter.type === 'AssignmentPattern' ? parameter.parameter.left : parameter.parameter
        return typeAnnotation ? typeValue(analysis, typeAnnotation.typeAnnotation, module) : unknown('its type is not known')
      }
      continue
    }
    if (memberName(member) !== name || isStatic(member)) continue
    if (member.type !== 'PropertyDefinition' && member.type !== 'TSAbstractPropertyDefinition') return NOTHING
    const declared = declaredFieldType(analysis, owner, name)
    return declared.length > 0 || member.readonly ? declared : unknown('its type is not known')
  }
  const parents = superclasses(analysis, owner).filter((parent) => parent.kind === 'class')
  return union(...parents.map((parent) => declaredProperty(analysis, parent, name)))
}

function parameterName(parameter: Node): string | undefined {
  if (parameter.type === 'AssignmentPattern') return parameterName(parameter.left)
  return parameter.type === 'Identifier' ? parameter.name : undefined
}

/** An item of a list of a type, or what the name of none stands for. */
function readElement(name: string | undefined, element: Value): Value {
  if (name === undefined) return element
  if (name === 'length' || name === 'size') return ANY_NUMBER
  return /^\d+$/.test(name) ? union(element, NULLISH) : NOTHING
}

/** An entry of a table: there is one for each key only where the keys are known one by one. */
function readEntry(keys: Value, entry: Value): Value {
  return isClosed(keys) ? entry : union(entry, NULLISH)
}

function readSignature(analysis: Analysis, { node, module }: TypedAtom, name: string | undefined): Value {
  const members = membersOf(node).filter((member) => name === undefined || describes(analysis, member, module, name))
  const own = union(...members.map((member) => {
    if (member.type === 'TSMethodSignature') return typed(analysis, member, module)
    const annotation = 'typeAnnotation' in member ? member.typeAnnotation?.typeAnnotation : undefined
    const value = annotation ? typeValue(analysis, annotation, module) : unknown('its type is not known')
    const mayBeMissing = name !== undefined && (member.type === 'TSIndexSignature' || ('optional' in member && member.optional))
    return mayBeMissing ? union(value, NULLISH) : value
  }))
  if (own.length > 0 || node.type !== 'TSInterfaceDeclaration') return own
  return union(...node.extends.map((parent) => {
    const base = typeValue(analysis, parent, module)
    return name === undefined ? readAnyProperty(analysis, base) : readProperty(analysis, base, name)
  }))
}

/** What a call of something known by its type only returns. */
export function typedResult(analysis: Analysis, { node, module }: TypedAtom): Value {
  const annotation = node.type === 'TSFunctionType' || node.type === 'TSMethodSignature' ? node.returnType : undefined
  return annotation ? typeValue(analysis, annotation.typeAnnotation, module) : unknown('the function that is called is not known')
}

/** The values that have been given a type, in whichever place of the code. */
export function inhabitantsOf({ facts, previous }: Analysis, atom: TypedAtom): Value {
  const key = atomKey(atom)
  const current = facts.heap.inhabitants.get(key)
  const before = previous.heap.inhabitants.get(key)
  if (!current) return before ? [...before.atoms.values()] : NOTHING
  return (current.value ??= union([...current.atoms.values()], [...(before?.atoms.values() ?? [])]))
}

/**
 * Holds a value against the type it is declared with. What is not known about the value is told by the type, where
 * that says more; and the type learns which objects it stands for.
 */
export function refine(analysis: Analysis, value: Value, type: Node | undefined, module: Module): Value {
  if (!type || type.type === 'TSAnyKeyword' || type.type === 'TSUnknownKeyword') return value
  if (isPrimitiveKeyword(type)) return value.length > 0 && !value.some(isVague) ? value : narrowed(value, typeValue(analysis, type, module))
  const declared = typeValue(analysis, type, module)
  for (const atom of declared) {
    if (atom.kind === 'typed') addInhabitants(analysis, atom, value)
  }
  const own = value.some((atom) => isCarried(atom, value)) ? union(value, declared.filter(({ kind }) => kind === 'typed')) : value
  if (isClosed(own)) return own
  return union(...own.map((atom) => atom.kind === 'deferred'
    ? deferred(analysis, `${atom.key}:${module.source.path}@${type.range[0]}`, () => {
        const result = forced([atom])
        return isClosed(result) ? result : narrowed(result, declared)
      })
    : narrowed([atom], declared)))
}

function isPrimitiveKeyword(type: Node): boolean {
  return ['TSStringKeyword', 'TSNumberKeyword', 'TSBooleanKeyword', 'TSVoidKeyword'].includes(type.type)
}

function isVague(atom: Atom): boolean {
  return atom.kind === 'unknown'
}

/** The declared alternatives in place of what is not known. */
function narrowed(value: Value, declared: Value): Value {
  const known = value.filter((atom) => !isVague(atom) && !(atom.kind === 'string' && atom.parts.length > 1))
  if (known.length === value.length && value.length > 0) return value
  const tellsMore = declared.length > 0 && declared.some((atom) => !isVague(atom))
  if (!tellsMore) return value
  const isOnlyStrings = value.every((atom) => atom.kind === 'string')
  if (isOnlyStrings && !isClosed(declared)) return value
  return union(known, declared)
}

export function addInhabitants(analysis: Analysis, atom: TypedAtom, value: Value): void {
  const objects = value.filter((candidate) => ['object', 'metric', 'function'].includes(candidate.kind))
  if (objects.length === 0) return
  const key = atomKey(atom)
  let known = analysis.facts.heap.inhabitants.get(key)
  if (!known) analysis.facts.heap.inhabitants.set(key, (known = { atoms: new Map<string, Atom>() }))
  for (const object of objects) {
    const objectKey = atomKey(object)
    if (known.atoms.has(objectKey) || known.atoms.size >= MAXIMUM_INHABITANTS) continue
    known.atoms.set(objectKey, object)
    delete known.value
    narrowProperties(analysis, object, atom)
  }
}

/** How many objects a type is known by. */
const MAXIMUM_INHABITANTS = 100

/** Properties of which nothing is known are at least what the type declares. */
function narrowProperties(analysis: Analysis, atom: Atom, { node, module }: TypedAtom): void {
  const object = atom.kind === 'object' ? analysis.facts.heap.objects.get(atom.key) : undefined
  if (!object || object.shape !== 'object') return
  for (const member of membersOf(node)) {
    const name = signatureName(analysis, member, module)
    const value = name === undefined ? undefined : object.properties.get(name)
    const annotation = 'typeAnnotation' in member ? member.typeAnnotation?.typeAnnotation : undefined
    if (name === undefined || !value || !annotation || isClosed(value)) continue
    object.properties.set(name, narrowed(value, typeValue(analysis, annotation, module)))
  }
}

/** What a field's declaration says about it, where nothing has been assigned to it. */
export function declaredFieldType(analysis: Analysis, owner: ClassAtom, name: string): Value {
  const { module } = owner.environment.frame
  for (const member of owner.node.body.body) {
    if (member.type === 'PropertyDefinition' && memberName(member) === name && !isStatic(member) && member.typeAnnotation) {
      const value = typeValue(analysis, member.typeAnnotation.typeAnnotation, module)
      return member.optional ? union(value, NULLISH) : value
    }
    const isAbstract = member.type === 'TSAbstractPropertyDefinition' || member.type === 'TSAbstractMethodDefinition'
    if (isAbstract && memberName(member) === name && member.type === 'TSAbstractPropertyDefinition' && member.typeAnnotation) {
      return typeValue(analysis, member.typeAnnotation.typeAnnotation, module)
    }
  }
  return NOTHING
}

/** The values that the properties of an object type may have: `{ topic: GossipType }`; `undefined` for other types. */
export function propertyTypes(analysis: Analysis, type: Node, module: Module): ReadonlyMap<string, Value> | undefined {
  const [atom, ...others] = typeValue(analysis, type, module)
  if (atom?.kind !== 'typed' || others.length > 0) return undefined
  const types = new Map<string, Value>()
  for (const member of membersOf(atom.node)) {
    const name = signatureName(analysis, member, atom.module)
    const annotation = 'typeAnnotation' in member ? member.typeAnnotation?.typeAnnotation : undefined
    if (name !== undefined && annotation) types.set(name, typeValue(analysis, annotation, atom.module))
  }
  return types.size > 0 ? types : undefined
}

