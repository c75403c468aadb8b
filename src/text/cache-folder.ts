import { randomBytes } from 'node:crypto'
import { lstatSync, readdirSync, readFileSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { makeFolder } from './make-folder.js'

/** Entries of one kind in a folder of the cache: each is a file whose name begins alike. */
export interface Shelf {
  readonly directory: string
  /** What names begin with: `extraction-`. */
  readonly prefix: string
  /** How many entries are kept, and how large one may be, and all but the newest together, in bytes. */
  readonly maximumEntries: number
  readonly maximumBytes: number
}

/** The text of an entry; `undefined` where there is none that can be read, or something else than a file has its name. */
export function readEntry({ directory, maximumBytes }: Shelf, name: string): string | undefined {
  const file = join(directory, name)
  try {
    const entry = lstatSync(file)
    return entry.isFile() && entry.size <= maximumBytes ? readFileSync(file, 'utf8') : undefined
  } catch {
    return undefined
  }
}

/** Removes others before this one. */
export function keepLonger({ directory }: Shelf, name: string): void {
  try {
    const now = new Date()
    utimesSync(join(directory, name), now, now)
  } catch {
    // It may belong to somebody else.
  }
}

/** Keeps an entry, under a name of its own first: whoever reads meanwhile finds a whole file or none. */
export function writeEntry(shelf: Shelf, name: string, text: string): void {
  const { directory } = shelf
  const draft = join(directory, `${name}.${randomBytes(6).toString('hex')}.tmp`)
  try {
    makeFolder(directory)
    writeFileSync(draft, text, { flag: 'wx' })
    renameSync(draft, join(directory, name))
    prune(shelf)
  } catch {
    // A disk that is full or may not be written to costs time, no more.
    remove(draft)
  }
}

/** The names of the entries that are kept, those that were used last first; none where the folder cannot be read. */
export function entriesOn(shelf: Shelf): readonly string[] {
  return sizedEntriesOn(shelf).map(({ name }) => name)
}

function remove(file: string): void {
  try {
    rmSync(file, { force: true })
  } catch {
    // Where it could not be written, it may not be removed either.
  }
}

function prune(shelf: Shelf): void {
  const { directory, maximumEntries, maximumBytes } = shelf
  let bytes = 0
  for (const [index, { name, size }] of sizedEntriesOn(shelf).entries()) {
    bytes += size
    if (index >= maximumEntries || (index > 0 && bytes > maximumBytes)) rmSync(join(directory, name), { force: true })
  }
  removeOldDrafts(shelf)
}

/** Whether a file is one of the cache's own, wherever it lies. */
export function isCacheEntry(name: string): boolean {
  return /^[a-z]+-[0-9a-f]{64}\.json(?:\.[0-9a-f]{12}\.tmp)?$/.test(name)
}

const entryEnd = /^[0-9a-f]{64}\.json$/
const draftEnd = /^[0-9a-f]{64}\.json\.[0-9a-f]{12}\.tmp$/

function sizedEntriesOn(shelf: Shelf): { name: string; size: number }[] {
  return namesOn(shelf, entryEnd).flatMap((name) => {
    const entry = lstatSync(join(shelf.directory, name), { throwIfNoEntry: false })
    return entry ? [{ name, size: entry.size, used: entry.mtimeMs }] : []
  }).sort((a, b) => b.used - a.used)
}

function namesOn({ directory, prefix }: Shelf, end: RegExp): readonly string[] {
  try {
    return readdirSync(directory).filter((name) => name.startsWith(prefix) && end.test(name.slice(prefix.length)))
  } catch {
    return []
  }
}

/** Drafts of runs that were ended while they wrote. */
function removeOldDrafts(shelf: Shelf): void {
  const anHourAgo = Date.now() - 3_600_000
  for (const name of namesOn(shelf, draftEnd)) {
    const entry = lstatSync(join(shelf.directory, name), { throwIfNoEntry: false })
    if (entry && entry.mtimeMs < anHourAgo) rmSync(join(shelf.directory, name), { force: true })
  }
}
