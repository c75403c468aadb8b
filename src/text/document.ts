import type { CommentedText } from './comments.js'
import type { Change, Edit } from './edit.js'
import type { Problem, SourceText, Span } from './source.js'

/** The way to a value inside a JSON or YAML document: `['panels', 0, 'targets']`. */
export type DocumentPath = readonly (string | number)[]

/** What a document is kept in that is no file of its own: a resource of Kubernetes. */
export interface Holder {
  /** `ConfigMap`, `PrometheusRule` */
  readonly kind: string
  readonly name?: string
  readonly namespace?: string
  /** The uid that it gives to what it holds. */
  readonly uid?: string
  /** The name of the file that it is there, where the holder has several. */
  readonly file?: string
}

/**
 * A JSON or YAML document: plain values, and where in the file each of them stands.
 * Values are ready at once; places are worked out when first asked for.
 */
export interface StructuredDocument {
  readonly source: SourceText
  /** What it is kept in, where it is no file of its own. */
  readonly holder?: Holder
  /**
   * Set where a Helm template was read: texts may hold `{{ … }}`, and keys and items may come to it. `conditional`:
   * what stands in it may come to be there once, several times or not at all.
   */
  readonly template?: 'fixed' | 'conditional'
  /** Which of the documents of its text it is, counted from 0: many programs read the first and no other. */
  readonly ordinal: number
  /**
   * Plain objects, arrays, strings, numbers, booleans and null; `undefined` when nothing could be read. Where there
   * are problems, what could be read in spite of them.
   */
  readonly value: unknown
  /** Syntax errors, in the order of the text. */
  readonly problems: readonly Problem[]
  /** The span of the value at `path`; of its nearest ancestor that exists, where it does not. */
  spanOf(path: DocumentPath): Span
  /** The span of the key that holds the value at `path` (quotes included); as `spanOf` for list items and the root. */
  keySpanOf(path: DocumentPath): Span
  /**
   * The span in the file of characters `start` to `end` (UTF-16 offsets, `end` exclusive) of the string value at
   * `path`, through JSON escapes, YAML quoting and block scalars.
   */
  spanInString(path: DocumentPath, start: number, end: number): Span
  /**
   * How a change is written into the file; `undefined` where it cannot be: what stands there does not stand for the
   * value alone (a fold, part of an escape, what is encoded as a whole, an action of a template), or cannot hold the text.
   */
  edit(change: Change): Edit | undefined
  /** The comments of its text, worked out when asked for, and those of what that stands in; absent where there can be none. */
  comments?(): readonly CommentedText[]
}
