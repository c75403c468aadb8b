const known = new WeakMap<readonly string[], (name: string) => boolean>()

/** Tells whether a name is one of some patterns, in which `*` stands for any text. The cost grows with both alone. */
export function wildcardMatcher(patterns: readonly string[]): (name: string) => boolean {
  let matcher = known.get(patterns)
  if (matcher === undefined) {
    const parts = patterns.map((pattern) => pattern.split('*'))
    matcher = (name) => parts.some((one) => matchesParts(one, name))
    known.set(patterns, matcher)
  }
  return matcher
}

/** Whether a name has the parts in their order, the first at its beginning and the last at its end. */
function matchesParts([first = '', ...others]: readonly string[], name: string): boolean {
  const last = others.pop()
  if (last === undefined) return name === first
  if (!name.startsWith(first)) return false
  let at = first.length
  for (const part of others) {
    const found = name.indexOf(part, at)
    if (found < 0) return false
    at = found + part.length
  }
  return name.length - last.length >= at && name.endsWith(last)
}

/** A regular expression that matches a text and nothing else. */
export function escapeRegExp(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')
}
