import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parse as parseJsonc } from 'jsonc-parser'
import { beforeAll, describe, expect, test } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))
const fixture = 'fixtures/ml-services-drifted'

type Field = 'file' | 'line' | 'column' | 'severity' | 'message' | 'code'
/** A pattern as GitHub and VS Code have it: an expression, and the groups that hold the fields. */
type Pattern = { readonly regexp: string } & { readonly [field in Field]?: number }
type Match = { -readonly [field in Field]?: string }

/** What a problem matcher finds in a text: its patterns match that many lines in succession. */
function matchesOf(patterns: readonly Pattern[], text: string): Match[] {
  const lines = text.split('\n')
  return lines.flatMap((_, first) => {
    const match: Match = {}
    for (const [offset, { regexp, ...groups }] of patterns.entries()) {
      const found = new RegExp(regexp).exec(lines[first + offset] ?? '')
      if (found === null) return []
      for (const [field, group] of Object.entries(groups)) match[field as Field] = found[group]!
    }
    return [match]
  })
}

interface JsonDiagnostic {
  readonly rule: string
  readonly severity: string
  readonly message: string
  readonly file: string
  readonly range: { readonly start: { readonly line: number; readonly column: number } }
}

function lint(format: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const args = ['bin/ml-dash-lint.js', '--format', format, '--no-color', fixture]
    execFile(process.execPath, args, { cwd: root, maxBuffer: 2 ** 26 }, (error, stdout, stderr) => {
      if (error?.code === 1) resolve(stdout)
      else reject(new Error(`expected exit code 1, got ${String(error?.code ?? 0)}: ${stderr}`))
    })
  })
}

/** Every finding; `stylish` tells those of one cause as one. */
let expected: Match[]
let causes: Match[]
beforeAll(async () => {
  const { diagnostics } = JSON.parse(await lint('json')) as { diagnostics: JsonDiagnostic[] }
  expected = diagnostics.map(({ rule, severity, message, file, range: { start } }) => ({
    file,
    line: String(start.line),
    column: String(start.column),
    severity,
    message,
    code: rule,
  }))
  causes = expected.filter(({ code, message, file }, i) => i === expected.findIndex((one) => one.code === code && one.message === message && one.file === file))
})

describe('.github/problem-matcher.json', () => {
  const { problemMatcher } = JSON.parse(readFileSync(`${root}/.github/problem-matcher.json`, 'utf8')) as {
    problemMatcher: { owner: string; pattern: Pattern[] }[]
  }

  test.each(problemMatcher)('$owner finds every diagnostic of the drifted stack, and nothing else', async ({ owner, pattern }) => {
    const output = await lint(owner.replace('ml-dash-lint-', ''))
    expect(expected.length).toBeGreaterThan(10)
    expect(matchesOf(pattern, output)).toEqual(owner.endsWith('stylish') ? causes : expected)
  })

  test('has a matcher for each of the two formats', () => {
    expect(problemMatcher.map((matcher) => matcher.owner)).toEqual(['ml-dash-lint-unix', 'ml-dash-lint-stylish'])
  })
})

test("VS Code's problem matcher in docs/editors.md finds every diagnostic of the drifted stack, and nothing else", async () => {
  const snippet = /```jsonc\n(.*?)```/s.exec(readFileSync(`${root}/docs/editors.md`, 'utf8'))![1]!
  const { tasks } = parseJsonc(snippet) as { tasks: [{ command: string; problemMatcher: { pattern: Pattern } }] }
  const [{ command, problemMatcher }] = tasks
  expect(command).toBe('npx ml-dash-lint --format unix')
  expect(matchesOf([problemMatcher.pattern], await lint('unix'))).toEqual(expected)
})
