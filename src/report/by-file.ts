import type { Diagnostic } from '../lint/diagnostic.js'

/** The findings of each file, in the order of the report. */
export function byFile(diagnostics: readonly Diagnostic[]): Map<string, readonly Diagnostic[]> {
  const files = new Map<string, Diagnostic[]>()
  for (const diagnostic of diagnostics) {
    const { path } = diagnostic.place.source
    const own = files.get(path)
    if (own) own.push(diagnostic)
    else files.set(path, [diagnostic])
  }
  return files
}

/** A path from the root of the repository, where that and the workspace root differ. */
export function inDirectory(directory: string | undefined, path: string): string {
  return directory === undefined || directory === '' ? path : `${directory}/${path}`
}
