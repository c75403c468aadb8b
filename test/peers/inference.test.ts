import { describe, expect, test } from 'vitest'
import { rules } from '../../rules/index.js'
import { runRules } from '../../src/lint/run.js'
import { loadFiles } from '../rules/lint-files.js'
import { program, prometheus, rows, ruleNames, type PeerRow } from './inference.js'

const active = rules.filter(({ name }) => ruleNames.has(name)).map((rule) => ({ rule, severity: rule.severity === 'off' ? 'warning' as const : rule.severity, options: rule.defaults }))

async function reported({ rules: group }: PeerRow): Promise<string[]> {
  const indented = group.split('\n').map((line) => (line === '' ? '' : `      ${line}`)).join('\n')
  const workspace = await loadFiles({ 'rules.yml': `groups:\n  - name: g\n    rules:\n${indented}\n`, 'prometheus.yml': prometheus, 'app.js': program })
  return runRules(workspace, active).map(({ rule, severity, message, place: { source, span } }) => {
    const { line, column } = source.positionAt(span.start)
    return `${line}:${column} ${severity} ${rule} «${source.text.slice(span.start, span.end)}» ${message}`
  })
}

describe('what peers check by what queries yield', () => {
  test.each(rows)('$peer $check: $finds', async (row) => {
    expect(await reported(row)).toEqual(row.ours)
    // Silence is meant, and says why.
    expect(row.ours.length === 0).toBe(row.silentBecause !== undefined)
  })
})
