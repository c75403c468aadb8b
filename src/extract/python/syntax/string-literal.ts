const simpleEscapes: Readonly<Record<string, string>> = {
  '\\': '\\', "'": "'", '"': '"', a: '\x07', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v', '\n': '',
}

/** Where the quotes of a literal end and begin, and whether it is raw (Python reference: 2.4.1). */
export function literalShape(literal: string): { readonly raw: boolean; readonly open: number; readonly close: number } {
  const prefix = /^[a-zA-Z]*/.exec(literal)![0]
  const quote = /^('''|"""|'|")/.exec(literal.slice(prefix.length))?.[0] ?? ''
  const open = prefix.length + quote.length
  const closed = literal.length >= open + quote.length && literal.endsWith(quote)
  return { raw: /r/i.test(prefix), open, close: literal.length - (closed ? quote.length : 0) }
}

/** The text that the inside of a literal stands for. */
export function unescape(inside: string, raw: boolean): string {
  if (raw || !inside.includes('\\')) return inside
  return inside.replace(
    /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-7]{1,3})|(\r\n|[^]))/g,
    (whole, x?: string, u?: string, long?: string, octal?: string, other?: string) => {
      const hex = x ?? u ?? long
      if (hex !== undefined) {
        const code = parseInt(hex, 16)
        return code <= 0x10ffff ? String.fromCodePoint(code) : whole
      }
      if (octal !== undefined) return String.fromCharCode(parseInt(octal, 8))
      if (other === '\r\n') return ''
      return simpleEscapes[other!] ?? whole
    },
  )
}
