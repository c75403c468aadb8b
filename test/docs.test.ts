import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { rules } from '../rules/index.js'
import { main } from '../src/cli/main.js'
import { builtIsMissing } from './cli/repository.js'
import { playPage } from './docs/page-session.js'

const root = resolve(import.meta.dirname, '..')
const read = (path: string) => readFileSync(join(root, path), 'utf8')
const pagesIn = (folder: string) => readdirSync(join(root, folder)).filter((name) => name.endsWith('.md')).map((name) => join(folder, name))
const pages = ['README.md', 'CHANGELOG.md', 'CONTRIBUTING.md', ...pagesIn('docs'), ...pagesIn('docs/rules')]

describe('rules', () => {
  test.each(rules.map(({ name }) => name))('%s has its page and its test', (name) => {
    expect(existsSync(join(root, `docs/rules/${name}.md`))).toBe(true)
    expect(existsSync(join(root, `test/rules/${name}.test.ts`))).toBe(true)
  })

  test('each page is about a rule', () => {
    expect(pagesIn('docs/rules')).toEqual(rules.map(({ name }) => join('docs/rules', `${name}.md`)).sort())
  })

  test('each page has an example with output', () => {
    expect(rules.map(({ name }) => name).filter((name) => !read(`docs/rules/${name}.md`).includes('```console\n$ ml-dash-lint'))).toEqual([])
  })
})

/** What programs import is the build. */
const needBuild = ['docs/api.md', 'docs/plugins.md']
/** Walks through a public project, which is not at hand. */
const elsewhere = ['docs/adopting.md']
const playable = [...pagesIn('docs'), ...pagesIn('docs/rules')].filter((path) => ![...needBuild, ...elsewhere].includes(path) && read(path).includes('```console\n'))

// `npx vitest run test/docs.test.ts -u` writes the output anew.
test.each(playable)('%s shows what its commands print', async (path) => {
  await expect(await playPage(read(path))).toMatchFileSnapshot(join(root, path))
})

test.skipIf(builtIsMissing).each(needBuild)('%s shows what its commands and programs print', async (path) => {
  await expect(await playPage(read(path))).toMatchFileSnapshot(join(root, path))
})

test.each(pages)('the links of %s lead to files and headings that exist', (path) => {
  const text = withoutCode(read(path))
  const targets = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map((match) => match[1]!).filter((target) => !/^[a-z]+:/.test(target))
  const broken = targets.filter((target) => {
    const [file = '', anchor] = target.split('#')
    const absolute = file === '' ? join(root, path) : join(root, dirname(path), file)
    if (!existsSync(absolute)) return true
    return anchor !== undefined && !anchorsOf(readFileSync(absolute, 'utf8')).includes(anchor)
  })
  expect(broken).toEqual([])
})

test('each version that the pages pin is this one', () => {
  const { version } = JSON.parse(read('package.json')) as { version: string }
  const pinned = pages.filter((path) => path !== 'CHANGELOG.md').flatMap((path) => [...read(path).matchAll(/(?:rev: |ml-dash-lint(?:\.git)?[@#])(v\d[\w.-]*)/g)].map((match) => match[1]!))
  expect(pinned.length).toBeGreaterThan(3)
  expect([...new Set(pinned)]).toEqual([`v${version}`])
})

describe('README', () => {
  const readme = read('README.md')

  test('names the command that lints the reference stack, and the one that runs the tests', () => {
    expect(readme).toContain('```sh\nnpm ci && node bin/ml-dash-lint.js fixtures/ml-services\n```')
    expect(readme).toContain('```sh\nnpm ci && npm test\n```')
  })

  test('shows in each console block what its command prints, or whole diagnostics of that', async () => {
    const sessions = [...readme.matchAll(/^```console\n\$ (?:node bin\/ml-dash-lint\.js|(?:npx )?ml-dash-lint)(.*)\n([\s\S]*?)\n```$/gm)]
    expect(sessions).toHaveLength(readme.split('```console\n').length - 1)
    for (const [, words = '', shown = ''] of sessions) {
      const printed = diagnosticsIn(await lint(...words.split(' ').filter((word) => word !== '')))
      expect(diagnosticsIn(shown).filter((block) => !printed.includes(block)), words).toEqual([])
    }
  })
})

async function lint(...words: readonly string[]): Promise<string> {
  let printed = ''
  const write = (text: string) => (printed += text)
  await main(['node', 'ml-dash-lint', ...words], { cwd: () => root, env: {}, stdout: { write }, stderr: { write } })
  return printed
}

/** The diagnostics and the summary line of a terminal report. Blank lines within a diagnostic are followed by an indented line. */
function diagnosticsIn(report: string): string[] {
  return report.trim().split(/\n\n(?=\S)/)
}

function withoutCode(page: string): string {
  return page.replace(/^```[\s\S]*?^```$/gm, '').replace(/`[^`\n]*`/g, 'code')
}

/** The anchors of a page's headings, as GitHub makes them. */
function anchorsOf(page: string): string[] {
  const headings = [...page.replace(/^```[\s\S]*?^```$/gm, '').matchAll(/^#+ (.+)$/gm)]
  return headings.map((match) => match[1]!.toLowerCase().replace(/[^\p{L}\p{N} _-]/gu, '').replaceAll(' ', '-'))
}
