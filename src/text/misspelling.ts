import { isOneEdit } from './word-likeness.js'

/** Words shorter than this are like many others: `rx`, `tx`; `read`, `lead`. */
const shortest = 5

/**
 * Whether `written` can be nothing but `meant`, misspelt: they are alike but for upper and lower case, or but for one
 * letter of one long word, which is no word that anybody else writes, and none of `others` is as near. A first letter is
 * never misspelt (`import`, `export`), and neither is a number.
 */
export function isMisspelling(written: string, meant: string, others: Iterable<string>, isWord: (word: string) => boolean): boolean {
  if (written === meant) return false
  const lower = written.toLowerCase()
  const rivals = [...others].filter((other) => other !== meant && other !== written)
  if (lower === meant.toLowerCase()) return !rivals.some((other) => other.toLowerCase() === lower)
  if (rivals.some((other) => isOneEdit(lower, other.toLowerCase()))) return false
  const asked = partsOf(written)
  const own = partsOf(meant)
  if (asked.length !== own.length) return false
  const different = asked.flatMap((part, i) => (part === own[i] ? [] : [i]))
  const [index] = different
  if (index === undefined || different.length > 1) return false
  const [a, b] = [asked[index]!, own[index]!]
  return Math.min(a.length, b.length) >= shortest - 1 && Math.max(a.length, b.length) >= shortest && a[0] === b[0]
    && /^\p{L}+$/u.test(a) && /^\p{L}+$/u.test(b) && isOneEdit(a.toLowerCase(), b.toLowerCase()) && !isWord(a.toLowerCase())
}

/** Words, those of `camelCase` too, and what stands between them. */
function partsOf(name: string): string[] {
  return name.match(/\p{Lu}+(?!\p{Ll})|\p{Lu}?\p{Ll}+|\p{L}|\p{N}+|[^\p{L}\p{N}]+/gu) ?? []
}
