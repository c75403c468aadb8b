import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { startProgress } from '../../src/cli/progress.js'

/** The line is drawn by another thread, of the built module. */
const built = resolve(import.meta.dirname, '../../dist/src/cli/progress.js')
const hasTerminal = spawnSync('script', ['--version']).status === 0
const whyNot = !existsSync(built) ? 'dist/ is not built' : hasTerminal ? undefined : '"script", which makes a terminal, is not installed'
if (whyNot !== undefined) console.log(`skipped: ${whyNot}`)

/** What a terminal gets from a program that is busy for so many milliseconds with each step. */
function shownWhile(steps: Readonly<Record<string, number>>, env: Record<string, string> = {}): string {
  const program = `
    import { startProgress } from ${JSON.stringify(built)}
    const progress = startProgress({ stderr: process.stderr, env: process.env })
    for (const [step, milliseconds] of Object.entries(${JSON.stringify(steps)})) {
      progress.step(step)
      for (const begin = performance.now(); performance.now() - begin < milliseconds;);
    }
    await progress.end()
    process.stderr.write('done')
  `
  const command = `${process.execPath} --input-type=module --eval "$ML_DASH_LINT_TEST_PROGRAM"`
  const { PATH = '' } = process.env
  return spawnSync('script', ['--quiet', '--return', '--command', command, '/dev/null'], { encoding: 'utf8', env: { PATH, TERM: 'xterm', ML_DASH_LINT_TEST_PROGRAM: program, ...env }, input: '' }).stdout
}

test.skipIf(whyNot)('a run of more than a second tells its step in a line that goes away, however busy it is', () => {
  expect(shownWhile({ discover: 100, code: 2500, rules: 1000 })).toBe('\r\u001b[Kcode…\r\u001b[Krules…\r\u001b[Kdone')
})

test.skipIf(whyNot)('a short run tells nothing, nor does any in CI or on a terminal that cannot remove it', () => {
  expect(shownWhile({ code: 10 })).toBe('done')
  expect(shownWhile({ code: 1800 }, { CI: 'true' })).toBe('done')
  expect(shownWhile({ code: 1800 }, { TERM: 'dumb' })).toBe('done')
})

test('where the errors go to a file there is no line, and nothing to remove', async () => {
  const written: string[] = []
  const progress = startProgress({ cwd: () => '.', env: {}, stdout: { write: () => undefined }, stderr: { write: (text) => written.push(text) } })
  progress.step('code')
  await progress.end()
  expect(written).toEqual([])
})
