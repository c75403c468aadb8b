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
  const all = new Set(names)
  if (all.size === 0) return () => []
  const uses = new RegExp(`(?<before>\\.|\\[\\s*['"\`]|(?<![\\w$.#]))(?<name>${anyOf(all)})(?![\\w$])`, 'g')
  return (text) => [...text.matchAll(uses)].flatMap(({ 0: found, index, groups }) => {
    const { before, name } = groups as { before: string; name: string }
    const isKey = before.startsWith('[')
    const rest = text.slice(index + found.length, index + found.length + 200)
    const after = isKey ? AFTER_KEY.exec(rest)?.[1] : rest
    if (after === undefined || ASSIGNED.test(after)) return []
    return [{ name, offset: index + before.length - (isKey ? 1 : 0), isBare: before === '', records: RECORDS.test(after) }]
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

const AFTER_KEY = /^['"`]\s*\](.*)/s
const ASSIGNED = /^\s*=[^=>]/
const RECORDS = /^\s*[!?]?\s*(\.\s*labels\s*\(|(\[[^\]\n]*\]\s*)?\.\s*(inc|dec|set|observe|startTimer|setToCurrentTime|zero|add|record)\s*\()/
