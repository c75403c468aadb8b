import type { TSESTree } from '@typescript-eslint/typescript-estree'
import type { Call } from '../values/program.js'
import type { Node } from '../syntax/syntax.js'

/** A function as it is written: `metrics.make`. */
export function writtenName(node: Node): string {
  if (node.type === 'Identifier') return node.name
  if (node.type === 'ThisExpression') return 'this'
  const isPlain = node.type === 'MemberExpression' && !node.computed && node.property.type === 'Identifier'
  return isPlain ? `${writtenName(unwrapped(node.object))}.${(node.property as TSESTree.Identifier).name}` : ''
}

/** The last name of the receiver: `tasks` in `this.metrics.tasks.inc()`. */
export function holderName(call: Call): string | undefined {
  const callee = call.node.type === 'CallExpression' ? unwrapped(call.node.callee) : undefined
  let object = callee?.type === 'MemberExpression' ? unwrapped(callee.object) : undefined
  while (object?.type === 'CallExpression') {
    const inner = unwrapped(object.callee)
    object = inner.type === 'MemberExpression' ? unwrapped(inner.object) : undefined
  }
  if (object?.type === 'Identifier') return object.name
  if (object?.type !== 'MemberExpression') return undefined
  return object.property.type === 'Identifier' && !object.computed ? object.property.name
    : object.property.type === 'PrivateIdentifier' ? `#${object.property.name}` : undefined
}

/** Without what only types say of it, and without `?.`. */
export function unwrapped(node: Node): Node {
  return node.type === 'TSNonNullExpression' || node.type === 'ChainExpression' || node.type === 'TSAsExpression' ? unwrapped(node.expression) : node
}
