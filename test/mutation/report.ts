import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { rules } from '../../rules/index.js'
import { activeRules } from '../../src/config/active-rules.js'
import { defaultConfig } from '../../src/config/config.js'
import type { Diagnostic } from '../../src/lint/diagnostic.js'
import { runRules } from '../../src/lint/run.js'
import { loadWorkspace } from '../../src/workspace/load.js'
import type { Workspace } from '../../src/workspace/workspace.js'
import type { Drift } from './drifts.js'

export async function load(cwd: string, registry: readonly string[] = []): Promise<Workspace> {
  const { workspace } = await loadWorkspace({ ...defaultConfig, cwd, paths: ['.'], ignoreBase: cwd, registry, factories: [] })
  return workspace
}

/** What became of a planted drift. */
export interface Outcome {
  readonly drift: Drift
  /** Whether it is reported at exactly its place, wherever it shows. */
  readonly isFound: boolean
  /** Whether what was meant is suggested, something else, or nothing; told where it is found. */
  readonly suggestion: 'right' | 'wrong' | 'none'
}

/** Writes a drift into a folder, lints it, and puts the folder back as it was. */
export async function plant(drift: Drift, cwd: string, registry: readonly string[] = []): Promise<Outcome> {
  const { source, span } = drift.place
  const file = join(cwd, source.path)
  writeFileSync(file, source.text.slice(0, span.start) + drift.text + source.text.slice(span.end))
  try {
    const found = runRules(await load(cwd, registry), activeRules(rules, defaultConfig))
    const reports = drift.shown.map(({ place, meant }) => {
      const isChanged = place.source.path === source.path && place.span.start === span.start
      const end = isChanged ? span.start + drift.text.length : place.span.end
      return { meant, at: found.filter((one) => isAt(one, place.source.path, place.span.start, end)) }
    })
    const suggestions = reports.map(({ meant, at }) => suggestionOf(at, meant))
    const suggestion = suggestions.includes('wrong') ? 'wrong' : suggestions.includes('none') ? 'none' : 'right'
    return { drift, isFound: reports.every(({ at }) => at.length > 0), suggestion }
  } finally {
    writeFileSync(file, source.text)
  }
}

/** A string's diagnostic may be told with its quotes. */
function isAt({ place: { source, span } }: Diagnostic, path: string, start: number, end: number): boolean {
  return source.path === path && start - span.start === span.end - end && (span.start === start || span.start === start - 1)
}

function suggestionOf(found: readonly Diagnostic[], meant: string): Outcome['suggestion'] {
  const suggested = found.flatMap(({ data }) => data.suggestion === undefined ? [] : [data.suggestion])
  return suggested.length === 0 ? 'none' : suggested.includes(meant) ? 'right' : 'wrong'
}

/** A row for each kind of drift: planted, found, and how many of those with the right suggestion, none, a wrong one. */
export function table(outcomes: readonly Outcome[]): Record<string, { planted: number; found: number; right: number; none: number; wrong: number }> {
  const rows: ReturnType<typeof table> = {}
  for (const { drift: { kind }, isFound, suggestion } of outcomes) {
    const row = (rows[kind] ??= { planted: 0, found: 0, right: 0, none: 0, wrong: 0 })
    row.planted++
    if (isFound) {
      row.found++
      row[suggestion]++
    }
  }
  return rows
}

/** The drifts that are not reported, a line each. */
export function survivors(outcomes: readonly Outcome[]): string[] {
  return outcomes.filter(({ isFound }) => !isFound).map(({ drift: { kind, place: { source, span }, text } }) => (
    `${kind}: ${source.path}:${source.positionAt(span.start).line} ${source.text.slice(span.start, span.end)} -> ${text}`
  ))
}
