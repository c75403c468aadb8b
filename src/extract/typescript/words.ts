const WORD = /[\p{ID_Start}$_#][\p{ID_Continue}$]*/gu

/** Whether one of the names stands in a text: as an identifier, or as a word of its comments and strings. */
export function mentions(text: string, names: ReadonlySet<string>): boolean {
  for (const word of text.match(WORD) ?? []) if (names.has(word)) return true
  return false
}

/** The source of a regular expression that finds any of some identifiers. */
export function anyOf(names: ReadonlySet<string>): string {
  return `(?:${[...names].map((name) => name.replaceAll('$', '\\$&')).sort().join('|')})`
}
