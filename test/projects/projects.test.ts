import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const checkouts = process.env['ML_DASH_LINT_PROJECTS']
if (checkouts === undefined) console.log('skipped: ML_DASH_LINT_PROJECTS names no folder of checkouts; what is extracted from public projects is not compared')

describe.skipIf(checkouts === undefined)('what is extracted from public projects', { timeout: 3_600_000 }, () => {
  it('has lost nothing of what was known', () => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [fileURLToPath(new URL('../../tools/projects/run.js', import.meta.url))], { encoding: 'utf8' })
    console.log(stdout)
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  })
})
