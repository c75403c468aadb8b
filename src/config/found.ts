import { readFile, stat } from 'node:fs/promises'
import { dirname, join, relative, sep } from 'node:path'
import type { DocumentPath, StructuredDocument } from '../text/document.js'
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
export async function hasConfig(directory: string): Promise<boolean> {
  return (await configIn(directory, directory)) !== undefined
}

async function configIn(directory: string, cwd: string): Promise<FoundConfig | undefined> {
  return (await readConfig(join(directory, configFileName), cwd)) ?? (await readConfig(join(directory, 'package.json'), cwd))
}

/** The nearest configuration in a folder and those above it, up to the root of the repository, be it in order or not. */
export async function findConfig(from: string, cwd: string): Promise<FoundConfig | undefined> {
  for (let directory = from; ; directory = dirname(directory)) {
    const found = await configIn(directory, cwd)
    if (found) return found
    const isTop = directory === dirname(directory) || (await stat(join(directory, '.git')).then(() => true, () => false))
    if (isTop) return undefined
  }
}

/** Reads one file (absolute); `undefined` where there is none, or a `package.json` without the key. */
export async function readConfig(file: string, cwd: string): Promise<FoundConfig | undefined> {
  const text = await readFile(file, 'utf8').catch(() => undefined)
  if (text === undefined) return undefined
  const document = parseJson(sourceText(relative(cwd, file).split(sep).join('/'), text), { comments: true })
  const isPackage = file.endsWith(`${sep}package.json`)
  if (isPackage && (typeof document.value !== 'object' || document.value === null || !(packageKey in document.value))) return undefined
  return { file, document, path: isPackage ? [packageKey] : [], directory: dirname(file) }
}
