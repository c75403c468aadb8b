import { keptRun } from './kept-run.js'
import { reasonOf } from './output.js'
import { exitCodes, type Terminal } from './terminal.js'

/**
 * Runs the command line in a process and sets its exit code. Where nobody reads on (`ml-dash-lint | head`) the run
 * ends as it would have, without a word; where the output cannot be written, that is an error.
 */
export async function run(process: NodeJS.Process): Promise<void> {
  let failure: NodeJS.ErrnoException | undefined
  const failed = (error: unknown) => void (failure ??= error as NodeJS.ErrnoException)
  process.stdout.on('error', failed)
  // There is nobody left to tell.
  process.stderr.on('error', () => undefined)

  const terminal = terminalOf(process, failed)
  const kept = keptRun(process.argv, terminal)
  const code = kept?.repeated() ?? await (async () => {
    const { main } = await import('./main.js')
    const run = (one: Terminal) => main(process.argv, one)
    return kept === undefined ? run(terminal) : kept.noted(run)
  })()
  // Pipes are written to in the background.
  await new Promise<void>((resolve) => {
    if (process.stdout.destroyed) resolve()
    else process.stdout.write('', () => resolve())
  })
  if (failure === undefined || failure.code === 'EPIPE') {
    process.exitCode = code
    return
  }
  process.stderr.write(`ml-dash-lint: cannot write the output: ${reasonOf(failure)}\n`)
  process.exitCode = exitCodes.usage
}

function terminalOf(process: NodeJS.Process, failed: (error: unknown) => void): Terminal {
  const { cwd, env, stdin, stdout, stderr } = process
  return {
    cwd,
    env,
    stdout: {
      isTTY: stdout.isTTY,
      columns: stdout.columns,
      // To a file or a device Node.js writes at once, and throws.
      write(text) {
        try {
          return stdout.write(text)
        } catch (error) {
          failed(error)
          return false
        }
      },
    },
    stderr: { isTTY: stderr.isTTY, columns: stderr.columns, write: (text) => stderr.write(text) },
    interrupted: () => new Promise((resolve) => void process.once('SIGINT', resolve)),
    async readStdin() {
      let text = ''
      for await (const chunk of stdin.setEncoding('utf8')) text += chunk as string
      return text
    },
  }
}
