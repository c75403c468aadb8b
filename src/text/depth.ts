/**
 * How deep a document may be nested. Real dashboards stay below 30; beyond this limit a file is an attack on
 * whatever walks through it by recursion.
 */
export const maxDepth = 500

export const tooDeepMessage = `Nested deeper than ${maxDepth} levels`

/** The first object or array nested deeper than `maxDepth`; `undefined` when there is none. Does not recurse. */
export function findTooDeepValue(root: unknown): object | undefined {
  let level = isContainer(root) ? [root] : []
  for (let depth = 1; level.length > 0; depth++) {
    if (depth > maxDepth) return level[0]
    const next: object[] = []
    for (const container of level) {
      for (const value of Array.isArray(container) ? (container as unknown[]) : Object.values(container)) {
        if (isContainer(value)) next.push(value)
      }
    }
    level = next
  }
  return undefined
}

function isContainer(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}
