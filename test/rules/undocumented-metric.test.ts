import { expect, test } from 'vitest'
import { rules } from '../../rules/index.js'
import { lintLines, producer } from './lint-files.js'

const lint = (files: Readonly<Record<string, string>>) => lintLines('undocumented-metric', { 'src/metrics.ts': producer, ...files })

test('is off by default', () => {
  expect(rules.find(({ name }) => name === 'undocumented-metric')?.severity).toBe('off')
})

test('reports what no document lists', async () => {
  expect(await lint({ 'docs/metrics.md': '# Metrics\n\n| Metric |\n|---|\n| `jobs_done_total` |\n' })).toEqual([
    "src/metrics.ts:4:47 warning «'jobs_duration_seconds'» No document lists \"jobs_duration_seconds\" (read: docs/metrics.md)",
    "src/metrics.ts:5:41 warning «'jobs_queued'» No document lists \"jobs_queued\" (read: docs/metrics.md)",
  ])
})

test('several documents together list all, by series and patterns too', async () => {
  expect(await lint({
    'README.md': '## Metrics\n\n- `jobs_done`, `jobs_duration_*`\n',
    'docs/queue.md': '## Metrics of the queue\n\n- `jobs_queued` (deprecated)\n',
  })).toEqual([])
  expect(await lint({ 'README.md': '## Metrics\n\n- `jobs_done`\n', 'docs/queue.md': '## Metrics\n\n- `jobs_queued`\n' })).toEqual([
    "src/metrics.ts:4:47 warning «'jobs_duration_seconds'» No document lists \"jobs_duration_seconds\" (read: README.md and 1 more)",
  ])
})

test('is silent where no document lists metrics of the code', async () => {
  expect(await lint({ 'README.md': '# Jobs\n\n- `jobs_done_total`\n', 'docs/metrics.md': '# Metrics\n\n- `node_load1`\n' })).toEqual([])
})
