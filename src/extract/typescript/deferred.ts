import type { Analysis } from './analysis.js'
import { forced, NOTHING, unknown, type Value } from './values.js'

/** How long a chain of work put off may get, in the characters of its key. */
const MAXIMUM_DEFERRED_KEY = 1000

/** A value that is worked out, once in each pass, when something asks what it is; `key` tells the work apart. */
export function deferred({ facts }: Analysis, key: string, work: () => Value): Value {
  if (key.length > MAXIMUM_DEFERRED_KEY) return unknown('it takes too many steps to tell')
  const { workedOut } = facts.runs
  const force = () => {
    const known = workedOut.get(key)
    if (known) return known
    // Work that needs its own result finds nothing.
    workedOut.set(key, NOTHING)
    const result = forced(work())
    workedOut.set(key, result)
    return result
  }
  return [{ kind: 'deferred', key, force }]
}
