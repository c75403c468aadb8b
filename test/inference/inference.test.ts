import { describe, expect, test } from 'vitest'
import { coverage, rowsWithoutAnswer } from './coverage.js'
import { faults } from './faults.js'
import { judge, type Contradiction } from './judge.js'
import { missingPrograms } from './prometheus.js'
import { ask, randomFrom, withServer } from './run.js'
import { contracts, instants } from './world.js'

const missing = missingPrograms()
if (missing.length > 0) console.log(`skipped: ${missing.join(' and ')} not on the PATH; what is inferred is not held against Prometheus`)

const queries = Number(process.env['INFERENCE_QUERIES'] ?? 2000)
const seed = Number(process.env['INFERENCE_SEED'] ?? 1)
const batch = 20_000

describe.skipIf(missing.length > 0)('what is inferred', { timeout: 3_600_000 }, () => {
  test(`holds for what Prometheus answers to ${queries} random queries, and would not if a row of the table were false`, async () => {
    const all = contracts()
    const random = randomFrom(seed)
    const rows = new Map<string, number>()
    const contradictions: Contradiction[] = []
    // The faults need not be told over and over: each until it is noticed.
    const unnoticed = new Set(faults)
    const sum = { evaluations: 0, answered: 0, refused: 0, empty: 0, foretold: 0, constant: 0 }
    await withServer(async (server) => {
      for (let left = queries; left > 0; left -= batch) {
        const { evaluated, refused } = await ask(server, random, Math.min(left, batch))
        const verdicts = judge(evaluated, all)
        contradictions.push(...verdicts.contradictions.slice(0, 100))
        coverage(evaluated, rows)
        sum.evaluations += evaluated.length * instants.length
        sum.answered += evaluated.filter(({ answers }) => answers.some(({ series }) => series.length > 0)).length
        sum.refused += refused
        sum.empty += verdicts.empty
        sum.foretold += verdicts.foretold
        sum.constant += verdicts.constant
        for (const fault of [...unnoticed]) if (judge(evaluated, all, fault.rows, 1).contradictions.length > 0) unnoticed.delete(fault)
      }
    })
    console.log([
      `seed ${seed}: ${queries} queries, ${sum.refused} refused, ${sum.evaluations} evaluations, each over ${all.length} registries; ${sum.answered} queries answered`,
      `contradictions: ${contradictions.length}`,
      `empty: ${sum.empty}, foretold ${sum.foretold} (${((100 * sum.foretold) / sum.empty).toFixed(1)} %); constant operations: ${sum.constant}`,
      `rows with an answer: ${[...rows].sort(([, a], [, b]) => a - b).map(([row, count]) => `${row} ${count}`).join(', ')}`,
      `rows of the table without an answer (this Prometheus may not have them): ${rowsWithoutAnswer(rows).join(', ')}`,
    ].join('\n'))
    console.log(`faults noticed: ${faults.length - unnoticed.size} of ${faults.length}`)
    expect(contradictions.slice(0, 20)).toEqual([])
    // Few queries find most of the faults, many find all.
    expect([...unnoticed].slice(queries < batch ? faults.length / 3 : 0).map(({ name }) => name)).toEqual([])
  })
})
