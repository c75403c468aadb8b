import type { Definition } from '../values/types.js'
import type { LeftFunctions } from './effort.js'
import type { Context, Engine } from './engine.js'

/** Notes that all functions that run now are left: what they may evaluate has just been spent at this place. */
export function noteLeft({ engine: { effort, course } }: Context, at: number): void {
  if (effort.budget !== -1) return
  for (const { definition, scope: { module } } of course.stack) {
    const isInner = definition === course.stack.at(-1)?.definition
    const calls = course.calls.filter(({ source }) => source === module.source).map(({ span }) => span.start)
    const within = [...(isInner ? [at] : []), ...calls].filter((place) => place >= definition.start && place < definition.end)
    const from = within.length > 0 ? Math.min(...within) : definition.start
    const known = effort.left.get(definition)
    if (!known || from < known.from) effort.left.set(definition, { module, from })
  }
}

/**
 * Takes places that a function was left before for places that were not reached, as those are whose arguments nobody has
 * seen: in another run they may have been. The functions are given back, and none counts as left any more.
 */
export function forgetReached({ effort: { left } }: Engine): LeftFunctions {
  const all: LeftFunctions = new Map(left)
  for (const [definition, { module: { evaluated }, from }] of left) {
    const unreached = unreachedIn(definition, from)
    for (const at of evaluated) if (unreached.some(({ start, end }) => at > start && at <= end)) evaluated.delete(at)
  }
  left.clear()
  return all
}

/** What follows the place, the whole of the loops around it, and what only runs when it is called. */
function unreachedIn(definition: Definition, from: number): { start: number; end: number }[] {
  let start = from
  const inner: { start: number; end: number }[] = []
  const visit = (node: object): void => {
    if ('kind' in node && 'start' in node && 'end' in node && node !== definition) {
      const span = { start: node.start as number, end: node.end as number }
      const { kind } = node
      const isLoop = kind === 'for' || kind === 'while' || kind === 'comprehension'
      if (isLoop && span.start <= from && from < span.end) start = Math.min(start, span.start)
      if (kind === 'function' || kind === 'lambda') inner.push(span)
    }
    for (const child of Object.values(node)) if (typeof child === 'object' && child !== null) visit(child as object)
  }
  visit(definition)
  return [{ start, end: definition.end }, ...inner]
}
