import { createRequire } from 'node:module'
import type { TSESTree } from '@typescript-eslint/typescript-estree'
import type { Problem, SourceText } from '../../text/source.js'

/** Both packages are CommonJS: `import` would read their 9 MB twice, to find out what they export. */
const require = createRequire(import.meta.url)

export type Node = TSESTree.Node

/** A source as a tree, with the syntax errors that the parser got over. */
export interface ParsedSource {
  readonly program: TSESTree.Program
  readonly problems: readonly Problem[]
}

export type Parser = (source: SourceText) => ParsedSource

/**
 * Loads the parser for TypeScript and JavaScript.
 *
 * typescript-estree throws on the first syntax error, but `parseAndGenerateServices` also takes a tree that TypeScript's
 * own parser made, and that parser recovers from errors. So TypeScript parses, its errors are set aside (typescript-estree
 * refuses a tree that carries some: parser.js, astConverter), and the rest is converted as far as it goes.
 */
export function loadParser(): Parser {
  const typescript = require('typescript') as typeof import('typescript')
  const { parseAndGenerateServices } = require('@typescript-eslint/typescript-estree') as typeof import('@typescript-eslint/typescript-estree')

  function parse(source: SourceText): ParsedSource {
    const tree = typescript.createSourceFile(
      source.path,
      source.text,
      { languageVersion: typescript.ScriptTarget.Latest, jsDocParsingMode: typescript.JSDocParsingMode.ParseNone },
      true,
      scriptKind(source.path),
    )
    const withErrors = tree as unknown as { parseDiagnostics: import('typescript').Diagnostic[] }
    const problems = withErrors.parseDiagnostics.map((error) => ({
      message: typescript.flattenDiagnosticMessageText(error.messageText, ' '),
      span: { start: error.start ?? 0, end: (error.start ?? 0) + (error.length ?? 0) },
    }))
    withErrors.parseDiagnostics = []
    try {
      const { ast: program } = parseAndGenerateServices(tree, {
        range: true,
        // Without places it deletes them from each node again (ast-converter.js), which makes the nodes slow.
        loc: true,
        preserveNodeMaps: false,
        allowInvalidAST: true,
        errorOnUnknownASTType: false,
        suppressDeprecatedPropertyWarnings: true,
      })
      linkParents(program)
      return { program, problems }
    } catch (error) {
      if (error instanceof RangeError) throw error
      return { program: emptyProgram(source), problems: [...problems, conversionProblem(error)] }
    }
  }

  return (source) => {
    try {
      return parse(source)
    } catch (error) {
      // Both parsers recurse: only nesting too deep for the stack can end them.
      if (!(error instanceof RangeError)) throw error
      return { program: emptyProgram(source), problems: [{ message: 'nested too deep to be read', span: { start: 0, end: 0 } }] }
    }
  }

  function scriptKind(path: string): import('typescript').ScriptKind {
    const { ScriptKind } = typescript
    if (/\.tsx$/.test(path)) return ScriptKind.TSX
    if (/\.[mc]?ts$/.test(path)) return ScriptKind.TS
    return ScriptKind.JSX
  }
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

function emptyProgram(source: SourceText): TSESTree.Program {
  const program = { type: 'Program', body: [], range: [0, source.text.length], sourceType: 'module' }
  return program as unknown as TSESTree.Program
}

function conversionProblem(error: unknown): Problem {
  const message = error instanceof Error ? error.message : String(error)
  const start = (error as { location?: { start?: { offset?: unknown } } }).location?.start?.offset
  const offset = typeof start === 'number' ? start : 0
  return { message, span: { start: offset, end: offset } }
}
