import type { Diagnostic } from '../lint/diagnostic.js'

/** Findings of one rule with one message in one file: one mistake, made or seen in several places. */
export interface Cause {
  readonly first: Diagnostic
  /** The other places, in their order. */
  readonly others: readonly Diagnostic[]
}

/** The causes of some findings, in the order of their first places. */
export function causesOf(diagnostics: readonly Diagnostic[]): Cause[] {
  const causes = new Map<string, { first: Diagnostic; others: Diagnostic[] }>()
  for (const diagnostic of diagnostics) {
    const { rule, severity, message, place } = diagnostic
    const key = JSON.stringify([rule, severity, message, place.source.path])
    const cause = causes.get(key)
    if (cause) cause.others.push(diagnostic)
    else causes.set(key, { first: diagnostic, others: [] })
  }
  return [...causes.values()]
}
