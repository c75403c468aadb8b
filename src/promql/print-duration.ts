import type { Duration } from './ast.js'
import { formatFloat } from './go-text.js'
import { formatDuration } from './numbers.js'
import { printTemplate } from './templates.js'

/** A duration as it stands in `[…]`. */
export function printDuration(duration: Duration): string {
  const printed: string[] = []
  const rest: (string | Duration)[] = [duration]
  for (let piece = rest.pop(); piece !== undefined; piece = rest.pop()) {
    if (typeof piece === 'string') printed.push(piece)
    else for (const part of pieces(piece).reverse()) rest.push(part)
  }
  return printed.join('')
}

function pieces(duration: Duration): (string | Duration)[] {
  if (duration.type === 'DurationLiteral') return [printSeconds(duration.seconds)]
  if (duration.type === 'DurationTemplate') {
    return duration.text.parts.map((part) => (typeof part === 'string' ? part : printTemplate(part)))
  }
  const { op, lhs, rhs, wrapped } = duration
  const inside: (string | Duration)[] =
    op === 'step' || op === 'range' ? [`${op}()`]
    : op === 'min_of' || op === 'max_of' ? [`${op}(`, lhs!, ', ', rhs!, ')']
    : lhs ? [lhs, ` ${op} `, rhs!]
    // A literal in parentheses is kept as `+ literal`.
    : op === '+' ? [rhs!] : [op, rhs!]
  return wrapped ? ['(', ...inside, ')'] : inside
}

function printSeconds(seconds: number): string {
  const text = formatDuration(Math.abs(seconds)) ?? formatFloat(Math.abs(seconds))
  return seconds < 0 ? `-${text}` : text
}

/** ` offset 5m`; nothing where there is no offset. */
export function printOffset(offset: Duration | undefined): string {
  if (!offset) return ''
  const text = printDuration(offset)
  // Arithmetic goes on behind an offset only after a parenthesis or two signs (durations.ts, readOffset).
  if (offset.type === 'DurationExpr' && offset.wrapped) return ` offset +${text}`
  const isArithmetic = offset.type === 'DurationExpr' && offset.lhs !== undefined && /^[-+*/%^]$/.test(offset.op)
  if (!isArithmetic || text.startsWith('(') || /^[-+]{2}/.test(text)) return ` offset ${text}`
  return ` offset ${text.startsWith('-') ? '+' : '++'}${text}`
}
