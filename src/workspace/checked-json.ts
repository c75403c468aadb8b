/** Readers for JSON that may have been cut off, written by another program, or made to do harm. Each throws `WrongShape`. */

/** That a value is not what was expected. */
export class WrongShape extends Error {}

/** The fields of an object that has these keys at most. */
export function fields(value: unknown, keys: readonly string[]): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new WrongShape()
  for (const key of Object.keys(value)) if (!keys.includes(key)) throw new WrongShape()
  return value as Record<string, unknown>
}

export function optional<Key extends string, Read>(
  from: Record<string, unknown>, key: Key, read: (value: unknown) => Read,
): Partial<Record<Key, Read>> {
  return (Object.hasOwn(from, key) ? { [key]: read(from[key]) } : {}) as Partial<Record<Key, Read>>
}

export function listOf<Item>(value: unknown, read: (item: unknown) => Item): readonly Item[] {
  if (!Array.isArray(value)) throw new WrongShape()
  return value.map((item: unknown) => read(item))
}

export function oneOf<Known extends string>(value: unknown, known: readonly Known[]): Known {
  const found = known.find((one) => one === value)
  if (found === undefined) throw new WrongShape()
  return found
}

export function wholeNumber(value: unknown): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0) throw new WrongShape()
  return value
}

export function string(value: unknown): string {
  if (typeof value !== 'string') throw new WrongShape()
  return value
}

export function boolean(value: unknown): boolean {
  if (typeof value !== 'boolean') throw new WrongShape()
  return value
}
