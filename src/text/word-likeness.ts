import leven from 'leven'

/** The words of a name, lower-cased: `taskType`, `task_type` and `task.type` are `task`, `type`. */
export function wordsOf(name: string): string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean)
}

/** Words that tell a metric's kind or unit rather than its subject. */
export const kindWords: ReadonlySet<string> = new Set([
  'total', 'count', 'sum', 'bucket', 'created', 'info', 'seconds', 'milliseconds', 'ms', 'bytes', 'ratio', 'percent',
])

/**
 * How alike two words are, from 0 to 1: equal, forms of one word, words that metrics use for one thing, one an
 * abbreviation of the other, or misspelt.
 */
export function wordLikeness(a: Word, b: Word): number {
  if (a.text === b.text) return 1
  if (a.isNumber || b.isNumber) return 0
  if (a.stem === b.stem) return 0.9
  if (a.meaning !== undefined && a.meaning === b.meaning) return 0.8
  const [short, long] = a.text.length < b.text.length ? [a.text, b.text] : [b.text, a.text]
  if (short.length >= 3 && long.startsWith(short)) return 0.75
  return spellingLikeness(a.text, b.text) * 0.9
}

/** A word with what it is compared by. */
export interface Word {
  readonly text: string
  readonly stem: string
  readonly isNumber: boolean
  /** Equal for words that metrics use for one thing. */
  readonly meaning: number | undefined
}

export function wordFrom(text: string): Word {
  return { text, stem: stem(text), isNumber: /^\d+$/.test(text), meaning: meanings.get(text) }
}

/**
 * How alike two texts are spelt: 1 minus the share of characters that differ, or 0 where too many do.
 * In up to four characters a replaced one makes another word (`code`, `node`): there only a missing, added or
 * swapped one counts.
 */
export function spellingLikeness(a: string, b: string): number {
  const length = Math.max(a.length, b.length)
  if (length < 3) return 0
  const allowed = editsAllowed(length)
  if (Math.abs(a.length - b.length) > allowed) return 0
  if (isSwap(a, b)) return 1 - 1 / length
  if (length <= 4 && a.length === b.length) return 0
  const distance = leven(a, b, { maxDistance: allowed + 1 })
  return distance > allowed ? 0 : 1 - distance / length
}

/** How many characters of a text this long may be wrong in a misspelling. */
export function editsAllowed(length: number): number {
  return Math.min(3, Math.max(1, Math.floor(length / 4)))
}

/** Whether one character is added, missing or another, or two neighbouring ones are exchanged. */
export function isOneEdit(a: string, b: string): boolean {
  return Math.abs(a.length - b.length) <= 1 && (isSwap(a, b) || leven(a, b, { maxDistance: 2 }) === 1)
}

/** Two neighbouring characters exchanged. */
function isSwap(a: string, b: string): boolean {
  if (a.length !== b.length) return false
  let i = 0
  while (i < a.length && a[i] === b[i]) i++
  return a[i] === b[i + 1] && a[i + 1] === b[i] && i + 1 < a.length && a.slice(i + 2) === b.slice(i + 2)
}

/** The word without the endings of plural and participle; rough, and only ever compared with another stem. */
function stem(word: string): string {
  const singular = word.length > 3 ? word.replace(/(?<=s|x|ch|sh)es$|(?<!s)s$/, '').replace(/ie$/, 'y') : word
  const verb = singular.length > 5 ? singular.replace(/(?:ing|ed)$/, '') : singular
  return verb.length > 3 ? verb.replace(/e$/, '') : verb
}

/** Words that one team's metrics use where another's use the next. */
const meanings: ReadonlyMap<string, number> = new Map(
  [
    'seconds s sec secs ms milliseconds millis us microseconds ns nanoseconds minutes',
    'bytes byte kb kilobytes mb megabytes kibibytes mebibytes',
    'duration latency time elapsed runtime',
    'dollars dollar usd cents eur euros',
    'ratio percent percentage pct',
    'total count counter num number',
    'status state result outcome',
    'failed failure failures fail error errors exceptions',
    'succeeded success successes successful ok',
    'completed complete finished done processed',
    'length depth size backlog',
    'queued pending waiting enqueued',
    'sent published dispatched produced',
    'retry retries retried attempts reattempts',
    'instance host hostname node server',
    'method verb',
    'path route endpoint uri url handler',
    'type kind class category',
    'request requests req reqs call calls',
    'connection connections conn conns',
    'memory mem',
    'avg average mean',
  ].flatMap((line, meaning) => line.split(' ').map((word): [string, number] => [word, meaning])),
)
