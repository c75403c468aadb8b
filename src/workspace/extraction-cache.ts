import { createHash, randomBytes } from 'node:crypto'
import { lstatSync, readdirSync, readFileSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Extraction, ExtractOptions, SourceTree } from '../extract/types.js'
import { makeFolder } from '../text/make-folder.js'
import { once } from '../text/once.js'
import { packageFile } from '../text/package-file.js'
import { readExtractions, writeExtractions } from './extraction-file.js'

/** How many results are kept, and how large they may be together, in bytes. */
const maximumEntries = 12
const maximumBytes = 64_000_000
const entryName = /^extraction-[0-9a-f]{64}\.json$/

/**
 * What extraction found, kept in `directory` and taken from there when neither the linter nor the options nor any file
 * that extraction can see has changed. Whatever is wrong with the cache, the code is read as if there were none.
 */
export async function cachedExtractions(
  directory: string | undefined, tree: SourceTree, options: ExtractOptions, extract: () => Promise<readonly Extraction[]>,
): Promise<readonly Extraction[]> {
  if (directory === undefined) return extract()
  const name = `extraction-${keyOf(tree, options)}.json`
  const known = readEntry(directory, name, tree)
  if (known !== undefined) return known
  const extractions = await extract()
  if (extractions.some(isWorthKeeping)) writeEntry(directory, name, writeExtractions(extractions))
  return extractions
}

/** Where nothing was found, next to nothing was done. */
function isWorthKeeping({ declarations, instrumentations, problems, incompleteness }: Extraction): boolean {
  return declarations.length > 0 || instrumentations.length > 0 || problems.length > 0 || incompleteness !== undefined
}

/** Equal only where extraction would see the same: the linter's own code, the options, every path and every text. */
function keyOf({ paths, read }: SourceTree, { factories = [], budget = 1 }: ExtractOptions): string {
  const hash = createHash('sha256')
  const add = (text: string) => hash.update(`${text.length}:`).update(text)
  add(ownCode())
  add(JSON.stringify({ factories, budget }))
  for (const path of paths) {
    add(path)
    const source = read(path)
    if (source === undefined) hash.update('-')
    else add(source.text)
  }
  return hash.digest('hex')
}

/** A hash of the linter itself: what was installed from a branch has the version number of the last release. */
const ownCode = once(() => {
  const hash = createHash('sha256').update(readFileSync(packageFile('package.json')))
  const bundle = packageFile('dist/bundle')
  // The names of its parts, which it has, tell what stands in them.
  if (import.meta.dirname === bundle) return hash.update(readFileSync(join(bundle, 'main.js'))).digest('hex')
  const built = packageFile('dist')
  const root = import.meta.dirname.startsWith(built) ? built : packageFile('src')
  for (const path of readdirSync(root, { recursive: true, encoding: 'utf8' }).sort()) {
    if (/\.[jt]s$/.test(path) && !path.endsWith('.d.ts')) hash.update(`${path}\n`).update(readFileSync(join(root, path)))
  }
  return hash.digest('hex')
})

function readEntry(directory: string, name: string, tree: SourceTree): readonly Extraction[] | undefined {
  const file = join(directory, name)
  try {
    const entry = lstatSync(file)
    if (!entry.isFile() || entry.size > maximumBytes) return undefined
    const extractions = readExtractions(readFileSync(file, 'utf8'), tree)
    if (extractions !== undefined) keepLonger(file)
    return extractions
  } catch {
    return undefined
  }
}

/** What was used last is removed last. */
function keepLonger(file: string): void {
  try {
    const now = new Date()
    utimesSync(file, now, now)
  } catch {
    // It may belong to somebody else.
  }
}

/** Under a name of its own first: whoever reads meanwhile finds a whole file or none. */
function writeEntry(directory: string, name: string, text: string): void {
  const draft = join(directory, `${name}.${randomBytes(6).toString('hex')}.tmp`)
  try {
    makeFolder(directory)
    writeFileSync(draft, text, { flag: 'wx' })
    renameSync(draft, join(directory, name))
    prune(directory)
  } catch {
    // A disk that is full or may not be written to costs time, no more.
    remove(draft)
  }
}

function remove(file: string): void {
  try {
    rmSync(file, { force: true })
  } catch {
    // Where it could not be written, it may not be removed either.
  }
}

function prune(directory: string): void {
  const entries = readdirSync(directory).filter((name) => entryName.test(name)).flatMap((name) => {
    const entry = lstatSync(join(directory, name), { throwIfNoEntry: false })
    return entry ? [{ name, size: entry.size, used: entry.mtimeMs }] : []
  })
  let bytes = 0
  for (const [index, { name, size }] of entries.sort((a, b) => b.used - a.used).entries()) {
    bytes += size
    if (index >= maximumEntries || (index > 0 && bytes > maximumBytes)) rmSync(join(directory, name), { force: true })
  }
  removeOldDrafts(directory)
}

/** Drafts of runs that were ended while they wrote. */
function removeOldDrafts(directory: string): void {
  const anHourAgo = Date.now() - 3_600_000
  for (const name of readdirSync(directory)) {
    if (!/^extraction-[0-9a-f]{64}\.json\.[0-9a-f]{12}\.tmp$/.test(name)) continue
    const entry = lstatSync(join(directory, name), { throwIfNoEntry: false })
    if (entry && entry.mtimeMs < anHourAgo) rmSync(join(directory, name), { force: true })
  }
}
