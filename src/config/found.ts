import { dirname, join, relative, sep } from 'node:path'
import type { DocumentPath, StructuredDocument } from '../text/document.js'
import { disk } from '../text/disk.js'
import { statIfThere } from '../text/file-tree.js'
import { parseJson } from '../text/json.js'
import { sourceText } from '../text/source.js'

export const configFileName = 'ml-dash-lint.config.json'
const packageKey = 'ml-dash-lint'

/** A file that holds a configuration, be it in order or not. */
export interface FoundConfig {
  /** Absolute. */
  readonly file: string
  readonly document: StructuredDocument
  readonly path: DocumentPath
  readonly directory: string
}

/** Whether a configuration lies in a folder, be it in order or not. */
export function hasConfig(directory: string): boolean {
  return (configIn(directory, directory)) !== undefined
}

function configIn(directory: string, cwd: string): FoundConfig | undefined {
  return (readConfig(join(directory, configFileName), cwd)) ?? (readConfig(join(directory, 'package.json'), cwd))
}

/** The nearest configuration in a folder and those above it, up to the root of the repository, be it in order or not. */
export function findConfig(from: string, cwd: string): FoundConfig | undefined {
  for (let directory = from; ; directory = dirname(directory)) {
    const found = configIn(directory, cwd)
    if (found) return found
    const isTop = directory === dirname(directory) || statIfThere(disk, join(directory, '.git')) !== undefined
    if (isTop) return undefined
  }
}

/** Reads one file (absolute); `undefined` where there is none, or a `package.json` without the key. */
export function readConfig(file: string, cwd: string): FoundConfig | undefined {
  const text = textIfThere(file)
  if (text === undefined) return undefined
  const document = parseJson(sourceText(relative(cwd, file).split(sep).join('/'), text), { comments: true })
  const isPackage = file.endsWith(`${sep}package.json`)
  if (isPackage && (typeof document.value !== 'object' || document.value === null || !(packageKey in document.value))) return undefined
  return { file, document, path: isPackage ? [packageKey] : [], directory: dirname(file) }
}

function textIfThere(file: string): string | undefined {
  try {
    return disk.readText(file)
  } catch {
    return undefined
  }
}
