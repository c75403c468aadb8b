const longest = 200
/** With more repetitions beside each other, even a short text may take seconds. */
const mostRepetitions = 2
const mostOptional = 4

/**
 * A text with what a regular expression matches replaced, as programs do that make names of metrics; `undefined` where the
 * expression is none that surely runs at once and means the same in each language: with alternatives, counts, references
 * or repeated groups.
 *
 * @param replacement may name groups: `$1`
 */
export function withReplacements(text: string, source: string, flags: string, replacement: string): string | undefined {
  if (text.length > longest || source.length > longest || !isSimple(source)) return undefined
  try {
    return text.replace(new RegExp(source, flags), replacement)
  } catch {
    return undefined
  }
}

/** Whether an expression is a row of characters, classes and anchors, some repeated, in groups that are not. */
function isSimple(source: string): boolean {
  const atom = /\\[dDwWsSbB.\-_/\\[\](){}+*?^$|]|\[(?:\\.|[^\\\]])+\]|[^\\[\](){}+*?^$|]/sy
  const quantifier = /[+*?]\??(?![+*?{])/y
  const mark = /[\^$]|\((?:\?(?::|<?[=!]))?|\)(?![+*?{])/y
  let repetitions = 0
  let optional = 0
  let depth = 0
  for (let at = 0; at < source.length;) {
    const [found] = matchAt(atom, source, at) ?? matchAt(mark, source, at) ?? []
    if (found === undefined) return false
    at += found.length
    depth += found.startsWith('(') ? 1 : found === ')' ? -1 : 0
    if (depth < 0 || depth > 1) return false
    if (/^[\^$()]/.test(found)) continue
    const [repeated = ''] = matchAt(quantifier, source, at) ?? []
    if (repeated.startsWith('?')) optional++
    else if (repeated !== '') repetitions++
    if (repetitions > mostRepetitions || optional > mostOptional) return false
    at += repeated.length
  }
  return depth === 0
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at
  return pattern.exec(text)
}
