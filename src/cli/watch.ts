import { watch as watchFolder, type FSWatcher } from 'node:fs'
import { join, relative, resolve, sep } from 'node:path'
import { mayTell } from '../workspace/discovery.js'
import type { ReportTarget } from './report-targets.js'
import { exitCodes, type Terminal } from './terminal.js'

/** What a run came to, and what to watch to see that it would come to something else. */
export interface Run {
  readonly code: number
  /** Absolute. */
  readonly folders: readonly string[]
  readonly cacheDirectory?: string
}

/** Editors and `git checkout` write many files at once, and some of them twice. */
const quietMilliseconds = 150

/**
 * Runs, and again whenever something changes in one of the folders that the run before looked into, until the user
 * interrupts. Folders that are passed over, such as `node_modules`, are not watched. What a run writes starts none.
 */
export async function watch(run: () => Promise<Run>, targets: readonly ReportTarget[], terminal: Terminal): Promise<number> {
  const cwd = terminal.cwd()
  const written = new Set(targets.flatMap(({ file }) => (file === undefined ? [] : [resolve(cwd, file)])))
  const watchers = new Map<string, FSWatcher>()
  let cacheDirectory: string | undefined
  const changed = new Set<string>()
  let timer: NodeJS.Timeout | undefined
  let wake: (() => void) | undefined

  function notice(path: string): void {
    if (written.has(path) || (cacheDirectory !== undefined && `${path}${sep}`.startsWith(`${cacheDirectory}${sep}`))) return
    changed.add(path)
    clearTimeout(timer)
    timer = setTimeout(() => wake?.(), quietMilliseconds)
  }

  function follow(folders: readonly string[]): void {
    for (const [folder, watcher] of watchers) {
      if (folders.includes(folder)) continue
      watcher.close()
      watchers.delete(folder)
    }
    for (const folder of folders) {
      if (watchers.has(folder)) continue
      try {
        const watcher = watchFolder(folder, (event, name) => {
          // Files come and go by `rename`, and folders too, which have no extension mostly.
          if (name === null || mayTell(name) || (event === 'rename' && !name.includes('.'))) notice(join(folder, name ?? ''))
        })
        // It is gone, which the folder above tells.
        watcher.on('error', () => watcher.close())
        watchers.set(folder, watcher)
      } catch {
        // The same.
      }
    }
  }

  const interruption = new AbortController()
  const interrupted = (terminal.interrupted?.() ?? new Promise<void>(() => undefined)).then(() => interruption.abort())
  const isInterrupted = () => interruption.signal.aborted
  while (!isInterrupted()) {
    const last = await run()
    if (last.folders.length === 0) return last.code
    ;({ cacheDirectory } = last)
    follow(last.folders)
    terminal.stderr.write('ml-dash-lint: watching for changes; end with Ctrl+C\n')
    if (changed.size === 0) await Promise.race([interrupted, new Promise<void>((resolve) => (wake = resolve))])
    if (!isInterrupted()) terminal.stderr.write(`\nml-dash-lint: changed: ${toldChanges([...changed].map((path) => relative(cwd, path)).sort())}\n`)
    changed.clear()
  }
  clearTimeout(timer)
  for (const watcher of watchers.values()) watcher.close()
  return exitCodes.interrupted
}

function toldChanges(paths: readonly string[]): string {
  const most = 3
  return paths.length <= most ? paths.join(', ') : `${paths.slice(0, most).join(', ')} and ${paths.length - most} more`
}
