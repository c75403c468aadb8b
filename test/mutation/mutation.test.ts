import { cpSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { sharedPath } from '../promql/shared.js'
import { registryThatGives } from './corpus-registry.js'
import { driftsOfCode, driftsOfConsumers, driftsOfDashboards, type Drift } from './drifts.js'
import { load, plant, survivors, table, type Outcome } from './report.js'

/** Every so manieth drift is planted; `MUTATIONS=1 npx vitest run test/mutation` plants all of the fixture, and prints the table. */
const stride = Number(process.env['MUTATIONS'] ?? 17)

test('drifts planted in the reference stack are reported at exactly their places', { timeout: 1_800_000 }, async () => {
  const outcomes = await inCopyOf('fixtures/ml-services', async (cwd) => {
    const workspace = await load(cwd)
    return plantSome([...driftsOfConsumers(workspace), ...driftsOfCode(workspace), ...driftsOfDashboards(workspace)], stride, cwd)
  })
  tell(outcomes)
  expect(survivors(outcomes)).toEqual([])
})

const corpus = sharedPath('corpus')

test.skipIf(corpus === undefined)('drifts planted in real dashboards and rules are, beside a registry of all that they ask for', { timeout: 1_800_000 }, async () => {
  const outcomes: Outcome[] = []
  for (const mixin of readdirSync(corpus!, { withFileTypes: true }).filter((entry) => entry.isDirectory())) {
    outcomes.push(...await inCopyOf(join(corpus!, mixin.name), async (cwd) => {
      writeFileSync(join(cwd, 'all.registry.json'), registryThatGives(await load(cwd)))
      return plantSome(driftsOfConsumers(await load(cwd, ['all.registry.json'])), stride * 20, cwd, ['all.registry.json'])
    }))
  }
  tell(outcomes)
  expect(survivors(outcomes)).toEqual([])
})

async function inCopyOf(folder: string, run: (cwd: string) => Promise<readonly Outcome[]>): Promise<readonly Outcome[]> {
  const cwd = mkdtempSync(join(tmpdir(), 'ml-dash-lint-'))
  try {
    cpSync(folder, cwd, { recursive: true })
    return await run(cwd)
  } finally {
    rmSync(cwd, { recursive: true })
  }
}

async function plantSome(drifts: readonly Drift[], every: number, cwd: string, registry: readonly string[] = []): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = []
  for (const drift of drifts.filter((_, i) => i % every === 0)) outcomes.push(await plant(drift, cwd, registry))
  return outcomes
}

function tell(outcomes: readonly Outcome[]): void {
  if (process.env['MUTATIONS'] !== undefined) console.table(table(outcomes))
}
