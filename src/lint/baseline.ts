import { compareStrings } from '../registry/merge.js'
import type { StructuredDocument } from '../text/document.js'
import { visibleJson } from '../text/visible.js'
import type { Diagnostic } from './diagnostic.js'
import { identityOf, type Identity } from './fingerprint.js'

/** Findings that are alike, as many as there were. */
export interface BaselineEntry extends Identity {
  readonly count: number
}

/** An entry as the file has it (schemas/baseline.schema.json). */
type WrittenEntry = Omit<Identity, 'file' | 'context'> & { readonly in?: string; readonly count?: number }

/** The entries of a document that is in order, in the order of the file. `tell` makes a path of the file one of the workspace. */
export function readBaseline({ value }: StructuredDocument, tell: (file: string) => string): BaselineEntry[] {
  const { findings } = value as { readonly findings: Readonly<Record<string, readonly WrittenEntry[]>> }
  return Object.entries(findings).flatMap(([file, entries]) => entries.map(({ in: context, count = 1, ...entry }): BaselineEntry => (
    { ...entry, file: tell(file), count, ...(context !== undefined && { context }) }
  )))
}

/** The file of a baseline: sorted, an entry a line, so that changes on two branches mostly merge. */
export function writeBaseline(entries: readonly BaselineEntry[], tell: (file: string) => string): string {
  const byFile = new Map<string, Map<string, number>>()
  for (const { rule, file, metric, label, value, text, context, count } of entries) {
    const line = JSON.stringify({ rule, metric, label, value, text, in: context })
    const path = tell(file)
    const lines = byFile.get(path) ?? new Map<string, number>()
    byFile.set(path, lines.set(line, (lines.get(line) ?? 0) + count))
  }
  const files = [...byFile].sort(([a], [b]) => compareStrings(a, b)).map(([file, lines]) => {
    const written = [...lines].sort(([a], [b]) => compareStrings(a, b)).map(([line, count]) => `      ${spaced({ ...(JSON.parse(line) as object), ...(count > 1 && { count }) })}`)
    return `    ${JSON.stringify(file)}: [\n${written.join(',\n')}\n    ]`
  })
  return visibleJson(`{\n  "version": 1,\n  "findings": {${files.length === 0 ? '' : `\n${files.join(',\n')}\n  `}}\n}\n`)
}

function spaced(entry: object): string {
  return `{ ${Object.entries(entry).map(([key, value]) => `"${key}": ${JSON.stringify(value)}`).join(', ')} }`
}

export function entryOf(diagnostic: Diagnostic): BaselineEntry {
  return { ...identityOf(diagnostic), count: 1 }
}

export interface AgainstBaseline {
  /** What is not in the baseline. */
  readonly fresh: readonly Diagnostic[]
  readonly accepted: readonly Diagnostic[]
  /** Entries of which there are findings no more, with how many are gone. */
  readonly gone: readonly BaselineEntry[]
}

type Key = (identity: Identity) => string | undefined

const subject = ({ rule, metric, label, value, text }: Identity) => [rule, metric, label, value, text]

/**
 * Takes the findings that a baseline has from the others. A finding is first looked for as it was; then, since panels and
 * dashboards are given other titles, wherever in its file it is about the same; and since files are moved, in those that
 * are no longer there.
 */
export function againstBaseline(diagnostics: readonly Diagnostic[], entries: readonly BaselineEntry[], isThere: (file: string) => boolean): AgainstBaseline {
  const pool = entries.map((entry) => ({ entry, left: entry.count }))
  const accepted = new Set<Diagnostic>()
  const take = (key: Key, keyOfEntry = key) => {
    const byKey = new Map<string, (typeof pool)[number][]>()
    for (const one of pool) {
      const name = one.left > 0 ? keyOfEntry(one.entry) : undefined
      if (name === undefined) continue
      const list = byKey.get(name)
      if (list) list.push(one)
      else byKey.set(name, [one])
    }
    if (byKey.size === 0) return
    for (const diagnostic of diagnostics) {
      if (accepted.has(diagnostic)) continue
      const list = byKey.get(key(identityOf(diagnostic)) ?? '') ?? []
      while (list[0]?.left === 0) list.shift()
      const [found] = list
      if (found === undefined) continue
      found.left--
      accepted.add(diagnostic)
    }
  }
  const isTold = ({ metric, label, value, text }: Identity) => [metric, label, value, text].some((one) => one !== undefined)
  const inOtherFile: Key = (one) => JSON.stringify([...subject(one), one.context])
  take((one) => JSON.stringify([one.file, ...subject(one), one.context]))
  take((one) => isTold(one) ? JSON.stringify([one.file, ...subject(one)]) : undefined)
  take(inOtherFile, (one) => isThere(one.file) ? undefined : inOtherFile(one))
  return {
    fresh: diagnostics.filter((diagnostic) => !accepted.has(diagnostic)),
    accepted: diagnostics.filter((diagnostic) => accepted.has(diagnostic)),
    gone: pool.filter(({ left }) => left > 0).map(({ entry, left }) => ({ ...entry, count: left })),
  }
}
