import type { Template, Text } from './ast.js'

/**
 * Grafana's variable syntaxes (Grafana: public/app/features/variables/utils.ts, variableRegex). Field and format are
 * bounded so that a run of unclosed braces costs no more than its length.
 */
const templatePattern =
  /\$(\w+)|\$\{(\w+)(?:\.([^:}]{1,200}))?(?::([^}]{1,200}))?\}|\[\[(\w+)(?:\.([^:\]]{1,200}))?(?::([^\]]{1,200}))?\]\]/y

/** Names of digits only are the groups of `label_replace` (`$1`), never variables. */
const onlyDigits = /^\d+$/

/** The template that starts at `offset`, if one does. */
export function templateAt(text: string, offset: number): Template | undefined {
  const first = text.charCodeAt(offset)
  if (first !== DOLLAR && (first !== LEFT_BRACKET || text.charCodeAt(offset + 1) !== LEFT_BRACKET)) return undefined
  templatePattern.lastIndex = offset
  const match = templatePattern.exec(text)
  if (!match) return undefined
  const [source, plain, braced, bracedField, bracedFormat, bracketed, bracketedField, bracketedFormat] = match
  const name = plain ?? braced ?? bracketed!
  if (onlyDigits.test(name)) return undefined
  const field = bracedField ?? bracketedField
  const format = bracedFormat ?? bracketedFormat
  return {
    type: 'Template',
    name,
    ...(field !== undefined && { field }),
    ...(format !== undefined && { format }),
    syntax: plain !== undefined ? '$' : braced !== undefined ? '${}' : '[[]]',
    start: offset,
    end: offset + source.length,
  }
}

/** A template as it was written. */
export function printTemplate(template: Template): string {
  const { name, field, format, syntax } = template
  const inside = name + (field === undefined ? '' : `.${field}`) + (format === undefined ? '' : `:${format}`)
  if (syntax === '$') return `$${name}`
  return syntax === '${}' ? `\${${inside}}` : `[[${inside}]]`
}

/** Whether a word with templates must be a name: `${prefix}_total` is one; `$x`, `0.$x` and `${x}m` may be numbers. */
export function isPartOfName({ parts }: Text): boolean {
  if (parts.length === 1 && typeof parts[0] === 'string') return true
  // No name begins with a digit.
  if (typeof parts[0] === 'string' && /^[\d.]/.test(parts[0])) return false
  return parts.some((part) => typeof part === 'string' && /[a-zA-Z_:]/.test(part) && !/^\d*(?:ms|[smhdwy])$/.test(part))
}

const DOLLAR = 36
const LEFT_BRACKET = 91
