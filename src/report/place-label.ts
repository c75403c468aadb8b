import type { Related } from '../lint/diagnostic.js'
import type { Place } from '../text/source.js'
import { visible } from '../text/visible.js'

/** `file:line:column`, as compilers write it and editors and terminals make it a link. */
export function placeLabel({ source, span }: Place): string {
  const { line, column } = source.positionAt(span.start)
  return `${visible(source.path)}:${line}:${column}`
}

/** The related places that the message does not name already, as `file:line`: `(counter, metrics.py:61)`. */
export function untoldPlaces(message: string, related: readonly Related[]): Related[] {
  return related.filter(({ place: { source, span } }) => {
    const label = `${source.path}:${source.positionAt(span.start).line}`
    return !message.split(label).slice(1).some((after) => !/^\d/.test(after))
  })
}
