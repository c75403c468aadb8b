/** The parts of the process that a command may touch. */
export interface Terminal {
  cwd(): string
  readonly env: Readonly<Record<string, string | undefined>>
  readonly stdout: { write(text: string): unknown; readonly isTTY?: boolean; readonly columns?: number }
  readonly stderr: { write(text: string): unknown }
}

export const exitCodes = { clean: 0, findings: 1, usage: 2 } as const
