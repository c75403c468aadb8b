import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { parse } from '../../src/promql/index.js'
import { sharedPath } from './shared.js'

interface Case {
  readonly input: string
  readonly valid: boolean
  readonly errors?: readonly { readonly start: number; readonly end: number; readonly message: string }[]
}

const path = sharedPath('conformance/promql.json')

describe.skipIf(!path)("Prometheus's own cases", () => {
  const cases = path ? (JSON.parse(readFileSync(path, 'utf8')) as Case[]) : []

  test('have its verdict', () => {
    const wrong = cases.filter(({ input, valid }) => (parse(input).errors.length === 0) !== valid)
    expect(wrong).toEqual([])
  })

  test('have its first error, at its place', () => {
    const refused = cases.filter(({ valid }) => !valid)
    const first = refused.map(({ input }) => ({ input, ...parse(input).errors[0] }))
    expect(first).toEqual(
      refused.map(({ input, errors }) => {
        const bytes = Buffer.from(input)
        const [{ start, end, message } = { start: NaN, end: NaN, message: '' }] = errors ?? []
        const offset = (byte: number) => bytes.subarray(0, byte).toString().length
        return { input, message, start: offset(start), end: offset(end) }
      }),
    )
  })
})
