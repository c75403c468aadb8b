import type { ParseError, Text } from './ast.js'
import { Lexer } from './lexer.js'
import { unquote } from './strings.js'
import { describeToken, type TokenKind } from './tokens.js'

/**
 * The parser's place in the text: one token of lookahead, and the errors so far. A token is read when it is first
 * looked at and not before: the order of the messages, and some of their ranges, depend on it.
 */
export class Cursor {
  readonly errors: ParseError[] = []
  /** The end of the last token that can close an expression (Prometheus: parse.go, lastClosing). */
  lastClosing = 0
  /** Set where Prometheus would give up: what is read after that is for the tree only. */
  gaveUp = false

  /** Set by an error until the next token that fits: those that do not fit are passed over in silence. */
  recovering = false

  private readonly lexer: Lexer
  /** Prometheus reads on to the first error of the lexer, even where the parser has given up. */
  private lexerFailed = false
  private isRead = false

  constructor(
    readonly text: string,
    readonly withTemplates: boolean,
  ) {
    this.lexer = new Lexer(text, withTemplates)
  }

  /** The kind of the next token. */
  peek(): TokenKind {
    if (this.isRead) return this.lexer.kind
    this.isRead = true
    const kind = this.lexer.next()
    if (kind === ')' || kind === '}' || kind === ']' || kind === 'number' || kind === 'duration') {
      this.lastClosing = this.lexer.end
    } else if (kind === 'error' && !this.lexerFailed) {
      this.lexerFailed = true
      this.errors.push({ message: this.lexer.message, start: this.lexer.start, end: this.text.length })
    }
    return kind
  }

  /** The start of the token last looked at. */
  get start(): number {
    return this.lexer.start
  }

  get end(): number {
    return this.lexer.end
  }

  get source(): string {
    return this.text.slice(this.lexer.start, this.lexer.end)
  }

  /** Goes past the token last looked at. */
  advance(): void {
    this.isRead = false
    this.recovering = false
  }

  /** Goes past the token last looked at, which has no place here. Prometheus ends at what is no token at all. */
  skip(): void {
    if (this.lexer.kind === 'error') this.gaveUp = true
    this.isRead = false
  }

  /** Goes past the next token if it is of this kind. */
  take(kind: TokenKind): boolean {
    if (this.peek() !== kind) return false
    this.advance()
    return true
  }

  /** Goes past the token last looked at and returns it as a name or string. */
  takeText(): Text {
    const { kind, start, end } = this.lexer
    this.advance()
    if (kind === 'string') return unquote(this.text, start, end, this.withTemplates)
    if (kind === 'template') return { parts: this.lexer.parts, quoted: false, start, end }
    return { parts: [this.text.slice(start, end)], quoted: false, start, end }
  }

  error(message: string, start: number, end: number): void {
    if (!this.gaveUp) this.errors.push({ message, start, end })
  }

  /** Complains about the next token, unless the lexer already did (Prometheus: parse.go, unexpected). */
  unexpected(context: string, expected: string): void {
    const kind = this.peek()
    this.recovering = true
    if (kind === 'error') return
    const where = (context && ` in ${context}`) + (expected && `, expected ${expected}`)
    this.error(`unexpected ${describeToken(kind, this.source)}${where}`, this.start, this.end)
  }

  /** Passes over tokens until one of these kinds, or the end. */
  skipTo(...kinds: readonly TokenKind[]): void {
    for (let kind = this.peek(); kind !== 'end of input' && !kinds.includes(kind); kind = this.peek()) this.skip()
  }
}
