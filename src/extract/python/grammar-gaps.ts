/**
 * Rewrites valid Python that @lezer/python 1.1 refuses into what it reads, keeping every offset:
 * bare `yield`, and `with (a as b, c as d):` with its parentheses.
 */
export function bridgeGrammarGaps(text: string): string {
  let bridged = text
  if (text.includes('yield')) {
    bridged = bridged
      .replace(/^([ \t]*)yield(?=[ \t]*(?:#.*)?\r?$)/gm, '$1pass ')
      .replace(/([=(][ \t]*)yield(?=[ \t]*(?:\)|#.*$|\r?$))/gm, '$1None ')
  }
  if (/\bwith[ \t]*\(/.test(bridged)) bridged = openParenthesizedWith(bridged)
  return bridged
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
