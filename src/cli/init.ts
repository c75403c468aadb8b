import { existsSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { lint } from '../api/lint.js'
import type { LoadingOptions } from '../api/load.js'
import { starterConfig } from '../api/starter-config.js'
import { configFileName, findConfig } from '../config/found.js'
import { rootsOf } from '../config/root.js'
import { summaryLines } from '../report/summary-line.js'
import { emit } from './output.js'
import { complainOf, exitCodes, surroundingsOf, type Terminal } from './terminal.js'

/** `init`: looks at the repository and writes a first configuration at its root; never over another. */
export async function init(options: Omit<LoadingOptions, 'config'>, terminal: Terminal): Promise<number> {
  const cwd = terminal.cwd()
  const [root = cwd] = rootsOf(cwd, ['.'])
  const there = findConfig(root, cwd)
  if (there !== undefined) {
    complainOf([`${there.document.source.path} configures this folder already; nothing was written`], terminal)
    return exitCodes.usage
  }
  const outcome = await lint({ ...options, paths: [] }, { ...surroundingsOf(terminal), cwd: root })
  if (outcome.kind === 'wrong-usage') complainOf(outcome.reasons, terminal)
  if (outcome.kind !== 'linted') return exitCodes.usage
  const { report, loaded: { workspace } } = outcome
  const schema = 'node_modules/ml-dash-lint/schemas/config.schema.json'
  const isInstalled = existsSync(join(root, schema))
  const file = relative(cwd, join(root, configFileName)).split(sep).join('/')
  const failed = await emit(starterConfig({ workspace, report, ...(isInstalled && { schema: `./${schema}` }) }), file, terminal)
  if (failed !== undefined) return failed
  const problems = report.summary.errors + report.summary.warnings
  const command = isInstalled ? 'npx ml-dash-lint' : 'ml-dash-lint'
  const next = problems === 0
    ? [`  ${command}    on each commit and in CI`]
    : [
        `  ${command}                      ${problems === 1 ? 'shows the problem' : `shows the ${problems} problems`}`,
        `  ${command} --update-baseline    accepts them, so that later runs report what is new`,
      ]
  terminal.stdout.write([...summaryLines(report), '', `Wrote ${file}. Next:`, ...next, ''].join('\n'))
  return exitCodes.clean
}
