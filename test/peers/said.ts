import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { rows, type Row } from './played.js'

/** The checks of pint that do not run offline on one state of the files, and what they need (pint: docs/checks). */
export const needs: ReadonlyMap<string, string> = new Map([
  ...[
    'promql/rate', 'promql/counter', 'promql/series', 'promql/vector_matching', 'promql/features', 'promql/offset', 'promql/range_query (max)',
    'alerts/absent', 'alerts/external_labels', 'labels/conflict', 'rule/duplicate',
  ].map((check) => [check, 'only with a running Prometheus'] as const),
  ['rule/dependency (removed)', 'only when the change is linted that removes it'],
])

/** The rows that a program can be run on. */
export const runs = {
  pint: rows.filter(({ peer, check, files }) => peer === 'pint' && !needs.has(check) && 'rules.yml' in files),
  promtool: rows.filter(({ peer }) => peer === 'promtool'),
}

/** What pint says of a row's rules, told by severity, problem and check. */
export function pintOn({ files, pint }: Row): string[] {
  return inFolder(files, (cwd) => {
    writeFileSync(join(cwd, 'pint.hcl'), pint === undefined ? '' : `rule {\n${pint.replaceAll(/^/gm, '  ')}\n}\n`)
    spawnSync('pint', ['--config', 'pint.hcl', '--offline', '--no-color', '--show-duplicates', 'lint', '--min-severity', 'info', '--json', 'said.json', 'rules.yml'], { cwd })
    const said = JSON.parse(readFileSync(join(cwd, 'said.json'), 'utf8')) as { reporter: string; problem: string; severity: string }[]
    return [...new Set(said.map(({ reporter, problem, severity }) => `${severity}: ${problem} (${reporter})`))]
  })
}

/** What promtool says of a row's files or metrics, without the lines that say that it begins and ends. */
export function promtoolOn({ files, check, metrics }: Row): string[] {
  return inFolder(files, (cwd) => {
    const args = check === 'check rules' ? ['check', 'rules', 'rules.yml'] : check === 'check config' ? ['check', 'config', 'prometheus.yml'] : ['check', 'metrics']
    const { stdout, stderr } = spawnSync('promtool', args, { cwd, input: metrics ?? '', encoding: 'utf8' })
    return `${stdout}\n${stderr}`.split('\n').map((line) => line.trim().replaceAll(`${cwd}/`, '').replace(/^FAILED: ?/, '')).filter((line) => line !== '' && !/^(?:Checking |SUCCESS)/.test(line))
  })
}

/** The version of a program; `undefined` where it is not on the PATH. */
export function versionOf(program: 'pint' | 'promtool'): string | undefined {
  try {
    const said = execFileSync(program, program === 'pint' ? ['version'] : ['--version'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
    return /\d+\.\d+\.\d+(?:-[\w-]+)?/.exec(said)?.[0] ?? said.trim()
  } catch {
    return undefined
  }
}

function inFolder<Result>(files: Row['files'], run: (cwd: string) => Result): Result {
  const cwd = mkdtempSync(join(tmpdir(), 'ml-dash-lint-peer-'))
  try {
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(dirname(join(cwd, path)), { recursive: true })
      writeFileSync(join(cwd, path), typeof content === 'string' ? content : JSON.stringify(content, null, 2))
    }
    return run(cwd)
  } finally {
    rmSync(cwd, { recursive: true })
  }
}
