import { childrenOf, type Node } from './syntax.js'

const assigned = new WeakMap<Node, ReadonlySet<string>>()

/** The names that are given another value anywhere in a module. */
export function assignedIn(program: Node): ReadonlySet<string> {
  const known = assigned.get(program)
  if (known) return known
  const names = new Set<string>()
  const note = (target: Node): void => {
    if (target.type === 'Identifier') names.add(target.name)
    else if (target.type !== 'MemberExpression') childrenOf(target).forEach(note)
  }
  const visit = (node: Node): void => {
    if (node.type === 'AssignmentExpression') note(node.left)
    if (node.type === 'UpdateExpression') note(node.argument)
    if ((node.type === 'ForOfStatement' || node.type === 'ForInStatement') && node.left.type !== 'VariableDeclaration') note(node.left)
    for (const child of childrenOf(node)) visit(child)
  }
  visit(program)
  assigned.set(program, names)
  return names
}
