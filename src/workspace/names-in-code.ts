import type { Declaration, Family, FamilyPattern } from '../registry/types.js'
import { once } from '../text/once.js'

/**
 * Where the names of series stand in code as string literals, so that something which is not understood may declare
 * them. Each answer is the first file that shows it, or `undefined`.
 */
export interface NamesInCode {
  /** Any of them in a language that is not read (Go, Java, C#, …), there also without the words that a namespace puts before the name. */
  inOtherLanguages(series: readonly string[]): string | undefined
  /** In TypeScript, JavaScript or Python, outside the declarations that are understood. */
  inReadLanguages(series: string): string | undefined
  /** Written out as a sample in the exposition format, without a declaration that is understood; in any language, shell included. */
  writtenOut(series: string): string | undefined
  /** A family's name as a word of some text besides its own declarations: a program handed to an interpreter, a table. */
  besideDeclarations(family: Family): string | undefined
  /** Whether the code imports a package whose name has this word: the package may expose metrics that begin so. */
  isImported(word: string): boolean
}

export interface CodeText {
  readonly path: string
  readonly text: string
}

export interface CodeToSearch {
  /** Paths of sources in languages that are not read, absolute; asked for when first needed. */
  readonly foreign: () => readonly string[]
  /** Paths of shell scripts, absolute: what they quote is anything, but they write samples for the textfile collector and Pushgateway. */
  readonly scripts: () => readonly string[]
  /** How a path is told to the user. */
  readonly tell: (absolute: string) => string
  /** The text at an absolute path; empty where it cannot be read. */
  readonly textAt: (absolute: string) => string
  /** The sources that are read. */
  readonly own: () => Iterable<CodeText>
  /** What the code is known to declare. */
  readonly declared: { readonly families: readonly Family[]; readonly patterns: readonly FamilyPattern[] }
}

/** String literals that may be a metric's name, or a part of one; backquotes are mostly those of comments. */
const nameLiteral = /["']([a-zA-Z][\w.:/-]*)["']/g
/** What begins a comment, which goes to the end of its line. */
const comment = /^\s*(?:\/?\*|#)|\/\/|\s#/

/** What client libraries put behind a name for its series: of each kind of metric, and `_total`. */
const seriesSuffix = /_(?:bucket|sum|count|total|created|info|max)$/
/** Units that OpenTelemetry's and Micrometer's exporters add to names; there the names have dots or capitals. */
const unitSuffix = /_(?:ratio|(?:milli|micro|nano)?seconds|bytes)$/

interface Literals {
  /** Names as the classic client libraries write them: `jobs_done`. */
  readonly plain: ReadonlyMap<string, string>
  /** Names that an exporter translates: `jobs.done`, `jobsDone`. */
  readonly translated: ReadonlyMap<string, string>
  /** Names of samples in the exposition format, as they are. */
  readonly samples: ReadonlyMap<string, string>
}

/** Marks of sources that write the exposition format: its comments and media types, files of the textfile collector, Pushgateway. */
const writesExposition = /# (?:TYPE|HELP) |version=0\.0\.4|openmetrics-text|\.prom\b|pushgateway/i
/** A name at the beginning of a text or line, with the labels or the value of a sample behind it. */
const sampleName = /(?:["'`]|\\n|^)[ \t]*(?:# (?:TYPE|HELP) ([a-zA-Z]\w*[_:][\w:]*)(?= )|([a-zA-Z]\w*[_:][\w:]*)(?=\{| [\d$%{+\-"'`]))/gm

/** Searches code for names of series. The sources are read when first asked about. */
export function namesInCode({ foreign, scripts, tell, textAt, own, declared }: CodeToSearch): NamesInCode {
  const textsAt = function* (paths: readonly string[]) {
    for (const path of paths) yield { path: tell(path), text: textAt(path) }
  }
  const foreignLiterals = once(() => literalsOf(textsAt(foreign())))
  const ownLiterals = once(() => literalsOf(own()))
  const understood = once(() => new Set([
    ...declared.families.flatMap(({ name, series }) => [name, ...series]).flatMap(stemsOf).flatMap(endsOf),
    ...[...declared.families, ...declared.patterns].flatMap(({ declarations }) => declarations).map(writtenName).flatMap(stemsOf),
  ]))
  const imports = once(() => importedWords(own()))
  const texts = once(() => namesInTexts(own(), declared.families))
  const scriptLiterals = once(() => literalsOf(textsAt(scripts())))

  return {
    inOtherLanguages(series) {
      const { plain, translated } = foreignLiterals()
      if (plain.size + translated.size === 0) return undefined
      const stems = series.flatMap(stemsOf)
      return firstFound(plain, stems.flatMap(endsOf)) ?? firstFound(translated, stems.flatMap(withoutUnits).flatMap(endsOf))
    },
    inReadLanguages(series) {
      const { plain, translated } = ownLiterals()
      const unexplained = (names: readonly string[]) => names.filter((name) => /[_:]/.test(name) && !understood().has(name))
      const stems = stemsOf(series)
      return firstFound(plain, unexplained(stems)) ?? firstFound(translated, unexplained(stems.flatMap(withoutUnits)))
    },
    writtenOut(series) {
      const names = shortened(series, /_(?:bucket|sum|count)$/)
      return firstFound(ownLiterals().samples, names) ?? firstFound(foreignLiterals().samples, names) ?? firstFound(scriptLiterals().samples, names)
    },
    besideDeclarations: (family) => texts().get(family),
    isImported: (word) => imports().has(word.toLowerCase()),
  }
}

function firstFound(literals: ReadonlyMap<string, string>, names: readonly string[]): string | undefined {
  for (const name of names) {
    const path = literals.get(name)
    if (path !== undefined) return path
  }
  return undefined
}

function literalsOf(sources: Iterable<CodeText>): Literals {
  const plain = new Map<string, string>()
  const translated = new Map<string, string>()
  const samples = new Map<string, string>()
  for (const { path, text } of sources) {
    for (const [, typed, sampled] of writesExposition.test(text) ? text.matchAll(sampleName) : []) {
      const name = (typed ?? sampled)!
      if (!samples.has(name)) samples.set(name, path)
    }
    const isInComment = commentsOf(text)
    for (const { 1: literal, index } of text.matchAll(nameLiteral)) {
      if (isInComment(index)) continue
      const kind = /^[a-z\d_:]+$/.test(literal!) ? plain : translated
      const name = underscored(literal!)
      if (!kind.has(name)) kind.set(name, path)
    }
  }
  return { plain, translated, samples }
}

/** Whether places of a text are in comments, asked from the first to the last: each line is looked at once, however long it is. */
function commentsOf(text: string): (index: number) => boolean {
  let lineEnd = -1
  let commentStart = -1
  return (index) => {
    if (index > lineEnd) {
      const lineStart = text.lastIndexOf('\n', index) + 1
      const end = text.indexOf('\n', index)
      lineEnd = end === -1 ? text.length : end
      const found = comment.exec(text.slice(lineStart, lineEnd))
      commentStart = found ? lineStart + found.index + found[0].length : Infinity
    }
    return index >= commentStart
  }
}

/** A series name, and what is left of it without the suffixes of its kind. */
function stemsOf(series: string): string[] {
  return shortened(series.toLowerCase(), seriesSuffix)
}

function withoutUnits(stem: string): string[] {
  return shortened(stem, unitSuffix)
}

function shortened(name: string, suffix: RegExp): string[] {
  const names = [name]
  for (let rest = name; suffix.test(rest);) names.push(rest = rest.replace(suffix, ''))
  return names
}

/** A name from each of its words on but the last: one word alone stands for anything. */
function endsOf(stem: string): string[] {
  const words = stem.split('_')
  return words.slice(0, -1).map((_, i) => words.slice(i).join('_'))
}

/** What stands at a declaration, which a translation may have made into a longer name: `pay.wait` as `pay_wait`. */
function writtenName({ place: { source, span } }: Declaration): string {
  return underscored(source.text.slice(span.start, span.end).replace(/^\W+|\W+$/g, ''))
}

/** `httpRequests.total` as `http_requests_total`. */
function underscored(literal: string): string {
  return literal.replace(/[a-z](?=[A-Z])/g, '$&_').toLowerCase().replace(/[^a-z0-9:]+/g, '_')
}

/**
 * For each family that nothing is seen to record, the first source that has its name in a text beside its declarations:
 * a program for an interpreter, exposition format written by hand, a look-up by name.
 */
function namesInTexts(sources: Iterable<CodeText>, families: readonly Family[]): ReadonlyMap<Family, string> {
  const found = new Map<Family, string>()
  const sought = new Map<string, Family[]>()
  for (const family of families.filter(({ recorded }) => recorded === 'never')) {
    for (const name of stemsOf(family.name)) sought.set(name, [...(sought.get(name) ?? []), family])
  }
  if (sought.size === 0) return found
  for (const { path, text } of sources) {
    for (const { 0: word, index } of text.matchAll(/[a-zA-Z]\w*[_:][\w:]*/g)) {
      const named = sought.get(word.toLowerCase())
      if (named === undefined || !isInText(text, index, index + word.length) || isComment(text, index)) continue
      for (const family of named) {
        const isDeclaration = family.declarations.some(({ place: { source, span } }) => source.path === path && span.start <= index && index <= span.end)
        if (!isDeclaration && !found.has(family)) found.set(family, path)
      }
    }
  }
  return found
}

const quote = /["'`]/

/** Whether a word is a string literal, stands in one that begins on its line, or begins a line as in the exposition format. */
function isInText(text: string, start: number, end: number): boolean {
  const before = text.slice(text.lastIndexOf('\n', start - 1) + 1, start)
  if (quote.test(before.slice(-1))) return true
  if (/^\s*(?:# (?:TYPE|HELP) )?$/.test(before)) return /^(?:\{[\w$]| [\d$%{])/.test(text.slice(end, end + 2))
  return before.split(quote).length % 2 === 0
}

function isComment(text: string, index: number): boolean {
  return comment.test(text.slice(text.lastIndexOf('\n', index) + 1, index))
}

/** The words of the names of all packages that the code imports from outside. */
function importedWords(sources: Iterable<CodeText>): ReadonlySet<string> {
  const words = new Set<string>()
  const own = new Set<string>()
  for (const { path, text } of sources) {
    for (const segment of path.replace(/\.\w+$/, '').split('/')) own.add(segment.toLowerCase())
    const names = path.endsWith('.py')
      ? text.matchAll(/^\s*(?:from|import)\s+([a-zA-Z]\w*)/gm)
      : text.matchAll(/(?:\bfrom\s*|\brequire\(\s*|\bimport\(?\s*)["']([@a-zA-Z][^"']*)["']/g)
    for (const [, name] of names) words.add(name!.toLowerCase())
  }
  const packages = [...words].filter((name) => !own.has(name))
  return new Set(packages.flatMap((name) => name.split(/[^a-z\d]+/)))
}
