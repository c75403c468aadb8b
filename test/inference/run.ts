import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Evaluated } from './judge.js'
import { startWithWorld, type Server } from './prometheus.js'
import { generatedQuery } from './queries.js'
import { randomFrom, type Random } from './random.js'
import { instants } from './world.js'

export interface Asked {
  readonly evaluated: readonly Evaluated[]
  /** Queries that Prometheus refuses: most because series of one side have several partners. */
  readonly refused: number
}

/** Asks Prometheus random queries, some at a time. */
export async function ask(server: Server, random: Random, count: number): Promise<Asked> {
  const evaluated: Evaluated[] = []
  let refused = 0
  let left = count
  const worker = async () => {
    while (left > 0) {
      left--
      const { text, asked } = generatedQuery(random)
      const answers = await Promise.all(instants.map((time) => server.ask(asked, time)))
      if (answers.includes(undefined)) refused++
      else evaluated.push({ text, asked, answers: answers.filter((answer) => answer !== undefined) })
    }
  }
  await Promise.all(Array.from({ length: 6 }, worker))
  return { evaluated, refused }
}

/** Runs something with a Prometheus over the world, in a folder of its own. */
export async function withServer<T>(use: (server: Server) => Promise<T>): Promise<T> {
  const directory = mkdtempSync(join(tmpdir(), 'ml-dash-lint-inference-'))
  const server = await startWithWorld(directory)
  try {
    return await use(server)
  } finally {
    await server.stop()
    rmSync(directory, { recursive: true, force: true })
  }
}

export { randomFrom }
