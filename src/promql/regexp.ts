import { createRequire } from 'node:module'
import type { Text } from './ast.js'

/**
 * What Prometheus says of a pattern that its regular expression engine refuses (Prometheus: model/labels/regexp.go,
 * NewFastRegexMatcher). A pattern with templates in it is not known whole, and nothing is said of it.
 */
export function regexpProblem(pattern: Text): string | undefined {
  const source = literalText(pattern)
  return source === undefined ? undefined : patternProblem(source)
}

/** The same of a pattern that is known whole. */
export function patternProblem(source: string): string | undefined {
  if (source.length < 1000 && surelyValid.test(source)) return undefined
  let problem = problems.get(source)
  if (problem === undefined) {
    problem = compile(source) ?? ''
    if (problems.size >= maxCached) problems.clear()
    problems.set(source, problem)
  }
  return problem === '' ? undefined : problem
}

/** A test for texts that a matcher's pattern matches, anchored as in Prometheus; `undefined` where RE2 refuses it. */
export function regexpMatcher(pattern: string): ((text: string) => boolean) | undefined {
  const known = matchers.get(pattern)
  if (known !== undefined || matchers.has(pattern)) return known
  const matcher = compiledMatcher(pattern)
  if (matchers.size >= maxCached) matchers.clear()
  matchers.set(pattern, matcher)
  return matcher
}

function compiledMatcher(pattern: string): ((text: string) => boolean) | undefined {
  if (plainNames.test(pattern)) {
    const names = new Set(pattern.split('|'))
    return (text) => names.has(text)
  }
  try {
    const compiled = engine().RE2JS.compile(`^(?s:${pattern})$`)
    return (text) => compiled.matches(text)
  } catch {
    return undefined
  }
}

/** A list of names, as variables with several values give it: sought in a set, or each text would try each name. */
const plainNames = /^[\w:|]+$/

/** Whether the pattern, anchored as in Prometheus, matches the empty string. */
export function matchesEmpty(pattern: string): boolean {
  let isMatch = emptyMatches.get(pattern)
  if (isMatch === undefined) {
    isMatch = tryEmpty(pattern)
    if (emptyMatches.size >= maxCached) emptyMatches.clear()
    emptyMatches.set(pattern, isMatch)
  }
  return isMatch
}

function tryEmpty(pattern: string): boolean {
  return regexpMatcher(pattern)?.('') ?? false
}

/** The text of a name or string without templates. */
export function literalText({ parts }: Text): string | undefined {
  const [first = ''] = parts
  return parts.length <= 1 && typeof first === 'string' ? first : undefined
}

/** Literals, `.`, simple escapes and alternatives, each repeated at most once: for these no engine is needed. */
const surelyValid = /^(?:(?:[\w\-/:,;@ =~%&"'<>!#.]|\\[.\-/dwsDWS])(?:[*+?]\??)?|\|)*$/

/** Dashboards repeat their patterns. */
const maxCached = 1000
const problems = new Map<string, string>()
const emptyMatches = new Map<string, boolean>()
const matchers = new Map<string, ((text: string) => boolean) | undefined>()

function compile(source: string): string | undefined {
  let problem = tryCompile(source)
  if (problem?.includes('duplicate capture group name')) {
    // Go allows that.
    let count = 0
    const renamed = source.replace(namedGroup, (group: string) => `${group.slice(0, -1)}__${count++}__>`)
    problem = tryCompile(renamed)?.replace(/__\d+__>/g, '>')
  }
  // Go shows the rest of the pattern, of which there is none.
  return problem?.endsWith('trailing backslash at end of expression') ? `${problem}: \`\`` : problem
}

const namedGroup = /\(\?P?<\w+>/g

function tryCompile(source: string): string | undefined {
  try {
    engine().RE2JS.compile(source)
    return undefined
  } catch (error) {
    // Anything else is a limit of the engine (its stack, say) and tells nothing about the pattern.
    return error instanceof engine().RE2JSException ? error.message : undefined
  }
}

let loaded: typeof import('re2js') | undefined

/** Loaded when first needed: most patterns are plain, and the engine costs start-up time. */
function engine(): typeof import('re2js') {
  return (loaded ??= createRequire(import.meta.url)('re2js') as typeof import('re2js'))
}
