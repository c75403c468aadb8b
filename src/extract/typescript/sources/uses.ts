import { anyOf } from './words.js'

/** A use of a name that may be the use of a metric, as its text shows it. */
export interface Use {
  readonly name: string
  /** Where the name stands, or the key in brackets: as in `Facts.readMembers`. */
  readonly offset: number
  /** Whether it stands alone, and not behind an object. */
  readonly isBare: boolean
  /** A method that records is called on it. */
  readonly records: boolean
}

/** Finds in texts the uses of some names: `.name`, `['name']`, and `name` alone, as where it has been taken from an object. */
export function usesFinder(names: Iterable<string>): (text: string) => Use[] {
  const find = mentionsFinder(new Set(names))
  return (text) => find(text).flatMap(({ name, before, start, after }) => {
    if (after === undefined || ASSIGNED.test(after)) return []
    return [{ name, offset: before.startsWith('[') ? start - 1 : start, isBare: before === '', records: RECORDS.test(after) }]
  })
}

/** A place where a name stands in a text: behind a dot, as a key in brackets, or alone. */
export interface Mention {
  readonly name: string
  /** The dot, or the bracket and the quote; nothing where the name stands alone. */
  readonly before: string
  readonly start: number
  readonly end: number
  /** The text behind it, and behind the bracket; `undefined` for a text that only begins a list. */
  readonly after: string | undefined
}

/** How many characters behind a name tell what is done with it. */
const LOOKED_AT = 200
const AFTER_KEY = /^['"`]\s*\](.*)/s

/** Finds where some names stand in a text, comments and all. */
export function mentionsFinder(names: ReadonlySet<string>): (text: string) => Mention[] {
  if (names.size === 0) return () => []
  const pattern = new RegExp(`(?<before>\\.\\s*|\\[\\s*['"\`]|(?<![\\w$.#'"\`]))(?<name>${anyOf(names)})(?![\\w$])`, 'g')
  return (text) => [...text.matchAll(pattern)].map(({ 0: found, index, groups }) => {
    const { before, name } = groups as { before: string; name: string }
    const end = index + found.length
    const rest = text.slice(end, end + LOOKED_AT)
    return { name, before, start: index + before.length, end, after: before.startsWith('[') ? AFTER_KEY.exec(rest)?.[1] : rest }
  })
}

/** What a source that is not parsed does with names that hold metrics, each told once. */
export interface UnparsedUses {
  /** Names that are read from objects, or recorded. */
  readonly used: readonly string[]
  readonly recorded: readonly string[]
  /** Whether something that has no name is recorded, which may be any metric: `of(kind).inc()`. */
  readonly recordsUnnamed: boolean
}

export function unparsedUsesFinder(names: Iterable<string>): (text: string) => UnparsedUses {
  const find = usesFinder(names)
  return (text) => {
    const uses = find(text).filter(({ isBare, records }) => records || !isBare)
    return {
      used: namesOf(uses),
      recorded: namesOf(uses.filter(({ records }) => records)),
      recordsUnnamed: UNNAMED_RECORDING.test(text),
    }
  }
}

function namesOf(uses: readonly Use[]): string[] {
  return [...new Set(uses.map(({ name }) => name))].sort()
}

/** By methods that hardly anything but metrics has. */
const UNNAMED_RECORDING = /[\])]\s*[!?]?\.\s*(?:inc|dec|startTimer)\s*\(/

/** What is behind a name that something is assigned to. */
export const ASSIGNED = /^\s*=[^=>]/
const RECORDS = /^\s*[!?]?\s*(\.\s*labels\s*\(|(\[[^\]\n]*\]\s*[!?]?\s*)?\.\s*(inc|dec|set|observe|startTimer|setToCurrentTime|zero|add|record)\s*\()/
