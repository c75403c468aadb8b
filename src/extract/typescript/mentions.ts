import type { Analysis } from './program.js'
import { anyOf } from './words.js'

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
  const { holderNames, facts, walked } = analysis
  const mentions = new Map<string, Mention[]>()
  // What a call or a computed property gives is known in the files that are read whole.
  let unnamedRecording = facts.unattributed.has('')
  if (holderNames.size > 0) {
    const uses = usesOf(holderNames)
    for (const path of sources) {
      const text = analysis.tree.read(path)?.text ?? ''
      noteMentions(path, text, uses)
      unnamedRecording ||= !walked.has(path) && UNNAMED_RECORDING.test(text)
    }
  }
  return { of: mentionsOf, unnamedRecording }

  function mentionsOf(name: string, metric: string): Mentions {
    const all = (mentions.get(name) ?? []).map((mention) => ({ ...mention, read: facts.readMembers.get(mention.path)?.get(mention.offset) }))
    const notThis = all.filter(({ read }) => read?.metrics.has(metric) !== true)
    return {
      unread: notThis.some(({ read }) => !(read?.certain === true && read.metrics.size === 0)),
      unreadRecording: notThis.some(({ read, records }) => records && read?.certain !== true),
    }
  }

  function noteMentions(path: string, text: string, uses: RegExp): void {
    for (const { 0: found, index, groups } of text.matchAll(uses)) {
      const { before, name } = groups as { before: string; name: string }
      const isKey = before.startsWith('[')
      const rest = text.slice(index + found.length, index + found.length + 200)
      const after = isKey ? AFTER_KEY.exec(rest)?.[1] : rest
      if (after === undefined || ASSIGNED.test(after)) continue
      const records = RECORDS.test(after)
      // What is done with a variable is known in the files that are read whole.
      if (before === '' && (!records || walked.has(path))) continue
      const mention = { path, offset: index + before.length - (isKey ? 1 : 0), records }
      const known = mentions.get(name)
      if (known) known.push(mention)
      else mentions.set(name, [mention])
    }
  }
}

interface Mention {
  readonly path: string
  /** Where the property's name stands, as in `Facts.readMembers`. */
  readonly offset: number
  /** A method that records is called on it. */
  readonly records: boolean
}

/** `.name`, `['name']` and `name` alone, as where it has been taken from an object. */
function usesOf(names: ReadonlySet<string>): RegExp {
  return new RegExp(`(?<before>\\.|\\[\\s*['"\`]|(?<![\\w$.#]))(?<name>${anyOf(names)})(?![\\w$])`, 'g')
}

/** By methods that hardly anything but metrics has. */
const UNNAMED_RECORDING = /[\])]\s*[!?]?\.\s*(?:inc|dec|startTimer)\s*\(/

const AFTER_KEY = /^['"`]\s*\](.*)/s
const ASSIGNED = /^\s*=[^=>]/
const RECORDS = /^\s*[!?]?\s*(\.\s*labels\s*\(|(\[[^\]\n]*\]\s*)?\.\s*(inc|dec|set|observe|startTimer|setToCurrentTime|zero|add|record)\s*\()/
