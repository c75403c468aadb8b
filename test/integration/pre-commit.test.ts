import { execFile, execFileSync, spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))
const preCommit = process.env['ML_DASH_LINT_PRE_COMMIT'] ?? 'pre-commit'
const isInstalled = spawnSync(preCommit, ['--version']).status === 0
/** Milliseconds, for a machine that is busy: pre-commit installs and builds this package, some hundred megabytes. */
const installTimeout = 600_000
const fileSystemTimeout = 120_000
if (!isInstalled) console.log('skipped: pre-commit is not installed (pip install pre-commit, or set ML_DASH_LINT_PRE_COMMIT)')

function git(directory: string, ...args: string[]): string {
  const identity = ['-c', 'user.name=test', '-c', 'user.email=test@example.com', '-c', 'commit.gpgsign=false']
  return execFileSync('git', [...identity, ...args], { cwd: directory, encoding: 'utf8', env: cleanEnvironment() })
}

/** Without what npm and git tell their own children, which would lead the inner npm and git to this repository. */
function cleanEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(npm_|GIT_)/i.test(name)))
}

function commitAll(directory: string): string {
  git(directory, 'init', '--quiet')
  git(directory, 'add', '--all')
  git(directory, 'commit', '--quiet', '--message', 'snapshot')
  return git(directory, 'rev-parse', 'HEAD').trim()
}

describe.skipIf(!isInstalled)('pre-commit runs the hook of this repository', () => {
  let directory: string
  let project: string

  /** This repository as it stands, committed or not, and a project of the reference stack that uses its hook. */
  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), 'ml-dash-lint-pre-commit-'))
    const hooks = join(directory, 'hooks')
    const files = git(root, 'ls-files', '-z', '--cached', '--others', '--exclude-standard', '--deduplicate').split('\0')
    for (const file of files.filter((name) => name !== '')) {
      mkdirSync(dirname(join(hooks, file)), { recursive: true })
      cpSync(join(root, file), join(hooks, file))
    }
    const revision = commitAll(hooks)

    project = join(directory, 'project')
    cpSync(join(root, 'fixtures/ml-services'), project, { recursive: true })
    writeFileSync(
      join(project, '.pre-commit-config.yaml'),
      `repos:\n  - repo: ${hooks}\n    rev: ${revision}\n    hooks:\n      - id: ml-dash-lint\n      - id: ml-dash-lint-registry\n        args: [contracts/metrics.json]\n`,
    )
    mkdirSync(join(project, 'contracts'))
    // What git does not know, pre-commit does not see changed.
    writeFileSync(join(project, 'contracts/metrics.json'), '')
    commitAll(project)
  }, fileSystemTimeout)

  afterAll(() => rmSync(directory, { recursive: true, force: true }), fileSystemTimeout)

  function runHook(...args: string[]): Promise<{ status: number; output: string }> {
    const env = { ...cleanEnvironment(), PRE_COMMIT_HOME: join(directory, 'cache'), PRE_COMMIT_COLOR: 'never', npm_config_prefer_offline: 'true' }
    return new Promise((resolve) => {
      execFile(preCommit, ['run', ...args], { cwd: project, env }, (error, stdout, stderr) =>
        resolve({ status: typeof error?.code === 'number' ? error.code : 0, output: stdout + stderr }),
      )
    })
  }

  test(
    'it passes on the clean stack, and fails with the diagnostic once a metric is renamed in the code alone',
    async () => {
      const clean = await runHook('ml-dash-lint', '--all-files')
      expect(clean.output).toMatch(/^ml-dash-lint\.+Passed$/m)
      expect(clean.status).toBe(0)

      const file = join(project, 'python/shared/metrics.py')
      const code = readFileSync(file, 'utf8')
      expect(code).toContain('"ml_cost_usd"')
      writeFileSync(file, code.replace('"ml_cost_usd"', '"ml_cost_dollars"'))
      git(project, 'add', file)
      const drifted = await runHook('ml-dash-lint')
      expect(drifted.output).toMatch(/^ml-dash-lint\.+Failed$/m)
      expect(drifted.output).toMatch(/^docker\/grafana\/\S+\.json:\d+:\d+ {2}error {2}unknown-metric$/m)
      expect(drifted.status).toBe(1)
    },
    installTimeout,
  )

  test(
    'the registry hook writes the file and fails, and passes once it is current',
    async () => {
      const stale = await runHook('ml-dash-lint-registry', '--all-files')
      expect(stale.output).toMatch(/^ml-dash-lint registry\.+Failed$/m)
      expect(stale.output).toContain('files were modified by this hook')
      const { families } = JSON.parse(readFileSync(join(project, 'contracts/metrics.json'), 'utf8')) as { families: { name: string }[] }
      expect(families.length).toBeGreaterThan(10)
      git(project, 'add', 'contracts/metrics.json')
      const current = await runHook('ml-dash-lint-registry', '--all-files')
      expect(current.output).toMatch(/^ml-dash-lint registry\.+Passed$/m)
      expect([stale.status, current.status]).toEqual([1, 0])
    },
    installTimeout,
  )
})
