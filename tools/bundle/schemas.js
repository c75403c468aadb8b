/** The schemas, compiled beforehand: the bundle has no ajv, and compiles nothing when it runs. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import standalone from 'ajv/dist/standalone/index.js'

const suffix = '.schema.json'

/** The texts of CommonJS modules that export what `schemaValidator` gives, by the names of the schemas in `folder`. */
export function compiledSchemas(folder) {
  const names = readdirSync(folder).filter((file) => file.endsWith(suffix)).map((file) => file.slice(0, -suffix.length)).sort()
  return Object.fromEntries(names.map((name) => {
    const schema = JSON.parse(readFileSync(join(folder, `${name}${suffix}`), 'utf8'))
    // The options of src/text/schema-validator.ts, so that the errors are the same.
    const ajv = new Ajv2020({ allErrors: true, strict: false, verbose: true, code: { source: true } })
    return [name, standalone.default(ajv, ajv.compile(schema))]
  }))
}
