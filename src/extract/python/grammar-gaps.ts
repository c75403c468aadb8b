/**
 * Rewrites valid Python that @lezer/python 1.1 refuses into what it reads, keeping every offset:
 * bare `yield`, `with (a as b, c as d):` with its parentheses, `with a as (b, c):`, `with a as b.c:`, patterns
 * with nothing in their brackets (`case int():`), and what follows the call in a decorator (`@a.b(c).d()`), which is left out.
 */
export function bridgeGrammarGaps(text: string): string {
  let bridged = text
  if (text.includes('yield')) {
    bridged = bridged
      .replace(/^([ \t]*)yield(?=[ \t]*(?:#.*)?\r?$)/gm, '$1pass ')
      .replace(/([=(][ \t]*)yield(?=[ \t]*(?:\)|#.*$|\r?$))/gm, '$1None ')
  }
  if (/\bas[ \t]*\(/.test(bridged)) {
    bridged = bridged.replace(/(\bas[ \t]*)(\((?:[\w\s,*]|#.*)*\))(?=[ \t]*[:,\n])/g, (_, as: string, names: string) => `${as}_${' '.repeat(names.length - 1)}`)
  }
  if (/^[ \t]*@[\w.]+\(/m.test(bridged)) bridged = shortenDecorators(bridged)
  if (/\bwith[ \t]*\(/.test(bridged)) bridged = openParenthesizedWith(bridged)
  if (/^[ \t]*(?:async[ \t]+)?with\b.*\bas[ \t]+\w+[.[]/m.test(bridged)) {
    bridged = bridged.replace(/^[ \t]*(?:async[ \t]+)?with\b.*$/gm, nameTargets)
  }
  if (/^[ \t]*case\b.*[([{][ \t]*[)\]}]/m.test(bridged)) {
    bridged = bridged.replace(/^[ \t]*case\b.*?(?=[ \t]if\b|:[ \t]*(?:#.*)?\r?$)/gm, fillPatterns)
  }
  return bridged
}

/** `case int() | []:` becomes patterns that fit as rarely: `case int._ | 0 :`. */
function fillPatterns(pattern: string): string {
  return pattern
    .replace(/(?<=\w)\(([ \t]*)\)/g, (_, space: string) => `._${space}`)
    .replace(/\([ \t]*\)|\[[ \t]*\]|\{[ \t]*\}/g, (empty) => '0'.padEnd(empty.length))
}

/** `with open(x) as self.file:` binds a name instead. */
function nameTargets(items: string): string {
  return items.replace(/(\bas[ \t]+)([A-Za-z_]\w*(?:\.\w+|\[[^\]\n]*\])+)(?=\s*(?:[:,)]|$))/g, (_, as: string, target: string) => `${as}_${' '.repeat(target.length - 1)}`)
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
