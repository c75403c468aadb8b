import { expect, test } from 'vitest'
import { lintLines } from './lint-files.js'

const rules = (...lines: string[]) => ({ 'rules.yml': ['groups:', '  - name: g', '    rules:', ...lines.map((line) => `      ${line}`), ''].join('\n') })


const group = rules(
  '- { alert: None, expr: up == 0 }',
  '- { alert: Short, expr: up == 0, for: 30s }',
  '- { alert: Right, expr: up == 0, for: 5m, keep_firing_for: 5m }',
  '- { alert: Long, expr: up == 0, for: 1h30m, keep_firing_for: 1d }',
  '- { alert: Broken, expr: up == 0, for: soon }',
)

test('holds "for" against both ends', async () => {
  expect(await lintLines('alert-for', group, { options: { for: { min: '1m', max: '1h' } } })).toEqual([
    'rules.yml:4:18 warning «None» This alert has no "for", which is shorter than 1m',
    'rules.yml:5:45 warning «30s» "for: 30s" is shorter than 1m',
    'rules.yml:7:44 warning «1h30m» "for: 1h30m" is longer than 1h',
  ])
})

test('holds "keep_firing_for" against an end', async () => {
  expect(await lintLines('alert-for', group, { options: { keepFiringFor: { max: '1h' } } })).toEqual([
    'rules.yml:7:68 warning «1d» "keep_firing_for: 1d" is longer than 1h',
  ])
})
