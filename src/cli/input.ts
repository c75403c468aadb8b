import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { readRegistry } from '../registry/file.js'
import type { RegistryContent } from '../registry/types.js'
import { readUsage, type Usage } from '../registry/usage.js'
import { sourceText, type Problem, type SourceText } from '../text/source.js'
import type { Terminal } from './terminal.js'

/** Reads a file that the user named. Complains and returns `undefined` where that cannot be done. */
export async function readInput(path: string, terminal: Terminal): Promise<SourceText | undefined> {
  try {
    return sourceText(path, await readFile(resolve(terminal.cwd(), path), 'utf8'))
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    terminal.stderr.write(`ml-dash-lint: cannot read ${path}: ${code === 'ENOENT' ? 'no such file' : (code ?? String(error))}\n`)
    return undefined
  }
}

/** Tells what is wrong with a file, one line each, as compilers do. */
export function complain(source: SourceText, problems: readonly Problem[], terminal: Terminal): void {
  for (const { message, span } of problems) {
    const { line, column } = source.positionAt(span.start)
    terminal.stderr.write(`${source.path}:${line}:${column}: ${message}\n`)
  }
}

/** Reads a registry file; a faulty one does not count. */
export async function registryInput(path: string, terminal: Terminal): Promise<RegistryContent | undefined> {
  const source = await readInput(path, terminal)
  if (source === undefined) return undefined
  const { content, problems } = readRegistry(source)
  complain(source, problems, terminal)
  return problems.length === 0 ? content : undefined
}

/** Reads usage files into one; a faulty one does not count. */
export async function usageInput(paths: readonly string[], terminal: Terminal): Promise<Usage | undefined> {
  const consumers = []
  for (const path of paths) {
    const source = await readInput(path, terminal)
    if (source === undefined) return undefined
    const { usage, problems } = readUsage(source)
    complain(source, problems, terminal)
    if (problems.length > 0) return undefined
    consumers.push(...usage.consumers)
  }
  return { consumers }
}
