import { randomUUID } from 'node:crypto'
import { realpath, rename, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { makeFolder } from '../text/make-folder.js'
import { exitCodes, type Terminal } from './terminal.js'

/**
 * Writes a result to the file that the user named, or to the terminal. The file appears whole or not at all, with the
 * folders above it. Returns an exit code only where it could not be written.
 */
export async function emit(text: string, file: string | undefined, terminal: Terminal): Promise<number | undefined> {
  if (file === undefined) {
    terminal.stdout.write(text)
    return undefined
  }
  try {
    await writeWhole(resolve(terminal.cwd(), file), text)
    return undefined
  } catch (error) {
    terminal.stderr.write(`ml-dash-lint: cannot write ${file}: ${reasonOf(error)}\n`)
    return exitCodes.usage
  }
}

async function writeWhole(named: string, text: string): Promise<void> {
  // What a link points to is replaced, and not the link.
  const target = await realpath(named).catch(() => named)
  const isInPlace = await stat(target).then((entry) => !entry.isFile(), () => false)
  // A device or a pipe (`/dev/stdout`) is written to: it must not make way for a file.
  if (isInPlace) return writeFile(target, text)
  makeFolder(dirname(target))
  const draft = `${target}.${randomUUID()}.tmp`
  try {
    await writeFile(draft, text)
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
