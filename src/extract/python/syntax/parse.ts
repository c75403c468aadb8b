import { TreeBuffer } from '@lezer/common'
import type { SyntaxNode, Tree } from '@lezer/common'
import { parser } from '@lezer/python'
import type { Problem } from '../../../text/source.js'
import type { PythonModule, Statement } from './ast.js'
import { bridgeGrammarGaps } from './grammar-gaps.js'
import { toStatements } from './parse-statements.js'

/** Reads a module; after an error the rest of it is read all the same. */
export function parsePython(source: string): PythonModule {
  const text = bridgeGrammarGaps(source)
  const body: Statement[] = []
  const problems: Problem[] = []
  for (let start = 0; start < text.length;) {
    const whole = parsePart(text, start, text.length)
    const first = whole.problems[0]
    const next = first && nextStatement(text, first.span.start)
    const part = next === undefined ? whole : parsePart(text, start, next)
    body.push(...part.body)
    const found = part.problems.length > 0 || !first ? part.problems : [first]
    if (!first?.isCut) problems.push(...found.map(({ message, span }) => ({ message, span })))
    start = next ?? text.length
  }
  return { body, problems }
}

interface SyntaxProblem extends Problem {
  /** The parser gave up on a very long expression; what follows it in the same statement is misread. */
  readonly isCut: boolean
}

/** Part of a text, every offset being that in the whole. */
function parsePart(text: string, start: number, end: number): { body: Statement[]; problems: SyntaxProblem[] } {
  const part = start === 0 && end === text.length ? text : '\n'.repeat(start) + text.slice(start, end)
  const tree = parser.parse(part)
  return { body: toStatements(tree.topNode, part), problems: holdsError(tree) ? findProblems(tree.topNode, part) : [] }
}

/** Where the next statement at the top level begins: an error, such as a missing parenthesis, goes no further. */
function nextStatement(text: string, from: number): number | undefined {
  const start = /\n(?=(?:@|(?:def|class|from|import|async|if|for|try|with)\b|[A-Za-z_][\w.]*\s*(?:=|\()))/g
  start.lastIndex = from
  const match = start.exec(text)
  return match ? match.index + 1 : undefined
}

/** Looks through the tree as it is stored, which is much faster than from node to node. */
function holdsError(whole: Tree): boolean {
  const open: (Tree | TreeBuffer)[] = [whole]
  for (let tree = open.pop(); tree; tree = open.pop()) {
    if (tree instanceof TreeBuffer) {
      for (let i = 0; i < tree.buffer.length; i += 4) if (tree.set.types[tree.buffer[i]!]!.isError) return true
    } else {
      if (tree.type.isError) return true
      for (const child of tree.children) open.push(child)
    }
  }
  return false
}

/** One problem a line: the parser marks several errors where it recovers in steps. */
function findProblems(top: SyntaxNode, text: string): SyntaxProblem[] {
  const problems: SyntaxProblem[] = []
  let lineEnd = -1
  top.cursor().iterate((node) => {
    if (!node.type.isError || node.from < lineEnd) return
    if (isAcceptedAnyway(node.node)) return
    const end = text.indexOf('\n', node.from)
    lineEnd = end === -1 ? text.length : end
    problems.push({ message: 'invalid Python syntax', span: { start: node.from, end: node.to }, isCut: isCut(node.node) })
  })
  return problems
}

/** How many operators, members and calls in a row mean that the parser stopped there by itself. */
const longChain = 300

/** Whether an error stands where the parser breaks a long chain (@lezer/lr: Rec.MaxLeftAssociativeReductionCount). */
function isCut(error: SyntaxNode): boolean {
  if (error.from !== error.to) return false
  for (const around of [error.parent, error.parent?.parent]) {
    let length = 0
    for (let left = around?.firstChild; left && length < longChain; left = left.firstChild) length++
    if (length === longChain) return true
  }
  return false
}

/** Valid Python that the grammar lacks and whose meaning is not lost: `@a(b).c`, `for x, *rest in y`. */
function isAcceptedAnyway(error: SyntaxNode): boolean {
  const parent = error.parent?.name
  return parent === 'Decorator' || parent === 'ForStatement' || (parent?.endsWith('ComprehensionExpression') ?? false)
}
