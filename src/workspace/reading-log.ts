import { createHash } from 'node:crypto'
import { questionOf } from '../extract/questions.js'
import type { Question, SourceTree } from '../extract/types.js'
import { fields, listOf, string, wholeNumber } from './checked-json.js'

/**
 * What an extraction has read: in a file that has changed since, all of it or no more than the answers to some questions.
 * Files are told by their position among the paths of the tree.
 */
export interface ReadingLog {
  /** The hash of each file's text. */
  readonly texts: readonly string[]
  /** Name and parameters of each question. */
  readonly questions: readonly (readonly [name: string, parameters: readonly string[]])[]
  /** The questions that each file was asked, with a hash of the answers; `null` for one that was read whole. */
  readonly files: readonly (Asked | null)[]
}

interface Asked {
  readonly questions: readonly number[]
  readonly answers: string
}

/** A tree that gives what another does, with a log of it. */
export function logged(tree: SourceTree): { readonly tree: SourceTree; log(texts: readonly string[]): ReadingLog } {
  const readWhole = new Set<string>()
  const numbers = new Map<Question<unknown>, number>()
  const answersOf = new Map<string, Map<number, unknown>>()

  function numberOf(question: Question<unknown>): number {
    const number = numbers.get(question) ?? numbers.size
    numbers.set(question, number)
    return number
  }

  function logOf(path: string): Asked | null {
    if (readWhole.has(path)) return null
    const answers = answersOf.get(path) ?? new Map<number, unknown>()
    return { questions: [...answers.keys()], answers: hashOf([...answers.values()]) }
  }

  return {
    tree: {
      paths: tree.paths,
      read(path) {
        readWhole.add(path)
        return tree.read(path)
      },
      ask<Answer>(path: string, question: Question<Answer>): Answer {
        let answers = answersOf.get(path)
        if (answers === undefined) answersOf.set(path, (answers = new Map<number, unknown>()))
        const number = numberOf(question)
        if (!answers.has(number)) answers.set(number, tree.ask(path, question))
        return answers.get(number) as Answer
      },
    },
    log: (texts) => ({
      texts,
      questions: [...numbers.keys()].map(({ name, parameters }) => [name, parameters]),
      files: tree.paths.map(logOf),
    }),
  }
}

/** Whether whoever has read what a log tells would read the same again: `texts` are the hashes now, `tree` the files now. */
export function stillHolds({ texts: before, questions, files }: ReadingLog, tree: SourceTree, texts: readonly string[]): boolean {
  if (before.length !== texts.length || files.length !== texts.length) return false
  const changed = texts.flatMap((text, index) => (text === before[index] ? [] : [index]))
  if (changed.some((index) => files[index] === null)) return false
  const restored = new Map<number, Question<unknown> | undefined>()
  return changed.every((index) => {
    const { questions: numbers, answers } = files[index]!
    const asked = numbers.map(questionNumbered).filter((question) => question !== undefined)
    return asked.length === numbers.length && hashOf(asked.map((question) => tree.ask(tree.paths[index]!, question))) === answers
  })

  function questionNumbered(number: number): Question<unknown> | undefined {
    const [name = '', parameters = []] = questions[number] ?? []
    if (!restored.has(number)) restored.set(number, questionOf(name, parameters))
    return restored.get(number)
  }
}

function hashOf(answers: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(answers)).digest('hex').slice(0, 16)
}

/** Reads a log from what `JSON.parse` made of it; throws `WrongShape` where it is none. */
export function readLog(value: unknown): ReadingLog {
  const from = fields(value, ['texts', 'questions', 'files'])
  return {
    texts: listOf(from['texts'], string),
    questions: listOf(from['questions'], (question) => {
      const [name, parameters] = listOf(question, (part) => part)
      return [string(name), listOf(parameters, string)] as const
    }),
    files: listOf(from['files'], (file) => {
      if (file === null) return null
      const asked = fields(file, ['questions', 'answers'])
      return { questions: listOf(asked['questions'], wholeNumber), answers: string(asked['answers']) }
    }),
  }
}
