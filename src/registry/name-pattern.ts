import type { NamePattern } from './types.js'

/** A pattern whose name is known whole. */
export function knownName(name: string): NamePattern {
  return { parts: [name] }
}

/** The name, where nothing of it is unknown. */
export function wholeName(pattern: NamePattern): string | undefined {
  return pattern.parts.length === 1 ? pattern.parts[0] : undefined
}

/** The pattern in one line, `*` for every hole: `celery_*_seconds`. A `*` or `\` of the name itself gets a `\` before it. */
export function patternText(pattern: NamePattern): string {
  return pattern.parts.map((part) => part.replace(/[\\*]/g, '\\$&')).join('*')
}

/** The inverse of `patternText`. */
export function parsePattern(text: string): NamePattern {
  const parts: string[] = []
  let part = ''
  for (const match of text.matchAll(/\\([\\*])|[^]/gu)) {
    if (match[0] === '*') {
      parts.push(part)
      part = ''
    } else part += match[1] ?? match[0]
  }
  return { parts: [...parts, part] }
}

/** Whether some filling of the holes gives `name`. */
export function patternMatches(pattern: NamePattern, name: string): boolean {
  const { parts } = pattern
  const first = parts[0] ?? ''
  if (parts.length <= 1) return name === first
  const last = parts[parts.length - 1]!
  if (name.length < first.length + last.length || !name.startsWith(first) || !name.endsWith(last)) return false
  const end = name.length - last.length
  let at = first.length
  for (let i = 1; i < parts.length - 1; i++) {
    const found = name.indexOf(parts[i]!, at)
    if (found < 0 || found + parts[i]!.length > end) return false
    at = found + parts[i]!.length
  }
  return true
}

/** Whether some name fits both patterns. */
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
