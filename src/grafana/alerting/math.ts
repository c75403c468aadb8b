/** A `math` expression of Grafana, as far as it is made of numbers, results and operators. */
export type MathExpr =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'result'; readonly refId: string }
  | { readonly kind: 'binary'; readonly op: string; readonly left: MathExpr; readonly right: MathExpr }

/** From what binds least (Grafana: pkg/expr/mathexp/parse/parse.go). */
const levels: readonly (readonly string[])[] = [['||'], ['&&'], ['==', '!=', '>', '>=', '<', '<='], ['+', '-'], ['*', '/', '%'], ['**']]
const token = /\s*(?:(\d+(?:\.\d*)?(?:[eE][+-]?\d+)?|\.\d+)|\$(?:\{([\p{L}\p{Nd}_\s]+)\}|([\p{L}\p{Nd}_]+))|(\|\||&&|[=!<>]=|\*\*|[<>()+*/%-]))/yu
const mostNested = 50

/** The tree of a `math` expression; `undefined` where there is more in it, such as a function, or where it cannot be read. */
export function parseMath(text: string): MathExpr | undefined {
  const tokens: RegExpExecArray[] = []
  token.lastIndex = 0
  for (let found = token.exec(text); found !== null; found = token.exec(text)) {
    tokens.push(found)
    if (token.lastIndex >= text.trimEnd().length) break
  }
  if (tokens.reduce((length, [all]) => length + all.length, 0) < text.trimEnd().length) return undefined
  let at = 0
  let depth = 0
  const isNext = (ops: readonly string[]) => ops.includes(tokens[at]?.[4] ?? '')

  function binary(level: number): MathExpr | undefined {
    const ops = levels[level]
    if (ops === undefined) return operand()
    let left = binary(level + 1)
    while (left !== undefined && isNext(ops)) {
      const op = tokens[at++]![4]!
      const right = binary(level + 1)
      left = right && { kind: 'binary', op, left, right }
    }
    return left
  }

  function operand(): MathExpr | undefined {
    const [, number, braced, plain, op] = tokens[at++] ?? []
    const refId = braced ?? plain
    if (number !== undefined) return { kind: 'number', value: Number(number) }
    if (refId !== undefined) return { kind: 'result', refId }
    if (op === '-' && tokens[at]?.[1] !== undefined) return { kind: 'number', value: -Number(tokens[at++]![1]) }
    if (op !== '(' || ++depth > mostNested) return undefined
    const inner = binary(0)
    depth--
    return tokens[at++]?.[4] === ')' ? inner : undefined
  }

  const tree = binary(0)
  return at === tokens.length ? tree : undefined
}
