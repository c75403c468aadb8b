import type { Analysis } from './analysis.js'
import { readAnyProperty, readProperty } from './engine.js'
import type { Runs } from './facts.js'
import { forced, NOTHING, unknown, type DeferredAtom, type Value } from '../values/values.js'

/** How long a chain of work put off may get, in the characters of its key. */
const MAXIMUM_DEFERRED_KEY = 1000

/** A value that is worked out, once in each pass, when something asks what it is; `key` tells the work apart. */
export function deferred({ facts }: Analysis, key: string, work: () => Value): Value {
  if (key.length > MAXIMUM_DEFERRED_KEY) return tooLong()
  return [new Deferred(facts.runs, key, work)]
}

/** A property of something put off; `undefined` for the name: any property or item. */
export function deferredProperty(analysis: Analysis, whole: DeferredAtom, name: string | undefined): Value {
  const size = whole.size + (name === undefined ? 2 : name.length + 1)
  return size > MAXIMUM_DEFERRED_KEY ? tooLong() : [new DeferredProperty(analysis, analysis.facts.runs, whole, name, size)]
}

function tooLong(): Value {
  return unknown('it takes too many steps to tell')
}

class Deferred implements DeferredAtom {
  readonly kind = 'deferred'
  private result: Value | undefined = undefined

  constructor(private readonly runs: Runs, readonly key: string, private readonly work: () => Value) {}

  get size(): number {
    return this.key.length
  }

  force(): Value {
    return (this.result ??= workedOut(this.runs, this.key, this.work))
  }
}

/** There are very many of these, and few are ever asked for: each is small, and its key is put together when it is needed. */
class DeferredProperty implements DeferredAtom {
  readonly kind = 'deferred'
  private result: Value | undefined = undefined

  constructor(
    private readonly analysis: Analysis, private readonly runs: Runs, private readonly whole: DeferredAtom,
    private readonly name: string | undefined, readonly size: number,
  ) {}

  get key(): string {
    return `${this.whole.key}${this.name === undefined ? '[]' : `.${this.name}`}`
  }

  force(): Value {
    const { analysis, whole, name } = this
    return (this.result ??= workedOut(this.runs, this.key, () => {
      const value = whole.force()
      return name === undefined ? readAnyProperty(analysis, value) : readProperty(analysis, value, name)
    }))
  }
}

function workedOut({ workedOut: known }: Runs, key: string, work: () => Value): Value {
  const before = known.get(key)
  if (before) return before
  // Work that needs its own result finds nothing.
  known.set(key, NOTHING)
  const result = forced(work())
  known.set(key, result)
  return result
}
