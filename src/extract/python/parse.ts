import type { SyntaxNode } from '@lezer/common'
import { parser } from '@lezer/python'
import type { PythonModule, Statement } from './ast.js'
import { bridgeGrammarGaps } from './grammar-gaps.js'
import { toStatements } from './parse-statements.js'

/** Reads a module; after an error the rest of it is read all the same. */
export function parsePython(source: string): PythonModule {
  const text = bridgeGrammarGaps(source)
  const body: Statement[] = []
  const problems: PythonModule['problems'][number][] = []
  for (let start = 0; start < text.length;) {
    const whole = parsePart(text, start, text.length)
    const first = whole.problems[0]
    const next = first && nextStatement(text, first.span.start)
    const part = next === undefined ? whole : parsePart(text, start, next)
    body.push(...part.body)
    problems.push(...(part.problems.length > 0 || !first ? part.problems : [first]))
    start = next ?? text.length
  }
  return { body, problems }
}

/** Part of a text, every offset being that in the whole. */
function parsePart(text: string, start: number, end: number): PythonModule {
  const part = start === 0 && end === text.length ? text : '\n'.repeat(start) + text.slice(start, end)
  const { topNode } = parser.parse(part)
  return { body: toStatements(topNode, part), problems: findProblems(topNode, part) }
}

/** Where the next statement at the top level begins: an error, such as a missing parenthesis, goes no further. */
function nextStatement(text: string, from: number): number | undefined {
  const start = /\n(?=(?:@|(?:def|class|from|import|async|if|for|try|with)\b|[A-Za-z_][\w.]*\s*(?:=|\()))/g
  start.lastIndex = from
  const match = start.exec(text)
  return match ? match.index + 1 : undefined
}

/** One problem a line: the parser marks several errors where it recovers in steps. */
function findProblems(top: SyntaxNode, text: string): PythonModule['problems'] {
  const problems: { message: string; span: { start: number; end: number } }[] = []
  let lineEnd = -1
  top.cursor().iterate((node) => {
    if (!node.type.isError || node.from < lineEnd) return
    if (isAcceptedAnyway(node.node)) return
    const end = text.indexOf('\n', node.from)
    lineEnd = end === -1 ? text.length : end
    problems.push({ message: 'invalid Python syntax', span: { start: node.from, end: node.to } })
  })
  return problems
}

/** Valid Python that the grammar lacks and whose meaning is not lost: `@a(b).c`, `for x, *rest in y`. */
function isAcceptedAnyway(error: SyntaxNode): boolean {
  const parent = error.parent?.name
  return parent === 'Decorator' || parent === 'ForStatement' || (parent?.endsWith('ComprehensionExpression') ?? false)
}
