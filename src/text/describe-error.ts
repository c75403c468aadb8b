import { pathToFileURL } from 'node:url'

/**
 * What was thrown, on one line, with the innermost place in the code below a folder (absolute) that is not this
 * package, installed there: without absolute paths.
 */
export function describeError(error: unknown, folder: string): string {
  if (!(error instanceof Error)) return String(error)
  const root = folder.replace(/[/\\]$/, '')
  const relative = (text: string) => text.replaceAll(`${pathToFileURL(root).href}/`, '').replaceAll(`${root}/`, '')
  const [line = ''] = relative(error.message).split('\n')
  const frame = relative(error.stack ?? '').split('\n').map((one) => /^\s+at (?:.*\()?([^()\s]+:\d+:\d+)\)?$/.exec(one)?.[1])
    .find((place) => place !== undefined && !/^(?:\/|file:|node:|[A-Za-z]:\\)/.test(place) && !place.startsWith('node_modules/ml-dash-lint/'))
  return `${error.name}: ${line}${frame === undefined ? '' : ` (${frame})`}`
}
