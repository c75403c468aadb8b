/** Tells whether a name is one of those that patterns stand for, in which `*` is any text. */
export function wildcardMatcher(patterns: readonly string[]): (name: string) => boolean {
  const regexes = patterns.map((pattern) => new RegExp(`^${pattern.split('*').map(escapeRegExp).join('.*')}$`, 's'))
  return (name) => regexes.some((regex) => regex.test(name))
}

/** A regular expression that matches a text and nothing else. */
export function escapeRegExp(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')
}
