/** The characters that the lexer tells apart, by their UTF-16 code. */

export const TAB = 9, NEWLINE = 10, RETURN = 13, SPACE = 32, EXCLAMATION = 33, DOUBLE_QUOTE = 34, HASH = 35, DOLLAR = 36
export const PERCENT = 37, SINGLE_QUOTE = 39, LEFT_PAREN = 40, RIGHT_PAREN = 41, STAR = 42, PLUS = 43, COMMA = 44
export const MINUS = 45, DOT = 46, SLASH = 47, COLON = 58, LESS = 60, EQUALS = 61, GREATER = 62, AT = 64
export const LEFT_BRACKET = 91, BACKSLASH = 92, RIGHT_BRACKET = 93, CARET = 94, UNDERSCORE = 95, BACKQUOTE = 96
export const LETTER_E = 101, LETTER_M = 109, LETTER_R = 114, LETTER_S = 115
export const LEFT_BRACE = 123, RIGHT_BRACE = 125, TILDE = 126, LOWER_CASE = 32, FIRST_SURROGATE = 0xd800, FIRST_PRIVATE = 0xe000

export function isSpace(code: number): boolean {
  return code === SPACE || code === TAB || code === NEWLINE || code === RETURN
}

export function isLineEnd(code: number): boolean {
  return code === NEWLINE || code === RETURN
}

export function isDigit(code: number): boolean {
  return code >= 48 && code <= 57
}

export function isOctal(code: number): boolean {
  return code >= 48 && code <= 55
}

export function isAlpha(code: number): boolean {
  const lower = code | LOWER_CASE
  return (lower >= 97 && lower <= 122) || code === UNDERSCORE
}

export function isAlphaNumeric(code: number): boolean {
  return isAlpha(code) || isDigit(code)
}

export function isNumberDigit(code: number, hex: boolean): boolean {
  const lower = code | LOWER_CASE
  return isDigit(code) || (hex && lower >= 97 && lower <= 102)
}
