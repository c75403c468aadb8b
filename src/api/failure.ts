import type { Diagnostic } from '../lint/diagnostic.js'
import type { RuleFailure } from '../lint/failure.js'
import { isOwn } from '../lint/rule.js'
import { packageFile } from '../text/package-file.js'
import { describeError } from '../text/describe-error.js'

/** A rule that threw, as a finding of that rule: whoever reads the findings has to know that some may be missing. */
export function failureDiagnostic({ rule, error, place, count }: RuleFailure, cwd: string): Diagnostic {
  const what = describeError(error, isOwn(rule) ? packageFile('') : cwd)
  const elsewhere = count === 1 ? '' : `, and ${count === 2 ? 'once' : `${count - 1} times`} elsewhere`
  const whose = isOwn(rule) ? '. This is a bug of ours, please report it with the file that shows it' : ''
  return { rule: rule.name, severity: 'error', message: `This rule failed here${elsewhere}: ${what}${whose}`, place, data: {}, related: [], suggestions: [] }
}
