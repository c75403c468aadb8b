import { dirname, join, relative, resolve, sep } from 'node:path'
import { againstBaseline, entryOf, readBaseline, writeBaseline, type AgainstBaseline, type BaselineEntry } from '../lint/baseline.js'
import type { Diagnostic } from '../lint/diagnostic.js'
import { disk } from '../text/disk.js'
import { statIfThere } from '../text/file-tree.js'
import { parseJson } from '../text/json.js'
import { schemaProblems } from '../text/schema-check.js'
import { sourceText } from '../text/source.js'
import { configurationDiagnostic } from './load.js'

export const baselineFileName = 'ml-dash-lint-baseline.json'

/** A baseline that is written anew. */
export interface NewBaseline {
  /** Relative to the working directory. */
  readonly path: string
  readonly text: string
  /** How many findings it holds, how many of them are new in it, and how many it held that it no longer does. */
  readonly total: number
  readonly added: number
  readonly dropped: number
}

export interface BaselineFile {
  /** Relative to the working directory. */
  readonly path: string
  /** Absent where there is none. */
  readonly entries?: readonly BaselineEntry[]
}

export interface BaselineBases {
  /** Absolute path of the working directory. */
  readonly cwd: string
  /** Absolute path of the folder of the configuration. */
  readonly directory: string
}

export type LoadedBaseline =
  | { readonly kind: 'baseline'; readonly file: BaselineFile }
  | { readonly kind: 'none' }
  | { readonly kind: 'missing'; readonly path: string }
  | { readonly kind: 'wrong'; readonly diagnostics: readonly Diagnostic[] }

/** Reads the baseline that is named, relative to the working directory, or that lies beside the configuration. `mayBeMissing`: it is to be written. */
export function loadBaseline(named: string | false | undefined, mayBeMissing: boolean, bases: BaselineBases): LoadedBaseline {
  if (named === false) return { kind: 'none' }
  const path = named ?? told(join(bases.directory, baselineFileName), bases)
  let text: string
  try {
    text = disk.readText(resolve(bases.cwd, path))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') return { kind: 'wrong', diagnostics: [wrong(path, 'cannot read this baseline')] }
    if (mayBeMissing) return { kind: 'baseline', file: { path } }
    return named === undefined ? { kind: 'none' } : { kind: 'missing', path }
  }
  const source = sourceText(path, text)
  const document = parseJson(source)
  const [problem] = document.problems
  const problems = problem ? [problem] : schemaProblems('baseline', document)
  if (problems.length > 0) {
    return { kind: 'wrong', diagnostics: problems.map(({ message, span }) => configurationDiagnostic({ place: { source, span }, message })) }
  }
  const base = dirname(resolve(bases.cwd, path))
  return { kind: 'baseline', file: { path, entries: readBaseline(document, (file) => told(resolve(base, file), bases)) } }
}

function wrong(path: string, message: string): Diagnostic {
  return configurationDiagnostic({ place: { source: sourceText(path, ''), span: { start: 0, end: 0 } }, message })
}

function told(absolute: string, { cwd }: BaselineBases): string {
  return relative(cwd, absolute).split(sep).join('/')
}

export interface Scope {
  readonly cwd: string
  /** Folders that are known, relative to the working directory. */
  readonly roots: readonly string[]
  isReported(path: string): boolean
  /** The only rules that were run; absent: all that are on. */
  readonly rules?: readonly string[] | undefined
}

export interface JudgedByBaseline extends AgainstBaseline {
  readonly newBaseline?: NewBaseline
}

/**
 * Takes what the baseline has from the findings; with `update` the baseline becomes what is found. What was not
 * reported on, and what rules would find that were not run, is neither gone nor dropped.
 */
export function judgedByBaseline(diagnostics: readonly Diagnostic[], { path, entries = [] }: BaselineFile, update: boolean, scope: Scope): JudgedByBaseline {
  const { cwd, roots, isReported, rules } = scope
  const isThere = (file: string) => statIfThere(disk, resolve(cwd, file)) !== undefined
  const isKnown = (file: string) => roots.some((root) => root === '' ? !file.startsWith('../') : file.startsWith(`${root}/`))
  const isJudged = ({ file, rule }: BaselineEntry) => (rules?.includes(rule) ?? true) && isReported(file) && (isKnown(file) || !isThere(file))
  const { fresh, accepted, gone } = againstBaseline(diagnostics, entries, isThere)
  const judgedGone = gone.filter(isJudged)
  if (!update) return { fresh, accepted, gone: judgedGone }
  const base = dirname(resolve(cwd, path))
  const all = [...gone.filter((entry) => !isJudged(entry)), ...diagnostics.map(entryOf)]
  const text = writeBaseline(all, (file) => relative(base, resolve(cwd, file)).split(sep).join('/'))
  const newBaseline = { path, text, total: counted(all), added: fresh.length, dropped: counted(judgedGone) }
  return { fresh: [], accepted: diagnostics, gone: [], newBaseline }
}

/** How many findings some entries are. */
export function counted(entries: readonly BaselineEntry[]): number {
  return entries.reduce((sum, { count }) => sum + count, 0)
}
