import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { parse } from 'yaml'

interface Step {
  readonly name?: string
  readonly run?: string
  readonly shell?: string
  readonly uses?: string
  readonly env?: Readonly<Record<string, string>>
}

const actionFile = fileURLToPath(new URL('../../action.yml', import.meta.url))
const action = parse(readFileSync(actionFile, 'utf8')) as {
  readonly inputs: Readonly<Record<string, { readonly description: string; readonly default: string }>>
  readonly runs: { readonly using: string; readonly steps: readonly Step[] }
}

function stepNamed(name: string): Step {
  return action.runs.steps.find((step) => step.name === name)!
}

let directory: string
beforeEach(() => (directory = mkdtempSync(join(tmpdir(), 'ml-dash-lint-action-'))))
afterEach(() => rmSync(directory, { recursive: true }))

/** Puts an executable that tells its arguments and its directory, as JSON, where the action looks for the linter. */
function installEcho(): void {
  mkdirSync(join(directory, 'bin'))
  writeFileSync(join(directory, 'bin/ml-dash-lint.js'), 'console.log(JSON.stringify(process.argv.slice(2)))')
  writeFileSync(join(directory, 'package.json'), '{ "type": "module" }')
}

/** Runs a step as the runner does: its `env` with the inputs put in, its script in a file, for that shell. */
function run(step: Step, inputs: Readonly<Record<string, string>>): string {
  const withDefaults = { ...Object.fromEntries(Object.entries(action.inputs).map(([name, { default: value }]) => [name, value])), ...inputs }
  const env = Object.entries(step.env ?? {}).map(([name, value]) => [
    name,
    value.replace(/\$\{\{ inputs\.([\w-]+) \}\}/g, (_, input: string) => withDefaults[input]!),
  ])
  const script = join(directory, 'script.sh')
  writeFileSync(script, step.run!)
  return execFileSync('bash', ['--noprofile', '--norc', '-eo', 'pipefail', script], {
    encoding: 'utf8',
    cwd: directory,
    env: { PATH: process.env['PATH'], GITHUB_ACTION_PATH: directory, ...(Object.fromEntries(env) as object) },
  })
}

function lintArguments(inputs: Readonly<Record<string, string>>): unknown {
  installEcho()
  return JSON.parse(run(stepNamed('Lint'), inputs))
}

describe('the arguments of the linter', () => {
  test('without inputs', () => {
    expect(lintArguments({})).toEqual(['--format', 'github', '--', '.'])
  })

  test('with every input', () => {
    expect(
      lintArguments({
        paths: 'deploy/grafana\nservices\n',
        config: 'ci/lint.json',
        format: 'sarif',
        output: 'lint results.sarif',
        'max-warnings': '0',
        since: 'origin/main',
      }),
    ).toEqual([
      ...['--format', 'sarif', '--config', 'ci/lint.json', '--output', 'lint results.sarif', '--max-warnings', '0', '--since', 'origin/main'],
      ...['--', 'deploy/grafana', 'services'],
    ])
  })

  test('inputs are never code, options or several words', () => {
    expect(
      lintArguments({
        paths: 'my dashboards\n--version\n$(touch owned)\n"; exit 3; "\n*',
        config: "a b'`id`.json",
        format: 'unix; echo $HOME',
        since: '--output=$(id)',
      }),
    ).toEqual([
      '--format',
      'unix; echo $HOME',
      '--config',
      "a b'`id`.json",
      '--since',
      '--output=$(id)',
      '--',
      'my dashboards',
      '--version',
      '$(touch owned)',
      '"; exit 3; "',
      '*',
    ])
  })
})

test('the exit code of the linter is that of the step', () => {
  mkdirSync(join(directory, 'bin'))
  writeFileSync(join(directory, 'bin/ml-dash-lint.js'), 'process.exit(1)')
  expect(() => run(stepNamed('Lint'), {})).toThrow(expect.objectContaining({ status: 1 }) as Error)
})

test('the install step installs the action itself', () => {
  const fakeNpm = join(directory, 'npm')
  writeFileSync(fakeNpm, '#!/bin/sh\necho "$PWD: npm $*"\n', { mode: 0o755 })
  const path = process.env['PATH']!
  process.env['PATH'] = `${directory}:${path}`
  try {
    expect(run(stepNamed('Install ml-dash-lint'), {})).toMatch(/\/ml-dash-lint-action-\w+: npm ci --no-audit --no-fund\n$/)
  } finally {
    process.env['PATH'] = path
  }
})

describe('the form of action.yml', () => {
  test('each script names its shell, and no expression stands in one', () => {
    const scripts = action.runs.steps.filter((step) => step.run !== undefined)
    expect(scripts.map((step) => step.shell)).toEqual(['bash', 'bash'])
    expect(scripts.filter((step) => step.run!.includes('${{'))).toEqual([])
  })

  test('each input has a description and a default', () => {
    expect(action.runs.using).toBe('composite')
    for (const input of Object.values(action.inputs)) {
      expect(input).toEqual({ description: expect.any(String) as string, default: expect.any(String) as string })
    }
  })
})
