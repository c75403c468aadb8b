import { readFileSync } from 'node:fs'

/** Where names of metrics may stand. */
export interface Code {
  /** Absolute paths of sources in languages that are not read: Go, Java, C#, … */
  readonly foreign: readonly string[]
  /** Texts of the sources that are read. */
  readonly own: Iterable<string>
}

/** String literals that may be a metric's name, or a part of one that a client library puts a namespace before. */
const nameLiteral = /["'`]([a-zA-Z][\w.:/-]*)["'`]/g

/** What client libraries put behind the name that the code gives: suffixes of series, units, `_total`. */
const addedSuffixes = /_(?:bucket|sum|count|total|created|info|max|ratio|(?:milli|micro|nano)?seconds|bytes)$/

/**
 * Which of some series names stand in code as literals, so that something that is not understood may declare them: as
 * they are, without suffixes, with dots (OpenTelemetry, Micrometer); in languages that are not read also without the
 * words that a namespace puts before them.
 */
export function namesInCode(names: readonly string[], { foreign, own }: Code): ReadonlySet<string> {
  const found = new Set<string>()
  if (names.length === 0) return found
  const whole = bySpelling(names, (stem) => [stem])
  const ends = bySpelling(names, endsOf)
  const search = (text: string, spellings: ReadonlyMap<string, readonly string[]>) => {
    for (const { 1: literal } of text.matchAll(nameLiteral)) {
      for (const name of spellings.get(underscored(literal!)) ?? []) found.add(name)
    }
  }
  for (const text of own) search(text, whole)
  for (const path of foreign) search(readText(path), ends)
  return found
}

/** The names by each text that may stand for them in code. */
function bySpelling(names: readonly string[], spellingsOf: (stem: string) => readonly string[]): ReadonlyMap<string, readonly string[]> {
  const bySpelling = new Map<string, string[]>()
  for (const name of new Set(names)) {
    for (const spelling of new Set(stemsOf(name.toLowerCase()).flatMap(spellingsOf))) {
      bySpelling.set(spelling, [...(bySpelling.get(spelling) ?? []), name])
    }
  }
  return bySpelling
}

function stemsOf(name: string): string[] {
  const stems = [name]
  for (let stem = name; addedSuffixes.test(stem);) {
    stem = stem.replace(addedSuffixes, '')
    stems.push(stem)
  }
  return stems
}

/** A name whole, and from each of its words on but the last. */
function endsOf(stem: string): string[] {
  const words = stem.split('_')
  return words.slice(0, Math.max(1, words.length - 1)).map((_, i) => words.slice(i).join('_'))
}

/** `httpRequests.total` as `http_requests_total`. */
function underscored(literal: string): string {
  return literal.replace(/[a-z](?=[A-Z])/g, '$&_').toLowerCase().replace(/[^a-z0-9:]+/g, '_')
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}
