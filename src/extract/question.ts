import type { Question, SourceTree } from './types.js'

/** Makes questions of one name, for some parameters. */
export interface QuestionMaker<Answer> {
  readonly questionName: string
  (parameters?: readonly string[]): Question<Answer>
}

/** @param prepare what is worked out from the parameters once, for all texts */
export function questionMaker<Answer>(
  questionName: string, prepare: (parameters: readonly string[]) => (text: string) => Answer,
): QuestionMaker<Answer> {
  const make = (parameters: readonly string[] = []): Question<Answer> => ({ name: questionName, parameters, answer: prepare(parameters) })
  return Object.assign(make, { questionName })
}

/** A tree that answers questions from the texts it reads. */
export function answering({ paths, read }: Pick<SourceTree, 'paths' | 'read'>): SourceTree {
  return { paths, read, ask: (path, question) => question.answer(read(path)?.text ?? '') }
}
