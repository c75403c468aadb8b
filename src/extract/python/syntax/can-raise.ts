import type { Expression, Statement } from './ast.js'

/** Whether executing a statement can raise an exception: assigning a literal or a name cannot. */
export function canRaise(statement: Statement): boolean {
  switch (statement.kind) {
    case 'assign':
      return statement.value !== undefined && !(isPlain(statement.value) && statement.targets.every((target) => target.kind === 'name'))
    case 'expression':
      return !isPlain(statement.value)
    case 'return':
      return statement.value !== undefined && !isPlain(statement.value)
    case 'if':
      return !isPlain(statement.branches[0]!.test)
    case 'while':
      return !isPlain(statement.test)
    case 'try':
    case 'break':
    case 'continue':
    case 'global':
    case 'nonlocal':
      return false
    default:
      return true
  }
}

function isPlain(expression: Expression): boolean {
  switch (expression.kind) {
    case 'name':
    case 'string':
    case 'constant':
    case 'lambda':
      return true
    case 'sequence':
      return expression.items.every(({ value, starred }) => !starred && isPlain(value))
    case 'unary':
      return expression.op === 'not' && isPlain(expression.operand)
    default:
      return false
  }
}
