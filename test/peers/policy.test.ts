import { describe, expect, test } from 'vitest'
import { rules } from '../../rules/index.js'
import { activeRules, optionProblems } from '../../src/config/active-rules.js'
import { defaultConfig } from '../../src/config/config.js'
import { runRules } from '../../src/lint/run.js'
import { loadFiles } from '../rules/lint-files.js'
import { rows, type PolicyRow } from './policy.js'

async function reported({ input, rule: name, options }: PolicyRow): Promise<string[]> {
  const file = typeof input === 'string'
    ? { 'rules.yml': `groups:\n  - name: g\n    rules:\n${input.trimEnd().split('\n').map((line) => `      ${line}\n`).join('')}` }
    : { 'a.json': input }
  const config = options === undefined ? { ...defaultConfig, extends: ['grafana-mixin' as const] } : { ...defaultConfig, rules: { [name]: { severity: 'warning' as const, options } } }
  const rule = rules.filter((one) => one.name === name)
  expect(optionProblems(rule, config)).toEqual([])
  return runRules(await loadFiles(file), activeRules(rule, config)).map(({ message, place: { source, span } }) => {
    const { line, column } = source.positionAt(span.start)
    return `${line}:${column} «${source.text.slice(span.start, span.end)}» ${message}`
  })
}

describe('what peers check as a matter of policy', () => {
  test.each(rows)('$peer $check: $finds', async (row) => {
    expect(row.ours).not.toEqual([])
    expect(await reported(row)).toEqual(row.ours)
  })
})
