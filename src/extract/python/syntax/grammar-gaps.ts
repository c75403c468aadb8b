/** A string or a comment: what it says is left as it is. */
const literal = /[a-su-zA-SU-Z]{0,2}(?:'''(?:\\[^]|(?!''')[^\\])*'''|"""(?:\\[^]|(?!""")[^\\])*"""|'(?:\\[^]|[^'\\\n])*'|"(?:\\[^]|[^"\\\n])*")|#.*/

interface Gap {
  /** Quickly tells most texts that have none. */
  readonly hint: RegExp
  /** Looks forward only, so that the time it takes grows with the text. */
  readonly pattern: RegExp
  /** Gives as many characters as it gets. */
  readonly change: (found: string) => string
}

const endInSpace = (found: string) => `${found.slice(0, -1)} `

const gaps: readonly Gap[] = [
  // `x = 10.`
  { hint: /\d\.(?![\w.])/, pattern: /(?<![\w.])\d[\d_]*\.(?![\w.])/, change: endInSpace },
  // t'…' is read as f'…'
  { hint: /\bt['"]/i, pattern: /(?<!\w)t(?=['"])/, change: () => 'f' },
  // `def f(): yield`
  { hint: /:[ \t]*yield\b/, pattern: /:[ \t]*yield(?=[ \t]*(?:#|;|\r?$))/, change: (found) => found.replace('yield', 'pass ') },
  // `Generic[int, *Ts]`, `*args: *Ts`
  { hint: /\[[^\]\n]*\*/, pattern: /(?<=[\w\])])\[(?:[^[\]\n'"#]*,[ \t]*)?\*(?=[A-Za-z_(])/, change: endInSpace },
  { hint: /\*\w+[ \t]*:[ \t]*\*/, pattern: /\*\w+[ \t]*:[ \t]*\*(?=[A-Za-z_])/, change: endInSpace },
  // `f(x for x, *rest in y)`, `for x in *a, *b:`
  { hint: /\bfor[ \t(][^:\n]*\*/, pattern: /\bfor[ \t(][\w \t,()*]*?\bin[ \t](?:[ \t]*\*[\w \t,*]*:)?/, change: (found) => found.replaceAll('*', ' ') },
  // `lambda a, /, b: a`, `lambda a,: a`
  {
    hint: /\blambda\b[^\n]*(?:\/|,[ \t]*:)/, pattern: /\blambda\b[\w \t,*=/.]*:/,
    change: (found) => found.replace(/,([ \t]*)\//g, ' $1 ').replace(/,([ \t]*:)$/, ' $1'),
  },
  // `except A, B:` (PEP 758)
  {
    hint: /\bexcept\b[^\n:]*,/, pattern: /\bexcept[ \t]*\*?[ \t]*[\w.]+(?:[ \t]*,[ \t]*[\w.]+)+(?=[ \t]*:)/,
    change: (found) => found.replaceAll(',', '|'),
  },
  // `print >> file, text`, which is an expression
  { hint: /\bprint[ \t]*>>/, pattern: /\bprint(?=[ \t]*>>)/, change: () => 'prin_' },
  // `with a as b.c:` binds a name instead
  {
    hint: /\bas[ \t]+\w+[.[]/, pattern: /\bas[ \t]+[A-Za-z_]\w*(?:\.\w+|\[[^\]\n]*\])+(?=\s*(?:[:,)]|$))/,
    change: (found) => found.replace(/(?<=as[ \t]+)\S.*/, (target) => '_'.padEnd(target.length)),
  },
]

function fill(text: string, { hint, pattern, change }: Gap): string {
  if (!hint.test(text)) return text
  return text.replace(new RegExp(`(${literal.source})|${pattern.source}`, 'gm'), (whole, kept: string | undefined) => kept ?? change(whole))
}

/**
 * Rewrites valid Python that @lezer/python 1.1 refuses into what it reads, keeping every offset; beside the `gaps`:
 * bare `yield`, `with (a as b, c as d):` with its parentheses, `with a as (b, c):`, `with a as b.c:`, patterns
 * with nothing in their brackets (`case int():`), tuples without brackets (`match a, b:`), `\{{` in a raw f-string, and decorators that are more than a call
 * (`@a.b(c).d()`, `@a[0]`), of which what follows is left out.
 */
export function bridgeGrammarGaps(text: string): string {
  let bridged = gaps.reduce(fill, text.replace(/^\uFEFF/, '\n'))
  if (bridged.includes('yield')) {
    bridged = bridged
      .replace(/^([ \t]*)yield(?=[ \t]*(?:#.*)?\r?$)/gm, '$1pass ')
      .replace(/([=({[,][ \t]*)yield(?=[ \t]*(?:[)}\],]|#.*$|\r?$))/gm, '$1None ')
  }
  if (/\b(?:rf|fr)['"]/i.test(bridged)) bridged = bridged.replace(/\\(?=\{\{|\}\})/g, '_')
  if (/\bas[ \t]*\(/.test(bridged)) {
    bridged = bridged.replace(/(\bas[ \t]*)(\((?:[\w\s,*.[\]]|#.*)*\))(?=[ \t]*[:,\n])/g, (_, as: string, names: string) => `${as}_${' '.repeat(names.length - 1)}`)
  }
  if (/^[ \t]*@[\w.]+\(/m.test(bridged)) bridged = shortenDecorators(bridged)
  if (/^[ \t]*@(?![\w.]+[ \t]*(?:[(#\r\n]|$))/m.test(bridged)) {
    bridged = bridged.replace(/^([ \t]*)(@(?![\w.]+[ \t]*(?:[(#\r\n]|$)).*)(?=\r?\n[ \t]*(?:@|def\b|async\b|class\b))/gm, (_, indent: string, decorator: string) => indent + ' '.repeat(decorator.length))
  }
  if (/\bwith[ \t]*\(/.test(bridged)) bridged = openParenthesizedWith(bridged)
  if (/^[ \t]*case\b[^:]*[([{][ \t]*[)\]}]/m.test(bridged)) {
    bridged = bridged.replace(/^[ \t]*case\b(?:.*?|[ \t]*\([ \t]*\r?\n[^:]*?)(?=[ \t]if\b|:[ \t]*(?:#.*)?\r?$)/gm, fillPatterns)
  }
  if (/^[ \t]*(?:match|case)[ \t][^\n]*,/m.test(bridged)) {
    bridged = bridged.replace(/^([ \t]*(?:match|case)[ \t])([^\n=]*,[^\n]*?)(?=[ \t]if\b|:[ \t]*(?:#.*)?\r?$)/gm, (_, keyword: string, items: string) => keyword + unbracketedTuple(items))
  }
  return bridged
}

/** `match a, b:`, `case 1, _:` become alternatives that are never total: `a| b`, `1| 0`. */
function unbracketedTuple(items: string): string {
  let depth = 0
  const joined = items.replace(new RegExp(`${literal.source}|[[({\\])},]`, 'g'), (part) => {
    if ('[({'.includes(part)) depth++
    else if ('])}'.includes(part)) depth--
    else if (part === ',' && depth === 0) return '|'
    return part
  })
  if (joined === items) return items
  return joined.replace(/\|([ \t]*)$/, ' $1').replace(/(?<=^|[| \t])_(?=$|[| \t])/g, '0').replaceAll('|*', '| ')
}

/** `case int() | []:` becomes patterns that fit as rarely: `case int._ | 0 :`. */
function fillPatterns(pattern: string): string {
  return pattern
    .replace(/(?<=\w)\(([ \t]*)\)/g, (_, space: string) => `._${space}`)
    .replace(/\([ \t]*\)|\[[ \t]*\]|\{[ \t]*\}/g, (empty) => '0'.padEnd(empty.length))
}

function openParenthesizedWith(text: string): string {
  return text.replace(/^([ \t]*(?:async[ \t]+)?with[ \t]*)(\([^]*?\))(?=[ \t]*:[ \t]*(?:#.*)?\r?$)/gm, (whole, head: string, items: string) => {
    if (!/\bas\b/.test(items) || !isOneGroup(items)) return whole
    const inside = items
      .slice(1, -1)
      .replace(/#.*$/gm, (comment) => ' '.repeat(comment.length))
      .replace(/[\r\n]/g, ' ')
      .replace(/,(\s*)$/, ' $1')
    return `${head} ${inside} `
  })
}

/** Whether the first parenthesis is closed by the last one. */
function isOneGroup(items: string): boolean {
  let depth = 0
  for (let i = 0; i < items.length; i++) {
    if (items[i] === '(') depth++
    else if (items[i] === ')' && --depth === 0) return i === items.length - 1
  }
  return false
}

function shortenDecorators(text: string): string {
  let shortened = text
  for (const match of text.matchAll(/^[ \t]*@[\w.]+\(/gm)) {
    const open = match.index + match[0].length - 1
    let depth = 0
    let at = open
    do {
      if (text[at] === '(') depth++
      else if (text[at] === ')') depth--
      at++
    } while (depth > 0 && at < text.length)
    if (!/[.([]/.test(text[at] ?? '')) continue
    const lineEnd = text.indexOf('\n', at)
    const end = lineEnd === -1 ? text.length : lineEnd
    shortened = shortened.slice(0, at) + ' '.repeat(end - at) + shortened.slice(end)
  }
  return shortened
}
