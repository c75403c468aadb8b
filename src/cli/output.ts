import { rename, rm, writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { exitCodes, type Terminal } from './terminal.js'

/**
 * Writes a result to the file that the user named, or to the terminal. The file appears whole or not at all.
 * Returns an exit code only where it could not be written.
 */
export async function emit(text: string, file: string | undefined, terminal: Terminal): Promise<number | undefined> {
  if (file === undefined) {
    terminal.stdout.write(text)
    return undefined
  }
  const target = resolve(terminal.cwd(), file)
  const draft = `${target}.${process.pid}.tmp`
  try {
    await writeFile(draft, text)
    await rename(draft, target)
    return undefined
  } catch (error) {
    await rm(draft, { force: true })
    const { code } = error as NodeJS.ErrnoException
    terminal.stderr.write(`ml-dash-lint: cannot write ${file}: ${code === 'ENOENT' ? 'no such folder' : (code ?? String(error))}\n`)
    return exitCodes.usage
  }
}
