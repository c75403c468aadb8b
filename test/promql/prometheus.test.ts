import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parse, print, walk, type Expr } from '../../src/promql/index.js'
import { generatedExpression } from './generated-expression.js'

const program = fileURLToPath(new URL('../oracle/oracle', import.meta.url))
const isBuilt = existsSync(program)
if (!isBuilt) console.log('skipped: test/oracle/oracle is not built (test/oracle/README.md)')

interface Verdict {
  readonly errors: readonly { readonly start: number; readonly end: number; readonly message: string }[]
  readonly printed?: string
  readonly nodes?: readonly string[]
}

function ask(inputs: readonly string[], ...options: string[]): Verdict[] {
  const input = inputs.map((text) => `${JSON.stringify(text)}\n`).join('')
  const output = execFileSync(program, options, { input, maxBuffer: 2 ** 30 }).toString()
  return output.trimEnd().split('\n').map((line) => JSON.parse(line) as Verdict)
}

/** From bytes of UTF-8 to UTF-16 offsets. */
function offsetsIn(text: string): (byte: number) => number {
  const bytes = Buffer.from(text)
  if (bytes.length === text.length) return (byte) => byte
  return (byte) => bytes.subarray(0, byte).toString().length
}

/** All nodes with their ranges. */
function nodesOf(expr: Expr): string[] {
  const nodes: string[] = []
  walk(expr, ({ type, start, end }) => void nodes.push(`${type} ${start} ${end}`))
  return nodes.sort()
}

const tokens = [
  'sum', 'by', 'without', 'offset', '@', 'start()', '(', ')', '{', '}', '[', ']', ',', ':', '=', '==', '=~', '!=', '+', '-',
  '^', 'and', 'bool', 'on', 'group_left', 'fill(', 'x', 'rate', '5m', '0', '1.5', '0x1f', '"a"', "'", '`', '#', ' ', 'anchored',
  'step', 'max_of', 'topk', '5m1', '1e', '"\\x', '!', '😀', 'nan', 'abs()', '$',
]

/** A generated expression with a few tokens inserted, left out or put in place of others. */
function nearlyAnExpression(): fc.Arbitrary<string> {
  const edit = fc.tuple(fc.nat(), fc.nat(2), fc.constantFrom('', ...tokens))
  return fc.tuple(generatedExpression(), fc.array(edit, { maxLength: 2 })).map(([expression, edits]) => {
    const parts = expression.match(/\s+|"[^"]*"|[\w.:]+|./gsu) ?? []
    for (const [at, count, token] of edits) parts.splice(at % (parts.length + 1), count, token)
    return parts.join('')
  })
}

/**
 * Where Prometheus has to read a token more to know that an expression ends, it may take the end of that token for
 * the end of the expression: behind `offset (5m)`, and behind an aggregation followed by a comment.
 */
const hasRangesAstray = /offset[-+\s]*\(|offset\s*[-+]\s*[-+]|#/i

const count = Number(process.env['PROMQL_ORACLE_EXPRESSIONS'] ?? 20_000)

describe.skipIf(!isBuilt)("Prometheus's own parser", () => {
  test(`has the same verdict on ${count} expressions, the same first error or the same tree, and reads what we print`, () => {
    const inputs = fc.sample(nearlyAnExpression(), count)
    const verdicts = ask(inputs)
    const differences: unknown[] = []
    const printed: string[] = []
    for (const [index, text] of inputs.entries()) {
      const { expr, errors } = parse(text)
      const toOffset = offsetsIn(text)
      const [first] = verdicts[index]!.errors
      const theirs = first
        ? { message: first.message, start: toOffset(first.start), end: toOffset(first.end) }
        : verdicts[index]!.nodes!.map((node) => node.replace(/\d+/g, (byte) => String(toOffset(Number(byte))))).sort()
      const ours = errors[0] ?? nodesOf(expr!)
      const isSame = hasRangesAstray.test(text)
        ? (errors.length === 0) === (first === undefined)
        : JSON.stringify(ours) === JSON.stringify(theirs)
      if (!isSame) differences.push({ text, ours, theirs })
      else if (errors.length === 0) printed.push(print(expr!))
    }
    expect(differences).toEqual([])
    expect(ask(printed).flatMap(({ errors }, index) => (errors.length > 0 ? [{ text: printed[index], errors }] : []))).toEqual([])
  })

  test('has the same verdict on regular expressions, in the same words', () => {
    const atoms = ['a', 'b|', '.', '*', '+', '?', '??', '(', ')', '(?:', '(?i)', '(?P<n>', '(?<m>', '(?=', '[', ']', '[^a', '-', '\\d', '\\',
      '{2}', '{2,1}', '{1001}', '{,3}', '[[:alpha:]]', '[[:x:]]', '\\pL', '\\p{Greek}', '\\pX', '\\8', '\\Q', '\\E', '\\x{10FFFF}', '\\z',
      '^', '$', 'é', '(?s-i:', '\\C', '\\b', '(?P<n', '(?P=n)', '[z-a]', '\\x4', '\\07']
    const pattern = fc.array(fc.constantFrom(...atoms), { minLength: 1, maxLength: 6 }).map((parts) => parts.join(''))
    const patterns = fc.sample(pattern, 5000)
    const differences = ask(patterns, '-regexp').flatMap(({ errors: [theirs] }, index) => {
      const text = `{x=~${JSON.stringify(patterns[index])},y="z"}`
      const ours = parse(text).errors[0]?.message
      return ours === theirs?.message ? [] : [{ pattern: patterns[index], ours, theirs: theirs?.message }]
    })
    expect(differences).toEqual([])
  })
})
