/** Whether one of the names stands in a text: as an identifier, or as a word of its comments and strings. */
export function mentions(text: string, names: ReadonlySet<string>): boolean {
  return mentionOf(names).test(text)
}

/** The source of a regular expression that finds any of some names: identifiers, or quoted keys with anything in them. */
export function anyOf(names: ReadonlySet<string>): string {
  return `(?:${[...names].map((name) => name.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')).sort().join('|')})`
}

const mentionsOf = new WeakMap<ReadonlySet<string>, RegExp>()

function mentionOf(names: ReadonlySet<string>): RegExp {
  let pattern = mentionsOf.get(names)
  if (pattern === undefined) {
    pattern = names.size === 0 ? /(?!)/ : new RegExp(`(?<![\\w$#])${anyOf(names)}(?![\\w$])`)
    mentionsOf.set(names, pattern)
  }
  return pattern
}

/** The places in a text where one of the names stands, in order. */
export function mentionPlaces(text: string, names: ReadonlySet<string>): number[] {
  return [...text.matchAll(new RegExp(mentionOf(names), 'g'))].map((match) => match.index)
}
