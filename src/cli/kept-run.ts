import { createHash } from 'node:crypto'
import { homedir } from 'node:os'
import { resolve } from 'node:path'
import { cacheDirectory } from '../api/cache-directory.js'
import { surroundingsNow } from '../api/surroundings.js'
import { keepLonger, readEntry, writeEntry, type Shelf } from '../text/cache-folder.js'
import { haveSameAnswers, noteLooks } from '../text/disk.js'
import { ownCode } from '../text/own-code.js'
import { isRecord } from '../text/value.js'
import { exitCodes, type Terminal } from './terminal.js'

/**
 * A run of the command line that may have been kept: what it wrote, with all that it had asked the disk and the environment
 * for. Where the answers are the same, it would write the same again.
 */
export interface KeptRun {
  /** Writes what the run wrote before, and gives its exit code; `undefined` where that is not known, or may not be so any more. */
  repeated(): number | undefined
  /** Runs it, and keeps it where that says that it may be kept (`Terminal.keep`). */
  noted(run: (terminal: Terminal) => Promise<number>): Promise<number>
}

/**
 * How long before a run everything that it read must have changed last, in milliseconds, for the run to be kept: a file that
 * is written twice within one tick of the file system's clock looks the same. No clock in use is coarser.
 */
const settledAfter = 2000

/** What is kept of a run. */
interface Entry {
  readonly today: string
  /** Variables of the environment; `null` where there was none. */
  readonly environment: readonly (readonly [string, string | null])[]
  readonly answers: readonly (readonly [string, string])[]
  readonly written: readonly (readonly ['stdout' | 'stderr', string])[]
  readonly code: number
}

/** The run that the arguments of a process ask for; `undefined` where nothing is kept. `settled` is for tests. */
export function keptRun(argv: readonly string[], terminal: Terminal, settled = settledAfter): KeptRun | undefined {
  const given = argv.slice(2)
  const directory = given.includes('--no-cache') ? undefined : directoryOf(given, terminal)
  if (directory === undefined) return undefined
  const { stdout, stderr } = terminal
  const cwd = terminal.cwd()
  const key = JSON.stringify([ownCode(), process.version, process.getuid?.(), homedir(), given, cwd, stdout.isTTY, stdout.columns, stderr.isTTY, stderr.columns])
  const name = `${prefix}${createHash('sha256').update(key).digest('hex')}.json`
  return {
    repeated() {
      const shelf = shelfIn(directory)
      const entry = entryOf(readEntry(shelf, name))
      if (entry === undefined || entry.today !== surroundingsNow(cwd, terminal.env).today) return undefined
      if (!entry.environment.every(([variable, value]) => (terminal.env[variable] ?? null) === value) || !haveSameAnswers(entry.answers)) return undefined
      for (const [stream, text] of entry.written) terminal[stream].write(text)
      keepLonger(shelf, name)
      return entry.code
    },
    async noted(run) {
      const environment = new Map<string, string | null>()
      const written: ['stdout' | 'stderr', string][] = []
      const noting = (stream: 'stdout' | 'stderr') => ({
        ...terminal[stream],
        write(text: string) {
          written.push([stream, text])
          return terminal[stream].write(text)
        },
      })
      let kept: string | undefined
      const begin = Date.now()
      const looks = noteLooks()
      const code = await run({ ...terminal, stdout: noting('stdout'), stderr: noting('stderr'), env: noted(terminal.env, environment), keep: (folder) => (kept = folder) })
      if (kept === undefined || !looks.isWhole || looks.newest > begin - settled || !haveSameAnswers(looks.answers)) return code
      const entry: Entry = { today: surroundingsNow(cwd, terminal.env).today, environment: [...environment], answers: [...looks.answers], written, code }
      writeEntry(shelfIn(kept), name, JSON.stringify(entry))
      return code
    },
  }
}

const prefix = 'run-'

function shelfIn(directory: string): Shelf {
  return { directory, prefix, maximumEntries: 24, maximumBytes: 32_000_000 }
}

/** Where a run with these arguments would be kept. To be wrong here costs time: the run itself tells where it is to be kept. */
function directoryOf(given: readonly string[], terminal: Terminal): string | undefined {
  const option = '--cache-location'
  const at = given.findLastIndex((argument) => argument === option || argument.startsWith(`${option}=`))
  const named = at < 0 ? undefined : given[at] === option ? given[at + 1] : given[at]!.slice(option.length + 1)
  return named === undefined ? cacheDirectory(terminal.cwd(), terminal.env) : resolve(terminal.cwd(), named)
}

/** The environment, which notes what is asked of it. */
function noted(env: Terminal['env'], asked: Map<string, string | null>): Terminal['env'] {
  const note = (variable: string | symbol) => {
    if (typeof variable === 'string') asked.set(variable, env[variable] ?? null)
  }
  return new Proxy(env, {
    get(all, variable) {
      note(variable)
      return Reflect.get(all, variable) as unknown
    },
    has(all, variable) {
      note(variable)
      return Reflect.has(all, variable)
    },
  })
}

/** What is in an entry; `undefined` where it is none. */
function entryOf(text: string | undefined): Entry | undefined {
  if (text === undefined) return undefined
  let entry: unknown
  try {
    entry = JSON.parse(text)
  } catch {
    return undefined
  }
  if (!isRecord(entry)) return undefined
  const { today, environment, answers, written, code } = entry
  const isText = (value: unknown) => typeof value === 'string'
  const isIn = isPairOf((stream) => stream === 'stdout' || stream === 'stderr', isText)
  const isWhole = isText(today) && (code === exitCodes.clean || code === exitCodes.findings)
    && isListOf(environment, isPairOf(isText, (value) => value === null || isText(value)))
    && isListOf(answers, isPairOf(isText, isText)) && isListOf(written, isIn)
  return isWhole ? (entry as unknown as Entry) : undefined
}

type Check = (value: unknown) => boolean

function isListOf(value: unknown, isItem: Check): boolean {
  return Array.isArray(value) && value.every(isItem)
}

function isPairOf(isFirst: Check, isSecond: Check): Check {
  return (value) => Array.isArray(value) && value.length === 2 && isFirst(value[0]) && isSecond(value[1])
}
