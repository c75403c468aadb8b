import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { ValidateFunction } from 'ajv'
import { packageFile } from './package-file.js'

/**
 * Compiles `schemas/<name>.schema.json`. The bundle has another module in the place of this one, which gives what
 * `npm run build` compiled beforehand (tools/bundle/schemas.js).
 */
export function schemaValidator(name: string): ValidateFunction {
  // ajv is only loaded where there is something to validate, and `require` lets that be late and synchronous.
  const { Ajv2020 } = createRequire(import.meta.url)('ajv/dist/2020.js') as typeof import('ajv/dist/2020.js')
  const schema = JSON.parse(readFileSync(packageFile(`schemas/${name}.schema.json`), 'utf8')) as object
  // Our own schemas: that they are valid is tested, and these settings compile them six times faster.
  const fast = { meta: false, validateSchema: false, code: { optimize: false } } as const
  return new Ajv2020({ allErrors: true, strict: false, verbose: true, ...fast }).compile(schema)
}
