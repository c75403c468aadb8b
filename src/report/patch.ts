import { formatPatch, structuredPatch, type StructuredPatch } from 'diff'

/** A file before and after; paths as reports tell them. */
export interface ChangedFile {
  readonly path: string
  readonly before: string
  readonly after: string
}

/** The changes as a unified diff, as `git apply` and `patch -p1` take it. */
export function patchOf(files: readonly ChangedFile[]): string {
  return files.map(({ path, before, after }) => {
    const { hunks } = structuredPatch('', '', before, after, undefined, undefined, { context: 3 })
    const patch: StructuredPatch = { oldFileName: undefined, newFileName: undefined, oldHeader: undefined, newHeader: undefined, hunks }
    const text = formatPatch(patch, { includeIndex: false, includeUnderline: false, includeFileHeaders: false })
    return `--- ${nameOf(`a/${path}`)}\n+++ ${nameOf(`b/${path}`)}\n${text}`
  }).join('')
}

/**
 * A name as git writes it (git: quote.c, quote_c_style; diff.c): in quotes where it has quotes, backslashes, control
 * characters or bytes beyond ASCII, and with a tab behind it where it has a space, which `patch` would end it at.
 */
function nameOf(path: string): string {
  if (!/[^ -~]|["\\]/.test(path)) return path.includes(' ') ? `${path}\t` : path
  const bytes = Array.from(Buffer.from(path), (byte) => {
    const character = String.fromCharCode(byte)
    if (character === '"' || character === '\\') return `\\${character}`
    return byte >= 0x20 && byte < 0x7f ? character : `\\${byte.toString(8).padStart(3, '0')}`
  })
  return `"${bytes.join('')}"`
}
