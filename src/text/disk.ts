import { createHash } from 'node:crypto'
import {
  closeSync, lstatSync, openSync, readdirSync, readFileSync, readlinkSync, readSync, realpathSync, statSync, type BigIntStats, type Dirent,
} from 'node:fs'
import { isCacheEntry } from './cache-folder.js'
import type { FileTree } from './file-tree.js'

/** The disk, and what only it can tell. */
export interface Disk extends FileTree {
  readFolder(path: string): readonly Dirent[]
  /** Whether a name is taken, be it by a link that leads nowhere. */
  isThere(path: string): boolean
  isLink(path: string): boolean
  /** The path without links; throws as `realpathSync` does. */
  realPath(path: string): string
}

/**
 * The disk as it is now. All that a lint asks of it is asked here (ESLint sees to that), so that what a result rests on can
 * be noted, and asked again.
 */
export const disk: Disk = {
  readBytes: (path) => readFileSync(noted('content', path)),
  readText: (path) => readFileSync(noted('content', path), 'utf8'),
  readStart(path, length) {
    const file = openSync(noted('content', path), 'r')
    try {
      const bytes = Buffer.alloc(length)
      return bytes.subarray(0, readSync(file, bytes, 0, length, 0))
    } finally {
      closeSync(file)
    }
  },
  readFolder: (path) => readdirSync(noted('names', path), { withFileTypes: true }),
  stat: (path) => statSync(noted('size', path)),
  isThere: (path) => isTaken(noted('name', path)),
  isLink: (path) => lstatSync(noted('link', path), { throwIfNoEntry: false })?.isSymbolicLink() === true,
  realPath: (path) => realpathSync(noted('way', path)),
}

/** What has been asked of the disk, each question once, with what would be another answer another time. */
export interface Looks {
  readonly answers: ReadonlyMap<string, string>
  /** When the newest of what was read had changed last, in milliseconds since 1970. */
  readonly newest: number
  /** Whether nothing was asked anywhere else. */
  readonly isWhole: boolean
}

interface NotedLooks extends Looks {
  readonly answers: Map<string, string>
  newest: number
  isWhole: boolean
}

let looks: NotedLooks | undefined

/** Notes from now on what is asked of the disk. A process has one disk, and notes one run. */
export function noteLooks(): Looks {
  looks = { answers: new Map(), newest: 0, isWhole: true }
  return looks
}

/** To be called by whatever asks the disk, or anybody else, past `disk`: what it is told cannot be asked again. */
export function lookElsewhere(): void {
  if (looks) looks.isWhole = false
}

/** Whether questions have the answers now that they had. */
export function haveSameAnswers(answers: Iterable<readonly [string, string]>): boolean {
  for (const [question, answer] of answers) {
    const kind = question.slice(0, question.indexOf(' '))
    if (!isQuestion(kind) || QUESTIONS[kind](question.slice(kind.length + 1)) !== answer) return false
  }
  return true
}

/** Notes a question before it is asked: what changes meanwhile has another answer later. */
function noted(kind: Question, path: string): string {
  const question = `${kind} ${path}`
  if (looks !== undefined && !looks.answers.has(question)) looks.answers.set(question, QUESTIONS[kind](path))
  return path
}

type Question = 'content' | 'names' | 'size' | 'name' | 'link' | 'way'

function isQuestion(kind: string): kind is Question {
  return Object.hasOwn(QUESTIONS, kind)
}

const QUESTIONS: Readonly<Record<Question, (path: string) => string>> = {
  content: (path) => answered(() => {
    const own = lstatSync(path, { bigint: true })
    return own.isSymbolicLink() ? `${stateOf(own)} ${readlinkSync(path)} ${stateOf(statSync(path, { bigint: true }))}` : stateOf(own)
  }),
  names: (path) => answered(() => {
    const hash = createHash('sha256')
    const entries = readdirSync(path, { withFileTypes: true }).filter(({ name }) => !isCacheEntry(name))
    for (const entry of entries) hash.update(`${kindOf(entry)}${entry.name}/`)
    return hash.digest('base64')
  }),
  size: (path) => answered(() => {
    const entry = statSync(path)
    return entry.isDirectory() ? 'folder' : `${entry.size}`
  }),
  name: (path) => `${isTaken(path)}`,
  link: (path) => `${lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true}`,
  way: (path) => answered(() => realpathSync(path)),
}

/** What git's index compares too (racy-git.adoc), with nanoseconds. */
function stateOf({ dev, ino, mode, size, mtimeNs, ctimeNs }: BigIntStats): string {
  if (looks) looks.newest = Math.max(looks.newest, Number(mtimeNs / 1_000_000n), Number(ctimeNs / 1_000_000n))
  return `${dev} ${ino} ${mode} ${size} ${mtimeNs} ${ctimeNs}`
}

function kindOf(entry: Dirent): string {
  return entry.isFile() ? 'f' : entry.isDirectory() ? 'd' : entry.isSymbolicLink() ? 'l' : 'o'
}

function answered(ask: () => string): string {
  try {
    return ask()
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? 'unknown'
  }
}

function isTaken(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined
}
