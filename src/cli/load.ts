import { load, type WorkspaceRequest } from '../api/load.js'
import type { LoadedWorkspace } from '../workspace/load.js'
import { complain } from './input.js'
import { surroundingsOf, type Terminal } from './terminal.js'

/** Reads the configuration and the workspace; tells what is wrong and returns `undefined` where the configuration or a path is. */
export async function loadOrComplain(request: WorkspaceRequest, terminal: Terminal): Promise<LoadedWorkspace | undefined> {
  const loaded = await load(request, surroundingsOf(terminal))
  if (loaded.kind === 'wrong-configuration') {
    for (const { place, message } of loaded.diagnostics) complain(place.source, [{ message, span: place.span }], terminal)
    return undefined
  }
  for (const path of loaded.unmatched) terminal.stderr.write(`ml-dash-lint: no such file or folder: ${path}\n`)
  return loaded.unmatched.length > 0 ? undefined : loaded
}
