import { resolve } from 'node:path'
import { applyFixes } from '../lint/fix.js'
import type { Diagnostic, Replacement } from '../lint/diagnostic.js'
import { disk } from '../text/disk.js'
import { overlaid } from '../text/overlaid-tree.js'
import { lint, type LintOutcome, type LintRequest } from './lint.js'
import type { Surroundings } from './surroundings.js'

/** A file as fixes make it. */
export interface FileChange {
  /** As reports tell it. */
  readonly path: string
  readonly before: string
  readonly after: string
  /** How many findings are mended in it. */
  readonly problems: number
}

/** A file that keeps what could be mended in it. */
export interface Unfixed {
  readonly path: string
  /** The rest of a sentence that begins with the path. */
  readonly reason: string
}

export interface Fixes {
  /** What is found when they are made. */
  readonly outcome: LintOutcome
  /** Sorted by path. */
  readonly changes: readonly FileChange[]
  readonly unfixed: readonly Unfixed[]
}

/** After so many rounds nothing is mended any more: rules that mend each other's work would have no end. */
const maxRounds = 10

interface Draft extends FileChange {
  readonly isConfigured: boolean
}

/**
 * Lints, and makes the fixes that need no person until none is left. Only findings that are reported are mended, in files
 * that are reported on. A file that would have more findings than it had keeps what is sure by itself: what the
 * configuration asks for may show what an old name has hidden. Nothing is written.
 */
export async function fix(request: LintRequest, surroundings: Surroundings): Promise<Fixes> {
  const { cwd } = surroundings
  const tree = request.tree ?? disk
  const drafts = new Map<string, Draft>()
  const onlyConfigured = new Set<string>()
  const left = new Set<string>()
  let found: ReadonlyMap<string, number> | undefined
  for (let round = 0; ;) {
    const texts = new Map([...drafts].map(([path, { after }]) => [resolve(cwd, path), after]))
    const outcome = await lint(drafts.size === 0 ? request : { ...request, tree: overlaid(tree, texts) }, surroundings)
    const done = (): Fixes => ({
      outcome,
      changes: [...drafts.values()].map(({ path, before, after, problems }) => ({ path, before, after, problems })).sort((a, b) => (a.path < b.path ? -1 : 1)),
      unfixed: [...new Set([...left, ...onlyConfigured])].sort().map((path) => ({ path, reason: 'keeps some of what could be mended: it would have more findings then' })),
    })
    if (outcome.kind !== 'linted') return done()
    const { report: { diagnostics }, loaded: { workspace } } = outcome
    const counts = countsOf(diagnostics)
    found ??= counts
    const worse = [...drafts.values()].filter(({ path, isConfigured }) => !isConfigured && (counts.get(path) ?? 0) > (found!.get(path) ?? 0))
    if (worse.length > 0) {
      for (const { path } of worse) {
        drafts.delete(path)
        if (onlyConfigured.has(path)) left.add(path)
        onlyConfigured.add(path)
      }
      continue
    }
    if (round === maxRounds) return done()
    round++
    const isWanted = ({ place: { source: { path } }, safety }: Replacement) => workspace.isReported(path) && !left.has(path) && (safety === 'configured' || !onlyConfigured.has(path))
    const files = applyFixes(diagnostics, isWanted)
    if (files.length === 0) return done()
    for (const { source, text, fixed, isConfigured } of files) {
      const draft = drafts.get(source.path)
      drafts.set(source.path, {
        path: source.path,
        before: draft?.before ?? source.text,
        after: text,
        problems: (draft?.problems ?? 0) + fixed.length,
        isConfigured: isConfigured && (draft?.isConfigured ?? true),
      })
    }
  }
}

function countsOf(diagnostics: readonly Diagnostic[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const { place: { source: { path } } } of diagnostics) counts.set(path, (counts.get(path) ?? 0) + 1)
  return counts
}
