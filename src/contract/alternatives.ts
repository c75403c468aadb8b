/** One literal that a matcher asks for, with its range in the matcher's value. */
export interface Alternative {
  readonly text: string
  readonly start: number
  readonly end: number
}

/**
 * The literals between which a regular expression chooses: `ok|failed`, `(ok|failed)`, `5\.0`. `undefined` where one of
 * them is no literal.
 */
export function literalAlternatives(pattern: string): Alternative[] | undefined {
  const [, open = '', inner = ''] = /^(\((?:\?:)?)([^()]*)\)$/.exec(pattern) ?? [undefined, '', pattern]
  const alternatives: Alternative[] = []
  let start = open.length
  for (const part of inner.split('|')) {
    const end = start + part.length
    if (!LITERAL.test(part)) return undefined
    alternatives.push({ text: part.replace(/\\(.)/g, '$1'), start, end })
    start = end + 1
  }
  return alternatives
}

/** Characters that stand for themselves, and escaped ones that do then. */
const LITERAL = /^(?:[^\\.*+?()[\]{}^$|]|\\[^\w\s])*$/
