import { patternProblem } from '../promql/regexp.js'
import type { DocumentPath } from '../text/document.js'
import { textOf } from '../text/value.js'
import { actionOf } from './config.js'
import type { ConfigProblem } from './config-problems.js'

type Model = Readonly<Record<string, unknown>>

const needTarget = ['replace', 'hashmod', 'lowercase', 'uppercase', 'keepequal', 'dropequal']

/**
 * What Prometheus refuses in one step of relabelling (Prometheus: model/relabel/relabel.go, Config.Validate). Names of
 * labels are let pass, because version 3 takes any.
 */
export function relabellingProblems(step: Model, path: DocumentPath): ConfigProblem[] {
  const action = actionOf(step)
  const at = (message: string, key?: string): ConfigProblem => ({ message, path: key === undefined ? path : [...path, key], ...(key !== undefined && { onKey: true }) })
  const given = (key: string, unless: unknown) => key in step && step[key] !== null && step[key] !== '' && step[key] !== unless
  const regexProblem = typeof step['regex'] === 'string' ? patternProblem(step['regex']) : undefined
  return [
    ...(needTarget.includes(action) && (step['target_label'] ?? '') === '' ? [at(`The action "${action}" needs a "target_label"`)] : []),
    ...(action === 'hashmod' && (step['modulus'] ?? 0) === 0 ? [at('The action "hashmod" needs a "modulus"')] : []),
    ...(action === 'labelmap' && step['replacement'] === '' ? [at('The action "labelmap" needs a "replacement" that names a label', 'replacement')] : []),
    ...(['lowercase', 'uppercase'].includes(action) && given('replacement', '$1') ? [at(`The action "${action}" takes no "replacement"`, 'replacement')] : []),
    ...(['keepequal', 'dropequal'].includes(action) ? surplus(['regex', 'modulus', 'separator', 'replacement'], '"source_labels" and "target_label"') : []),
    ...(['labeldrop', 'labelkeep'].includes(action) ? surplus(['source_labels', 'target_label', 'modulus', 'separator', 'replacement'], '"regex"') : []),
    ...(regexProblem === undefined ? [] : [{ message: `Prometheus cannot compile this pattern: ${regexProblem}`, path: [...path, 'regex'] }]),
  ]

  function surplus(keys: readonly string[], only: string): ConfigProblem[] {
    const [key] = keys.filter((one) => given(one, defaults[one]))
    return key === undefined ? [] : [at(`The action "${textOf(step['action']) ?? action}" takes ${only} and no "${key}"`, key)]
  }
}

/** What is as good as not given. */
const defaults: Readonly<Record<string, unknown>> = { separator: ';', replacement: '$1', modulus: 0 }
