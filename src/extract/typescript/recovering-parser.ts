import { createRequire } from 'node:module'
import type { TSESTree } from '@typescript-eslint/typescript-estree'
import type { Problem, SourceText } from '../../text/source.js'
import { languageOf } from './files.js'
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
  const { JSX, TS, TSX } = typescript.ScriptKind
  const scriptKinds = { jsx: JSX, ts: TS, tsx: TSX }
  const { parseAndGenerateServices } = require('@typescript-eslint/typescript-estree') as typeof import('@typescript-eslint/typescript-estree')

  return (source) => {
    const tree = typescript.createSourceFile(
      source.path,
      source.text,
      { languageVersion: typescript.ScriptTarget.Latest, jsDocParsingMode: typescript.JSDocParsingMode.ParseNone },
      true,
      scriptKinds[languageOf(source.path)],
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
      return { program, problems }
    } catch (error) {
      if (error instanceof RangeError) throw error
      return { program: emptyProgram(source), problems: [...problems, conversionProblem(error)] }
    }
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
