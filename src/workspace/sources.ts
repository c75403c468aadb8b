import { readFileSync } from 'node:fs'
import type { SourceTree } from '../extract/types.js'
import { sourceText, type SourceText } from '../text/source.js'
import type { FoundFile } from './discovery.js'
import { isTestFile } from './test-files.js'

const sourceFile = /\.(?:[cm]?[jt]sx?|py)$/i
/** Files that tell how modules are found. */
const projectFile = /(?:^|\/)(?:[tj]sconfig[^/]*|package)\.json$/
/** Files that tell how programs are started. */
const deploymentFile = /(?:^|\/)(?:Dockerfile[^/]*|Procfile|(?:docker-)?compose[^/]*\.ya?ml|[^/]*\.sh)$/

/** The sources of a workspace, tests left out; a file is read when first asked for, and kept. */
export function sourceTree(files: readonly FoundFile[], maxBytes: number): SourceTree {
  const byPath = new Map(
    files
      .filter(({ path, pathInScope, size }) => size <= maxBytes && (projectFile.test(path) || deploymentFile.test(path) || (sourceFile.test(path) && !isTestFile(pathInScope))))
      .map((file) => [file.path, file]),
  )
  const texts = new Map<string, SourceText | undefined>()
  return {
    paths: [...byPath.keys()],
    read(path) {
      if (!texts.has(path)) texts.set(path, readSource(byPath.get(path)))
      return texts.get(path)
    },
  }
}

/** The texts of the TypeScript, JavaScript and Python sources of a tree. */
export function* textsOf({ paths, read }: SourceTree): Iterable<SourceText> {
  for (const path of paths) {
    const source = sourceFile.test(path) ? read(path) : undefined
    if (source !== undefined) yield source
  }
}

function readSource(file: FoundFile | undefined): SourceText | undefined {
  if (file === undefined) return undefined
  try {
    return sourceText(file.path, readFileSync(file.absolute, 'utf8'))
  } catch {
    return undefined
  }
}
