import { createHash } from 'node:crypto'
import type { Extraction, ExtractOptions, SourceTree } from '../extract/types.js'
import { entriesOn, keepLonger, readEntry, writeEntry, type Shelf } from '../text/cache-folder.js'
import { ownCode } from '../text/own-code.js'
import { readExtractions, writeExtractions } from './extraction-file.js'
import { logged, readLog, stillHolds } from './reading-log.js'

const prefix = 'extraction-'

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
  const shelf: Shelf = { directory, prefix, maximumEntries: 12, maximumBytes: 64_000_000 }
  const texts = tree.paths.map((path) => hashOf(tree.read(path)?.text ?? 'unreadable'))
  const kind = kindOf(tree, options)
  const name = `${prefix}${kind}${hashOf(...texts).slice(kind.length)}.json`
  const known = readExtraction(shelf, name, tree) ?? readSimilar(shelf, kind, tree, texts)
  if (known !== undefined) return known
  const { tree: seen, log } = logged(tree)
  const extractions = await extract(seen)
  if (extractions.some(isWorthKeeping)) writeEntry(shelf, name, `${JSON.stringify(log(texts))}\n${writeExtractions(extractions)}`)
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

/** A result for the same paths with other texts that holds for these as well; those that were used last are tried first. */
function readSimilar(shelf: Shelf, kind: string, tree: SourceTree, texts: readonly string[]): readonly Extraction[] | undefined {
  for (const name of entriesOn(shelf).filter((entry) => entry.startsWith(`${prefix}${kind}`)).slice(0, maximumSimilar)) {
    const known = readExtraction(shelf, name, tree, (log) => stillHolds(readLog(JSON.parse(log)), tree, texts))
    if (known !== undefined) return known
  }
  return undefined
}

function readExtraction(
  shelf: Shelf, name: string, tree: SourceTree, holds: (log: string) => boolean = () => true,
): readonly Extraction[] | undefined {
  const text = readEntry(shelf, name)
  if (text === undefined) return undefined
  try {
    const [log = '', extractions = ''] = text.split('\n')
    if (!holds(log)) return undefined
    const read = readExtractions(extractions, tree)
    if (read !== undefined) keepLonger(shelf, name)
    return read
  } catch {
    return undefined
  }
}
