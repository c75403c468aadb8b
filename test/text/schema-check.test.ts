import { describe, expect, test } from 'vitest'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describeSchemaErrors, schemaProblems } from '../../src/text/schema-check.js'
import { parseJson } from '../../src/text/json.js'
import { sourceText } from '../../src/text/source.js'
import { parseYaml } from '../../src/text/yaml.js'

/** What is told of a value that is against a schema: `path message`. */
function told(schema: object, value: unknown): string[] {
  const validate = new Ajv2020({ allErrors: true, strict: false, verbose: true }).compile(schema)
  validate(value)
  return describeSchemaErrors(validate.errors ?? []).map(({ path, message, onKey }) => `${path.join('.')}${onKey ? ' (key)' : ''}: ${message}`)
}

describe('one sentence for each place', () => {
  test.each([
    [{ type: 'object' }, [], [': this file must be an object, not a list']],
    [{ properties: { a: { type: ['string', 'null'] } } }, { a: 1 }, ['a: "a" must be a string or null, not a number']],
    [{ properties: { a: { type: 'array', items: { type: 'integer' } } } }, { a: [1, 'x', 2.5] }, ['a.1: "a[1]" must be a whole number, not a string', 'a.2: "a[2]" must be a whole number, not a number']],
    [{ required: ['a', 'b'] }, {}, [': this file lacks "a"']],
    [{ properties: { version: { const: 1 } } }, { version: 2 }, ['version: "version" must be 1']],
    [{ properties: { mode: { enum: ['fast', 'slow'] } } }, { mode: 'fats' }, ['mode: "mode" must be one of "fast", "slow". Did you mean "fast"?']],
    [{ properties: { mode: { enum: ['fast', 'slow'] } } }, { mode: 3 }, ['mode: "mode" must be one of "fast", "slow"']],
    [{ properties: { interval: {} }, additionalProperties: false }, { intervall: 1 }, ['intervall (key): unknown key "intervall" in this file. Did you mean "interval"?']],
    [{ properties: { a: { additionalProperties: false } } }, { a: { 'x/y~z': 1 } }, ['a.x/y~z (key): unknown key "x/y~z" in "a"']],
    [{ properties: { name: { pattern: '^[a-z]+$' } } }, { name: 'A b' }, ['name: "name" is not of the form that it must have: "A b"']],
    [{ properties: { name: { pattern: '^[a-z]+$', errorMessage: 'names are lower case' } } }, { name: 'A' }, ['name: names are lower case']],
  ])('%j of %j', (schema, value, sentences) => {
    expect(told(schema, value)).toEqual(sentences)
  })
})

describe('of alternatives, what is worth telling', () => {
  const severity = { enum: ['off', 'error'] }
  const options = { type: 'object', properties: { tags: { type: 'array' } }, additionalProperties: false }
  const schema = { properties: { rule: { anyOf: [{ $ref: '#/$defs/severity' }, { type: 'array', prefixItems: [{ $ref: '#/$defs/severity' }, options], minItems: 2 }] } }, $defs: { severity } }

  test.each([
    ['the value, where it is of the right kind', 'of', ['rule: "rule" must be one of "off", "error". Did you mean "off"?']],
    ['what is wrong further inside', ['err', { tag: [] }], ['rule.0: "rule[0]" must be one of "off", "error". Did you mean "error"?', 'rule.1.tag (key): unknown key "tag" in "rule[1]". Did you mean "tags"?']],
    ['the one thing that a branch of its kind objects to', ['off'], ['rule: "rule" must NOT have fewer than 2 items']],
    ['that none fits', 3, ['rule: "rule" has none of the forms that it may have']],
  ])('%s', (_, value, sentences) => {
    expect(told(schema, { rule: value })).toEqual(sentences)
  })

  test('the types, where they tell the branches apart', () => {
    expect(told({ properties: { a: { anyOf: [{ type: 'string' }, { type: 'object', required: ['x'] }] } } }, { a: 1 })).toEqual(['a: "a" must be a string or an object, not a number'])
  })

  test('the schema\'s own words', () => {
    const own = { anyOf: [{ required: ['alert'] }, { required: ['record'] }], errorMessage: 'a rule needs "alert" or "record"' }
    expect(told(own, {})).toEqual([': a rule needs "alert" or "record"'])
  })
})

test('points into JSON and YAML, in the order of the text, and into what is wrapped', () => {
  const at = (document: ReturnType<typeof parseJson>, path?: string[]) =>
    schemaProblems('dashboard', document, path).map(({ message, span }) => [document.source.text.slice(span.start, span.end), message])
  expect(at(parseJson(sourceText('a.json', '{ "title": "A", "tags": "a", "panels": [{ "title": 1 }], "uid": 2 }')))).toEqual([
    ['"a"', '"tags" must be a list or null, not a string'],
    ['1', '"title" must be a string or null, not a number'],
    ['2', '"uid" must be a string or null, not a number'],
  ])
  expect(at(parseJson(sourceText('b.json', '{ "dashboard": { "title": "A", "uid": 2 } }')), ['dashboard'])).toEqual([['2', '"uid" must be a string or null, not a number']])
  const [document] = parseYaml(sourceText('r.yml', 'groups:\n  - name: a\n    rules:\n      - alret: A\n        expr: up\n'))
  expect(schemaProblems('rule-file', document!).map(({ message, span, suggestion }) => [document!.source.text.slice(span.start, span.end), message, suggestion])).toContainEqual(
    ['alret', 'unknown key "alret" in "rules[0]". Did you mean "alert"?', 'alert'],
  )
})
