import * as python from './python/sources/questions.js'
import type { QuestionMaker } from './question.js'
import type { Question } from './types.js'
import * as typescript from './typescript/sources/questions.js'

const makers = new Map<string, QuestionMaker<unknown>>(
  [...Object.values(typescript), ...Object.values(python)].map((maker) => [maker.questionName, maker]),
)

/** The question of a name and parameters that an extractor asked in an earlier run; `undefined` when none asks it any more. */
export function questionOf(name: string, parameters: readonly string[]): Question<unknown> | undefined {
  return makers.get(name)?.(parameters)
}
