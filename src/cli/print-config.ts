import { effectiveConfig } from '../api/effective-config.js'
import type { LoadingOptions } from '../api/load.js'
import { visibleJson } from '../text/visible.js'
import { complain } from './input.js'
import { emit } from './output.js'
import { exitCodes, surroundingsOf, type Terminal } from './terminal.js'

/** `--print-config FILE`: the configuration as it is there, as one could write it. */
export async function showConfig(file: string, options: LoadingOptions & { readonly output?: string }, terminal: Terminal): Promise<number> {
  const found = await effectiveConfig(file, options, surroundingsOf(terminal))
  if (found.kind === 'wrong-configuration') {
    for (const { place, message } of found.diagnostics) complain(place.source, [{ message, span: place.span }], terminal)
    return exitCodes.usage
  }
  if (found.kind === 'no-such-file') {
    terminal.stderr.write(`ml-dash-lint: no such file or folder: ${file}\n`)
    return exitCodes.usage
  }
  return (await emit(visibleJson(`${JSON.stringify(found.config, null, 2)}\n`), options.output, terminal)) ?? exitCodes.clean
}
