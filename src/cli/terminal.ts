import { surroundingsNow, type Surroundings } from '../api/surroundings.js'
import { visible } from '../text/visible.js'

/** The parts of the process that a command may touch. */
export interface Terminal {
  cwd(): string
  readonly env: Readonly<Record<string, string | undefined>>
  readonly stdout: { write(text: string): unknown; readonly isTTY?: boolean; readonly columns?: number }
  readonly stderr: { write(text: string): unknown; readonly isTTY?: boolean; readonly columns?: number }
  /** All that is written to the program, up to its end. */
  readStdin?(): Promise<string>
  /** Called by a run that would write the same again where all that it asked for is as it was; with the folder of its cache. */
  keep?(directory: string): void
  /** Resolves when the user interrupts the program, which then ends by itself. */
  interrupted?(): Promise<void>
}

export const exitCodes = { clean: 0, findings: 1, usage: 2, interrupted: 130 } as const

/** A text of several lines without the control characters that file names and contents brought into it. */
export function visibleLines(text: string): string {
  return text.split('\n').map(visible).join('\n')
}

/** The terminal, with no way for file names and contents to steer it through what is told as an error. */
export function withVisibleErrors(terminal: Terminal): Terminal {
  const { stderr } = terminal
  return { ...terminal, stderr: { ...stderr, write: (text) => stderr.write(visibleLines(text)) } }
}

export function surroundingsOf({ cwd, env }: Terminal): Surroundings {
  return surroundingsNow(cwd(), env)
}

/** Tells what was asked for wrongly, or what fails a run, one line each. */
export function complainOf(reasons: readonly string[], { stderr }: Terminal): void {
  for (const reason of reasons) stderr.write(`ml-dash-lint: ${reason}\n`)
}
