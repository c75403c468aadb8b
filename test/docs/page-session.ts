import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { main } from '../../src/cli/main.js'
import { git, gitEnvironment } from '../cli/git-repository.js'

/** `path` alone in a paragraph and a code block: a file of the example. */
const file = '^`(?<path>[^`\\n]+)`\\n\\n```\\w+\\n(?<content>[\\s\\S]*?)^```$'
/** What is typed at a terminal, after `$`, and what it answers. */
const session = '^```console\\n(?<typed>[\\s\\S]*?)^```$'

/**
 * Plays a page from top to bottom in a folder of its own: writes each file that the page shows, runs each command, and
 * returns the page with what the commands really print. A later file of the same path replaces an earlier one.
 */
export async function playPage(page: string): Promise<string> {
  const home = realpathSync(mkdtempSync(join(tmpdir(), 'ml-dash-lint-docs-')))
  const shell = createShell(home)
  // What programs on the page import.
  mkdirSync(join(home, 'node_modules'))
  symlinkSync(resolve(import.meta.dirname, '../..'), join(home, 'node_modules/ml-dash-lint'))
  try {
    let played = ''
    let end = 0
    for (const match of page.matchAll(new RegExp(`${file}|${session}`, 'gm'))) {
      const { path, content, typed } = match.groups as { path?: string; content: string; typed: string }
      played += page.slice(end, match.index)
      end = match.index + match[0].length
      if (path === undefined) {
        played += `\`\`\`console\n${await playSession(typed, shell)}\`\`\``
      } else {
        mkdirSync(dirname(join(home, path)), { recursive: true })
        writeFileSync(join(home, path), content)
        played += match[0]
      }
    }
    return played + page.slice(end)
  } finally {
    rmSync(home, { recursive: true })
  }
}

type Shell = (command: string) => Promise<string>

async function playSession(typed: string, shell: Shell): Promise<string> {
  const commands = typed.split('\n').filter((line) => line.startsWith('$ '))
  let played = ''
  for (const command of commands) played += `${command}\n${await shell(command.slice(2))}`
  return played
}

/** As much of a shell as the pages need: `ml-dash-lint …`, what is written to it (`< FILE`), the first lines of what it prints (`| head -4`) or those with or without a word (`| grep word`; `2>&1 |` takes the errors, too), `node …` (which needs the build), `git …`, `cd …`, `cat …` and `echo $?`. */
function createShell(home: string): Shell {
  let cwd = home
  let exitCode = 0
  return async (command) => {
    const [, typed = command, input, both, most, word] = /^(.*?)(?: < (\S+))?(?:( 2>&1)? \| (?:head -(\d+)|grep (\S+)))?$/.exec(command) ?? []
    const [program, ...words] = typed.split(' ')
    if (command === 'echo $?') return `${exitCode}\n`
    if (program === 'cd') {
      cwd = resolve(cwd, words[0] ?? home)
      return ''
    }
    if (program === 'node') {
      const { status, stdout, stderr } = spawnSync(process.execPath, words, { cwd, encoding: 'utf8' })
      exitCode = status ?? -1
      return `${stdout}${stderr}`
    }
    if (program === 'git') return `${git(cwd, ...words)}\n`.trimStart()
    if (program === 'cat') return words.map((path) => readFileSync(resolve(cwd, path), 'utf8')).join('')
    if (program !== 'ml-dash-lint') throw new Error(`cannot run: ${command}`)
    let printed = ''
    let errors = ''
    const isApart = both === undefined && (most !== undefined || word !== undefined)
    const write = (text: string) => (printed += text)
    const writeError = (text: string) => (isApart ? (errors += text) : (printed += text))
    exitCode = await main(['node', 'ml-dash-lint', ...words], { cwd: () => cwd, env: { ...gitEnvironment, ML_DASH_LINT_TODAY: '2026-11-26' }, stdout: { write }, stderr: { write: writeError }, readStdin: () => readFile(resolve(cwd, input ?? ''), 'utf8') })
    const lines = printed.split(/(?<=\n)/)
    const kept = most !== undefined ? lines.slice(0, Number(most)) : word !== undefined ? lines.filter((line) => line.includes(word)) : lines
    return errors + kept.join('')
  }
}
