import { commentedText, foundComment, type Commenting } from './comments.js'
import type { DocumentPath, StructuredDocument } from './document.js'
import { once } from './once.js'
import { sourceText, type SourceText, type Span } from './source.js'
import { isRecord } from './value.js'
import { yamlComments } from './yaml-comments.js'

type Parse = (source: SourceText) => readonly StructuredDocument[]

/** Marks of Helm; what Prometheus fills into annotations (`{{ $value }}`, `{{ with … }}`) looks alike but names no values of a chart. */
const marks = /\{\{-?\s*(?:\$?\.(?:Values|Release|Chart|Capabilities|Files)\b|(?:include|template|tpl|toYaml)\b|(?:if|range|with)\b[^{}\n]*\.(?:Values|Release|Chart|Capabilities)\b)/

/** Whether a text is a template of a Helm chart. */
export function isHelmTemplate(text: string): boolean {
  return text.includes('{{') && marks.test(text)
}

/**
 * The documents of a Helm template, as far as they stand in it: actions (`{{ … }}`) that make up a line are left out,
 * others are part of the text that they stand in, as they are written. Of a key that several branches set the last one
 * counts. Each character keeps its place. Go: text/template; Helm: docs/chart_template_guide.
 */
export function parseHelmTemplate(source: SourceText, format: 'json' | 'yaml', parse: Parse): StructuredDocument[] {
  const actions = actionsIn(source.text)
  const readable = format === 'json' ? readableJson(source.text, actions) : readableYaml(source.text, actions)
  const isConditional = actions.some(({ start, end }) => /^\{\{-?\s*(?:if|else|range|with)\b/.test(source.text.slice(start, end)))
  const comments = once(() => [commentedText(source, commentsAmong(source.text, readable, actions, format))])
  // What a message says of lines is of those that people see.
  return parse({ ...sourceText(source.path, readable), positionAt: source.positionAt }).map((document) => {
    const decoded = decodedValue(document.value)
    const inner = (path: DocumentPath) => path.map((key) => decoded.keys.get(key) ?? key)
    return {
      ...document,
      source,
      template: isConditional ? 'conditional' : 'fixed',
      comments,
      value: decoded.value,
      problems: document.problems.filter(({ message }) => !message.endsWith('is already set in this map')),
      spanOf: (path) => document.spanOf(inner(path)),
      keySpanOf: (path) => document.keySpanOf(inner(path)),
      spanInString: (path, start, end) => document.spanInString(inner(path), start, end),
      edit(change) {
        const edit = document.edit({ ...change, path: inner(change.path) })
        // Actions stay as they are, and none comes to be.
        if (edit === undefined || coded.test(readable.slice(edit.span.start, edit.span.end)) || /\{\{|\}\}|`/.test(edit.text)) return undefined
        return { ...edit, before: decodedValue(edit.before).value }
      },
    }
  })
}

/** The comments of YAML, and those of the template itself, which are actions. */
function commentsAmong(text: string, readable: string, actions: readonly Span[], format: 'json' | 'yaml'): Commenting {
  const { comments, texts = [] }: Commenting = format === 'yaml' ? yamlComments(readable) : { comments: [] }
  const own = actions.filter(({ start, end }) => /^\{\{-?\s*\/\*/.test(text.slice(start, end)))
    .map((span) => foundComment(text, span, /^\{\{-?\s*\/\*+/, /\*\/\s*-?\}\}$/))
  let end = 0
  const outermost = [...comments, ...own].sort((a, b) => a.outer.start - b.outer.start).filter(({ outer }) => {
    if (outer.start < end) return false
    end = outer.end
    return true
  })
  return { comments: outermost, texts }
}

/**
 * Characters of actions are written as those of a private area while a text is parsed: letters to YAML and JSON, whatever
 * they mean in it. Surrogates and what is beyond ASCII mean nothing there and stay.
 */
const area = 0xe000
/** Stands for a space that is no indentation. */
const blank = '\ue0ff'
const coded = /[\ue000-\ue0ff]/
const allCoded = /[\ue000-\ue0ff]/g

function encoded(text: string): string {
  return text.replace(/[\x00-\x7f]/g, (character) => String.fromCharCode(area + character.charCodeAt(0)))
}

function decoded(text: string): string {
  return coded.test(text) ? text.replace(allCoded, (character) => (character === blank ? ' ' : String.fromCharCode(character.charCodeAt(0) - area))) : text
}

/** Whether a string is an action that stands for a whole value of JSON: its outermost braces are the quotes here. */
function isBare(text: string): boolean {
  const [first, second] = text
  return first === encoded('{') && second !== first
}

/** A value with the actions in its strings and keys as they are written, and the keys that it had before. */
function decodedValue(value: unknown): { value: unknown; keys: ReadonlyMap<string | number, string> } {
  const keys = new Map<string | number, string>()
  const known = new Map<unknown, unknown>()
  function decode(one: unknown): unknown {
    if (typeof one === 'string') return isBare(one) ? `{${decoded(one)}}` : decoded(one)
    if (!isRecord(one) && !Array.isArray(one)) return one
    const before = known.get(one)
    if (before !== undefined) return before
    const copy = Array.isArray(one) ? one.map(decode) : Object.fromEntries(Object.entries(one).map(([key, inner]) => {
      if (coded.test(key)) keys.set(decoded(key), key)
      return [decoded(key), decode(inner)]
    }))
    known.set(one, copy)
    return copy
  }
  return { value: decode(value), keys }
}

const beginsComment = /\{\{-?\s*\/\*/y
const endsComment = /\*\/\s*-?\}\}/g
/** A piece of an action: a text, closed, or what is none. */
const piece = /[^"`{}]+|"(?:\\.|[^"\\\n])*"|`[^`]*`|\}(?!\})|\{(?!\{)/y
/** An action whose texts are not closed: what ends on its line. */
const onLine = /\{\{[^\n{}]*\}(?:[^\n{}]+\})*\}/y

/** The actions of a text, in their order: comments; what has texts in it, closed each; else what ends on its line. */
function actionsIn(text: string): Span[] {
  const actions: Span[] = []
  /** Where pieces begin that no end of an action follows: nothing is looked through twice. */
  const unclosed = new Set<number>()
  let hasCommentEnd = true
  const endOfComment = (start: number): number | undefined => {
    if (!hasCommentEnd || matchAt(beginsComment, text, start) === undefined) return undefined
    const end = matchAt(endsComment, text, beginsComment.lastIndex)
    hasCommentEnd = end !== undefined
    return end
  }
  const endOfPieces = (start: number): number | undefined => {
    const passed: number[] = []
    for (let at: number | undefined = start + 2; at !== undefined && !unclosed.has(at); at = matchAt(piece, text, at)) {
      if (text.startsWith('}}', at)) return at + 2
      passed.push(at)
    }
    for (const at of passed) unclosed.add(at)
    return undefined
  }
  for (let start = text.indexOf('{{'); start >= 0;) {
    const end = endOfComment(start) ?? endOfPieces(start) ?? matchAt(onLine, text, start)
    if (end !== undefined) actions.push({ start, end })
    start = text.indexOf('{{', end ?? start + 1)
  }
  return actions
}

/** Where a match ends that begins at an offset, or after it where the expression is global. */
function matchAt(regex: RegExp, text: string, at: number): number | undefined {
  regex.lastIndex = at
  return regex.test(text) ? regex.lastIndex : undefined
}

/** A text in which each action is replaced, by as many characters. */
function replaced(text: string, actions: readonly Span[], by: (stretch: string, span: Span) => string): string {
  let at = 0
  const parts: string[] = []
  for (const span of actions) {
    parts.push(text.slice(at, span.start), by(text.slice(span.start, span.end), span))
    at = span.end
  }
  return parts.join('') + text.slice(at)
}

function readableYaml(text: string, actions: readonly Span[]): string {
  const lines = replaced(text, actions, encoded).split('\n')
  /** The indentation of what holds the block scalar that a line may belong to. */
  let scalar: number | undefined
  /** Lines of actions alone that are indented less than the block scalar before them. */
  let pending: number[] = []
  const close = (indentation: number | undefined) => {
    for (const index of pending) lines[index] = indentation === undefined ? blanked(lines[index]!) : unknownAt(lines[index]!, indentation)
    pending = []
  }
  for (const [index, line] of lines.entries()) {
    if (line.trim() === '') continue
    const indentation = line.search(/\S/)
    const isAction = coded.test(line) && !/[!-~]/.test(line)
    if (scalar !== undefined) {
      if (indentation > scalar) {
        close(indentation)
        lines[index] = withoutLiterals(line)
        continue
      }
      if (isAction) {
        pending.push(index)
        continue
      }
    }
    close(undefined)
    scalar = scalarBegunOn(line)
    lines[index] = isAction ? blanked(line) : withoutBlocks(line)
  }
  close(undefined)
  return lines.join('\n')
}

/** Empty lines in place of actions: no spaces, which a block scalar would keep. */
function blanked(line: string): string {
  return line.replace(/[^\r]/g, '\n')
}

/** A line of a block scalar that is not known, as an action that fits in there. */
function unknownAt(line: string, indentation: number): string {
  const { length } = line.trimEnd()
  const rest = length - indentation
  return rest < 5 ? blanked(line) : `${' '.repeat(indentation)}${encoded(`{{${'_'.repeat(rest - 4)}}}`)}${line.slice(length)}`
}

/** What prints a text as it is: `` {{`…`}} ``. */
const literal = /^\{\{`[^`]*`\}\}$/

/** A line that begins and ends with a text printed as it is, as that text; what is between such texts is one action. */
function withoutLiterals(line: string): string {
  if (!coded.test(line)) return line
  const written = decoded(line)
  if (!/^\s*\{\{`[^]*`\}\}\s*$/.test(written)) return line
  const texts = actionsIn(written).filter(({ start, end }) => literal.test(written.slice(start, end))).map(({ start, end }) => ({ start: start + 3, end: end - 3 }))
  const [first] = texts
  const last = texts.at(-1)
  if (first === undefined || last === undefined) return line
  const middle = texts.map(({ start, end }, i) => {
    const next = texts[i + 1]
    return written.slice(start, end) + (next ? encoded(`{{${'_'.repeat(next.start - end - 4)}}}`) : '')
  }).join('')
  return line.slice(0, first.start - 3) + blank.repeat(3) + middle + blank.repeat(3) + line.slice(last.end + 3)
}

/** The column of the key, or else of the dash, that the block scalar beginning at the end of a line belongs to. */
function scalarBegunOn(line: string): number | undefined {
  if (!/(?:^|[\s:])[|>](?:[+-]?\d?|\d[+-])[ \t]*(?:#.*)?\r?$/.test(line)) return undefined
  const [prefix] = /^[ ]*(?:- +)*/.exec(line)!
  return /^[|>]/.test(line.slice(prefix.length)) ? prefix.lastIndexOf('-') : prefix.length
}

const printsBlock = /\bn?indent\b|\btoYaml\b|^\{\{-?\s*(?:if|with|range)\b[^{}]*\}\}\s*$/

/** Without actions that print lines of their own behind a key, and such as follow a quoted text. */
function withoutBlocks(line: string): string {
  let begin = line.trimEnd().length
  while (begin > 0 && coded.test(line[begin - 1]!)) begin--
  const before = line.slice(0, begin)
  const last = line.slice(begin)
  if (last.trim() === '') return line
  const printsLines = /:\s*$/.test(before) && (before.endsWith(':') || printsBlock.test(decoded(last)))
  return printsLines || /["']\s*$/.test(before) ? before + ' '.repeat(last.length) : line
}

/** Actions in strings are part of them; others are strings where a value is missing, and else nothing. */
function readableJson(text: string, actions: readonly Span[]): string {
  let isInString = false
  let at = 0
  /** The last character before an action that is no space. */
  let before = ''
  return replaced(text, actions, (stretch, { start, end }) => {
    for (; at < start; at++) {
      const character = text[at]!
      if (isInString && character === '\\') at++
      else if (character === '"') isInString = !isInString
      if (character.trim() !== '') before = character
    }
    at = end
    if (isInString) return encoded(stretch)
    const isValue = before === ':' || ((before === '[' || before === ',') && /^\s*[,\]]/.test(text.slice(end, end + 100)))
    before = '"'
    return isValue && !/^\{\{-?\s*(?:if|else|end|range|with)\b/.test(stretch) ? `"${encoded(stretch.slice(1, -1))}"` : stretch.replace(/[^\n]/g, ' ')
  })
}
