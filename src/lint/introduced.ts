import type { Diagnostic } from './diagnostic.js'

/** Where a file stood before that stands elsewhere now; its own path where it did not move. */
export type PathBefore = (path: string) => string

/**
 * Which findings of now were not there before: as many of each kind as there are more. Alike are those of one rule on
 * one subject in one file, whatever their message, their line, and the title of the panel that they stand in. A warning
 * that has become an error was not there as an error. Of several alike, those that stand where nothing was changed are
 * the old ones.
 */
export function introduced(now: readonly Diagnostic[], before: readonly Diagnostic[], pathBefore: PathBefore): Diagnostic[] {
  const subjects = new Map([
    ...now.map((one) => [one, subjectOf(one, pathBefore(one.place.source.path))] as const),
    ...before.map((one) => [one, subjectOf(one, one.place.source.path)] as const),
  ])
  const unchanged = unchangedPlaces(now, before, pathBefore)
  // The closest likeness first, so that what is left over is what really is new.
  const likenesses: ((one: Diagnostic) => unknown)[] = [
    (one) => [subjects.get(one), one.severity, one.context, unchanged(one)],
    (one) => [subjects.get(one), one.severity, unchanged(one)],
    (one) => [subjects.get(one), one.severity, one.context],
    (one) => [subjects.get(one), one.severity],
  ]
  let left = { now, before }
  for (const likeness of likenesses) left = withoutPairs(left.now, left.before, (one) => JSON.stringify(likeness(one)))
  const errors = left.now.filter(({ severity }) => severity === 'error')
  const warnings = withoutPairs(left.now.filter(({ severity }) => severity === 'warning'), left.before, (one) => subjects.get(one)!).now
  const isNew = new Set([...errors, ...warnings])
  return now.filter((one) => isNew.has(one))
}

/** What is left of two lists when each of one is taken away with one of the other that has its key, the first with the first. */
function withoutPairs<One>(now: readonly One[], before: readonly One[], keyOf: (one: One) => string): { now: One[]; before: One[] } {
  const waiting = new Map<string, One[]>()
  for (const one of [...before].reverse()) {
    const key = keyOf(one)
    const alike = waiting.get(key)
    if (alike) alike.push(one)
    else waiting.set(key, [one])
  }
  const paired = new Set<One>()
  return {
    now: now.filter((one) => {
      const partner = waiting.get(keyOf(one))?.pop()
      if (partner !== undefined) paired.add(partner)
      return partner === undefined
    }),
    before: before.filter((one) => !paired.has(one)),
  }
}

function subjectOf({ rule, place: { source, span }, data: { metric, label, value } }: Diagnostic, path: string): string {
  // A checkout may have other line breaks than git keeps.
  const text = source.text.slice(span.start, span.end).replace(/\r\n/g, '\n')
  return JSON.stringify([rule, path, text, metric, label, value])
}

/** For a finding in what stands before or behind all changes of its file, how far from that end; the same for the one that was there before. */
function unchangedPlaces(now: readonly Diagnostic[], before: readonly Diagnostic[], pathBefore: PathBefore): (one: Diagnostic) => string | undefined {
  const current = new Map(now.map(({ place: { source } }) => [pathBefore(source.path), source.text]))
  const shared = new Map(before.map(({ place: { source: { path, text } } }) => [path, text]).flatMap(([path, text]) => {
    const other = current.get(path!)
    return other === undefined ? [] : [[path!, sharedEnds(text!, other)] as const]
  }))
  const isNow = new Set(now)
  return (one) => {
    const { source: { path, text }, span: { start, end } } = one.place
    const ends = shared.get(isNow.has(one) ? pathBefore(path) : path)
    if (ends === undefined) return undefined
    if (end <= ends.head) return `${start} from the beginning`
    return text.length - start <= ends.tail ? `${text.length - start} from the end` : undefined
  }
}

/** How many characters of whole lines two texts have in common at their beginnings and, of the rest, at their ends. */
function sharedEnds(a: string, b: string): { readonly head: number; readonly tail: number } {
  const before = a.split('\n')
  const now = b.split('\n')
  const most = Math.min(before.length, now.length)
  let first = 0
  while (first < most && before[first] === now[first]) first++
  let last = 0
  while (last < most - first && before.at(-1 - last) === now.at(-1 - last)) last++
  const size = (lines: readonly string[]) => lines.reduce((length, line) => length + line.length + 1, 0)
  return { head: size(now.slice(0, first)), tail: size(now.slice(now.length - last)) - 1 }
}
