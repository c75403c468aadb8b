import { readFileSync } from 'node:fs'

/** Where the names of series stand in code as string literals, so that something which is not understood may declare them. */
export interface NamesInCode {
  /** Any of them in a language that is not read (Go, Java, C#, …), there also without the words that a namespace puts before the name. */
  inOtherLanguages(series: readonly string[]): boolean
  /** There, or in a source that is read. */
  anywhere(series: string): boolean
}

/** String literals that may be a metric's name, or a part of one; backquotes are mostly those of comments. */
const nameLiteral = /["']([a-zA-Z][\w.:/-]*)["']/g
/** What stands before a literal on its line where it is in a comment. */
const comment = /^\s*(?:\/?\*|#)|\/\/|\s#/

/** What client libraries put behind the name that the code gives: suffixes of series, units, `_total`. */
const addedSuffixes = /_(?:bucket|sum|count|total|created|info|max|ratio|(?:milli|micro|nano)?seconds|bytes)$/

/**
 * Searches code for names of series as they are, without suffixes, and with dots (OpenTelemetry, Micrometer). The sources
 * are read when first asked about. `foreign` gives absolute paths; `own`: texts.
 */
export function namesInCode(foreign: () => readonly string[], own: Iterable<string>): NamesInCode {
  let foreignLiterals: ReadonlySet<string> | undefined
  let ownLiterals: ReadonlySet<string> | undefined

  function inOtherLanguages(series: readonly string[]): boolean {
    const literals = (foreignLiterals ??= literalsOf(texts(foreign())))
    return literals.size > 0 && series.flatMap(stemsOf).flatMap(endsOf).some((text) => literals.has(text))
  }

  return {
    inOtherLanguages,
    anywhere(series) {
      ownLiterals ??= literalsOf(own)
      return stemsOf(series).some((stem) => ownLiterals!.has(stem)) || inOtherLanguages([series])
    },
  }
}

function literalsOf(sources: Iterable<string>): ReadonlySet<string> {
  const literals = new Set<string>()
  for (const text of sources) {
    for (const { 1: literal, index } of text.matchAll(nameLiteral)) {
      if (!comment.test(text.slice(text.lastIndexOf('\n', index) + 1, index))) literals.add(underscored(literal!))
    }
  }
  return literals
}

function stemsOf(series: string): string[] {
  const stems = [series.toLowerCase()]
  for (let stem = stems[0]!; addedSuffixes.test(stem);) {
    stem = stem.replace(addedSuffixes, '')
    stems.push(stem)
  }
  return stems
}

/** A name whole, and from each of its words on but the last. */
function endsOf(stem: string): string[] {
  const words = stem.split('_')
  return words.slice(0, Math.max(1, words.length - 1)).map((_, i) => words.slice(i).join('_'))
}

/** `httpRequests.total` as `http_requests_total`. */
function underscored(literal: string): string {
  return literal.replace(/[a-z](?=[A-Z])/g, '$&_').toLowerCase().replace(/[^a-z0-9:]+/g, '_')
}

function* texts(paths: readonly string[]): Iterable<string> {
  for (const path of paths) {
    try {
      yield readFileSync(path, 'utf8')
    } catch {
      // What cannot be read tells nothing.
    }
  }
}
