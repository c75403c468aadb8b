import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { ValidateFunction } from 'ajv'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { schemaValidator } from '../../src/text/schema-validator.js'
import { builtIsMissing } from '../cli/repository.js'

const bundle = join(import.meta.dirname, '../../dist/bundle')
const schemas = join(import.meta.dirname, '../../schemas')
const names = readdirSync(schemas).map((file) => file.replace('.schema.json', ''))

if (builtIsMissing !== undefined) console.log(`skipped: ${builtIsMissing}`)

interface Schema {
  readonly $ref?: string
  readonly $defs?: Readonly<Record<string, Schema>>
  readonly anyOf?: readonly Schema[]
  readonly oneOf?: readonly Schema[]
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly properties?: Readonly<Record<string, Schema>>
  readonly additionalProperties?: Schema | boolean
  readonly items?: Schema
  readonly prefixItems?: readonly Schema[]
}

const scalar = fc.oneof(fc.constantFrom<unknown>('', 'é', 'jobs', true, null, -1, 0, 1.5, 3), fc.constant([]), fc.constant({}))

/** Values that go along with a schema and leave it now and then. */
function valuesOf(schema: Schema, root: Schema, depth = 0): fc.Arbitrary<unknown> {
  if (depth > 8) return scalar
  const inner = (next: Schema) => valuesOf(next, root, depth + 1)
  if (schema.$ref !== undefined) return inner(root.$defs![schema.$ref.replace('#/$defs/', '')] ?? root)
  const { properties = {}, additionalProperties, items, prefixItems, anyOf, oneOf } = schema
  const along: fc.Arbitrary<unknown>[] = [...(anyOf ?? []), ...(oneOf ?? [])].map(inner)
  if (schema.enum) along.push(fc.constantFrom(...schema.enum))
  if ('const' in schema) along.push(fc.constant(schema.const))
  const known = Object.fromEntries(Object.entries(properties).map(([key, value]) => [key, inner(value)]))
  if (schema.properties) along.push(fc.record(known, { requiredKeys: [], noNullPrototype: true }), fc.record({ ...known, stray: scalar }, { noNullPrototype: true }))
  if (typeof additionalProperties === 'object') along.push(fc.dictionary(fc.constantFrom('a', 'b-c'), inner(additionalProperties), { noNullPrototype: true }))
  if (prefixItems) along.push(fc.tuple(...prefixItems.map(inner)))
  if (items) along.push(fc.array(inner(items), { maxLength: 3 }))
  return fc.oneof({ arbitrary: scalar, weight: 1 }, ...along.map((arbitrary) => ({ arbitrary, weight: 6 })))
}

test.skipIf(builtIsMissing).each(names)('what is compiled beforehand objects to the same as the schema: %s', (name) => {
  const files = readdirSync(bundle).filter((file) => new RegExp(`^${name}-[A-Z0-9]+\\.cjs$`).test(file))
  expect(files).toHaveLength(1)
  const compiled = createRequire(import.meta.url)(join(bundle, files[0]!)) as ValidateFunction
  const validate = schemaValidator(name)
  const schema = JSON.parse(readFileSync(join(schemas, `${name}.schema.json`), 'utf8')) as Schema
  const objections = new Set<string>()
  fc.assert(fc.property(valuesOf(schema, schema), (value) => {
    const isValid = validate(value)
    expect(compiled(value)).toBe(isValid)
    expect(compiled.errors).toEqual(validate.errors)
    for (const { schemaPath } of validate.errors ?? []) objections.add(schemaPath)
  }), { numRuns: 200, seed: 1 })
  expect(objections.size).toBeGreaterThan(5)
})
