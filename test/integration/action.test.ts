import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { builtIsMissing } from '../cli/repository.js'

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

const installed = () => join(directory, 'installed')

/** Puts a program in the place of the linter, where the action installs it. */
function installLinter(program: string): void {
  const bin = join(installed(), 'node_modules/ml-dash-lint/bin')
  mkdirSync(bin, { recursive: true })
  writeFileSync(join(bin, 'ml-dash-lint.js'), program)
  writeFileSync(join(bin, 'package.json'), '{ "type": "module" }')
}

interface Ran {
  readonly status: number
  readonly stdout: string
}

/** Runs a step as the runner does: its `env` with the inputs put in, its script in a file, for that shell. */
function run(step: Step, inputs: Readonly<Record<string, string>>, { cwd = directory, env: more = {} }: { cwd?: string; env?: Readonly<Record<string, string>> } = {}): Ran {
  const withDefaults = { ...Object.fromEntries(Object.entries(action.inputs).map(([name, { default: value }]) => [name, value])), ...inputs }
  const known: Readonly<Record<string, string>> = { 'steps.installed.outputs.path': installed(), 'github.action_repository': 'acme/ml-dash-lint', 'runner.os': 'Linux', 'runner.arch': 'X64', 'github.action_ref': 'main' }
  const env = Object.entries(step.env ?? {}).map(([name, value]) => [
    name,
    value.replace(/\$\{\{ ([\w.-]+) \}\}/g, (_, expression: string) => expression.startsWith('inputs.') ? withDefaults[expression.slice('inputs.'.length)]! : known[expression]!),
  ])
  const script = join(directory, 'script.sh')
  writeFileSync(script, step.run!)
  const { status, stdout } = spawnSync('bash', ['--noprofile', '--norc', '-eo', 'pipefail', script], {
    encoding: 'utf8',
    cwd,
    env: {
      PATH: process.env['PATH'], GITHUB_ACTION_PATH: directory, GITHUB_SERVER_URL: 'https://git.example', RUNNER_TEMP: directory,
      GITHUB_STEP_SUMMARY: join(directory, 'summary.md'), GITHUB_OUTPUT: join(directory, 'output'), ...(Object.fromEntries(env) as object), ...more,
    },
  })
  return { status: status ?? -1, stdout }
}

/** The arguments of the linter, which writes nothing. */
function lintArguments(inputs: Readonly<Record<string, string>>): string[] {
  installLinter('process.stdout.write(JSON.stringify(process.argv.slice(2)))')
  return JSON.parse(run(stepNamed('Lint'), inputs).stdout) as string[]
}

describe('the arguments of the linter', () => {
  const readable = () => ['--format', `stylish=${join(directory, 'ml-dash-lint.txt')}`, '--format', `markdown=${join(directory, 'ml-dash-lint.md')}`, '--coverage']

  test('without inputs', () => {
    expect(lintArguments({})).toEqual(['--format', 'github', ...readable(), '--', '.'])
  })

  test('with every input', () => {
    expect(
      lintArguments({
        paths: 'deploy/grafana\nservices\n',
        config: 'ci/lint.json',
        format: 'json',
        output: 'lint results.json',
        sarif: 'lint results.sarif',
        'max-warnings': '0',
        since: 'origin/main',
      }),
    ).toEqual([
      ...['--format', 'json=lint results.json', ...readable(), '--format', 'sarif=lint results.sarif'],
      ...['--config', 'ci/lint.json', '--max-warnings', '0', '--since', 'origin/main', '--', 'deploy/grafana', 'services'],
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
      ...readable(),
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

// Milliseconds, for a machine that is busy: each runs the linter several times.
describe.skipIf(builtIsMissing)('what the linter finds', { timeout: 300_000 }, () => {
  const root = fileURLToPath(new URL('../..', import.meta.url))
  const summary = () => readFileSync(join(directory, 'summary.md'), 'utf8')

  beforeEach(() => {
    mkdirSync(join(installed(), 'node_modules'), { recursive: true })
    symlinkSync(root, join(installed(), 'node_modules/ml-dash-lint'))
  })

  test('is annotated, told in a group of the log and in the summary, and fails the step', () => {
    const project = join(directory, 'project')
    cpSync(join(root, 'fixtures/ml-services-drifted'), project, { recursive: true })
    // To the runner, a line that begins with "::" is a command, and to Markdown, one of "```" ends what is code.
    writeFileSync(join(project, '::error::```.json'), '{ "title": "Hostile", "panels": [], "schemaVersion": 39, ')
    const { status, stdout } = run(stepNamed('Lint'), { sarif: 'found.sarif' }, { cwd: project })
    expect(status).toBe(1)
    expect(stdout).toMatch(/^::error file=docker\/grafana\/.*title=unknown-metric::No producer exposes/m)
    const [, token, report] = /^::group::Report\n::stop-commands::([\w-]+)\n([\s\S]*)^::\1::\n::endgroup::\n$/m.exec(stdout)!
    expect(token).toMatch(/^[\da-f-]{36}$/)
    expect(report).toContain('::error::```.json:1:')
    expect(report).toMatch(/^\d+ problems of \d+ causes/m)
    expect(summary()).toMatch(/^### ml-dash-lint: \d+ errors and \d+ warnings$/m)
    expect(summary()).toContain('unknown-metric')
    expect(summary()).not.toMatch(/^::|^```/m)
    const { runs } = JSON.parse(readFileSync(join(project, 'found.sarif'), 'utf8')) as { runs: [{ results: unknown[] }] }
    expect(runs[0].results.length).toBeGreaterThan(40)
  })

  test('is nothing on the clean stack', () => {
    const { status, stdout } = run(stepNamed('Lint'), {}, { cwd: join(root, 'fixtures/ml-services') })
    expect(status).toBe(0)
    expect(stdout).not.toMatch(/^::(?:error|warning)/m)
    expect(summary()).toContain('No problems in ')
  })

  test('goes to no summary where none is wanted', () => {
    run(stepNamed('Lint'), { summary: 'false' }, { cwd: join(root, 'fixtures/ml-services') })
    expect(summary).toThrow()
  })

  test('a run that failed itself ends with its exit code', () => {
    expect(run(stepNamed('Lint'), { paths: 'gone' }, { cwd: join(root, 'fixtures/ml-services') }).status).toBe(2)
  })
})

describe('what is installed', () => {
  /** Puts programs on the path that tell how they were run; curl finds what there is of releases. */
  function install(ref: string, { hasRelease }: { readonly hasRelease: boolean }): string {
    const bin = join(directory, 'programs')
    mkdirSync(bin)
    writeFileSync(join(bin, 'npm'), '#!/bin/sh\necho "npm $*"\n', { mode: 0o755 })
    writeFileSync(join(bin, 'curl'), `#!/bin/sh\necho "curl $*"\nexit ${hasRelease ? 0 : 22}\n`, { mode: 0o755 })
    writeFileSync(join(directory, 'package.json'), '{ "version": "1.2.3" }')
    return run(stepNamed('Install ml-dash-lint'), {}, { env: { PATH: `${bin}:${process.env['PATH']}`, ML_DASH_LINT_REF: ref } }).stdout.replaceAll(directory, '')
  }

  const download = 'curl --fail --silent --location --output ml-dash-lint-1.2.3.tgz https://git.example/acme/ml-dash-lint/releases/download/v1.2.3/ml-dash-lint-1.2.3.tgz\n'
  const build = 'npm ci --no-audit --no-fund\nnpm pack --ignore-scripts --silent\n'
  const take = 'npm install --prefix /installed --ignore-scripts --no-audit --no-fund ./ml-dash-lint-1.2.3.tgz\n'

  test.each([
    ['the package of the release, by its tag', 'v1.2.3', true, download + take],
    ['what is built here, where the release has none', 'v1.2.3', false, download + build + take],
    ['what is built here, by any other revision', 'main', true, build + take],
  ])('%s', (_, ref, hasRelease, expected) => {
    expect(install(ref, { hasRelease })).toBe(expected)
  })

  test('nothing, where the cache has it', () => {
    installLinter('')
    expect(install('main', { hasRelease: true })).toBe('')
  })

  test('is kept by what the package is made of', () => {
    const key = () => {
      rmSync(join(directory, 'output'), { force: true })
      expect(run(stepNamed('Find what is installed'), {}).status).toBe(0)
      return /^key=(ml-dash-lint-Linux-X64-[\da-f]{64})$/m.exec(readFileSync(join(directory, 'output'), 'utf8'))![1]
    }
    for (const folder of ['bin', 'catalogs', 'rules', 'schemas', 'src/text', 'tools']) mkdirSync(join(directory, folder), { recursive: true })
    for (const file of ['package.json', 'package-lock.json', 'src/text/a.ts']) writeFileSync(join(directory, file), 'before')
    const before = key()
    expect(key()).toBe(before)
    writeFileSync(join(directory, 'src/text/a.ts'), 'after')
    expect(key()).not.toBe(before)
  })
})

describe('the form of action.yml', () => {
  test('each script names its shell, and no expression stands in one', () => {
    const scripts = action.runs.steps.filter((step) => step.run !== undefined)
    expect(scripts.map((step) => step.shell)).toEqual(['bash', 'bash', 'bash'])
    expect(scripts.filter((step) => step.run!.includes('${{'))).toEqual([])
  })

  test('what others wrote is pinned by its hash', () => {
    const used = action.runs.steps.flatMap(({ uses }) => uses ?? [])
    expect(used.filter((name) => !/^[\w-]+\/[\w-]+@[\da-f]{40}$/.test(name))).toEqual([])
    expect(used).toHaveLength(2)
  })

  test('each input has a description and a default', () => {
    expect(action.runs.using).toBe('composite')
    for (const input of Object.values(action.inputs)) {
      expect(input).toEqual({ description: expect.any(String) as string, default: expect.any(String) as string })
    }
  })
})
