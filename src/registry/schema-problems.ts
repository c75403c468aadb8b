import { createRequire } from 'node:module'
import type { ErrorObject, ValidateFunction } from 'ajv'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { nearestNames } from './nearest.js'
import type { DocumentPath, StructuredDocument } from '../text/document.js'
import type { Problem } from '../text/source.js'

export type SchemaName = 'registry' | 'usage'

/** A violation of a schema, with the value in the document that it is about. */
export interface SchemaProblem extends Problem {
  readonly path: DocumentPath
}

/** What in the document is against the schema, in the order of the text; one problem for each value. */
export function schemaProblems(document: StructuredDocument, schema: SchemaName): SchemaProblem[] {
  const validate = validatorFor(schema)
  if (validate(document.value)) return []
  const found = new Map<string, SchemaProblem>()
  for (const error of validate.errors ?? []) {
    const problem = problemOf(document, error)
    const key = JSON.stringify(problem.path)
    // Of the alternatives of a `oneOf`, the last error is the one about the choice itself.
    if (!found.has(key) || error.keyword === 'oneOf') found.set(key, problem)
  }
  const choices = [...found.values()].filter((problem) => problem.message.endsWith(notAnyForm)).map(({ path }) => path)
  return [...found.values()]
    .filter(({ path }) => !choices.some((choice) => isInside(path, choice)))
    .sort((a, b) => a.span.start - b.span.start)
}

function isInside(path: DocumentPath, outer: DocumentPath): boolean {
  return outer.length < path.length && outer.every((key, i) => key === path[i])
}

const validators = new Map<SchemaName, ValidateFunction>()

function validatorFor(name: SchemaName): ValidateFunction {
  const known = validators.get(name)
  if (known) return known
  // By the package's own name: the file is equally far from the sources and from what is built of them.
  const schema = createRequire(import.meta.url)(`ml-dash-lint/schemas/${name}.schema.json`) as object
  const validate = new Ajv2020({ allErrors: true, strictRequired: false, verbose: true }).compile(schema)
  validators.set(name, validate)
  return validate
}

const notAnyForm = 'has none of the forms that are allowed here'

function problemOf(document: StructuredDocument, error: ErrorObject): SchemaProblem {
  const path = pathOf(document.value, error.instancePath)
  const at = (inner: DocumentPath, message: string, onKey = false): SchemaProblem => ({
    path: inner,
    message,
    span: onKey ? document.keySpanOf(inner) : document.spanOf(inner),
  })
  const name = path.length === 0 ? 'the file' : `"${pathText(path)}"`
  const params = error.params as Record<string, unknown>
  switch (error.keyword) {
    case 'required':
      return at(path, `${name} lacks "${String(params['missingProperty'])}"`)
    case 'additionalProperties': {
      const key = String(params['additionalProperty'])
      const allowed = Object.keys((error.parentSchema?.['properties'] ?? {}) as object)
      const [nearest] = nearestNames(key, allowed, 1)
      const hint = nearest === undefined ? '' : `. Did you mean "${nearest}"?`
      return at([...path, key], `unknown key "${key}"${hint}`, true)
    }
    case 'type':
      return at(path, `${name} must be ${article(String(params['type']))}, not ${kindOf(error.data)}`)
    case 'const':
      return at(path, `${name} must be ${JSON.stringify(params['allowedValue'])}, not ${shown(error.data)}`)
    case 'enum': {
      const allowed = (params['allowedValues'] as unknown[]).map((value) => JSON.stringify(value)).join(', ')
      return at(path, `${name} must be one of ${allowed}, not ${shown(error.data)}`)
    }
    case 'oneOf':
      return at(path, `${name} ${notAnyForm}`)
    default:
      return at(path, `${name} ${error.message ?? 'is not allowed'}`)
  }
}

/** A JSON pointer as the keys it stands for, list items as numbers. */
function pathOf(value: unknown, pointer: string): DocumentPath {
  const path: (string | number)[] = []
  let current = value
  for (const segment of pointer.split('/').slice(1)) {
    const key = segment.replaceAll('~1', '/').replaceAll('~0', '~')
    path.push(Array.isArray(current) ? Number(key) : key)
    current = (current as Record<string, unknown> | null)?.[key]
  }
  return path
}

function pathText(path: DocumentPath): string {
  return path.map((key, i) => (typeof key === 'number' ? `[${key}]` : i === 0 ? key : `.${key}`)).join('')
}

function article(type: string): string {
  return /^[aeiou]/.test(type) ? `an ${type}` : `a ${type}`
}

function kindOf(value: unknown): string {
  if (value === null) return 'null'
  return Array.isArray(value) ? 'an array' : article(typeof value)
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) as string | undefined
  return text === undefined || text.length > 40 ? kindOf(value) : text
}
