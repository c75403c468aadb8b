/** What a name in a folder stands for; a symbolic link is neither file nor folder. */
export interface TreeEntry {
  readonly name: string
  isFile(): boolean
  isDirectory(): boolean
}

/**
 * The files that a run sees: those on the disk, or those of another time. Paths are absolute. Where something cannot be
 * had, the error is one of `node:fs`, with its `code`.
 */
export interface FileTree {
  readBytes(path: string): Uint8Array
  /** As UTF-8; what is none becomes U+FFFD. */
  readText(path: string): string
  /** The first bytes of a file, at most `length`. */
  readStart(path: string, length: number): Uint8Array
  readFolder(path: string): readonly TreeEntry[]
  /** Of what a symbolic link leads to; the size is in bytes. */
  stat(path: string): { readonly size: number; isDirectory(): boolean }
}

/** `undefined` where there is neither file nor folder. */
export function statIfThere(tree: FileTree, path: string): ReturnType<FileTree['stat']> | undefined {
  try {
    return tree.stat(path)
  } catch {
    return undefined
  }
}

/** The text of a file; empty where it cannot be read. */
export function textOrNothing(tree: FileTree, path: string): string {
  try {
    return tree.readText(path)
  } catch {
    return ''
  }
}
