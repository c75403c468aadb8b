import { groupedBy } from '../../../text/grouped-by.js'
import type { Analysis } from '../engine/analysis.js'
import type { MemberRead } from '../engine/facts.js'
import { usesOfNames } from '../sources/questions.js'
import { usesFinder } from '../sources/uses.js'

/** What the text of the workspace says about the uses of a name that holds a metric. */
export interface Mentions {
  /** `.name.inc(…)` and the like stands somewhere that the evaluator could not follow. */
  readonly unreadRecording: boolean
  /** `.name` stands somewhere that the evaluator could not follow, or has followed to another metric of that name. */
  readonly unread: boolean
}

export interface WorkspaceMentions {
  /** Looks up the uses of a name that may be uses of a metric. */
  of(name: string, metric: string): Mentions
  /** Something that has no name is recorded, which may be any metric: `of(kind).inc()`. */
  readonly unnamedRecording: boolean
}

/**
 * A second look at the uses of metrics, over the text of all sources: a receiver whose type cannot be told may be the
 * object that holds a metric. Only what the evaluator has read counts as known.
 */
export function mentionsIn(analysis: Analysis, sources: readonly string[]): WorkspaceMentions {
  const { facts, code: { walked, modules, tree } } = analysis
  const holderNames = [...analysis.names.holders].sort()
  const found: Mention[] = []
  // What a call or a computed property gives is known in the files that are read whole.
  let unnamedRecording = facts.metrics.unattributed.has('')
  if (holderNames.length > 0) {
    const question = usesOfNames(holderNames)
    const usesIn = usesFinder(holderNames)
    for (const path of sources) {
      const text = modules.get(path)?.source.text
      if (text !== undefined) {
        // What is done with a variable is known in the files that are read whole.
        for (const use of usesIn(text)) if (!use.isBare || (use.records && !walked.has(path))) found.push({ ...use, path })
      }
      if (walked.has(path)) continue
      const { used, recorded, recordsUnnamed } = tree.ask(path, question)
      unnamedRecording ||= recordsUnnamed
      if (text === undefined) for (const name of used) found.push({ name, path, offset: undefined, records: recorded.includes(name) })
    }
  }
  const mentions = groupedBy(found, ({ name }) => name)
  return { of: mentionsOf, unnamedRecording }

  function mentionsOf(name: string, metric: string): Mentions {
    const all = (mentions.get(name) ?? []).map((mention) => ({ ...mention, read: readAt(mention) }))
    const notThis = all.filter(({ read }) => read?.metrics.has(metric) !== true)
    return {
      unread: notThis.some(({ read }) => !(read?.certain === true && read.metrics.size === 0)),
      unreadRecording: notThis.some(({ read, records }) => records && read?.certain !== true),
    }
  }

  function readAt({ path, offset }: Mention): MemberRead | undefined {
    return offset === undefined ? undefined : facts.metrics.readMembers.get(path)?.get(offset)
  }
}

interface Mention {
  readonly name: string
  readonly path: string
  /** Where the property's name stands, as in `Facts.readMembers`; of a file that is not parsed, nowhere. */
  readonly offset: number | undefined
  /** A method that records is called on it. */
  readonly records: boolean
}
