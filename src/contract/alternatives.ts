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
  const alternatives = alternativesIn(pattern)
  return alternatives.every(({ text }) => LITERAL.test(text)) ? alternatives.map(asLiteral) : undefined
}

/** Those that are literals of the alternatives of a regular expression: `failed` of `5..|failed`. */
export function literalsAmong(pattern: string): Alternative[] {
  const alternatives = alternativesIn(pattern)
  // In a group or a class `|` may be another one's.
  return alternatives.some(({ text }) => /[()[\]{}]/.test(text)) ? [] : alternatives.filter(({ text }) => LITERAL.test(text)).map(asLiteral)
}

/** The alternatives as they are written. */
function alternativesIn(pattern: string): Alternative[] {
  const [, open = '', inner = ''] = /^(\((?:\?:)?)([^()]*)\)$/.exec(pattern) ?? [undefined, '', pattern]
  let start = open.length
  return inner.split('|').map((text) => {
    const end = start + text.length
    const alternative = { text, start, end }
    start = end + 1
    return alternative
  })
}

function asLiteral({ text, ...range }: Alternative): Alternative {
  return { text: text.replace(/\\(.)/g, '$1'), ...range }
}

/** Characters that stand for themselves, and escaped ones that do then. */
const LITERAL = /^(?:[^\\.*+?()[\]{}^$|]|\\[^\w\s])*$/
