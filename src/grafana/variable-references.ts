/** A reference to a variable in a string; `end` exclusive. */
export interface VariableReference {
  readonly name: string
  readonly start: number
  readonly end: number
}

/** What else in a string has the look of a variable. */
export type StringKind =
  /** A query: `$1` in a replacement is a capture group, `{{ $x }}` is Go's template. */
  | 'query'
  /** A regular expression, a URL, a name: all that looks like a variable is one, apart from `$1`. */
  | 'plain'
  /** Text for people, maybe with code in it: `$HOME` and `$USD` are no variables. */
  | 'prose'

/** Grafana: public/app/features/variables/utils.ts, variableRegex. */
const reference = /\$(\w+)|\[\[(\w+?)(?::\w+)?\]\]|\$\{(\w+)(?:\.[^:^}]+)?(?::[^}]+)?\}/g

/** Every `$x`, `${x}`, `${x:format}`, `${x.field}`, `[[x]]` and `[[x:format]]` in a string. */
export function variableReferences(text: string, kind: StringKind = 'plain'): VariableReference[] {
  if (!text.includes('$') && !text.includes('[[')) return []
  const hidden = hiddenStretches(text, kind)
  const found: VariableReference[] = []
  for (const match of text.matchAll(reference)) {
    const [whole, bare, bracketed, braced] = match
    const name = bare ?? bracketed ?? braced!
    const start = match.index
    const end = start + whole.length
    // A name cannot begin with a digit: `$1` and `${1}` are capture groups, `$5` is a price.
    if (/^\d/.test(name)) continue
    if (hidden.some((stretch) => start >= stretch.start && start < stretch.end)) continue
    if (kind === 'query' && (namesCaptureGroup(text, name) || isEscaped(text, start))) continue
    if (kind === 'prose' && looksLikeProse(text, match, bare)) continue
    found.push({ name, start, end })
  }
  return found
}

/** `\$SYS` in a regular expression is a dollar sign; Grafana leaves it alone where no variable has that name. */
function isEscaped(text: string, start: number): boolean {
  return text[start] === '$' && text[start - 1] === '\\'
}

/** `(?P<name>…)`: then `$name` in a replacement means the group. */
function namesCaptureGroup(text: string, name: string): boolean {
  return text.includes(`(?P<${name}>`) || text.includes(`(?<${name}>`)
}

function looksLikeProse(text: string, match: RegExpExecArray, bare: string | undefined): boolean {
  if (bare !== undefined && /^[A-Z][A-Z0-9_]*$/.test(bare)) return true
  // `[[text]](url)` is a link in Markdown.
  return match[0].startsWith('[[') && text[match.index + match[0].length] === '('
}

/** Stretches in another language: Go templates in queries; code, scripts and styles in prose. */
function hiddenStretches(text: string, kind: StringKind): { start: number; end: number }[] {
  if (kind === 'plain') return []
  const pattern = kind === 'query' ? /\{\{[^]*?\}\}/g : /<(script|style|pre|code)\b[^]*?(?:<\/\1\s*>|$)|(`{1,3})[^]*?(?:\2|$)/gi
  return [...text.matchAll(pattern)].map(({ 0: stretch, index }) => ({ start: index, end: index + stretch.length }))
}
