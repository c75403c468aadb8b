import type { Edit } from '../text/edit.js'
import { changed } from '../text/edit.js'
import { groupedBy } from '../text/grouped-by.js'
import { sourceText, type SourceText, type Span } from '../text/source.js'
import { isRecord } from '../text/value.js'
import { parseDocuments } from '../workspace/contents.js'
import type { Diagnostic, Replacement } from './diagnostic.js'

/** A replacement that may be made without a person, and what it mends. */
interface Fix {
  readonly diagnostic: Diagnostic
  readonly replacement: Replacement
}

/** A file with all fixes that fit together. */
export interface FixedFile {
  readonly source: SourceText
  /** The whole of it, as it is then. */
  readonly text: string
  /** What is mended. */
  readonly fixed: readonly Diagnostic[]
  /** Whether all of it is what the configuration asks for. */
  readonly isConfigured: boolean
}

/** Tells which replacements may be made. */
export type FixFilter = (replacement: Replacement) => boolean

/**
 * Makes the replacements that need no person, as far as they do not overlap: what is left is for another round. What a
 * file says is compared with what it said: where more has changed than was to change, the edit at fault is left out.
 * Files without fixes are not among those returned, which are sorted by path.
 */
export function applyFixes(diagnostics: readonly Diagnostic[], isWanted: FixFilter = () => true): FixedFile[] {
  const byPath = new Map<string, Fix[]>()
  for (const diagnostic of diagnostics) {
    const replacement = diagnostic.suggestions.map((suggestion) => suggestion.replacement).find((one) => one?.safety !== undefined)
    if (replacement === undefined || !isWanted(replacement)) continue
    const { path } = replacement.place.source
    const fixes = byPath.get(path)
    if (fixes) fixes.push({ diagnostic, replacement })
    else byPath.set(path, [{ diagnostic, replacement }])
  }
  return [...byPath.values()].flatMap((fixes) => fixedFile(fixes[0]!.replacement.place.source, fixes) ?? []).sort((a, b) => (a.source.path < b.source.path ? -1 : 1))
}

function fixedFile(source: SourceText, fixes: readonly Fix[]): FixedFile | undefined {
  const groups = fitting(fixes)
  let kept = groups
  let text = textWith(source, kept)
  if (text === undefined) {
    kept = []
    for (const group of groups) if (textWith(source, [...kept, group]) !== undefined) kept.push(group)
    text = textWith(source, kept)
  }
  if (text === undefined || kept.length === 0) return undefined
  const all = kept.flat()
  return { source, text, fixed: all.map(({ diagnostic }) => diagnostic), isConfigured: all.every(({ replacement }) => replacement.safety === 'configured') }
}

/** In the order of the file, those that do not overlap; the same replacement for several findings is one. */
function fitting(fixes: readonly Fix[]): Fix[][] {
  const groups: Fix[][] = []
  const sorted = [...fixes].sort((a, b) => a.replacement.place.span.start - b.replacement.place.span.start || a.replacement.place.span.end - b.replacement.place.span.end)
  for (const fix of sorted) {
    const last = groups.at(-1)
    const { place: { span }, text } = fix.replacement
    const before = last?.[0]!.replacement
    if (before && isSame(before.place.span, span) && before.text === text) last.push(fix)
    else if (before === undefined || span.start > before.place.span.end || (span.start === before.place.span.end && span.end > span.start && before.place.span.end > before.place.span.start)) groups.push([fix])
  }
  return groups
}

function isSame(a: Span, b: Span): boolean {
  return a.start === b.start && a.end === b.end
}

/** The text with one edit for each group; `undefined` where it would say something else than it is to say. */
function textWith(source: SourceText, groups: readonly (readonly Fix[])[]): string | undefined {
  const replacements = groups.map(([first]) => first!.replacement)
  let { text } = source
  for (const { place: { span }, text: inserted } of replacements.toReversed()) text = text.slice(0, span.start) + inserted + text.slice(span.end)
  const edits = replacements.flatMap(({ edit }) => edit ?? [])
  // A text without values, such as Markdown, says what stands in it.
  if (edits.length === 0) return text
  return edits.length === replacements.length && saysOnly(edits, source, text) ? text : undefined
}

/** Whether a file with edits says what it said, but for what the edits were to change. */
function saysOnly(edits: readonly Edit[], source: SourceText, text: string): boolean {
  const ofValue = groupedBy(edits, ({ at, before }) => `${at} ${JSON.stringify(before)}`)
  const wanted = new Map<string, number>()
  for (const [first, ...others] of ofValue.values()) {
    const key = keyOf(first.before, changed(first.before, [first, ...others].map(({ change }) => change)))
    wanted.set(key, (wanted.get(key) ?? 0) + 1)
  }
  const before = parseDocuments(source)
  const after = parseDocuments(sourceText(source.path, text))
  if ([...before, ...after].some(({ problems }) => problems.length > 0)) return false
  return isChangedBy(wanted, before.map(({ value }) => value), after.map(({ value }) => value)) && [...wanted.values()].every((count) => count === 0)
}

function keyOf(before: unknown, after: unknown): string {
  return JSON.stringify([before, after])
}

/** Whether all that differs between two values is wanted; what is found is no longer wanted. */
function isChangedBy(wanted: Map<string, number>, before: unknown, after: unknown): boolean {
  if (Object.is(before, after)) return true
  if (Array.isArray(before) && Array.isArray(after) && before.length === after.length) return before.every((item, i) => isChangedBy(wanted, item, after[i]))
  if (isRecord(before) && isRecord(after)) {
    const keys = Object.keys(before)
    return isSameList(keys, Object.keys(after)) && keys.every((key) => isChangedBy(wanted, before[key], after[key]))
  }
  const key = keyOf(before, after)
  const count = wanted.get(key) ?? 0
  if (count > 0) {
    wanted.set(key, count - 1)
    return true
  }
  // A dashboard or a file of rules that is a string in a resource.
  const [inner, innerAfter] = [heldIn(before), heldIn(after)]
  return inner !== undefined && innerAfter !== undefined && isChangedBy(wanted, inner, innerAfter)
}

function isSameList(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((item, i) => item === b[i])
}

/** What a string holds that is a document itself. */
function heldIn(text: unknown): unknown[] | undefined {
  if (typeof text !== 'string') return undefined
  const documents = parseDocuments(sourceText(/^\s*[{[]/.test(text) ? 'held.json' : 'held.yaml', text))
  if (documents.some(({ problems }) => problems.length > 0)) return undefined
  const values = documents.map(({ value }) => value)
  return values.some((value) => typeof value === 'object' && value !== null) ? values : undefined
}
