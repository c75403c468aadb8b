import { statSync } from 'node:fs'
import { resolve } from 'node:path'
import { listRules } from '../api/rules.js'
import { columnsOf } from '../text/columns.js'
import { visibleJson } from '../text/visible.js'
import { complain } from './input.js'
import { emit } from './output.js'
import { exitCodes, surroundingsOf, visibleLines, type Terminal } from './terminal.js'
import { wrapped } from './wrapped.js'

/** `rules`: lists them as the configuration has them. */
export async function showRules({ config, format, output }: { readonly config?: string; readonly format: string; readonly output?: string }, terminal: Terminal): Promise<number> {
  const list = await listRules({ paths: [], ...(config !== undefined && { config }) }, surroundingsOf(terminal))
  if (list.kind === 'wrong-configuration') {
    for (const { place, message } of list.diagnostics) complain(place.source, [{ message, span: place.span }], terminal)
    return exitCodes.usage
  }
  if (format === 'json') return (await emit(visibleJson(`${JSON.stringify(list.rules, null, 2)}\n`), output, terminal)) ?? exitCodes.clean
  // A folder of rule files is often called so, and was meant once.
  if (statSync(resolve(terminal.cwd(), 'rules'), { throwIfNoEntry: false })) {
    terminal.stderr.write('ml-dash-lint: these are the rules of the linter. To lint what is called "rules" here, write ./rules\n')
  }
  const width = Math.max(...list.rules.map(({ name }) => columnsOf(name)))
  const column = width + 2 + 'warning'.length + 2
  const lines = list.rules.map(({ name, severity, summary }) => {
    const [first = '', ...rest] = wrapped(summary, Math.max(40, (terminal.stdout.columns ?? Infinity) - column))
    return [`${name.padEnd(width)}  ${severity.padEnd('warning'.length)}  ${first}`, ...rest.map((line) => ' '.repeat(column) + line)].join('\n')
  })
  return (await emit(visibleLines(`${lines.join('\n')}\n`), output, terminal)) ?? exitCodes.clean
}
