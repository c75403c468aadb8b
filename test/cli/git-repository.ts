import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { repository, runIn, type Files, type Outcome } from './repository.js'

/** Why tests with git are skipped; `undefined` where there is git. */
export const gitIsMissing = spawnSync('git', ['--version']).status === 0 ? undefined : 'git is not installed'

/** Without what a git above this process tells its children, and with nobody's own configuration. */
export const gitEnvironment: Record<string, string> = {
  PATH: process.env['PATH'] ?? '',
  GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1',
}

/** Runs git with an identity and a fixed time, so that the same commit has the same name. */
export function git(folder: string, ...args: string[]): string {
  const identity = ['-c', 'user.name=test', '-c', 'user.email=test@example.com', '-c', 'commit.gpgsign=false', '-c', 'protocol.file.allow=always']
  const date = '2026-01-01T00:00:00Z'
  return execFileSync('git', [...identity, ...args], { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], env: { ...gitEnvironment, GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date } }).trimEnd()
}

/** A repository of git with some files in its one commit. */
export interface GitRepository {
  /** Absolute. */
  readonly path: string
  write(files: Files): void
  git(...args: string[]): string
  /** Commits all there is. */
  commit(): void
  /** Runs a command line here, or in a folder below. */
  lint(argv: readonly string[], folder?: string): Promise<Outcome>
}

export function gitRepository(files: Files): GitRepository {
  const { path, write } = repository(files)
  git(path, 'init', '--quiet', '--initial-branch=main')
  const made = gitRepositoryAt(path, write)
  made.commit()
  return made
}

/** A folder that is gone after the test. */
export function folder(): string {
  const path = realpathSync(mkdtempSync(join(tmpdir(), 'ml-dash-lint-')))
  onTestFinished(() => rmSync(path, { recursive: true, force: true }))
  return path
}

export function gitRepositoryAt(path: string, write: GitRepository['write'] = () => undefined): GitRepository {
  return {
    path,
    write,
    git: (...args) => git(path, ...args),
    commit() {
      git(path, 'add', '--all')
      git(path, 'commit', '--quiet', '--allow-empty', '--message', 'a change')
    },
    lint: (argv, inside = '.') => runIn(join(path, inside), argv, gitEnvironment),
  }
}
