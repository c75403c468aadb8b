import type { Analysis } from './program.js'
import { wordsOf } from './reach.js'

/** What the text of the workspace says about the uses of a name that holds a metric. */
export interface Mentions {
  /** `.name.inc(…)` and the like stands somewhere that the evaluator could not follow. */
  readonly unreadRecording: boolean
  /** `.name` stands somewhere that the evaluator could not follow, or has followed to another metric of that name. */
  readonly unread: boolean
}

/** Looks up the uses of a name that may be uses of a metric. */
export type MentionsOf = (name: string, metric: string) => Mentions

/**
 * A second look at the uses of metrics, over the text of all sources: a receiver whose type cannot be told may be the
 * object that holds a metric. Only what the evaluator has read counts as known.
 */
export function mentionsIn(analysis: Analysis, sources: readonly string[]): MentionsOf {
  const files = new Map<string, string[]>()
  for (const path of sources) {
    for (const word of wordsOf(analysis.tree.read(path)?.text ?? '')) {
      if (!analysis.holderNames.has(word)) continue
      const known = files.get(word)
      if (known) known.push(path)
      else files.set(word, [path])
    }
  }
  const mentions = new Map<string, readonly Mention[]>()
  return (name, metric) => {
    let all = mentions.get(name)
    if (!all) mentions.set(name, (all = accessesTo(analysis, name, files.get(name) ?? [])))
    const { readMembers } = analysis.facts
    const isOthers = ({ place }: Mention) => readMembers.get(place)?.certain === true
    const isNoMetric = (mention: Mention) => isOthers(mention) && readMembers.get(mention.place)?.metrics.size === 0
    const notThis = all.filter(({ place }) => readMembers.get(place)?.metrics.has(metric) !== true)
    return {
      unread: notThis.some((mention) => !isNoMetric(mention)),
      unreadRecording: notThis.some((mention) => mention.records && !isOthers(mention)),
    }
  }
}

interface Mention {
  /** As in `Facts.readMembers`. */
  readonly place: string
  /** A method that records is called on it. */
  readonly records: boolean
}

const RECORDS = /^\s*[!?]?\s*(\.\s*labels\s*\(|(\[[^\]\n]*\]\s*)?\.\s*(inc|dec|set|observe|startTimer|setToCurrentTime|zero|add|record)\s*\()/

function accessesTo(analysis: Analysis, name: string, paths: readonly string[]): Mention[] {
  const access = new RegExp(`\\.(${name.replace(/[$#]/g, '\\$&')})(?![\\w$])(?!\\s*=[^=>])`, 'g')
  return paths.flatMap((path) => {
    const { text } = analysis.tree.read(path)!
    return [...text.matchAll(access)].map((match) => {
      const at = match.index + 1
      return { place: `${path}@${at}`, records: RECORDS.test(text.slice(at + name.length, at + name.length + 200)) }
    })
  })
}
