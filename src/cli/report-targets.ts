import { InvalidArgumentError } from 'commander'
import { resolve } from 'node:path'
import { formatterNames } from '../report/index.js'
import { nearestNames } from '../text/nearest-names.js'

/** A report that is asked for: its format, and the file that it goes to; the terminal where there is none. */
export interface ReportTarget {
  readonly format: string
  readonly file?: string
}

/** Collects `--format FORMAT` and `--format FORMAT=FILE`. Throws what commander tells as a wrong argument. */
export function reportTarget(text: string, earlier: readonly ReportTarget[] = []): ReportTarget[] {
  const [, format = text, file] = /^([^=]*)=(.*)$/s.exec(text) ?? []
  if (!formatterNames.includes(format)) {
    const [nearest] = nearestNames(format, formatterNames, 1)
    throw new InvalidArgumentError(`Allowed choices are ${formatterNames.join(', ')}.${nearest === undefined ? '' : `\n(Did you mean ${nearest}?)`}`)
  }
  if (file === '') throw new InvalidArgumentError('It names no file after "=".')
  return [...earlier, { format, ...(file !== undefined && { file }) }]
}

/** Where each report goes; a sentence where that cannot be done: two to one place, or a file for none. */
export function reportTargets(asked: readonly ReportTarget[] | undefined, output: string | undefined, cwd: string): readonly ReportTarget[] | string {
  const formats = asked ?? [{ format: formatterNames[0]! }]
  const bare = formats.filter(({ file }) => file === undefined).map(({ format }) => format)
  if (bare.length > 1) return `only one report can go to ${output === undefined ? 'the terminal' : output}, not ${bare.join(' and ')}: write --format ${bare[0]!}=FILE`
  if (bare.length === 0 && output !== undefined) return `--output ${output} has no report: each --format names a file of its own`
  const targets = formats.map(({ format, file = output }): ReportTarget => ({ format, ...(file !== undefined && { file }) }))
  const files = targets.flatMap(({ file }) => (file === undefined ? [] : [file]))
  const twice = files.find((file, i) => files.findIndex((other) => resolve(cwd, other) === resolve(cwd, file)) < i)
  return twice === undefined ? targets : `two reports would go to ${twice}`
}
