/**
 * The value of a YAML text with one document, as `parseYaml` has it, where nothing but what most files are made of
 * stands in it: maps, lists, scalars of every style, comments. Several times faster than the parser, which knows the
 * place of everything. `undefined` for any other text, with a fault or without: the parser is to tell.
 */
export function readPlainYaml(text: string): { readonly value: unknown } | undefined {
  // What is kept of line breaks where the last one is missing is for the parser to say.
  if (unusual.test(text) || (!text.endsWith('\n') && /[|>]\+/.test(text))) return undefined
  try {
    return { value: new PlainReader((text.endsWith('\n') ? text : `${text}\n`).split('\n')).readDocument() }
  } catch (error) {
    if (error instanceof Unusual) return undefined
    throw error
  }
}

/** Characters that need care, and marks of documents beyond the first line. */
const unusual = /[^\t\n\x20-\x7e\xa0-\ud7ff\ud800-\udfff\ue000-\ufefe\uff00-\ufffd]|\n(?:---|\.\.\.)/

class Unusual extends Error {
  // A stack would cost more than the reading.
  static override stackTraceLimit = 0
}

/** Deeper than any file that a person wrote. */
const maxDepth = 50

/** A plain or quoted key, what separates it from its value, and the value as far as it stands on the line. */
const entry = /^([A-Za-z_][\w./-]*|"[^"\\]*"|'[^']*'):(?: +(.*))?$/
const words: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ...['null', 'Null', 'NULL', '~'].map((word): [string, null] => [word, null]),
  ...['true', 'True', 'TRUE'].map((word): [string, boolean] => [word, true]),
  ...['false', 'False', 'FALSE'].map((word): [string, boolean] => [word, false]),
])
const decimal = /^[-+]?(?:\d{1,15}|\d{1,8}\.\d{1,8})$/
/** Every number, those of other forms among them. */
const number = /^[-+]?(?:0o[0-7]+|0x[\da-f]+|(?:\.\d+|\d+\.?\d*)(?:e[-+]?\d+)?|\.(?:inf|nan))$/i
/** No plain scalar begins with one, but for `-`, `?` and `:` where no space follows. */
const indicators = new Set('\t-?:,[]{}#&*!|>\'"%@`')

class PlainReader {
  private row = 0

  constructor(private readonly lines: readonly string[]) {}

  readDocument(): unknown {
    if (this.lines[0] === '---') this.row = 1
    if (this.nextIndent() !== 0) throw new Unusual()
    const value = this.readBlock(0, 0)
    if (this.nextIndent() !== -1) throw new Unusual()
    return value
  }

  /** Passes over blank lines and comments. Returns how far the next line is indented, -1 at the end. */
  private nextIndent(): number {
    for (; this.row < this.lines.length; this.row++) {
      const line = this.lines[this.row]!
      const indent = indentOf(line)
      if (indent === line.length) continue
      const first = line[indent]
      if (first === '\t') throw new Unusual()
      if (first !== '#') return indent
    }
    return -1
  }

  /** A map or list whose lines are indented so far. */
  private readBlock(indent: number, depth: number): unknown {
    if (depth > maxDepth) throw new Unusual()
    return isItem(this.lines[this.row]!, indent) ? this.readList(indent, depth) : this.readMap(indent, depth, this.lines[this.row]!.slice(indent))
  }

  private readList(indent: number, depth: number): unknown[] {
    const items: unknown[] = []
    do {
      const line = this.lines[this.row]!
      if (!isItem(line, indent)) throw new Unusual()
      const rest = line.slice(indent + 2)
      const start = indentOf(rest)
      const text = rest.slice(start)
      if (text === '' || text[0] === '#' || isItem(text, 0)) throw new Unusual()
      items.push(entry.test(text) ? this.readMap(indent + 2 + start, depth + 1, text) : this.readScalar(text, indent))
    } while (this.nextIndent() === indent && isItem(this.lines[this.row]!, indent))
    return items
  }

  /** `first`: the rest of the line on which the map begins. */
  private readMap(indent: number, depth: number, first: string): unknown {
    const entries = new Map<string, unknown>()
    let text = first
    for (;;) {
      const found = entry.exec(text)
      if (!found) throw new Unusual()
      const written = found[1]!
      const key = keyOf(written)
      if (entries.has(key)) throw new Unusual()
      entries.set(key, this.readValue(found[2] ?? '', indent, depth))
      const next = this.nextIndent()
      if (next < indent) return Object.fromEntries(entries)
      if (next > indent) throw new Unusual()
      text = this.lines[this.row]!.slice(indent)
      // Below a list that is indented as its key is, the list is over.
      if (isItem(text, 0)) throw new Unusual()
    }
  }

  private readValue(text: string, indent: number, depth: number): unknown {
    if (text !== '' && text[0] !== '#') return this.readScalar(text, indent)
    this.row++
    const next = this.nextIndent()
    if (next > indent) return this.readBlock(next, depth + 1)
    return next === indent && isItem(this.lines[this.row]!, indent) ? this.readList(indent, depth + 1) : null
  }

  /** A scalar that begins with `text` in a map or list that is indented so far. */
  private readScalar(text: string, indent: number): unknown {
    this.row++
    const first = text[0]!
    if (first === '|' || first === '>') return this.readBlockScalar(text, indent)
    if (first === '"' || first === "'") return this.readQuoted(text, first, indent)
    if (first === '[' || first === '{') return this.readFlow(text, indent)
    if (indicators.has(first) && !decimal.test(text) && !/^:[a-z]/i.test(text)) throw new Unusual()
    const parts = [plainPart(text)]
    const isCommented = parts[0]!.length < text.trimEnd().length
    while (this.isContinued(indent)) {
      const line = this.lines[this.row++]!.trim()
      const part = plainPart(line)
      if (isCommented || part.length < line.length || /^(?:#|[?:](?:\s|$))/.test(line)) throw new Unusual()
      parts.push(part)
    }
    if (parts.length > 1) return parts.join(' ')
    return plainValue(parts[0]!)
  }

  /** Whether the next line goes on with a scalar; one with blank lines or comments between is not plain. */
  private isContinued(indent: number): boolean {
    const row = this.row
    const next = this.nextIndent()
    if (next <= indent) return false
    if (this.row !== row) throw new Unusual()
    return true
  }

  private readQuoted(text: string, quote: string, indent: number): string {
    let content = text.slice(1)
    let end = endOfQuoted(content, quote)
    while (end === -1) {
      if (!this.isContinued(indent)) throw new Unusual()
      if (quote === '"' && /\\\s*$/.test(content)) throw new Unusual()
      content = `${content.trimEnd()} ${this.lines[this.row++]!.trimStart()}`
      end = endOfQuoted(content, quote)
    }
    if (!isEndOfLine(content.slice(end + 1))) throw new Unusual()
    return unquoted(content.slice(0, end), quote)
  }

  /** A map or list that is written on one line: `{ from: 3600, to: 0 }`, `[A, B]`. */
  private readFlow(text: string, indent: number): unknown {
    const reader = new FlowReader(text)
    const value = reader.readCollection()
    if (!isEndOfLine(text.slice(reader.at)) || this.isContinued(indent)) throw new Unusual()
    return value
  }

  private readBlockScalar(header: string, indent: number): string {
    const [, style, chomping] = /^([|>])([-+]?) *$/.exec(header) ?? []
    const start = this.row
    const own = indentOf(this.lines[start] ?? '')
    if (style === undefined || own <= indent || own === this.lines[start]!.length) throw new Unusual()
    const parts: string[] = []
    for (; this.row < this.lines.length; this.row++) {
      const line = this.lines[this.row]!
      const by = indentOf(line)
      if (by < own && by < line.length) break
      // The last line ends the text, and is no line of its own.
      if (this.row < this.lines.length - 1) parts.push(line.slice(own))
    }
    let count = parts.length
    while (count > 0 && parts[count - 1] === '') count--
    const blank = parts.length - count
    const content = parts.slice(0, count)
    if (style === '>' && content.some((part) => part === '' || part[0] === ' ' || part[0] === '\t')) throw new Unusual()
    const joined = content.join(style === '|' ? '\n' : ' ')
    return chomping === '-' ? joined : `${joined}\n${chomping === '+' ? '\n'.repeat(blank) : ''}`
  }
}

/** A plain scalar in a flow collection, of characters that mean nothing there. */
const flowScalar = /[A-Za-z0-9_$./+~-](?:[\w$./+~*()=-]| (?=[\w$./+~*()=-]))*/y
const flowKey = /([A-Za-z_][\w./-]*|"[^"\\]*"|'[^']*'): +/y

class FlowReader {
  at = 0

  constructor(private readonly text: string) {}

  readCollection(depth = 0): unknown {
    if (depth > maxDepth) throw new Unusual()
    return this.text[this.at] === '{' ? this.readMap(depth) : this.readList(depth)
  }

  private readMap(depth: number): unknown {
    const entries = new Map<string, unknown>()
    this.readParts('}', () => {
      const written = this.take(flowKey)[1]!
      const key = keyOf(written)
      if (entries.has(key)) throw new Unusual()
      entries.set(key, this.readValue(depth))
    })
    return Object.fromEntries(entries)
  }

  private readList(depth: number): unknown[] {
    const items: unknown[] = []
    this.readParts(']', () => items.push(this.readValue(depth)))
    return items
  }

  /** What stands between two brackets, with commas between. */
  private readParts(end: string, readPart: () => void): void {
    this.at++
    this.passBlanks()
    if (this.text[this.at] === end) {
      this.at++
      return
    }
    for (;;) {
      readPart()
      this.passBlanks()
      const next = this.text[this.at++]
      if (next === end) return
      if (next !== ',') throw new Unusual()
      this.passBlanks()
    }
  }

  private readValue(depth: number): unknown {
    const first = this.text[this.at]
    if (first === '{' || first === '[') return this.readCollection(depth + 1)
    if (first !== '"' && first !== "'") {
      const [written] = this.take(flowScalar)
      if (first === '-' && !decimal.test(written)) throw new Unusual()
      return plainValue(written)
    }
    const content = this.text.slice(this.at + 1)
    const end = endOfQuoted(content, first)
    if (end === -1) throw new Unusual()
    this.at += end + 2
    return unquoted(content.slice(0, end), first)
  }

  private take(pattern: RegExp): RegExpExecArray {
    pattern.lastIndex = this.at
    const found = pattern.exec(this.text)
    if (!found) throw new Unusual()
    this.at = pattern.lastIndex
    return found
  }

  private passBlanks(): void {
    while (this.text[this.at] === ' ') this.at++
  }
}

/** A key as it is meant; one that means something else is not plain. */
function keyOf(written: string): string {
  const key = /^["']/.test(written) ? written.slice(1, -1) : written
  if (key === '' || key === '<<') throw new Unusual()
  return key
}

function isEndOfLine(text: string): boolean {
  return /^(?: +#.*| *)$/.test(text)
}

function unquoted(content: string, quote: string): string {
  if (quote === "'") return content.replaceAll("''", "'")
  return content.includes('\\') ? unescaped(content) : content
}

function indentOf(line: string): number {
  let indent = 0
  while (line.charCodeAt(indent) === 0x20) indent++
  return indent
}

function isItem(line: string, at: number): boolean {
  return line[at] === '-' && (line.length === at + 1 || line[at + 1] === ' ')
}

/** The part of a line that is of a plain scalar: without a comment and the space before it. */
function plainPart(line: string): string {
  const comment = line.indexOf(' #')
  const part = (comment === -1 ? line : line.slice(0, comment)).trimEnd()
  if (part.endsWith(':') || part.includes(': ') || part.includes('\t') || part.includes(':\t')) throw new Unusual()
  return part
}

function plainValue(text: string): unknown {
  if (decimal.test(text)) return Number(text)
  if (words.has(text)) return words.get(text)
  if (text === '<<' || number.test(text)) throw new Unusual()
  return text
}

function endOfQuoted(content: string, quote: string): number {
  for (let at = content.indexOf(quote); at !== -1; at = content.indexOf(quote, at + 1)) {
    if (quote === "'") {
      if (content[at + 1] !== "'") return at
      at++
    } else {
      let before = at - 1
      while (content[before] === '\\') before--
      if ((at - before) % 2 === 1) return at
    }
  }
  return -1
}

/** The escapes that JSON has too; others are not plain. */
function unescaped(content: string): string {
  try {
    return JSON.parse(`"${content}"`) as string
  } catch {
    throw new Unusual()
  }
}
