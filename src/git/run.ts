import { spawn, spawnSync } from 'node:child_process'
import { lookElsewhere } from '../text/disk.js'

/** Where git is run, and what it may know of the process. */
export interface Workplace {
  /** Absolute path. */
  readonly folder: string
  readonly env: Readonly<Record<string, string | undefined>>
}

export interface GitOutcome {
  /** -1 where git was ended by a signal. */
  readonly code: number
  readonly stdout: Buffer
  readonly stderr: string
}

/** That there is no git to be run. */
export class NoGit extends Error {}

/**
 * What keeps git from running what a repository's own configuration names: its file system monitor and its hooks, and
 * with the environment below its helpers for transport and its filters. Git has no single switch for that
 * (git-config(1); git(1), "Security").
 */
const guards = ['--no-pager', '--literal-pathspecs', '-c', 'core.fsmonitor=false', '-c', 'core.hooksPath=/dev/null']

/** `settings` are pairs of configuration that win over the repository's (git-config(1), GIT_CONFIG_COUNT). */
function environment({ env }: Workplace, settings: readonly (readonly [string, string])[]): NodeJS.ProcessEnv {
  const first = Number(env['GIT_CONFIG_COUNT'] ?? 0) || 0
  return {
    ...env,
    // Messages as they are known here; nothing is written, fetched or asked for.
    LC_ALL: 'C',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_NO_LAZY_FETCH: '1',
    GIT_ALLOW_PROTOCOL: 'none',
    GIT_TERMINAL_PROMPT: '0',
    GIT_CONFIG_COUNT: String(first + settings.length),
    ...Object.fromEntries(settings.flatMap(([key, value], i) => [[`GIT_CONFIG_KEY_${first + i}`, key], [`GIT_CONFIG_VALUE_${first + i}`, value]])),
  }
}

/** A repository as it is asked: every call with the same guards. */
export interface Git {
  /** Absolute path of the folder that it is run in. */
  readonly folder: string
  /** Runs git to its end, with `input` at its standard input. Throws `NoGit`. */
  run(args: readonly string[], input?: string): Promise<GitOutcome>
  /** The same at once: for what is asked for so rarely that nobody waits for it. */
  runNow(args: readonly string[]): GitOutcome
}

/** Git in a folder, with the filters that its repository names switched off: what they run is the repository's to say. */
export async function gitIn(workplace: Workplace): Promise<Git> {
  const bare = gitWith(workplace, [])
  const { stdout } = await bare.run(['config', '--null', '--name-only', '--get-regexp', '^filter\\..*\\.(clean|smudge|process|required)$'])
  const names = [...new Set(stdout.toString().split('\0').filter((name) => name !== ''))]
  return names.length === 0 ? bare : gitWith(workplace, names.map((name) => [name, name.endsWith('.required') ? 'false' : '']))
}

function gitWith(workplace: Workplace, settings: readonly (readonly [string, string])[]): Git {
  lookElsewhere()
  const options = { cwd: workplace.folder, env: environment(workplace, settings) }
  return {
    folder: workplace.folder,
    run: (args, input = '') => new Promise((resolve, reject) => {
      const child = spawn('git', [...guards, ...args], options)
      const out: Buffer[] = []
      const err: Buffer[] = []
      child.on('error', (error) => reject(error instanceof Error && 'code' in error && error.code === 'ENOENT' ? new NoGit() : error))
      child.stdout.on('data', (chunk: Buffer) => out.push(chunk))
      child.stderr.on('data', (chunk: Buffer) => err.push(chunk))
      child.on('close', (code) => resolve({ code: code ?? -1, stdout: Buffer.concat(out), stderr: Buffer.concat(err).toString() }))
      // Git that ends early does not read on, and says why.
      child.stdin.on('error', () => undefined)
      child.stdin.end(input)
    }),
    runNow(args) {
      const { status, stdout, stderr } = spawnSync('git', [...guards, ...args], { ...options, maxBuffer: 1_000_000_000 })
      return { code: status ?? -1, stdout, stderr: stderr.toString() }
    },
  }
}
