import type { BinaryExpr, Expr, ValueType } from './ast.js'
import { functions } from './functions.js'
import { literalText } from './regexp.js'

/** A value type, or `unknown` where it depends on a template. */
export type CheckedType = ValueType | 'unknown'

/** The type of an expression's value; `'none'` where it depends on a template. */
export function valueType(expr: Expr): ValueType {
  const type = typeOf(expr)
  return type === 'unknown' ? 'none' : type
}

/** The types of operators that have been asked about: whoever asks at each level of a chain asks once for each. */
const known = new WeakMap<BinaryExpr, CheckedType>()

export function typeOf(expr: Expr): CheckedType {
  const whole = withoutParens(expr)
  if (whole.type !== 'BinaryExpr') return leafType(whole)
  const told = known.get(whole)
  if (told !== undefined) return told
  const open = [whole]
  for (let node = open.at(-1); node; node = open.at(-1)) {
    const operands = [withoutParens(node.lhs), withoutParens(node.rhs)]
    const unknown = operands.filter((operand) => operand.type === 'BinaryExpr').filter((operand) => !known.has(operand))
    if (unknown.length > 0) {
      open.push(...unknown)
      continue
    }
    known.set(node, operatorType(operands.map((operand) => (operand.type === 'BinaryExpr' ? known.get(operand)! : leafType(operand)))))
    open.pop()
  }
  return known.get(whole)!
}

/** Only where all operands are scalars is the whole a scalar. */
function operatorType(operands: readonly CheckedType[]): CheckedType {
  if (operands.some((type) => type !== 'scalar' && type !== 'unknown')) return 'vector'
  return operands.includes('unknown') ? 'unknown' : 'scalar'
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
