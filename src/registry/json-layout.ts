/**
 * JSON as git merges it well: the document, its lists, and the items of these lists spread over lines; whatever an
 * item's own lists hold takes one line each. Keys keep their order, those with the value `undefined` are left out.
 */
export function layOut(value: unknown): string {
  return `${spread(value, 0)}\n`
}

/** Deeper than the lists of the items of the document's lists, everything is on one line. */
const deepestSpread = 3

function spread(value: unknown, depth: number): string {
  const spreads = depth < deepestSpread || (depth === deepestSpread && Array.isArray(value))
  if (!spreads || typeof value !== 'object' || value === null || isNumbers(value)) return inline(value)
  const parts = Array.isArray(value)
    ? value.map((item) => spread(item, depth + 1))
    : entriesOf(value).map(([key, item]) => `${JSON.stringify(key)}: ${spread(item, depth + 1)}`)
  const [open, close] = Array.isArray(value) ? '[]' : '{}'
  if (parts.length === 0) return `${open!}${close!}`
  const indent = '  '.repeat(depth + 1)
  return `${open!}\n${indent}${parts.join(`,\n${indent}`)}\n${'  '.repeat(depth)}${close!}`
}

function inline(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(inline).join(', ')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const entries = entriesOf(value).map(([key, item]) => `${JSON.stringify(key)}: ${inline(item)}`)
  return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`
}

function entriesOf(value: object): [string, unknown][] {
  return Object.entries(value).filter(([, item]) => item !== undefined)
}

function isNumbers(value: object): boolean {
  return Array.isArray(value) && value.length > 0 && value.every((item) => typeof item === 'number')
}
