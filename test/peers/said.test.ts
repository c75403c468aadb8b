import { describe, expect, test } from 'vitest'
import { titleOf } from './played.js'
import recordedByPint from './said-by-pint.json' with { type: 'json' }
import recordedByPromtool from './said-by-promtool.json' with { type: 'json' }
import { pintOn, promtoolOn, runs, versionOf } from './said.js'

/** Another release may say the same in other words. `npx vitest run test/peers/said.test.ts -u` writes down what is said now. */
describe.each([
  { program: 'pint', recorded: recordedByPint, on: pintOn },
  { program: 'promtool', recorded: recordedByPromtool, on: promtoolOn },
] as const)('$program', ({ program, recorded, on }) => {
  const version = versionOf(program)
  const isRecorded = version === recorded.version
  if (!isRecorded) console.log(`skipped: what ${program} ${recorded.version} said is not held against it: ${version === undefined ? 'it is not on the PATH' : `here is ${version}`}`)

  test.runIf(isRecorded)('says what is written down of it', async () => {
    const said = Object.fromEntries(runs[program].map((row) => [titleOf(row), on(row)]))
    await expect(`${JSON.stringify({ version, said }, null, 2)}\n`).toMatchFileSnapshot(`said-by-${program}.json`)
  }, 120_000)
})
