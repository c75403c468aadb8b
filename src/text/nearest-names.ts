import { editsAllowed, kindWords, spellingLikeness, wordFrom, wordLikeness, wordsOf, type Word } from './word-likeness.js'

/**
 * The candidates that `name` was probably meant to be, best first, at most `limit`: misspelt, renamed, with words
 * added, dropped, swapped or replaced. None where nothing is near enough: a wrong suggestion is worse than none.
 */
export function nearestNames(name: string, candidates: readonly string[], limit: number): string[] {
  return rankedNames(name, candidates, limit).map((item) => item.name)
}

/** The one that is nearest; none where another is as near, and the guess would be one among equals. */
export function nearestName(name: string, candidates: readonly string[]): string | undefined {
  const [best, next] = rankedNames(name, candidates, 2)
  return best?.score === next?.score ? undefined : best?.name
}

/** As `nearestNames`, each with how near it is: from 0.6 to 1.1, higher is nearer. */
export function rankedNames(name: string, candidates: readonly string[], limit: number): { readonly name: string; readonly score: number }[] {
  const index = indexOf(candidates)
  const asked = wordsOf(name)
  const weights = asked.map((word) => weightOf(word, index))
  const askedWeight = sum(weights)
  const alike = asked.map((word) => likenessOf(word, index))
  const likeness = alike.map(({ row }) => row)
  const most = mostSharedWeights(asked, alike, weights, askedWeight, index)
  const letters = lettersOf(name)

  const found: { name: string; score: number; spelling: number }[] = []
  for (const [position, candidate] of index.names.entries()) {
    if (candidate.name === name) continue
    const spelling =
      mayBeSpeltAlike(name, letters, candidate) && !hasWordReplaced(likeness, candidate)
        ? spellingLikeness(name, candidate.name)
        : 0
    const mayMeanAlike = most[position]! > 0 && (spelling > 0 || 2 * most[position]! >= leastScore * (askedWeight + candidate.weight))
    const shared = mayMeanAlike ? sharedWeight(likeness, weights, candidate) : 0
    if (shared === 0 && spelling === 0) continue
    let meaning = shared === 0 ? 0 : (2 * shared) / (askedWeight + candidate.weight)
    if (!sharesFirstWord(likeness, candidate)) meaning *= otherNamespace
    const score = Math.max(spelling, meaning)
    if (score >= leastScore) found.push({ name: candidate.name, score: score + 0.1 * Math.min(spelling, meaning), spelling })
  }
  found.sort((a, b) => b.score - a.score || b.spelling - a.spelling || (a.name < b.name ? -1 : 1))
  const best = found[0]?.score ?? 0
  return found
    .filter(({ score }) => score >= best - widestGap)
    .slice(0, limit)
}

const leastScore = 0.6
const leastWordLikeness = 0.6
/** A candidate that is this much worse than the best is noise beside it. */
const widestGap = 0.15
/** `node_cpu_seconds_total` and `process_cpu_seconds_total` are told apart by their first words. */
const otherNamespace = 0.75

interface Candidate {
  readonly name: string
  /** The candidate's words, as positions in the index's list. */
  readonly words: readonly number[]
  readonly weights: readonly number[]
  readonly weight: number
  readonly letters: number
}

interface Index {
  readonly words: readonly Word[]
  readonly names: readonly Candidate[]
  /** Words that more than half of the candidates have. */
  readonly common: ReadonlySet<string>
  /** How alike each of `words` is to a word that was asked for: names that are asked for share most of theirs. */
  readonly likeness: Map<string, Likeness>
  /** For each of `words` the positions in `names` of those that have it. */
  readonly having: readonly (readonly number[])[]
}

interface Likeness {
  /** How alike each word of the index is; 0 for most. */
  readonly row: readonly number[]
  /** The positions of those that are alike. */
  readonly near: readonly number[]
}

/** One list (all series of a registry) is asked about many names. */
const indexes = new WeakMap<readonly string[], Index>()

function indexOf(candidates: readonly string[]): Index {
  const known = indexes.get(candidates)
  if (known?.names.length === candidates.length) return known
  const frequency = new Map<string, number>()
  const split = candidates.map(wordsOf)
  for (const words of split) for (const word of new Set(words)) frequency.set(word, (frequency.get(word) ?? 0) + 1)
  const words = [...frequency.keys()]
  const numbers = new Map(words.map((word, i) => [word, i]))
  const isCommon = (word: string) => candidates.length >= 4 && frequency.get(word)! > candidates.length / 2
  const vocabulary = { words: words.map(wordFrom), common: new Set(words.filter(isCommon)), likeness: new Map<string, Likeness>() }
  const names = candidates.map((name, i) => {
    const weights = split[i]!.map((word) => weightOf(word, vocabulary))
    return { name, words: split[i]!.map((word) => numbers.get(word)!), weights, weight: sum(weights), letters: lettersOf(name) }
  })
  const having = words.map((): number[] => [])
  for (const [position, name] of names.entries()) for (const word of new Set(name.words)) having[word]!.push(position)
  const index = { ...vocabulary, names, having }
  indexes.set(candidates, index)
  return index
}

function likenessOf(word: string, { words, likeness }: Index): Likeness {
  const known = likeness.get(word)
  if (known) return known
  const asked = wordFrom(word)
  const row = words.map((other) => atLeast(leastWordLikeness, wordLikeness(asked, other)))
  const found = { row, near: row.flatMap((value, position) => (value > 0 ? [position] : [])) }
  likeness.set(word, found)
  return found
}

/**
 * For each candidate the weight of words that it shares at most; 0 where it shares none that could make it near in
 * meaning. Words for kinds and units are in thousands of names: where they could not be enough by themselves, they are
 * not looked up, and may all be shared.
 */
function mostSharedWeights(asked: readonly string[], alike: readonly Likeness[], weights: readonly number[], askedWeight: number, index: Index): Float64Array {
  const ofKinds = sum(weights.filter((_, i) => kindWords.has(asked[i]!)))
  const kindsSuffice = (2 * ofKinds) / (askedWeight + ofKinds) >= leastScore
  // What rounding may take away.
  const unseen = (kindsSuffice ? 0 : ofKinds) + 1e-9
  const most = new Float64Array(index.names.length)
  for (const [i, { row, near }] of alike.entries()) {
    if (!kindsSuffice && kindWords.has(asked[i]!)) continue
    for (const word of near) {
      const weight = row[word]! * weights[i]!
      for (const position of index.having[word]!) most[position] = (most[position]! || unseen) + weight
    }
  }
  return most
}

/** What a word says about which name is meant: little, where it is one that most names have. */
function weightOf(word: string, { common }: Pick<Index, 'common'>): number {
  if (kindWords.has(word)) return 0.4
  return common.has(word) ? 0.5 : 1
}

/** The weight of the words that both names have, each word counted once, the most alike first. */
function sharedWeight(likeness: readonly (readonly number[])[], weights: readonly number[], candidate: Candidate): number {
  let shared = 0
  let taken = 0
  for (const [i, row] of likeness.entries()) {
    let best = 0
    let bestAt = -1
    for (const [j, word] of candidate.words.entries()) {
      if (row[word]! > best && !(taken & (1 << j))) {
        best = row[word]!
        bestAt = j
      }
    }
    if (bestAt < 0) continue
    taken |= 1 << bestAt
    shared += best * Math.min(weights[i]!, candidate.weights[bestAt]!)
  }
  return shared
}

/** Whether the first word of either name is somewhere in the other. */
function sharesFirstWord(likeness: readonly (readonly number[])[], candidate: Candidate): boolean {
  const first = candidate.words[0]
  if (first === undefined) return false
  return candidate.words.some((word) => (likeness[0]?.[word] ?? 0) > 0) || likeness.some((row) => row[first]! > 0)
}

/** Whether the names have words in the same places, one of which is another: few edits, but no misspelling. */
function hasWordReplaced(likeness: readonly (readonly number[])[], candidate: Candidate): boolean {
  return likeness.length === candidate.words.length && likeness.some((row, i) => row[candidate.words[i]!] === 0)
}

/** Each letter, and the digits together, as one bit. */
function lettersOf(name: string): number {
  let bits = 0
  for (let i = 0; i < name.length; i++) {
    const code = name.charCodeAt(i) | 0x20
    bits |= 1 << (code >= 97 && code <= 122 ? code - 97 : 26)
  }
  return bits
}

/** Rules out most pairs before their edit distance is worked out: each edit changes at most two letters of the set. */
function mayBeSpeltAlike(name: string, letters: number, candidate: Candidate): boolean {
  const length = Math.max(name.length, candidate.name.length)
  const edits = editsAllowed(length)
  if (Math.abs(name.length - candidate.name.length) > edits) return false
  let different = letters ^ candidate.letters
  let count = 0
  while (different !== 0 && count <= 2 * edits) {
    different &= different - 1
    count++
  }
  return count <= 2 * edits
}

function atLeast(least: number, value: number): number {
  return value >= least ? value : 0
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}
