import type { Template, Text } from './ast.js'
import { templateAt } from './templates.js'

/**
 * The content of a quoted string that the lexer has accepted, with its templates: quotes and escapes are read as in
 * Go (Prometheus: util/strutil/quote.go). Bytes written as `\xff` that are no UTF-8 become U+FFFD.
 */
export function unquote(text: string, start: number, end: number, withTemplates: boolean): Text {
  const inside = text.slice(start + 1, end - 1)
  const isRaw = text[start] === '`'
  const decode = (part: string) => (isRaw || !part.includes('\\') ? part : unescape(part))
  if (!withTemplates || !(inside.includes('$') || inside.includes('[['))) {
    return { parts: inside === '' ? [] : [decode(inside)], quoted: true, start, end }
  }
  const parts: (string | Template)[] = []
  let literalStart = start + 1
  maybeTemplate.lastIndex = literalStart
  for (let found = maybeTemplate.exec(text); found && found.index < end - 1; found = maybeTemplate.exec(text)) {
    const template = templateAt(text, found.index)
    if (!template || template.end > end - 1) continue
    if (template.start > literalStart) parts.push(decode(text.slice(literalStart, template.start)))
    parts.push(template)
    maybeTemplate.lastIndex = literalStart = template.end
  }
  if (literalStart < end - 1) parts.push(decode(text.slice(literalStart, end - 1)))
  return { parts, quoted: true, start, end }
}

const maybeTemplate = /\$|\[(?=\[)/g

const simple: Readonly<Record<string, string>> = {
  a: '\x07', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v', '\\': '\\', "'": "'", '"': '"',
}
const escapeRun = /(?:\\(?:x[0-9a-fA-F]{2}|[0-7]{3}))+|\\u([0-9a-fA-F]{4})|\\U([0-9a-fA-F]{8})|\\(.)/gs
const byteEscape = /\\(?:x([0-9a-fA-F]{2})|([0-7]{3}))/g

function unescape(text: string): string {
  return text.replace(escapeRun, (source: string, short?: string, long?: string, character?: string) => {
    const code = short ?? long
    if (code !== undefined) return String.fromCodePoint(Number.parseInt(code, 16))
    if (character !== undefined) return simple[character] ?? character
    const bytes = [...source.matchAll(byteEscape)].map(([, hex, octal]) =>
      hex === undefined ? Number.parseInt(octal!, 8) : Number.parseInt(hex, 16))
    return new TextDecoder('utf-8', { ignoreBOM: true }).decode(Uint8Array.from(bytes))
  })
}
