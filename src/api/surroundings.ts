/** What a run may know of the process that it is part of. */
export interface Surroundings {
  /** Absolute path of the working directory: paths are told relative to it. */
  readonly cwd: string
  readonly env: Readonly<Record<string, string | undefined>>
  /** The day on which it runs, `2026-11-26`: what the report knows of time, for suppressions that hold until a day. */
  readonly today: string
}

/** The surroundings of a run that begins now. The day is that of UTC, the same for all who lint; `ML_DASH_LINT_TODAY` sets another. */
export function surroundingsNow(cwd: string, env: Surroundings['env']): Surroundings {
  return { cwd, env, today: env['ML_DASH_LINT_TODAY'] || new Date().toISOString().slice(0, 10) }
}
