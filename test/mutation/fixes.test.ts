import { cpSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { fix } from '../../src/api/fix.js'
import { surroundingsNow } from '../../src/api/surroundings.js'
import { sharedPath } from '../promql/shared.js'
import { registryThatGives } from './corpus-registry.js'
import { driftsOfConsumers, driftsOfDashboards, type Drift } from './drifts.js'
import { load } from './report.js'

/** Every so manieth drift is planted; `FIXES=1 npx vitest run test/mutation/fixes` plants all of the fixture, and prints the table. */
const stride = Number(process.env['FIXES'] ?? 61)

interface Row { planted: number; right: number; none: number; wrong: number }

/** Makes the fixes that there are without a drift, so that none of them is taken for one of the drift. */
async function fixAll(cwd: string, registry: readonly string[] = []): Promise<void> {
  for (const { path, after } of (await fix({ paths: [], registry }, surroundingsNow(cwd, {}))).changes) writeFileSync(join(cwd, path), after)
}

/** Plants each drift, fixes, and sees whether the file is what it was before, what the drift made of it, or something else. */
async function fixSome(drifts: readonly Drift[], every: number, cwd: string, registry: readonly string[], table: Record<string, Row>, wrong: string[]): Promise<void> {
  for (const { kind, place: { source, span }, text } of drifts.filter((_, i) => i % every === 0)) {
    const file = join(cwd, source.path)
    const planted = source.text.slice(0, span.start) + text + source.text.slice(span.end)
    const row = (table[kind] ??= { planted: 0, right: 0, none: 0, wrong: 0 })
    row.planted++
    writeFileSync(file, planted)
    const { changes } = await fix({ paths: [], registry }, surroundingsNow(cwd, {}))
    writeFileSync(file, source.text)
    const after = changes.find(({ path }) => path === source.path)?.after ?? planted
    if (after === source.text) row.right++
    else if (after === planted) row.none++
    else {
      row.wrong++
      wrong.push(`${kind}: ${source.path}:${source.positionAt(span.start).line} ${source.text.slice(span.start, span.end)} -> ${text}`)
    }
  }
}

test('what is fixed of drifts planted in the reference stack is what was there before', { timeout: 1_800_000 }, async () => {
  const table: Record<string, Row> = {}
  const wrong: string[] = []
  await inCopyOf('fixtures/ml-services', async (cwd) => {
    await fixAll(cwd)
    const workspace = await load(cwd)
    await fixSome([...driftsOfConsumers(workspace), ...driftsOfDashboards(workspace)], stride, cwd, [], table, wrong)
  })
  if (process.env['FIXES'] !== undefined) console.table(table)
  expect(wrong).toEqual([])
  expect(Object.values(table).reduce((sum, { right }) => sum + right, 0)).toBeGreaterThan(1)
})

const corpus = sharedPath('corpus')

test.skipIf(corpus === undefined)('and of those in real dashboards and rules', { timeout: 1_800_000 }, async () => {
  const table: Record<string, Row> = {}
  const wrong: string[] = []
  for (const mixin of readdirSync(corpus!, { withFileTypes: true }).filter((entry) => entry.isDirectory())) {
    await inCopyOf(join(corpus!, mixin.name), async (cwd) => {
      writeFileSync(join(cwd, 'all.registry.json'), registryThatGives(await load(cwd)))
      await fixAll(cwd, ['all.registry.json'])
      await fixSome(driftsOfConsumers(await load(cwd, ['all.registry.json'])), stride * 20, cwd, ['all.registry.json'], table, wrong)
    })
  }
  if (process.env['FIXES'] !== undefined) console.table(table)
  expect(wrong).toEqual([])
})

async function inCopyOf(folder: string, run: (cwd: string) => Promise<void>): Promise<void> {
  const cwd = mkdtempSync(join(tmpdir(), 'ml-dash-lint-'))
  try {
    cpSync(folder, cwd, { recursive: true })
    await run(cwd)
  } finally {
    rmSync(cwd, { recursive: true })
  }
}
