import { randomUUID } from 'node:crypto'
import { chmod, realpath, rename, rm, stat, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { makeFolder } from './make-folder.js'

/**
 * Writes a file so that it appears whole or not at all, with the folders above it; one that is there keeps its mode.
 * What a link points to is replaced, and not the link. Throws as `node:fs` does.
 */
export async function writeWhole(named: string, text: string): Promise<void> {
  const target = await realpath(named).catch(() => named)
  const found = await stat(target).catch(() => undefined)
  // A device or a pipe (`/dev/stdout`) is written to: it must not make way for a file.
  if (found && !found.isFile()) return writeFile(target, text)
  makeFolder(dirname(target))
  const draft = `${target}.${randomUUID()}.tmp`
  try {
    await writeFile(draft, text)
    if (found) await chmod(draft, found.mode & 0o7777)
    await rename(draft, target)
  } catch (error) {
    await rm(draft, { force: true })
    throw error
  }
}

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EEXIST: 'a file stands where a folder is needed',
  EISDIR: 'it is a folder',
  ENOENT: 'no such folder',
  ENOSPC: 'no space left on the device',
  ENOTDIR: 'a file stands where a folder is needed',
  EPERM: 'permission denied',
  EROFS: 'the file system is read-only',
}

/** Why something could not be written, in words. */
export function reasonOf(error: unknown): string {
  const { code } = error as NodeJS.ErrnoException
  return (code !== undefined ? reasons[code] : undefined) ?? code ?? String(error)
}
