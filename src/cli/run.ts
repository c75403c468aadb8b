import { main } from './main.js'
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

  const code = await main(process.argv, terminalOf(process, failed))
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

function terminalOf({ cwd, env, stdout, stderr }: NodeJS.Process, failed: (error: unknown) => void): Terminal {
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
    stderr,
  }
}
