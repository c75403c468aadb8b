import type { TemplateProblem } from '../prometheus/template/check.js'
import { isMisspelling } from '../text/misspelling.js'
import { nearestNames } from '../text/nearest-names.js'

/** The names that a template may use. */
export interface TemplateNames {
  readonly functions: readonly string[]
  readonly variables: readonly string[]
}

/** The function or variable that was probably meant, where one is not known, and whether it can be nothing else. */
export function nameMeant({ kind, message, span: { start, end } }: TemplateProblem, text: string, { functions, variables }: TemplateNames): { readonly name: string; readonly isSure: boolean } | undefined {
  const names = kind !== 'syntax' ? [] : message.startsWith('function ') ? functions : message.startsWith('undefined variable ') ? variables : []
  const written = text.slice(start, end)
  const [name] = nearestNames(written, names, 1)
  return name === undefined ? undefined : { name, isSure: isMisspelling(written, name, names, () => false) }
}
