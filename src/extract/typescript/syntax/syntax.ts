import { createRequire } from 'node:module'
import type { TSESTree } from '@typescript-eslint/typescript-estree'
import { foundComment, type Commenting } from '../../../text/comments.js'
import type { Problem, SourceText } from '../../../text/source.js'
import { languageOf } from '../files.js'
import { emptyProgram, loadRecoveringParser, recoveredComments } from './recovering-parser.js'

const require = createRequire(import.meta.url)

export type Node = TSESTree.Node
export type FunctionNode = TSESTree.FunctionDeclaration | TSESTree.FunctionExpression | TSESTree.ArrowFunctionExpression

/** A source as a tree, with the syntax errors that the parser got over. */
export interface ParsedSource {
  readonly program: TSESTree.Program
  readonly problems: readonly Problem[]
}

export type Parser = (source: SourceText) => ParsedSource

/**
 * Loads the parser for TypeScript and JavaScript: oxc-parser, whose tree is that of typescript-estree, but which loads and
 * parses in a fraction of its time. It gives nothing for a source with a syntax error and does not survive deep nesting,
 * so that those, and all where there is no oxc-parser for the platform, go to the parser that recovers.
 */
export function loadParser(): Parser {
  const parseValid = loadOxc()
  let parseBroken: Parser | undefined
  return (source) => {
    try {
      const program = mayNestDeeply(source.text) ? undefined : parseValid?.(source)
      const parsed = program ? { program, problems: [] } : (parseBroken ??= loadRecoveringParser())(source)
      linkParents(parsed.program)
      return parsed
    } catch (error) {
      // The parser recurses: only nesting too deep for the stack can end it.
      if (!(error instanceof RangeError)) throw error
      return { program: emptyProgram(source), problems: [{ message: 'nested too deep to be read', span: { start: 0, end: 0 } }] }
    }
  }
}

function loadOxc(): ((source: SourceText) => TSESTree.Program | undefined) | undefined {
  const parse = oxcParser()
  return parse && ((source) => {
    const { program, errors } = parse(source)
    return errors.length > 0 ? undefined : (program as unknown as TSESTree.Program)
  })
}

function oxcParser(): ((source: SourceText) => import('oxc-parser').ParseResult) | undefined {
  let oxc: typeof import('oxc-parser')
  try {
    oxc = require('oxc-parser') as typeof import('oxc-parser')
  } catch {
    return undefined
  }
  return ({ path, text }) => oxc.parseSync(path, text, { lang: languageOf(path), astType: 'ts', range: true, preserveParens: false, sourceType: 'unambiguous' })
}

/** The comments of a source; what looks like one in a string, a template or a regular expression is none. */
export function scriptComments(source: SourceText): Commenting {
  const parsed = mayNestDeeply(source.text) ? undefined : oxcParser()?.(source)
  const comments = parsed && parsed.errors.length === 0 ? parsed.comments.map(({ start, end }) => ({ start, end })) : recoveredComments(source)
  return { comments: comments.map((span) => foundComment(source.text, span, /^(?:\/\/+|\/\*[\s*]*)/, /\**\*\/$/)) }
}

/**
 * Whether a source may nest so deep that native code runs out of stack, which ends the process. oxc-parser 0.154 takes
 * 3,700 nested templates, 5,600 parentheses, 6,500 blocks or `else if` and 8,400 arrows on a stack of 8 MB; there are
 * stacks of 1 MB. Strings and comments are counted as code: to be wrong here costs only time.
 */
function mayNestDeeply(text: string): boolean {
  let depth = 0
  let chained = 0
  let alternatives = 0
  for (const { 0: token } of text.matchAll(/[()[\]{}<;,?:!~=+-]|\b(?:else|typeof|void|await|new|do)\b/g)) {
    if (token === 'else') alternatives++
    if ('([{'.includes(token)) depth++
    if (')]}'.includes(token)) depth = Math.max(0, depth - 1)
    chained = ';,}'.includes(token) ? 0 : chained + 1
    if (depth > 400 || alternatives > 400 || chained > 1000) return true
  }
  return false
}

/** Gives each node its parent, and a range to the few that typescript-estree leaves without (parameter properties). */
function linkParents(node: Node): void {
  for (const key in node) {
    if (key === 'parent') continue
    const value = (node as unknown as Record<string, unknown>)[key]
    if (typeof value !== 'object' || value === null) continue
    if (!Array.isArray(value)) linkChild(node, value)
    else for (const item of value as unknown[]) linkChild(node, item)
  }
}

function linkChild(parent: Node, child: unknown): void {
  if (!isNode(child)) return
  const linked = child as { parent?: Node; range?: Node['range'] }
  linked.parent = parent
  linked.range ??= parent.range
  linkParents(child)
}

/** The nodes directly below a node, in no particular order. */
export function childrenOf(node: Node): Node[] {
  const children: Node[] = []
  for (const [key, value] of Object.entries(node)) {
    if (key === 'parent') continue
    for (const item of Array.isArray(value) ? (value as unknown[]) : [value]) {
      if (isNode(item)) children.push(item)
    }
  }
  return children
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string'
}
