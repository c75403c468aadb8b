import { resolve } from 'node:path'
import { reasonOf, writeWhole } from '../text/write-whole.js'
import { exitCodes, type Terminal } from './terminal.js'

export { reasonOf }

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
