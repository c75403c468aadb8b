import { FILLING_METHODS } from '../syntax/writes.js'
import { ASSIGNED, mentionsFinder, type Mention } from './uses.js'

/** The names by which what makes, holds or records metrics can be got at from elsewhere. */
export interface WaysIn {
  /** Of variables and properties that hold a metric. */
  readonly held: ReadonlySet<string>
  /** Of functions and classes that make or record one. */
  readonly called: ReadonlySet<string>
  /** Of variables and properties that keep what labels are given. */
  readonly filled: ReadonlySet<string>
}

export const NO_WAYS: WaysIn = { held: new Set(), called: new Set(), filled: new Set() }

/** The ways of both; the first one itself, where the second has no other. */
export function joinWays(first: WaysIn, second: WaysIn): WaysIn {
  const joined = {
    held: new Set([...first.held, ...second.held]),
    called: new Set([...first.called, ...second.called]),
    filled: new Set([...first.filled, ...second.filled]),
  }
  const sizeOf = ({ held, called, filled }: WaysIn) => held.size + called.size + filled.size
  return sizeOf(joined) === sizeOf(first) ? first : joined
}

/** Whether a name, which may be a `filledName`, is one of these. */
export function isWay({ held, called, filled }: WaysIn, name: string): boolean {
  return held.has(name) || called.has(name) || (name.endsWith('=') && filled.has(name.slice(0, -1)))
}

/** The name of what is filled, marked: a function may have the same one. */
export function filledName(name: string): string {
  return `${name}=`
}

/** All as one list, by which a question is kept: `()` is behind names that are called, `=` behind those of what is filled. */
export function wayNames({ held, called, filled }: WaysIn): string[] {
  return [...held, ...[...called].map((name) => `${name}()`), ...[...filled].map(filledName)].sort()
}

/** The opposite of `wayNames`. */
export function waysOf(names: readonly string[]): WaysIn {
  const marked = (mark: string) => new Set(names.filter((name) => name.endsWith(mark)).map((name) => name.slice(0, -mark.length)))
  return { held: new Set(names.filter((name) => !/(?:\(\)|=)$/.test(name))), called: marked('()'), filled: marked('=') }
}

/**
 * Finds where in a text something of these names is got at that stands elsewhere: it is imported, taken from an object,
 * read and handed on, recorded or called. What only has the same name is none of it: a variable, key or function of the
 * text's own, a word in a comment, a count that is compared. Names like `length`, `status` and `loader` stand in most
 * files, and mean a metric in few.
 *
 * @param own names that the text itself declares count too, wherever they stand: for a text that is followed
 */
export function waysInFinder(ways: WaysIn, own = false): (text: string) => number[] {
  const find = mentionsFinder(new Set([...ways.held, ...ways.called, ...ways.filled]))
  return (text) => {
    const mentions = find(text)
    const ofOthers = mentions.filter((mention) => isAlone(mention) && isGotAt(ways, mention)
      && (isBound(text, mention) || (own && isDeclared(text, mention))))
    const bound = new Set(ofOthers.map(({ name }) => name))
    return mentions.filter((mention) => isFilled(ways, mention)
      || (isAlone(mention) ? bound.has(mention.name) || isRecorded(ways, mention) : isRead(ways, text, mention))).map(({ start }) => start)
  }
}

function isAlone({ before }: Mention): boolean {
  return before === ''
}

function isGotAt({ held, called }: WaysIn, { name }: Mention): boolean {
  return held.has(name) || called.has(name)
}

function isRecorded(ways: WaysIn, mention: Mention): boolean {
  return isGotAt(ways, mention) && RECORDING.test(mention.after ?? '')
}

/** Whether something is put in what keeps the values of labels. */
function isFilled({ filled }: WaysIn, { name, after = '' }: Mention): boolean {
  return filled.has(name) && FILLED.test(after)
}

/** Whether a property is read in a way that may give a metric, or is called and makes or records one. */
function isRead(ways: WaysIn, text: string, mention: Mention): boolean {
  const { name, before, start, after } = mention
  if (after === undefined || ASSIGNED.test(after) || !isGotAt(ways, mention)) return false
  if (RECORDING.test(after) || (ways.called.has(name) && CALLED.test(after))) return true
  return HANDED_ON.test(after) && !NUMBERS.has(name) && !(after.startsWith('}') && IN_TEXT.test(textBefore(text, start - before.length)))
}

const ACCESS = String.raw`(?:\s*[?!]?\.\s*[\w$]+|\s*\[[^\]\n]*\])`
const FILLED = new RegExp(String.raw`^${ACCESS}*(?:${ACCESS}\s*=[^=>]|\s*[?!]?\.\s*(?:${[...FILLING_METHODS].join('|')})\s*\()`)
/** Methods by which a metric is recorded. */
export const RECORDING_METHODS: ReadonlySet<string> = new Set([
  'labels', 'inc', 'dec', 'set', 'observe', 'startTimer', 'setToCurrentTime', 'zero', 'add', 'record', 'addCallback',
])
const AT_KEY = String.raw`\s*[!?]?\s*(?:\[[^\]\n]*\]\s*[!?]?\s*)`
/** Methods of what keeps several, by which one is got at. */
const GETTING = String.raw`\s*[!?]?\s*\.\s*(?:get|at|values|entries|forEach)\s*\(`
/** One of them, called or taken, of a metric or of one under a key; or one that is computed. */
const RECORDING = new RegExp(String.raw`^(?:${AT_KEY}?\s*[!?]?\s*\.\s*(?:${[...RECORDING_METHODS].join('|')})(?![\w$])|${AT_KEY}{1,2}(?:\?\.\s*)?\(|${GETTING})`)
const CALLED = /^\s*!?\s*(\?\.\s*)?((<[^()]*>)?\s*\(|`|\.\s*(call|apply|bind)\s*\()/
const HANDED_ON = /^\s*!?\s*(?:\[[^\]\n]*\]\s*!?\s*)?([),;}\]:]|\?\?|\|\||as\b|$|(?<=\n\s*)[\w$@/{])/
/** Properties of lists, texts and maps: read and handed on they are numbers. */
const NUMBERS: ReadonlySet<string> = new Set(['length', 'size', 'byteLength'])
/** A hole of a text, up to the last name in it: what is put in a text is no metric. */
const IN_TEXT = /\$\{\s*[\w$.?!()[\]#]*$/

/** Whether a name stands where a file gets something from another one, or takes it from an object. */
function isBound(text: string, { start, end, after = '' }: Mention): boolean {
  const before = textBefore(text, start)
  if (IMPORTED.test(before) || REQUIRED.test(after)) return true
  if (!IN_BRACES.test(before) || !IN_PATTERN.test(after)) return false
  const isMemberOfType = /^\s*:/.test(after) && /:\s*$/.test(beforeBrace(text, start))
  return !isMemberOfType && AFTER_PATTERN.test(afterPattern(text, end))
}

function isDeclared(text: string, { start }: Mention): boolean {
  return DECLARED.test(textBefore(text, start))
}

/** Also among the items of a pattern: `const [first, second] = …`. */
const DECLARED = /\b(?:(?:const|let|var|function\*?|class)\s+|(?:const|let|var)\s*\[[^\]=;]*)$/
const IMPORTED = /\bimport\s+(?:type\s+)?(?:\*\s+as\s+)?$/
const REQUIRED = /^\s*=\s*(?:await\s+)?(?:require|import)\s*\(/
/** The name itself, or what a property is called where it is taken apart: `{ counter: jobs } = metrics`. */
const IN_BRACES = /[{,]\s*(?:type\s+|[\w$]+\s*:\s*)?$/
const IN_PATTERN = /^\s*(?:[,}:]|=[^=>]|as\b)/
/** What follows an import's names, a pattern that is given something, and parameters. */
const AFTER_PATTERN = /^(?:\}\s*(?:from\b|=[^=>]|:\s*[\w$<{(])|(?:\}\s*)?\)\s*(?:=>|\{|:))/

/** How many characters around a place tell what stands there, and how long a pattern may be. */
const LOOKED_AT = 80
const LONGEST_PATTERN = 2000

function textBefore(text: string, place: number): string {
  return text.slice(Math.max(0, place - LOOKED_AT), place)
}

/** The text up to the brace that is open at a place. */
function beforeBrace(text: string, place: number): string {
  let braces = 0
  for (let index = place - 1; index >= Math.max(0, place - LONGEST_PATTERN); index--) {
    if (text[index] === '}') braces++
    if (text[index] === '{' && --braces < 0) return textBefore(text, index)
  }
  return ''
}

/** The text from where the braces around a place end, or those around them that end with them, or the parentheses around all. */
function afterPattern(text: string, from: number): string {
  const last = Math.min(text.length, from + LONGEST_PATTERN)
  let [braces, parentheses] = [0, 0]
  for (let index = from; index < last; index++) {
    const character = text[index]
    if (character === ';') return ''
    if (character === '(') parentheses++
    if (character === '{') braces++
    if (character === ')' && --parentheses < 0) return text.slice(index, index + LOOKED_AT)
    if (character === '}' && --braces < 0) {
      const rest = text.slice(index, index + LOOKED_AT)
      if (!/^\}\s*[},]/.test(rest)) return rest
      braces = 0
    }
  }
  return ''
}
