import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'

/** What in a JSON text is against `schemas/<name>.schema.json`; empty where nothing is. */
export function violations(name: 'report' | 'registry' | 'usage' | 'registry-diff' | 'baseline', text: string): string[] {
  const schema = JSON.parse(readFileSync(resolve(import.meta.dirname, `../../schemas/${name}.schema.json`), 'utf8')) as object
  const ajv = new Ajv2020({ allErrors: true, strictRequired: false })
  const validate = ajv.compile(schema)
  return validate(JSON.parse(text)) ? [] : validate.errors!.map(({ instancePath, message }) => `${instancePath} ${message ?? ''}`)
}
