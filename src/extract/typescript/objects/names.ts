import type { FunctionNode } from '../syntax/syntax.js'
import { memberName } from './properties.js'
import type { ClassAtom } from '../values/values.js'

/** Whether a function gives the value of a property, of a class or an object. */
export function isGetter({ parent }: FunctionNode): boolean {
  return (parent.type === 'MethodDefinition' || parent.type === 'Property') && parent.kind === 'get'
}

/** The name by which other code calls the function that runs; the class's for a constructor. */
export function functionName(node: FunctionNode | undefined, owner: ClassAtom | undefined): string | undefined {
  if (!node) return undefined
  if (node.id) return node.id.name
  const { parent } = node
  switch (parent.type) {
    case 'MethodDefinition': return parent.kind === 'constructor' ? owner?.node.id?.name : memberName(parent)
    case 'PropertyDefinition': return memberName(parent)
    case 'VariableDeclarator': return parent.id.type === 'Identifier' ? parent.id.name : undefined
    case 'Property': return parent.key.type === 'Identifier' ? parent.key.name : undefined
    default: return undefined
  }
}
