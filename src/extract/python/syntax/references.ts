import type { Statement } from './ast.js'

/** Where names are used in a module: by name, the offsets at which `name` and `x.name` end. */
export interface References {
  /** Every use, in annotations aside. */
  readonly uses: ReadonlyMap<string, readonly number[]>
  /** Those that are called. */
  readonly calls: ReadonlyMap<string, readonly number[]>
}

const known = new WeakMap<readonly Statement[], References>()

export function findReferences(body: readonly Statement[]): References {
  let references = known.get(body)
  if (!references) known.set(body, (references = collectReferences(body)))
  return references
}

function collectReferences(body: readonly Statement[]): References {
  const uses = new Map<string, number[]>()
  const calls = new Map<string, number[]>()
  const note = (found: Map<string, number[]>, name: string, end: number) => {
    const ends = found.get(name)
    if (ends) ends.push(end)
    else found.set(name, [end])
  }
  const visit = (node: object): void => {
    const name = usedName(node)
    if (name) note(uses, name.name, name.end)
    const callee = 'kind' in node && node.kind === 'call' && 'callee' in node ? usedName(node.callee as object) : undefined
    if (callee) note(calls, callee.name, callee.end)
    for (const [key, child] of Object.entries(node)) {
      if (key !== 'annotation' && key !== 'returns' && typeof child === 'object' && child !== null) visit(child as object)
    }
  }
  visit(body)
  return { uses, calls }
}

function usedName(node: object): { name: string; end: number } | undefined {
  if (!('kind' in node) || !('end' in node)) return undefined
  if (node.kind === 'name' && 'id' in node) return { name: node.id as string, end: node.end as number }
  return node.kind === 'attribute' && 'name' in node ? { name: node.name as string, end: node.end as number } : undefined
}
