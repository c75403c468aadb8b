import { answering } from '../extract/question.js'
import type { SourceTree } from '../extract/types.js'
import { sourceText, type SourceText } from '../text/source.js'
import type { FoundFile, Unreadable } from './discovery.js'
import { reasonOf } from './read-file.js'
import { isTestFile } from './test-files.js'

export const sourceFile = /\.(?:[cm]?[jt]sx?|py)$/i
/** Files that tell how modules are found. */
const projectFile = /(?:^|\/)(?:[tj]sconfig[^/]*|package)\.json$/
/** Files that tell how programs are started. */
const deploymentFile = /(?:^|\/)(?:Dockerfile[^/]*|Procfile|(?:docker-)?compose[^/]*\.ya?ml|[^/]*\.sh)$/

/** The sources of a workspace, with those that could not be read when they were asked for. */
export interface WorkspaceSources extends SourceTree {
  unreadable(): readonly Unreadable[]
}

/** The sources of a workspace, tests left out; a file is read when first asked for, and kept. */
export function sourceTree(files: readonly FoundFile[], maxBytes: number): WorkspaceSources {
  const byPath = new Map(
    files
      .filter(({ path, pathInScope, size }) => size <= maxBytes && (projectFile.test(path) || deploymentFile.test(path) || (sourceFile.test(path) && !isTestFile(pathInScope))))
      .map((file) => [file.path, file]),
  )
  const texts = new Map<string, SourceText | undefined>()
  const unreadable: Unreadable[] = []

  function readSource({ path, absolute, tree, reported }: FoundFile): SourceText | undefined {
    try {
      return sourceText(path, tree.readText(absolute))
    } catch (error) {
      unreadable.push({ path, reported, message: `cannot read this file: ${reasonOf(error)}` })
      return undefined
    }
  }

  function read(path: string): SourceText | undefined {
    const file = byPath.get(path)
    if (file !== undefined && !texts.has(path)) texts.set(path, readSource(file))
    return texts.get(path)
  }

  return {
    ...answering({ paths: [...byPath.keys()], read }),
    unreadable: () => unreadable,
  }
}

/** The texts of the TypeScript, JavaScript and Python sources of a tree. */
export function* textsOf({ paths, read }: SourceTree): Iterable<SourceText> {
  for (const path of paths) {
    const source = sourceFile.test(path) ? read(path) : undefined
    if (source !== undefined) yield source
  }
}
