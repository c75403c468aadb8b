import { existsSync } from 'node:fs'
import { readFile, realpath } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { isBelow } from '../text/path.js'
import { reasonOf, writeWhole } from '../text/write-whole.js'
import type { FileChange, Unfixed } from './fix.js'

export interface Written {
  readonly written: readonly FileChange[]
  readonly unfixed: readonly Unfixed[]
}

/**
 * Writes changed files, each whole or not at all: those that are still what was linted, and that lie in the
 * repository of one of `folders` (absolute), where the links on the way to them lead.
 */
export async function writeFixes(changes: readonly FileChange[], cwd: string, folders: readonly string[]): Promise<Written> {
  const repositories = await Promise.all(folders.map((folder) => realpath(repositoryOf(folder))))
  const written: FileChange[] = []
  const unfixed: Unfixed[] = []
  for (const change of changes) {
    const reason = await write(change, resolve(cwd, change.path), repositories)
    if (reason === undefined) written.push(change)
    else unfixed.push({ path: change.path, reason })
  }
  return { written, unfixed }
}

/** Why a change was not written; `undefined` where it was. */
async function write({ before, after }: FileChange, file: string, repositories: readonly string[]): Promise<string | undefined> {
  try {
    const target = await realpath(file)
    if (!repositories.some((repository) => isBelow(repository, target))) return 'is left as it was: it lies outside the repository'
    // What is not in UTF-8 is not these bytes either, and would not be again.
    if (!(await readFile(target)).equals(Buffer.from(before))) return 'is left as it was: it is not, or no longer, the text in UTF-8 that was linted'
    await writeWhole(target, after)
    return undefined
  } catch (error) {
    return `cannot be written: ${reasonOf(error)}`
  }
}

/** The nearest folder here or above that is a repository; else the folder itself. */
function repositoryOf(folder: string): string {
  for (let current = folder; ; current = dirname(current)) {
    if (existsSync(join(current, '.git'))) return current
    if (current === dirname(current)) return folder
  }
}
