import type { ErrorObject, ValidateFunction } from 'ajv'
import type { DocumentPath, StructuredDocument } from './document.js'
import { hasFilledIn } from './filled-in.js'
import { nearestNames } from './nearest-names.js'
import { schemaValidator } from './schema-validator.js'
import type { Problem } from './source.js'

/** A violation of a schema. */
export interface SchemaProblem extends Problem {
  /** The way to the value that it is about, or to the key. */
  readonly path: DocumentPath
  /** The key or value that was probably meant instead of the one at `span`. */
  readonly suggestion?: string
}

/** What a schema is compiled to. */
export type Validator = ValidateFunction

const validators = new Map<string, Validator>()

/**
 * Holds the value at `path` against `schemas/<name>.schema.json`. Returns one problem for each place that is wrong,
 * in words for a person, in the order of the text.
 */
export function schemaProblems(name: string, document: StructuredDocument, path: DocumentPath = []): SchemaProblem[] {
  return schemaProblemsBy(validatorFor(name), document, path)
}

/** The same for any schema. */
export function schemaProblemsBy(validate: Validator, document: StructuredDocument, path: DocumentPath = []): SchemaProblem[] {
  const value = path.reduce<unknown>((inner, key) => (inner as Record<string | number, unknown>)[key], document.value)
  if (validate(value)) return []
  return describeSchemaErrors(validate.errors ?? []).map(({ message, path: inner, onKey, suggestion }): SchemaProblem => {
    const whole = [...path, ...inner]
    const { start, end } = onKey ? document.keySpanOf(whole) : document.spanOf(whole)
    const span = { start, end: inner.length === 0 && !onKey ? Math.min(end, start + 1) : end }
    return { message, span, path: whole, ...(suggestion !== undefined && { suggestion }) }
  }).filter(({ span }) => document.template === undefined || !hasFilledIn(document.source.text.slice(span.start, span.end))).sort((a, b) => a.span.start - b.span.start)
}

function validatorFor(name: string): Validator {
  const known = validators.get(name)
  if (known) return known
  const validate = schemaValidator(name)
  validators.set(name, validate)
  return validate
}

export interface DescribedError {
  readonly message: string
  readonly path: DocumentPath
  /** The key at `path` is at fault, and not its value. */
  readonly onKey: boolean
  /** The key or value that was probably meant. */
  readonly suggestion?: string
}

/** One sentence for each place that ajv objects to; of several about one place, the first. */
export function describeSchemaErrors(all: readonly ErrorObject[]): DescribedError[] {
  const errors = withJoinedConstants(all)
  const told = new Map<string, DescribedError>()
  const passedOver = new Set(errors.filter(isAlternative).flatMap((alternative) => untold(alternative, errors)))
  for (const error of errors) {
    if (error.keyword === 'if' || passedOver.has(error)) continue
    const described = describe(error)
    const key = JSON.stringify([described.path, described.onKey])
    if (!told.has(key)) told.set(key, described)
  }
  return [...told.values()]
}

/** The branches of an alternative that are told apart by a constant (`kind`) each ask for theirs: together, for one of them. */
function withJoinedConstants(errors: readonly ErrorObject[]): ErrorObject[] {
  return errors.map((error) => {
    if (error.keyword !== 'const') return error
    const constants = errors.filter(({ keyword, instancePath }) => keyword === 'const' && instancePath === error.instancePath)
    const allowedValues = [...new Set(constants.map(({ params }) => (params as { allowedValue: unknown }).allowedValue))]
    return allowedValues.length === 1 ? error : { ...error, keyword: 'enum', params: { allowedValues } }
  })
}

function isAlternative({ keyword }: ErrorObject): boolean {
  return keyword === 'anyOf' || keyword === 'oneOf'
}

/**
 * ajv tells what each branch of an alternative objects to, and that none fits. Worth telling is one of them: what is
 * wrong further inside, what is wrong with a value of the right kind, or else that none fits. Returns the others.
 */
function untold(alternative: ErrorObject, errors: readonly ErrorObject[]): ErrorObject[] {
  const { instancePath, schemaPath, schema, parentSchema, data } = alternative
  const branches = (schema as { $ref?: string }[]).flatMap(({ $ref }) => $ref ?? [])
  const roots = [schemaPath, ...branches].map((root) => `${root}/`)
  const inBranches = errors.filter((error) => roots.some((root) => error.schemaPath.startsWith(root)))
  const here = inBranches.filter((error) => error.instancePath === instancePath)
  if (inBranches.some((error) => error.instancePath.startsWith(`${instancePath}/`))) return [alternative, ...here]
  const hasOwnMessage = (parentSchema as { errorMessage?: string } | undefined)?.errorMessage !== undefined
  const ofItsKind = here.filter(({ keyword, params }) => {
    if (keyword === 'enum') return ((params as { allowedValues: unknown[] }).allowedValues).some((value) => typeOf(value) === typeOf(data))
    return keyword !== 'type' && keyword !== 'required'
  })
  if (hasOwnMessage || ofItsKind.length !== 1) return here
  return [alternative, ...here.filter((error) => error !== ofItsKind[0])]
}

/** More values than these are not listed in a message. */
const maxListed = 30

function describe({ keyword, instancePath, params, message, schema, parentSchema, data }: ErrorObject): DescribedError {
  const path = instancePath.split('/').slice(1).map(unescapePointer)
  const name = path.length === 0 ? 'this file' : `"${nameOf(path)}"`
  const at = (text: string) => ({ message: text, path, onKey: false })
  const details = params as Record<string, unknown>
  // A schema can say it better than its keyword does.
  const own = (parentSchema as { errorMessage?: string } | undefined)?.errorMessage
  if (own !== undefined && keyword !== 'required' && keyword !== 'additionalProperties') return at(own.startsWith('must ') ? `${name} ${own}` : own)
  switch (keyword) {
    case 'additionalProperties':
    case 'unevaluatedProperties': {
      const key = String(details.additionalProperty ?? details.unevaluatedProperty)
      const allowed = Object.keys((parentSchema as { properties?: object } | undefined)?.properties ?? {})
      return suggesting(`unknown key "${key}" in ${path.length === 0 ? 'this file' : name}`, key, allowed, { path: [...path, key], onKey: true })
    }
    case 'required':
      return at(`${name} lacks "${String(details.missingProperty)}"`)
    case 'type':
      return at(`${name} must be ${article(String(schema))}, not ${article(typeOf(data))}`)
    case 'enum': {
      const allowed = details.allowedValues as unknown[]
      const words = allowed.filter((value) => typeof value === 'string')
      const message = allowed.length > maxListed
        ? `${JSON.stringify(data)} is none of the ${allowed.length} values that ${name} may have`
        : `${name} must be one of ${allowed.map((value) => JSON.stringify(value)).join(', ')}`
      return suggesting(message, data, words, { path, onKey: false })
    }
    case 'const':
      return at(`${name} must be ${JSON.stringify(details.allowedValue)}`)
    case 'pattern':
      return at(`${name} is not of the form that it must have: ${JSON.stringify(data)}`)
    case 'anyOf':
    case 'oneOf': {
      const types = [...new Set((schema as { type?: string | string[] }[]).flatMap(({ type }) => type ?? []))]
      const isTold = (schema as { type?: unknown }[]).every(({ type }) => type !== undefined)
      return at(isTold && !types.includes(typeOf(data)) ? `${name} must be ${types.map(article).join(' or ')}, not ${article(typeOf(data))}` : `${name} has none of the forms that it may have`)
    }
    default:
      return at(`${name} ${message ?? 'is not valid'}`)
  }
}

/** Adds the name that was probably meant by `found`, where there is one. */
function suggesting(message: string, found: unknown, allowed: readonly string[], where: Pick<DescribedError, 'path' | 'onKey'>): DescribedError {
  const [suggestion] = typeof found === 'string' ? nearestNames(found, allowed, 1) : []
  return suggestion === undefined ? { message, ...where } : { message: `${message}. Did you mean "${suggestion}"?`, suggestion, ...where }
}

/** The last key that is a word, with the numbers after it: `panels[3]`. */
function nameOf(path: readonly (string | number)[]): string {
  let start = path.length - 1
  while (start > 0 && typeof path[start] === 'number') start--
  return path.slice(start).map((key) => (typeof key === 'number' ? `[${key}]` : key)).join('')
}

function unescapePointer(segment: string): string | number {
  const text = segment.replace(/~1/g, '/').replace(/~0/g, '~')
  return /^\d+$/.test(text) ? Number(text) : text
}

function typeOf(value: unknown): string {
  if (value === null) return 'null'
  return Array.isArray(value) ? 'array' : typeof value
}

function article(types: string): string {
  return types.split(',').map((type) => {
    if (type === 'null') return 'null'
    if (type === 'object') return 'an object'
    if (type === 'array') return 'a list'
    return type === 'integer' ? 'a whole number' : `a ${type}`
  }).join(' or ')
}
