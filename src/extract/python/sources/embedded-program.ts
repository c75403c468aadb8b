import type { SourceText, Span } from '../../../text/source.js'

/** A string of a source in any language that is itself a Python program: what `python -c` or a worker is handed. */
export interface EmbeddedProgram {
  readonly source: SourceText
  /** The insides of the literals that it is written in, in order: of one, or of the lines that are joined. */
  readonly pieces: readonly EmbeddedPiece[]
}

export interface EmbeddedPiece {
  readonly span: Span
  /** What is filled in at run time: `${port}` of a template, `{port}` of an f-string. */
  readonly holes?: readonly Span[]
  /** A backslash stands for itself. */
  readonly isRaw?: boolean
  /** `{{` stands for `{`, as in an f-string. */
  readonly doublesBraces?: boolean
}

/** Whether a text looks like a Python program that uses prometheus_client; a look only, which costs no parser. */
export function isPythonProgram(text: string): boolean {
  return text.includes('prometheus_client') && /^[ \t]*(?:import|from)[ \t]+prometheus_client\b/m.test(text)
}
