import type { FileTree } from './file-tree.js'

/** A tree of files in which some have another text than they have there, or are not there at all. Paths are absolute. */
export function overlaid(tree: FileTree, texts: ReadonlyMap<string, string>): FileTree {
  const bytesOf = (path: string) => {
    const text = texts.get(path)
    return text === undefined ? undefined : Buffer.from(text)
  }
  return {
    readBytes: (path) => bytesOf(path) ?? tree.readBytes(path),
    readText: (path) => texts.get(path) ?? tree.readText(path),
    readStart: (path, length) => bytesOf(path)?.subarray(0, length) ?? tree.readStart(path, length),
    readFolder: (path) => tree.readFolder(path),
    stat(path) {
      const bytes = bytesOf(path)
      return bytes === undefined ? tree.stat(path) : { size: bytes.length, isDirectory: () => false }
    },
  }
}
