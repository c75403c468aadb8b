import type { Hole, NamePattern } from './types.js'

/** A name of which nothing is known. */
export const anyName: NamePattern = { parts: ['', ''] }

/** A name, or a part of one, that is a number. */
export const digits: NamePattern = { parts: ['', ''], holes: ['digits'] }

/** A pattern whose name is known whole. */
export function knownName(name: string): NamePattern {
  return { parts: [name] }
}

/** The name, where nothing of it is unknown. */
export function wholeName(pattern: NamePattern): string | undefined {
  return pattern.parts.length === 1 ? pattern.parts[0] : undefined
}

/** What may fill each hole. */
export function holesOf({ parts, holes }: NamePattern): readonly Hole[] {
  return holes ?? parts.slice(1).map(() => 'any')
}

/** A pattern of these parts; which texts fill its holes is only told where it is not any. */
export function patternOf(parts: readonly string[], holes: readonly Hole[]): NamePattern {
  return holes.includes('digits') ? { parts, holes } : { parts }
}

/** One name behind another. Two holes with nothing between them are one. */
export function joinNames(left: NamePattern, right: NamePattern): NamePattern {
  const parts = [...left.parts.slice(0, -1), left.parts.at(-1)! + right.parts[0]!]
  const [, ...others] = right.parts
  if (!left.holes && !right.holes) {
    const all = [...parts, ...others]
    return { parts: all.filter((part, i) => part !== '' || i === 0 || i === all.length - 1) }
  }
  const holes = [...holesOf(left)]
  for (const [i, hole] of holesOf(right).entries()) {
    if (parts.length > 1 && parts.at(-1) === '') {
      parts.pop()
      holes.push(wider(holes.pop()!, hole))
    } else holes.push(hole)
    parts.push(others[i]!)
  }
  return patternOf(parts, holes)
}

/** A pattern that every name fits which fits one of two patterns; their parts are the same. */
export function unitedPattern(one: NamePattern, other: NamePattern): NamePattern {
  if (!one.holes || !other.holes) return { parts: one.parts }
  return patternOf(one.parts, one.holes.map((hole, i) => wider(hole, other.holes![i]!)))
}

function wider(one: Hole, other: Hole): Hole {
  return one === other ? one : 'any'
}

/** The pattern as one text, with a character for each kind of hole that no name has. */
export function withHoles({ parts, holes }: NamePattern, characters: Readonly<Record<Hole, string>>): string {
  return parts.reduce((text, part, i) => text + characters[holes?.[i - 1] ?? 'any'] + part)
}

/**
 * The pattern in one line, `*` for every hole and `#` for one that only digits fill: `celery_*_seconds`,
 * `shard_#_total`. A `*`, `#` or `\` of the name itself gets a `\` before it.
 */
export function patternText({ parts, holes }: NamePattern): string {
  return withHoles({ parts: parts.map((part) => part.replace(/[\\*#]/g, '\\$&')), ...(holes && { holes }) }, { any: '*', digits: '#' })
}

/** The inverse of `patternText`. */
export function parsePattern(text: string): NamePattern {
  const parts: string[] = []
  const holes: Hole[] = []
  let part = ''
  for (const match of text.matchAll(/\\([\\*#])|[^]/gu)) {
    if (match[0] === '*' || match[0] === '#') {
      parts.push(part)
      holes.push(match[0] === '*' ? 'any' : 'digits')
      part = ''
    } else part += match[1] ?? match[0]
  }
  return patternOf([...parts, part], holes)
}

/** Whether some filling of the holes gives `name`. */
export function patternMatches(pattern: NamePattern, name: string): boolean {
  const { parts } = pattern
  const first = parts[0] ?? ''
  if (parts.length <= 1) return name === first
  const last = parts[parts.length - 1]!
  if (name.length < first.length + last.length || !name.startsWith(first) || !name.endsWith(last)) return false
  return pattern.holes ? matchesDigits(parts, pattern.holes, name) : matchesAny(parts, name)
}

/** Whether the parts follow one another, which the first place of each tells. */
function matchesAny(parts: readonly string[], name: string): boolean {
  const end = name.length - parts[parts.length - 1]!.length
  let at = parts[0]!.length
  for (let i = 1; i < parts.length - 1; i++) {
    const found = name.indexOf(parts[i]!, at)
    if (found < 0 || found + parts[i]!.length > end) return false
    at = found + parts[i]!.length
  }
  return true
}

/** The same where not every place of a part will do: all ends that what has been read so far may have are kept. */
function matchesDigits(parts: readonly string[], holes: readonly Hole[], name: string): boolean {
  let ends = new Set([parts[0]!.length])
  for (const [i, hole] of holes.entries()) {
    const part = parts[i + 1]!
    const next = new Set<number>()
    // Whether a hole that ends here begins behind what has been read.
    let isOpen = false
    for (let at = 0; at <= name.length; at++) {
      if (hole === 'any') isOpen ||= ends.has(at)
      else isOpen = at > 0 && /[0-9]/.test(name[at - 1]!) && (isOpen || ends.has(at - 1))
      if (isOpen && name.startsWith(part, at)) next.add(at + part.length)
    }
    ends = next
  }
  return ends.has(name.length)
}

/** Whether some name fits both patterns; where digits alone would tell them apart, it is said that one may. */
export function patternsOverlap(left: NamePattern, right: NamePattern): boolean {
  const leftName = wholeName(left)
  if (leftName !== undefined) return patternMatches(right, leftName)
  const rightName = wholeName(right)
  if (rightName !== undefined) return patternMatches(left, rightName)
  // With a hole on both sides, whatever one pattern has in its middle can lie in a hole of the other: the patterns
  // can only disagree about how the name begins and how it ends.
  const startLeft = left.parts[0]!
  const startRight = right.parts[0]!
  const endLeft = left.parts[left.parts.length - 1]!
  const endRight = right.parts[right.parts.length - 1]!
  return (
    (startLeft.startsWith(startRight) || startRight.startsWith(startLeft)) &&
    (endLeft.endsWith(endRight) || endRight.endsWith(endLeft))
  )
}

/** Each pattern once, in the order of their texts. */
export function distinctPatterns(patterns: readonly NamePattern[]): NamePattern[] {
  const byText = new Map(patterns.map((pattern) => [patternText(pattern), pattern]))
  return [...byText.keys()].sort().map((text) => byText.get(text)!)
}
