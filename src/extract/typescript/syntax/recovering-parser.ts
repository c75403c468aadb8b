import { createRequire } from 'node:module'
import type { TSESTree } from '@typescript-eslint/typescript-estree'
import type { Problem, SourceText, Span } from '../../../text/source.js'
import { languageOf } from '../files.js'
import type { Parser } from './syntax.js'

/** Both packages are CommonJS: `import` would read their 9 MB twice, to find out what they export. */
const require = createRequire(import.meta.url)

/**
 * Loads a parser that reads on after syntax errors, which takes hundreds of milliseconds.
 *
 * typescript-estree throws on the first syntax error, but `parseAndGenerateServices` also takes a tree that TypeScript's
 * own parser made, and that parser recovers from errors. So TypeScript parses, its errors are set aside (typescript-estree
 * refuses a tree that carries some: parser.js, astConverter), and the rest is converted as far as it goes.
 */
export function loadRecoveringParser(): Parser {
  const typescript = require('typescript') as typeof import('typescript')
  const { parseAndGenerateServices } = require('@typescript-eslint/typescript-estree') as typeof import('@typescript-eslint/typescript-estree')

  return (source) => {
    const tree = treeOf(source, typescript)
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
      return { program, problems }
    } catch (error) {
      if (error instanceof RangeError) throw error
      return { program: emptyProgram(source), problems: [...problems, conversionProblem(error)] }
    }
  }
}

function treeOf({ path, text }: SourceText, typescript: typeof import('typescript')): import('typescript').SourceFile {
  const { JSX, TS, TSX } = typescript.ScriptKind
  const scriptKinds = { jsx: JSX, ts: TS, tsx: TSX }
  const options = { languageVersion: typescript.ScriptTarget.Latest, jsDocParsingMode: typescript.JSDocParsingMode.ParseNone }
  return typescript.createSourceFile(path, text, options, true, scriptKinds[languageOf(path)])
}

/** The comments of a source that may have syntax errors, as far as it can be read; as slow to load as the parser. */
export function recoveredComments(source: SourceText): Span[] {
  const tree = treeOf(source, require('typescript') as typeof import('typescript'))
  ;(tree as unknown as { parseDiagnostics: unknown[] }).parseDiagnostics = []
  const { parseAndGenerateServices } = require('@typescript-eslint/typescript-estree') as typeof import('@typescript-eslint/typescript-estree')
  try {
    const { ast } = parseAndGenerateServices(tree, { range: true, comment: true, preserveNodeMaps: false, allowInvalidAST: true, errorOnUnknownASTType: false })
    return ast.comments.map(({ range: [start, end] }) => ({ start, end }))
  } catch {
    // What cannot be converted, or nests too deep, has other problems than comments.
    return []
  }
}

export function emptyProgram(source: SourceText): TSESTree.Program {
  const program = { type: 'Program', body: [], range: [0, source.text.length], sourceType: 'module' }
  return program as unknown as TSESTree.Program
}

function conversionProblem(error: unknown): Problem {
  const message = error instanceof Error ? error.message : String(error)
  const start = (error as { location?: { start?: { offset?: unknown } } }).location?.start?.offset
  const offset = typeof start === 'number' ? start : 0
  return { message, span: { start: offset, end: offset } }
}
