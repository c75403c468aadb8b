import { execFile, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { builtIsMissing } from '../cli/repository.js'

/** What users install: the package as `npm pack` makes it, beside whatever their project has. */

const root = fileURLToPath(new URL('../..', import.meta.url))
const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { dependencies: Readonly<Record<string, string>> }
/** Milliseconds, for a machine that is busy: package managers are fetched, and TypeScript is some ten megabytes. */
const timeout = 600_000

/** Without what npm tells its own children, which would lead the inner npm to this repository. */
const environment = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(npm_|GIT_)/i.test(name)))

function whySkipped(): string | undefined {
  if (builtIsMissing !== undefined) return builtIsMissing
  const [[name, version] = []] = Object.entries(dependencies)
  const view = ['view', `${name}@${version}`, 'version', '--fetch-retries=0', '--fetch-timeout=20000']
  const { status } = spawnSync('npm', view, { cwd: tmpdir(), env: environment })
  return status === 0 ? undefined : 'the npm registry is out of reach'
}

const reason = whySkipped()
if (reason !== undefined) console.log(`skipped: ${reason}`)

/** A dashboard of one panel for each query. */
function dashboard(...queries: string[]): string {
  const panels = queries.map((expr, index) => ({
    id: index + 1, type: 'timeseries', title: `Panel ${index + 1}`, gridPos: { x: 0, y: index * 8, w: 12, h: 8 },
    datasource: { type: 'prometheus', uid: 'prometheus' }, targets: [{ refId: 'A', expr }],
  }))
  return JSON.stringify({ uid: 'jobs', title: 'Jobs', schemaVersion: 39, tags: ['jobs'], panels }, null, 2)
}

const files = {
  'src/metrics.ts': `import { Counter } from 'prom-client'

export const done = new Counter({ name: 'jobs_done_total', help: 'Jobs that ended', labelNames: ['queue'] as const })
done.inc({ queue: 'mail' })
`,
  'src/broken.ts': `import { Gauge } from 'prom-client'

export const busy = new Gauge({ name: 'jobs_workers_busy', help: 'Workers with a job' })
busy.set(1)
export function broken( {
`,
  'dashboards/jobs.json': dashboard('sum(rate(jobs_done_total[5m]))', 'jobs_workers_bsuy', 'jobs_done_total{queue=~"(?<=mail)"}'),
  'rules/jobs.yml': 'groups:\n  - name: jobs\n    rulse: []\n    rules:\n      - alert: NoJobs\n        expr: rate(jobs_done_total[5m]) == 0\n',
}

/** Links of the pages in a folder that lead to no file. */
function deadLinks(folder: string): string[] {
  const pages = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.md'))
  return pages.flatMap((page) => {
    const text = readFileSync(join(folder, page), 'utf8').replace(/^```[\s\S]*?^```$/gm, '').replace(/`[^`\n]*`/g, 'code')
    const targets = [...text.matchAll(/\]\(([^)\s#]+)[^)\s]*\)/g)].map((match) => match[1]!).filter((target) => !/^[a-z]+:/.test(target))
    return targets.filter((target) => !existsSync(join(folder, dirname(page), target))).map((target) => `${page}: ${target}`)
  })
}

/** From each part that is loaded when needed: regular expressions, schemas, the parser that reads on after an error. */
const findings = `dashboards/jobs.json:47:20: error: No producer exposes "jobs_workers_bsuy". Did you mean "jobs_workers_busy" (gauge, src/broken.ts:3)? [unknown-metric]
dashboards/jobs.json:68:36: error: error parsing regexp: invalid named capture: \`(?<=mail)\` [promql-syntax]
rules/jobs.yml:3:5: error: unknown key "rulse" in "groups[0]". Did you mean "rules"? [rule-file-schema]
src/broken.ts:6:1: warning: '}' expected. [parse-error]
`

describe.skipIf(reason)('the package, installed', () => {
  let directory: string
  let archive: string

  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), 'ml-dash-lint-package-'))
    await succeed(root, 'npm', 'pack', '--ignore-scripts', '--pack-destination', directory)
    archive = join(directory, readdirSync(directory).find((file) => file.endsWith('.tgz'))!)
  }, timeout)

  afterAll(() => rmSync(directory, { recursive: true, force: true }), timeout)

  function project(name: string, more: Readonly<Record<string, string>> = {}): string {
    const path = join(directory, name)
    const manifest = { 'package.json': '{ "name": "jobs", "private": true, "type": "module" }\n' }
    for (const [file, text] of Object.entries({ ...manifest, ...files, ...more })) {
      mkdirSync(dirname(join(path, file)), { recursive: true })
      writeFileSync(join(path, file), text)
    }
    return path
  }

  function run(cwd: string, command: string, ...args: string[]): Promise<{ code: number; output: string }> {
    const own = { COREPACK_ENABLE_STRICT: '0', YARN_GLOBAL_FOLDER: join(directory, 'yarn'), YARN_ENABLE_IMMUTABLE_INSTALLS: 'false' }
    return new Promise((resolve) => {
      execFile(command, args, { cwd, env: { ...environment, ...own }, encoding: 'utf8' }, (error, stdout, stderr) =>
        resolve({ code: error ? Number(error.code) : 0, output: stdout + stderr }))
    })
  }

  async function succeed(cwd: string, command: string, ...args: string[]): Promise<void> {
    const { code, output } = await run(cwd, command, ...args)
    if (code !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${code}:\n${output}`)
  }

  const lint = ['--no-cache', '--format', 'unix']

  describe.each(['5.0', '5.9', '7.0'])('by npm, beside TypeScript %s', (version) => {
    const prepare = async (name: string, ...options: string[]) => {
      const path = project(`${name}-${version}`)
      await succeed(path, 'npm', 'install', '--no-audit', '--no-fund', ...options, archive, `typescript@${version}`)
      return path
    }

    test('it reads valid and broken sources', async () => {
      const path = await prepare('npm')
      expect((await run(path, 'npx', 'tsc', '--version')).output).toContain(`Version ${version}.`)
      expect(await run(path, 'node_modules/.bin/ml-dash-lint', ...lint)).toEqual({ code: 1, output: findings })
    }, timeout)

    test('so it does where there is no binding of oxc-parser for the platform', async () => {
      const path = await prepare('npm-without-binding', '--omit=optional')
      expect((await run(path, 'node', '--eval', 'require("oxc-parser")')).code).toBe(1)
      expect(await run(path, 'node_modules/.bin/ml-dash-lint', ...lint)).toEqual({ code: 1, output: findings })
    }, timeout)
  })

  const managers = [
    ['pnpm', 'pnpm@10', ['pnpm', 'add', '--store-dir', '../pnpm-store'], ['node_modules/.bin/ml-dash-lint'], {}],
    ['yarn 1', 'yarn@1', ['yarn', 'add', '--cache-folder', '../yarn-1-cache'], ['node_modules/.bin/ml-dash-lint'], {}],
    ['yarn 4 with Plug\'n\'Play', '@yarnpkg/cli-dist@4', ['yarn', 'add'], ['yarn', 'ml-dash-lint'], { 'yarn.lock': '' }],
  ] as const

  test.each(managers)('by %s, beside TypeScript 7.0', async (name, manager, add, command, more) => {
    const path = project(name.replace(/\W+/g, '-'), more)
    const withManager = ['exec', '--yes', `--package=${manager}`, '--']
    await succeed(path, 'npm', ...withManager, ...add, `ml-dash-lint@file:${archive}`, 'typescript@7.0')
    const [program, ...args] = command[0] === 'yarn' ? ['npm', ...withManager, ...command] : command
    expect(await run(path, program, ...args, ...lint)).toEqual({ code: 1, output: findings })
  }, timeout)

  test('it has what it ships, and what it must not ship is not there', async () => {
    const path = project('contents')
    await succeed(path, 'npm', 'install', '--no-audit', '--no-fund', archive)
    const packages = readdirSync(join(path, 'node_modules')).filter((name) => !name.startsWith('.')).sort()
    expect(packages).toEqual(['@oxc-parser', '@oxc-project', 'ml-dash-lint', 'oxc-parser'])
    const folder = join(path, 'node_modules/ml-dash-lint')
    expect(readdirSync(folder).sort()).toEqual(['.github', '.pre-commit-hooks.yaml', 'CHANGELOG.md', 'CONTRIBUTING.md', 'LICENSE', 'README.md', 'action.yml', 'bin', 'catalogs', 'dist', 'docs', 'package.json', 'schemas', 'templates'])
    expect(readdirSync(join(folder, 'dist')).sort()).toEqual(['bundle', 'types'])
    expect(deadLinks(folder)).toEqual([])
    expect(readFileSync(join(folder, 'dist/bundle/THIRD-PARTY-LICENCES.txt'), 'utf8')).toMatch(/^typescript 6\.\d+\.\d+ \(Apache-2\.0\)$/m)
  }, timeout)

  describe('what programs import', () => {
    const program = `import { defineRule, format, lint, loadWorkspace, type LintDiagnostic, type Plugin } from 'ml-dash-lint'
import { testRule } from 'ml-dash-lint/testing'
import { parse, regexpMatcher, walk, type Expr } from 'ml-dash-lint/promql'

const rule = defineRule<'dashboard', { readonly prefix: string }>({
  name: 'title', subject: 'dashboard', severity: 'warning', summary: 'Each title has the prefix', defaults: { prefix: 'ML' },
  check(dashboard, { options: { prefix }, report }) {
    if (!dashboard.title?.startsWith(prefix)) report({ at: dashboard.place('title'), message: prefix })
  },
})
export const plugin: Plugin = { name: 'our', rules: [rule] }
const result = await lint({ cache: false, rules: ['unknown-metric'] })
const [first]: readonly LintDiagnostic[] = result.diagnostics
console.log(first?.file, first?.range.start.line, first?.span)
process.stdout.write(await format(result, 'unix'))
const { registry, dashboards } = await loadWorkspace({ cache: false })
console.log(registry.families.filter(({ origin }) => origin.kind === 'code').map(({ name }) => name), dashboards.size)
console.log(await testRule(rule, { 'a.json': { title: 'Jobs', panels: [], schemaVersion: 39 } }))
const expr: Expr | undefined = parse('sum(rate(jobs_done_total{queue=~"mail|sms"}[5m]))').expr
const types: string[] = []
if (expr) walk(expr, (node) => types.push(node.type))
console.log(types.join(' '), regexpMatcher('mail|s.*')?.('sms'))
`
    const printed = `dashboards/jobs.json 47 { start: 816, end: 833 }
dashboards/jobs.json:47:20: error: No producer exposes "jobs_workers_bsuy". Did you mean "jobs_workers_busy" (gauge, src/broken.ts:3)? [unknown-metric]
[ 'jobs_done_total', 'jobs_workers_busy' ] 1
[ 'a.json:2:12 warning «"Jobs"» ML' ]
AggregateExpr Call MatrixSelector VectorSelector true
`
    const compiler = { strict: true, target: 'es2022', outDir: 'out', types: ['node'], skipLibCheck: false }

    test.each([
      ['NodeNext', { module: 'nodenext' }],
      ['a bundler', { module: 'esnext', moduleResolution: 'bundler' }],
    ])('has types for %s, and does what they say', async (name, options) => {
      const path = project(`types-${name.replace(/\W/g, '-')}`, {
        'programs/main.ts': program,
        'tsconfig.json': JSON.stringify({ compilerOptions: { ...compiler, ...options, rootDir: 'programs' }, files: ['programs/main.ts'] }),
        'private/main.ts': "import { lint } from 'ml-dash-lint/dist/types/src/api/programs.js'\nvoid lint()\n",
        'private/tsconfig.json': JSON.stringify({ compilerOptions: { ...compiler, ...options, noEmit: true }, files: ['main.ts'] }),
      })
      await succeed(path, 'npm', 'install', '--no-audit', '--no-fund', archive, 'typescript@5.9', '@types/node@20')
      await succeed(path, 'npx', 'tsc')
      // The program stands in the project, too, and its metrics are none of the project's.
      rmSync(join(path, 'programs'), { recursive: true })
      expect(await run(path, 'node', 'out/main.js')).toEqual({ code: 0, output: printed })
      expect((await run(path, 'npx', 'tsc', '--project', 'private')).output).toMatch(/^private\/main\.ts\(1,22\): error TS2307: Cannot find module 'ml-dash-lint\/dist/)
    }, timeout)

    test('is there for CommonJS', async () => {
      const path = project('commonjs', { 'main.cjs': `const { lint, format } = require('ml-dash-lint')
lint({ cache: false, paths: ['rules'] }).then((result) => format(result, 'unix')).then((text) => process.stdout.write(text))
` })
      await succeed(path, 'npm', 'install', '--no-audit', '--no-fund', archive)
      expect(await run(path, 'node', '--no-warnings', 'main.cjs')).toEqual({ code: 0, output: findings.split('\n').filter((line) => line.startsWith('rules/')).map((line) => `${line}\n`).join('') })
    }, timeout)

    test('is what publint and attw expect of a package of ES modules', async () => {
      const path = project('checked')
      const checked = async (checker: string, ...args: string[]) => run(path, 'npm', 'exec', '--yes', `--package=${checker}`, '--', ...args)
      const [publint, attw] = [await checked('publint@0.3', 'publint', 'run', archive, '--strict'), await checked('@arethetypeswrong/cli@0.18', 'attw', archive, '--profile', 'esm-only', '--no-emoji', '--format', 'ascii')]
      expect(publint.output).toContain('All good!')
      expect([publint.code, attw.code], `${publint.output}${attw.output}`).toEqual([0, 0])
    }, timeout)
  })
})
