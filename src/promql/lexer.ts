import type { Template, Text } from './ast.js'
import {
  TAB, NEWLINE, RETURN, SPACE, EXCLAMATION, DOUBLE_QUOTE, HASH, DOLLAR, PERCENT, SINGLE_QUOTE, LEFT_PAREN,
  RIGHT_PAREN, STAR, PLUS, COMMA, MINUS, DOT, SLASH, COLON, LESS, EQUALS, GREATER, AT, LEFT_BRACKET, BACKSLASH,
  RIGHT_BRACKET, CARET, UNDERSCORE, BACKQUOTE, LETTER_E, LETTER_M, LETTER_R, LETTER_S, LEFT_BRACE, RIGHT_BRACE,
  TILDE, LOWER_CASE, FIRST_SURROGATE, FIRST_PRIVATE, isSpace, isLineEnd, isDigit, isAlpha, isAlphaNumeric,
  isNumberDigit,
} from './characters.js'
import { checkEscape } from './escapes.js'
import { quoteRune, quoteString } from './go-text.js'
import { templateAt } from './templates.js'
import { keywordKind, type TokenKind } from './tokens.js'

/**
 * Splits PromQL into tokens, one at a time, with the states and the messages of Prometheus's own lexer
 * (Prometheus: promql/parser/lex.go). It can go on after an error; Prometheus stops there.
 */
export class Lexer {
  kind: TokenKind = 'end of input'
  start = 0
  end = 0
  /** Of an `error` token: what is wrong. */
  message = ''
  /** Of a `template` token: its literal and template parts. */
  parts: Text['parts'] = []

  private position = 0
  private parenDepth = 0
  private braceOpen = false
  private bracketOpen = false
  private gotColon = false
  private gotDuration = false
  /** Prometheus: lexDurationExpr, from `[` to the first number. */
  private atRangeStart = false
  private endReported = false

  constructor(
    private readonly text: string,
    private readonly withTemplates: boolean,
  ) {}

  /** Reads the next token into the fields and returns its kind. Comments and space are no tokens. */
  next(): TokenKind {
    const { text } = this
    let code = text.charCodeAt(this.position)
    for (;;) {
      if (code === SPACE || code === NEWLINE || code === TAB || code === RETURN) this.position++
      else if (code === HASH && !this.atRangeStart) this.skipComment()
      else break
      code = text.charCodeAt(this.position)
    }
    this.start = this.position
    if (this.braceOpen) return this.nextInBraces(code)
    if (this.atRangeStart) return this.nextAtRangeStart(code)
    return this.nextInExpression(code)
  }

  private skipComment(): void {
    const { text } = this
    do this.position++
    while (this.position < text.length && !isLineEnd(text.charCodeAt(this.position)))
  }

  private nextInExpression(code: number): TokenKind {
    switch (code) {
      case COMMA: return this.emit(',', 1)
      case STAR: return this.emit('*', 1)
      case SLASH: return this.emit('/', 1)
      case PERCENT: return this.emit('%', 1)
      case PLUS: return this.emit('+', 1)
      case MINUS: return this.emit('-', 1)
      case CARET: return this.emit('^', 1)
      case AT: return this.emit('@', 1)
      case EQUALS:
        if (this.peekCode(1) === EQUALS) return this.emit('==', 2)
        if (this.peekCode(1) === TILDE) return this.fail(`unexpected character after '=': '~'`, 1)
        return this.emit('=', 1)
      case EXCLAMATION: {
        if (this.peekCode(1) === EQUALS) return this.emit('!=', 2)
        const after = this.characterAt(this.position + 1)
        return this.fail(`unexpected character after '!': ${quoteRune(after)}`, 1 + (after?.length ?? 0))
      }
      case LESS:
        if (this.peekCode(1) === EQUALS) return this.emit('<=', 2)
        return this.peekCode(1) === SLASH ? this.emit('</', 2) : this.emit('<', 1)
      case GREATER:
        if (this.peekCode(1) === EQUALS) return this.emit('>=', 2)
        return this.peekCode(1) === SLASH ? this.emit('>/', 2) : this.emit('>', 1)
      case DOUBLE_QUOTE:
      case SINGLE_QUOTE:
        return this.nextString(code)
      case BACKQUOTE: return this.nextRawString()
      case LEFT_PAREN: return this.openParen()
      case RIGHT_PAREN: return this.closeParen()
      case LEFT_BRACE:
        this.braceOpen = true
        return this.emit('{', 1)
      case LEFT_BRACKET:
        if (this.startsTemplate(code)) return this.nextWord()
        return this.openBracket()
      case RIGHT_BRACKET:
        if (!this.bracketOpen) return this.fail(`unexpected right bracket ']'`, 1)
        this.bracketOpen = false
        return this.emit(']', 1)
    }
    if (isDigit(code) || (code === DOT && isDigit(this.peekCode(1)))) return this.nextNumberOrDuration()
    if (isAlpha(code) || code === COLON) return this.bracketOpen ? this.nextInBrackets(code) : this.nextWord()
    if (this.startsTemplate(code) || (code === DOT && this.startsTemplate(this.peekCode(1), 1))) return this.nextWord()
    if (Number.isNaN(code)) return this.endOfInput()
    return this.failAtCharacter('unexpected character: ')
  }

  private endOfInput(): TokenKind {
    if (this.endReported) return this.emit('end of input', 0)
    if (this.parenDepth > 0) return this.failAtEnd('unclosed left parenthesis')
    if (this.bracketOpen) return this.failAtEnd('unclosed left bracket')
    return this.emit('end of input', 0)
  }

  private openParen(): TokenKind {
    this.parenDepth++
    return this.emit('(', 1)
  }

  private closeParen(): TokenKind {
    if (this.parenDepth === 0) {
      this.start++
      return this.fail(`unexpected right parenthesis ')'`, 1)
    }
    this.parenDepth--
    return this.emit(')', 1)
  }

  private openBracket(): TokenKind {
    if (this.bracketOpen) return this.fail(`unexpected left bracket '['`, 1)
    this.bracketOpen = true
    this.gotColon = false
    this.atRangeStart = true
    return this.emit('[', 1)
  }

  /** A letter or colon after the first number of `[…]`. */
  private nextInBrackets(code: number): TokenKind {
    if (code === COLON) {
      if (this.gotColon) return this.fail(`unexpected colon ':'`, 1)
      this.gotColon = true
      return this.emit(':', 1)
    }
    return this.durationKeyword() ?? this.fail(`unexpected character: ${quoteRune(this.text[this.start])}, expected ':'`, 0)
  }

  /** `step`, `range`, `min_of` or `max_of`; a word that is none of them is passed over all the same. */
  private durationKeyword(): TokenKind | undefined {
    const { text } = this
    const first = text.charCodeAt(this.position) | LOWER_CASE
    if (first !== LETTER_S && first !== LETTER_R && first !== LETTER_M) {
      this.position++
      return undefined
    }
    while (isAlpha(text.charCodeAt(this.position))) this.position++
    this.end = this.position
    const word = text.slice(this.start, this.position).toLowerCase()
    if (word !== 'step' && word !== 'range' && word !== 'min_of' && word !== 'max_of') return undefined
    return (this.kind = word)
  }

  private nextAtRangeStart(code: number): TokenKind {
    switch (code) {
      case RIGHT_BRACKET:
        this.atRangeStart = false
        this.bracketOpen = false
        this.gotColon = false
        return this.emit(']', 1)
      case COLON:
        this.start++
        if (!this.gotDuration) return this.fail('unexpected colon before duration in duration expression', 1)
        if (this.gotColon) return this.fail('unexpected repeated colon in duration expression', 1)
        this.start--
        this.gotColon = true
        return this.emit(':', 1)
      case LEFT_PAREN: return this.openParen()
      case RIGHT_PAREN: return this.closeParen()
      case PLUS: return this.emit('+', 1)
      case MINUS: return this.emit('-', 1)
      case STAR: return this.emit('*', 1)
      case SLASH: return this.emit('/', 1)
      case PERCENT: return this.emit('%', 1)
      case CARET: return this.emit('^', 1)
      case COMMA: return this.emit(',', 1)
    }
    if (isDigit(code) || (code === DOT && isDigit(this.peekCode(1)))) {
      this.gotDuration = true
      this.atRangeStart = false
      return this.nextNumberOrDuration()
    }
    if (this.startsTemplate(code) || (code === DOT && this.startsTemplate(this.peekCode(1), 1))) {
      this.gotDuration = true
      this.atRangeStart = false
      return this.nextWord()
    }
    if (Number.isNaN(code)) return this.failAtEnd('unexpected end of input in duration expression')
    if (isAlpha(code)) {
      const keyword = this.durationKeyword()
      if (keyword) return keyword
      return this.fail(`unexpected character in duration expression: ${quoteRune(this.text[this.start])}`, 0)
    }
    return this.failAtCharacter('unexpected character in duration expression: ')
  }

  private nextInBraces(code: number): TokenKind {
    if (isAlpha(code) || this.startsTemplate(code)) return this.nextWordInBraces()
    switch (code) {
      case COMMA: return this.emit(',', 1)
      case DOUBLE_QUOTE:
      case SINGLE_QUOTE:
        return this.nextString(code)
      case BACKQUOTE: return this.nextRawString()
      case EQUALS: return this.peekCode(1) === TILDE ? this.emit('=~', 2) : this.emit('=', 1)
      case EXCLAMATION: {
        if (this.peekCode(1) === TILDE) return this.emit('!~', 2)
        if (this.peekCode(1) === EQUALS) return this.emit('!=', 2)
        const after = this.characterAt(this.position + 1)
        return this.fail(`unexpected character after '!' inside braces: ${quoteRune(after)}`, 1 + (after?.length ?? 0))
      }
      case LEFT_BRACE: return this.fail(`unexpected left brace '{'`, 1)
      case RIGHT_BRACE:
        this.braceOpen = false
        return this.emit('}', 1)
    }
    if (Number.isNaN(code)) return this.failAtEnd('unexpected end of input inside braces')
    return this.failAtCharacter('unexpected character inside braces: ')
  }

  private nextWordInBraces(): TokenKind {
    const { text } = this
    let position = this.position
    while (isAlphaNumeric(text.charCodeAt(position))) position++
    this.position = position
    if (this.startsTemplate(text.charCodeAt(position))) return this.nextTemplateWord(false)
    return this.emit('identifier', 0)
  }

  private nextWord(): TokenKind {
    const { text } = this
    let position = this.position
    let code = text.charCodeAt(position)
    let hasColon = false
    while (isAlphaNumeric(code) || code === COLON) {
      hasColon ||= code === COLON
      code = text.charCodeAt(++position)
    }
    this.position = position
    if (position === this.start || this.startsTemplate(code)) return this.nextTemplateWord(!this.bracketOpen)
    const keyword = keywordKind(text.slice(this.start, position))
    if (keyword !== undefined) {
      // These words are keywords only before a parenthesis, and metric names everywhere else.
      const isFill = keyword === 'fill' || keyword === 'fill_left' || keyword === 'fill_right'
      return this.emit(isFill && !this.parenFollows() ? 'identifier' : keyword, 0)
    }
    return this.emit(hasColon ? 'metric identifier' : 'identifier', 0)
  }

  private parenFollows(): boolean {
    let position = this.position
    while (isSpace(this.text.charCodeAt(position))) position++
    return this.text.charCodeAt(position) === LEFT_PAREN
  }

  /**
   * A word with templates in it, from `start`: `${prefix}_total`, `node_$kind`, `${n}m`, `0.$q`, `1e-$n`. What stands before
   * `position` is part of it, whatever it is.
   */
  private nextTemplateWord(colons: boolean, position = this.start): TokenKind {
    const { text } = this
    const parts: (string | Template)[] = []
    let literalStart = this.start
    let onlyDigits = /^[\d.]*$/.test(text.slice(this.start, position))
    for (;;) {
      const code = text.charCodeAt(position)
      const template = templateAt(text, position)
      if (template) {
        if (position > literalStart) parts.push(text.slice(literalStart, position))
        parts.push(template)
        position = literalStart = template.end
      } else if (isAlphaNumeric(code) || (colons && code === COLON)) {
        onlyDigits &&= isDigit(code)
        position++
      } else if (code === DOT && onlyDigits && this.digitsFollow(position + 1)) position++
      else break
    }
    if (position > literalStart) parts.push(text.slice(literalStart, position))
    this.parts = parts
    this.position = position
    return this.emit('template', 0)
  }

  private digitsFollow(position: number): boolean {
    return isDigit(this.text.charCodeAt(position)) || templateAt(this.text, position) !== undefined
  }

  private startsTemplate(code: number, ahead?: number): boolean {
    if (!this.withTemplates || (code !== DOLLAR && code !== LEFT_BRACKET)) return false
    return templateAt(this.text, this.position + (ahead ?? 0)) !== undefined
  }

  private nextString(quote: number): TokenKind {
    const { text } = this
    let position = this.position + 1
    for (;;) {
      const code = text.charCodeAt(position)
      if (code === quote) {
        this.position = position + 1
        return this.emit('string', 0)
      }
      if (Number.isNaN(code) || code === NEWLINE) {
        this.position = Math.min(position + 1, text.length)
        return this.fail('unterminated quoted string', 0)
      }
      if (code === BACKSLASH) {
        const escape = checkEscape(text, position + 1, quote)
        position = escape.end
        if (escape.problem !== undefined) return this.failInString(escape.problem, position)
      } else if (code < FIRST_SURROGATE) position++
      else {
        const character = this.characterAt(position)!
        if (character === '\ufffd' || (character.length === 1 && code < FIRST_PRIVATE)) {
          return this.failInString('invalid UTF-8 rune', position + 1)
        }
        position += character.length
      }
    }
  }

  private nextRawString(): TokenKind {
    const start = this.position + 1
    const close = this.text.indexOf('`', start)
    const broken = this.text.slice(start, close < 0 ? undefined : close).search(noCharacter)
    if (broken >= 0) return this.failInString('invalid UTF-8 rune', start + broken + 1)
    this.position = close < 0 ? this.text.length : close + 1
    return close < 0 ? this.fail('unterminated raw string', 0) : this.emit('string', 0)
  }

  /** What follows a broken string is most likely the rest of it. */
  private failInString(message: string, position: number): TokenKind {
    this.position = position
    const rest = restOfString.exec(this.text.slice(position, position + 1000))
    this.position += rest?.[0].length ?? 0
    return this.fail(message, 0)
  }

  private nextNumberOrDuration(): TokenKind {
    const kind = this.scanNumber() ? 'number' : this.scanRestOfDuration() ? 'duration' : undefined
    if (this.withTemplates && this.startsTemplate(this.text.charCodeAt(this.position))) {
      return this.nextTemplateWord(false, this.position)
    }
    if (kind) return this.emit(kind, 0)
    return this.fail(`bad number or duration syntax: ${quoteString(this.text.slice(this.start, this.position))}`, 0)
  }

  /**
   * Takes what may be a number; the parser finds out whether it is one (Prometheus: lex.go, scanNumber). On false,
   * the position is after what was looked at, which the message shows.
   */
  private scanNumber(): boolean {
    const { text } = this
    let hex = false
    if (this.accept('0') && this.accept('xX')) {
      this.accept('_')
      hex = true
    }
    this.accept('.')
    if (isNumberDigit(text.charCodeAt(this.position), hex)) this.position++
    let dot = false
    let exponent = false
    for (;;) {
      const code = text.charCodeAt(this.position)
      if (code === DOT) {
        this.position++
        if (dot) return false
        dot = true
        if (this.accept('_.') || hex) return false
      } else if ((code | LOWER_CASE) === LETTER_E) {
        this.position++
        if (exponent) return false
        exponent = true
        this.accept('+-')
        if (this.accept('._eE') || this.position >= text.length) return false
      } else if (code === UNDERSCORE) {
        this.position++
        if (this.accept('._eE') || this.position >= text.length) return false
      } else if (isNumberDigit(code, hex)) {
        // In a run of hexadecimal digits an `e` is one of them.
        do this.position++
        while (isNumberDigit(text.charCodeAt(this.position), hex))
      } else return !isAlphaNumeric(code)
    }
  }

  /** Prometheus: lex.go, acceptRemainingDuration. Wrong units are found when the duration is read. */
  private scanRestOfDuration(): boolean {
    if (!this.accept('smhdwy')) return false
    this.accept('s')
    while (this.accept('0123456789')) {
      while (this.accept('0123456789')) continue
      if (!this.accept('smhdw')) return false
      this.accept('s')
    }
    if (!isAlphaNumeric(this.text.charCodeAt(this.position))) return true
    this.position++
    return false
  }

  private accept(characters: string): boolean {
    if (this.position >= this.text.length || !characters.includes(this.text[this.position]!)) return false
    this.position++
    return true
  }

  private peekCode(ahead: number): number {
    return this.text.charCodeAt(this.position + ahead)
  }

  private characterAt(position: number): string | undefined {
    const code = this.text.codePointAt(position)
    return code === undefined ? undefined : String.fromCodePoint(code)
  }

  private emit(kind: TokenKind, length: number): TokenKind {
    this.position += length
    this.end = this.position
    return (this.kind = kind)
  }

  private fail(message: string, length: number): TokenKind {
    this.message = message
    return this.emit('error', length)
  }

  private failAtCharacter(message: string): TokenKind {
    const character = this.characterAt(this.position)!
    return this.fail(message + quoteRune(character), character.length)
  }

  private failAtEnd(message: string): TokenKind {
    this.endReported = true
    this.parenDepth = 0
    this.braceOpen = this.bracketOpen = this.atRangeStart = false
    return this.fail(message, 0)
  }
}

/** Half a surrogate pair, or the character that stands for broken text. */
const noCharacter = /[\ufffd\ud800-\udfff]/u
const restOfString = /^[^"'`\n]*["'`\n]?/
