import { createHash, randomBytes } from 'node:crypto'
import { lstatSync, readdirSync, readFileSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Extraction, ExtractOptions, SourceTree } from '../extract/types.js'
import { makeFolder } from '../text/make-folder.js'
import { once } from '../text/once.js'
import { packageFile } from '../text/package-file.js'
import { readExtractions, writeExtractions } from './extraction-file.js'
import { logged, readLog, stillHolds } from './reading-log.js'

/** How many results are kept, and how large they may be together, in bytes. */
const maximumEntries = 12
const maximumBytes = 64_000_000
const entryName = /^extraction-[0-9a-f]{64}\.json$/

/** How many results for other texts are looked at, whether they hold for those at hand. */
const maximumSimilar = 3

/**
 * What extraction found, kept in `directory` and taken from there when neither the linter nor the options nor anything that
 * extraction has read has changed. Whatever is wrong with the cache, the code is read as if there were none.
 */
export async function cachedExtractions(
  directory: string | undefined, tree: SourceTree, options: ExtractOptions, extract: (tree: SourceTree) => Promise<readonly Extraction[]>,
): Promise<readonly Extraction[]> {
  if (directory === undefined) return extract(tree)
  const texts = tree.paths.map((path) => hashOf(tree.read(path)?.text ?? 'unreadable'))
  const kind = kindOf(tree, options)
  const name = `extraction-${kind}${hashOf(...texts).slice(kind.length)}.json`
  const known = readEntry(directory, name, tree) ?? readSimilar(directory, kind, tree, texts)
  if (known !== undefined) return known
  const { tree: seen, log } = logged(tree)
  const extractions = await extract(seen)
  if (extractions.some(isWorthKeeping)) writeEntry(directory, name, `${JSON.stringify(log(texts))}\n${writeExtractions(extractions)}`)
  return extractions
}

/** Where nothing was found, next to nothing was done. */
function isWorthKeeping({ declarations, instrumentations, problems, incompleteness }: Extraction): boolean {
  return declarations.length > 0 || instrumentations.length > 0 || problems.length > 0 || incompleteness !== undefined
}

/** Equal only where extraction would see the same, but for the texts: the linter's own code, the options, every path. */
function kindOf({ paths }: SourceTree, { factories = [], budget = 1 }: ExtractOptions): string {
  return hashOf(ownCode(), JSON.stringify({ factories, budget }), ...paths).slice(0, 24)
}

function hashOf(...texts: readonly string[]): string {
  const hash = createHash('sha256')
  for (const text of texts) hash.update(`${text.length}:`).update(text)
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

/** A result for the same paths with other texts that holds for these as well; those that were used last are tried first. */
function readSimilar(directory: string, kind: string, tree: SourceTree, texts: readonly string[]): readonly Extraction[] | undefined {
  for (const { name } of entriesIn(directory).filter((entry) => entry.name.startsWith(`extraction-${kind}`)).slice(0, maximumSimilar)) {
    const known = readEntry(directory, name, tree, (log) => stillHolds(readLog(JSON.parse(log)), tree, texts))
    if (known !== undefined) return known
  }
  return undefined
}

function readEntry(
  directory: string, name: string, tree: SourceTree, holds: (log: string) => boolean = () => true,
): readonly Extraction[] | undefined {
  const file = join(directory, name)
  try {
    const entry = lstatSync(file)
    if (!entry.isFile() || entry.size > maximumBytes) return undefined
    const [log = '', extractions = ''] = readFileSync(file, 'utf8').split('\n')
    if (!holds(log)) return undefined
    const read = readExtractions(extractions, tree)
    if (read !== undefined) keepLonger(file)
    return read
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
  let bytes = 0
  for (const [index, { name, size }] of entriesIn(directory).entries()) {
    bytes += size
    if (index >= maximumEntries || (index > 0 && bytes > maximumBytes)) rmSync(join(directory, name), { force: true })
  }
  removeOldDrafts(directory)
}

/** The results that are kept, those that were used last first; none where the folder cannot be read. */
function entriesIn(directory: string): { name: string; size: number; used: number }[] {
  return namesIn(directory).filter((name) => entryName.test(name)).flatMap((name) => {
    const entry = lstatSync(join(directory, name), { throwIfNoEntry: false })
    return entry ? [{ name, size: entry.size, used: entry.mtimeMs }] : []
  }).sort((a, b) => b.used - a.used)
}

function namesIn(directory: string): readonly string[] {
  try {
    return readdirSync(directory)
  } catch {
    return []
  }
}

/** Drafts of runs that were ended while they wrote. */
function removeOldDrafts(directory: string): void {
  const anHourAgo = Date.now() - 3_600_000
  for (const name of namesIn(directory)) {
    if (!/^extraction-[0-9a-f]{64}\.json\.[0-9a-f]{12}\.tmp$/.test(name)) continue
    const entry = lstatSync(join(directory, name), { throwIfNoEntry: false })
    if (entry && entry.mtimeMs < anHourAgo) rmSync(join(directory, name), { force: true })
  }
}
