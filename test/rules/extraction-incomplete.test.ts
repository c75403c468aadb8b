import { expect, test } from 'vitest'
import { dashboardWith, lintLines, producer } from './lint-files.js'

const files = {
  'src/metrics.ts': producer,
  'src/main.ts': `import { record } from './metrics.js'\n${"record('index', 1)\n".repeat(3)}record('train', 2)\n`,
  'dashboard.json': dashboardWith('sum(jobs_done_total{status="failed"})'),
}

test('says nothing where all code could be followed', async () => {
  expect(await lintLines('extraction-incomplete', files)).toEqual([])
  expect(await lintLines('unknown-label-value', files)).toHaveLength(1)
})

test('tells what was not followed, and nothing is closed then', async () => {
  const load = { budget: 0.000_001 }
  expect(await lintLines('extraction-incomplete', files, { load })).toEqual([
    'src/metrics.ts:7:8 warning «» The TypeScript code is more than the budget allows to follow: 1 function in 1 file were not followed from where '
    + 'they are called, this one first. So other names, label values and recordings than those found count as possible. '
    + 'Name what does not matter in "ignore", raise "extract.budget", or lint against an exported registry',
  ])
  expect(await lintLines('unknown-label-value', files, { load })).toEqual([])
})
