import { spawnSync } from 'node:child_process'
import { describe, expect, test } from 'vitest'
import { rules } from '../../rules/index.js'
import { repository } from './repository.js'

const has = (shell: string) => spawnSync(shell, ['-c', ':']).status === 0

const cases: readonly (readonly [string, readonly string[]])[] = [
  ['explain unknown-m', ['unknown-metric']],
  ['regi', ['registry']],
  ['registry dif', ['diff']],
  ['registry diff --for', ['--format']],
  ['registry diff --format j', ['json']],
  ['--format sar', ['sarif']],
  ['--rule unknown-la', ['unknown-label', 'unknown-label-value']],
  ['--max-w', ['--max-warnings']],
  ['completion z', ['zsh']],
]

describe.skipIf(!has('bash'))('bash', () => {
  test.each(cases)('%s', async (typed, expected) => {
    const { run, path } = repository({})
    const { stdout } = await run('completion', 'bash')
    const words = ['ml-dash-lint', ...typed.split(' ')].map((word) => `'${word}'`).join(' ')
    const program = `${stdout}\nCOMP_WORDS=(${words}); COMP_CWORD=$((\${#COMP_WORDS[@]} - 1)); _ml_dash_lint; printf '%s\\n' "\${COMPREPLY[@]}"`
    const { stdout: completed, stderr } = spawnSync('bash', ['-c', program], { cwd: path, encoding: 'utf8' })
    expect([completed.trimEnd().split('\n'), stderr]).toEqual([expected, ''])
  })
})

describe.skipIf(!has('fish'))('fish', () => {
  test.each(cases)('%s', async (typed, expected) => {
    const { run, path } = repository({})
    const { stdout } = await run('completion', 'fish')
    const { stdout: completed, stderr } = spawnSync('fish', ['-c', `${stdout}\ncomplete -C 'ml-dash-lint ${typed}'`], { cwd: path, encoding: 'utf8' })
    expect([completed.trimEnd().split('\n').map((line) => line.split('\t')[0]), stderr]).toEqual([expected, ''])
  })
})

describe.skipIf(!has('zsh'))('zsh', () => {
  test('is a script that zsh takes, with every rule', async () => {
    const { stdout } = await repository({}).run('completion', 'zsh')
    expect(spawnSync('zsh', ['-n'], { input: stdout, encoding: 'utf8' })).toMatchObject({ status: 0, stderr: '' })
    expect(rules.filter(({ name }) => !stdout.includes(name))).toEqual([])
  })
})

test('another shell', async () => {
  expect(await repository({}).run('completion', 'csh')).toEqual({ code: 2, stdout: '', stderr: "error: command-argument value 'csh' is invalid for argument 'shell'. Allowed choices are bash, zsh, fish.\n" })
})
