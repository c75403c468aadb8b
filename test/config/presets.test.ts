import { expect, test } from 'vitest'
import { rules } from '../../rules/index.js'
import { activeRules } from '../../src/config/active-rules.js'
import { presetNames, presetSettings, type PresetName } from '../../src/config/presets.js'
import config from '../../schemas/config.schema.json' with { type: 'json' }

const severities = (...presets: PresetName[]) => Object.fromEntries(activeRules(rules, { extends: presets, rules: {} }).map(({ rule, severity }) => [rule.name, severity]))

test('the schema knows the presets', () => {
  expect(config.$defs.preset.enum).toEqual(presetNames)
})

test('recommended is what runs where nothing is said', () => {
  expect(severities('recommended')).toEqual(severities())
  expect(severities('strict', 'recommended')).toEqual(severities())
})

test('strict has what is off and needs no options as a warning, and some warnings as errors', () => {
  const changed = Object.entries(severities('strict')).filter(([name, severity]) => severities()[name] !== severity)
  expect(changed.filter(([, severity]) => severity === 'error').map(([name]) => name)).toEqual(['alert-always-fires', 'or-vector', 'range-too-short', 'rate-of-gauge'])
  expect(changed.filter(([, severity]) => severity === 'warning').map(([name]) => name)).toEqual(
    rules.filter(({ severity, needsOptions }) => severity === 'off' && !needsOptions).map(({ name }) => name),
  )
  expect(Object.keys(severities()).filter((name) => !(name in severities('strict')))).toEqual([])
})

/** Named in the preset before they are there. */
const toCome: readonly string[] = []

test('grafana-mixin adds warnings to what runs by default', () => {
  const set = presetSettings('grafana-mixin', rules)
  expect(Object.keys(set).filter((name) => !rules.some((rule) => rule.name === name) && !toCome.includes(name))).toEqual([])
  expect(severities('grafana-mixin')).toEqual({
    ...severities(),
    ...Object.fromEntries(Object.keys(set).filter((name) => rules.some((rule) => rule.name === name)).map((name) => [name, 'warning'])),
  })
})

test('the configuration has the last word, on severity and options one by one', () => {
  const of = (name: string, settings: Parameters<typeof activeRules>[1]) => activeRules(rules, settings).find(({ rule }) => rule.name === name)
  expect(of('required-tags', { extends: ['strict'], rules: { 'required-tags': { severity: 'off' } } })).toBeUndefined()
  expect(of('unused-metric', { extends: ['strict'], rules: { 'unused-metric': { severity: 'error' } } })).toMatchObject({ severity: 'error', options: {} })
  const given = [{ extends: [], rules: { 'required-tags': { severity: 'warning' as const, options: { tags: ['ml'] } } } }, { extends: [], rules: { 'required-tags': { severity: 'error' as const } } }]
  expect(activeRules(rules, ...given).find(({ rule }) => rule.name === 'required-tags')).toMatchObject({ severity: 'error', options: { tags: ['ml'] } })
})
