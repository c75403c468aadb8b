import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { onTestFinished } from 'vitest'
import { main } from '../../src/cli/main.js'

/** Files by path; a value that is no text and no bytes is written as indented JSON. */
export type Files = Readonly<Record<string, string | Uint8Array | object>>

/** What a command left behind. */
export interface Outcome {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

/** A folder of files to run commands in. */
export interface Repository {
  /** Absolute. */
  readonly path: string
  readonly write: (files: Files) => void
  readonly read: (file: string) => string
  /** Runs a command line here. */
  readonly run: (...argv: string[]) => Promise<Outcome>
  /** Runs a command line in a folder below. */
  readonly runIn: (folder: string, ...argv: string[]) => Promise<Outcome>
}

/** Makes a repository, with a `.git` folder as its end, that is gone after the test. */
export function repository(files: Files): Repository {
  const path = realpathSync(mkdtempSync(join(tmpdir(), 'ml-dash-lint-')))
  onTestFinished(() => rmSync(path, { recursive: true, force: true }))
  mkdirSync(join(path, '.git'))
  const write = (more: Files) => {
    for (const [file, content] of Object.entries(more)) {
      mkdirSync(dirname(join(path, file)), { recursive: true })
      const isRaw = typeof content === 'string' || content instanceof Uint8Array
      writeFileSync(join(path, file), isRaw ? content : `${JSON.stringify(content, null, 2)}\n`)
    }
  }
  write(files)
  return {
    path,
    write,
    read: (file) => readFileSync(join(path, file), 'utf8'),
    run: (...argv) => runIn(path, argv),
    runIn: (folder, ...argv) => runIn(join(path, folder), argv),
  }
}

/** Runs a command line in this process, as a program whose output goes to files. */
export async function runIn(cwd: string, argv: readonly string[], env: Record<string, string> = {}): Promise<Outcome> {
  let stdout = ''
  let stderr = ''
  const code = await main(['node', 'ml-dash-lint', ...argv], {
    cwd: () => cwd,
    env,
    stdout: { write: (text: string) => (stdout += text) },
    stderr: { write: (text: string) => (stderr += text) },
  })
  return { code, stdout, stderr }
}

/** The built command line. */
export const executable = resolve(import.meta.dirname, '../../bin/ml-dash-lint.js')

/** Why `runBuilt` cannot be used; `undefined` where it can. */
export const builtIsMissing = existsSync(resolve(import.meta.dirname, '../../dist/bundle/main.js')) ? undefined : 'dist/ is not built'

/** Runs the built command line as a program of its own, if need be as another user. */
export function runBuilt(cwd: string, argv: readonly string[], { uid }: { readonly uid?: number } = {}): Outcome & { readonly error?: Error } {
  const { status, stdout, stderr, error } = spawnSync(process.execPath, [executable, ...argv], {
    cwd,
    encoding: 'utf8',
    ...(uid !== undefined && { uid, gid: uid }),
  })
  return { code: status ?? -1, stdout, stderr, ...(error && { error }) }
}
