import type { Expr, ValueType } from './ast.js'
import { functions } from './functions.js'
import { literalText } from './regexp.js'

/** A value type, or `unknown` where it depends on a template. */
export type CheckedType = ValueType | 'unknown'

/** The type of an expression's value; `'none'` where it depends on a template. */
export function valueType(expr: Expr): ValueType {
  const type = typeOf(expr)
  return type === 'unknown' ? 'none' : type
}

export function typeOf(expr: Expr): CheckedType {
  // Operands of operators that are scalars so far: only if all of them are is the whole a scalar.
  const operands = [expr]
  let result: CheckedType = 'scalar'
  for (let node = operands.pop(); node; node = operands.pop()) {
    const inner = withoutParens(node)
    if (inner.type === 'BinaryExpr') {
      operands.push(inner.lhs, inner.rhs)
      continue
    }
    const type = leafType(inner)
    if (operands.length === 0 && withoutParens(expr) === inner) return type
    if (type === 'unknown') result = 'unknown'
    else if (type !== 'scalar') return 'vector'
  }
  return result
}

/** What gives the expression its type: inside parentheses and signs. */
function withoutParens(expr: Expr): Expr {
  let node = expr
  while (node.type === 'ParenExpr' || node.type === 'UnaryExpr') node = node.expr
  return node
}

function leafType(expr: Exclude<Expr, { type: 'BinaryExpr' }>): CheckedType {
  switch (expr.type) {
    case 'NumberLiteral':
      return 'scalar'
    case 'StringLiteral':
      return 'string'
    case 'MatrixSelector':
    case 'SubqueryExpr':
      return 'matrix'
    case 'TemplateExpr':
      return 'unknown'
    case 'Call': {
      const name = literalText(expr.func)
      return (name === undefined ? undefined : functions.get(name)?.returnType) ?? 'unknown'
    }
    default:
      return 'vector'
  }
}
