import { existsSync, readFileSync } from 'node:fs'
import { basename, dirname, resolve } from 'node:path'
import { disk } from '../text/disk.js'
import type { FileTree, TreeEntry } from '../text/file-tree.js'
import type { Before, Changes, NotKnown } from './changes.js'
import type { Git } from './run.js'

/** Whether what a path names is likely to be read, and how large it may be. */
export interface Expected {
  mayBeRead(absolute: string): boolean
  /** Bytes. */
  readonly maxFileSize: number
}

/** The files as they were before some changes: what did not change is read from the disk, what did from git. */
export interface TreeBefore {
  readonly tree: FileTree
  /** Absolute paths of what differs, sorted: what was only touched does not. */
  readonly different: readonly string[]
  /** By the absolute path that a file has now, the one that it had. */
  readonly moved: ReadonlyMap<string, string>
}

type Name = 'file' | 'folder' | 'link' | 'nothing'

/** What is expected to be read is fetched from git at once. */
export async function treeBefore(changes: readonly Changes[], expected: Expected): Promise<TreeBefore | NotKnown> {
  const was = new Map<string, Before | undefined>()
  const gitOf = new Map<string, Git>()
  const contents = new Map<string, Buffer>()
  const moved = new Map<string, string>()
  for (const { before, moved: own, git, commit } of changes) {
    const wanted = [...before].flatMap(([path, entry]) => entry && !entry.isLink && expected.mayBeRead(path) ? [{ path, object: entry.object }] : [])
    const sizes = await sizesOf(wanted.map(({ object }) => object), git)
    const missing = wanted.filter(({ object }) => !sizes.has(object))
    if (missing.length > 0) return { reason: notAtHand(missing[0]!.path, missing.length, commit, changes) }
    const fetched = await contentsOf(wanted.filter(({ object }) => sizes.get(object)! <= expected.maxFileSize).map(({ object }) => object), git)
    const large = await largeFiles(git)
    for (const [object, content] of fetched) contents.set(object, large(content))
    for (const [path, entry] of before) {
      if (entry !== undefined && isSame(path, contents.get(entry.object))) continue
      was.set(path, entry)
      gitOf.set(path, git)
    }
    for (const [now, then] of [...movedUnseen(was, contents), ...own]) if (was.get(then)?.isLink === false) moved.set(now, then)
  }
  const read = (path: string, object: string) => contents.get(object) ?? contentNow(object, gitOf.get(path)!)
  return { tree: treeOf(was, read), different: [...was.keys()].sort(), moved }
}

function notAtHand(path: string, count: number, commit: string, changes: readonly Changes[]): string {
  const { top } = changes.find(({ before }) => before.has(path))!
  const first = path.slice(top.length + 1)
  const files = count === 1 ? `the content of then of ${first} is` : `the contents of then of ${count} files are, such as that of ${first},`
  return `${files} not in this clone, which is a partial one: "git diff --numstat ${commit.slice(0, 12)}" fetches what is needed`
}

function isSame(path: string, before: Buffer | undefined): boolean {
  try {
    return before !== undefined && disk.stat(path).size === before.length && before.equals(disk.readBytes(path))
  } catch {
    return false
  }
}

/** Files that were moved and not changed, and that git does not know yet: it looks for moves among what is tracked. */
function movedUnseen(was: ReadonlyMap<string, Before | undefined>, contents: ReadonlyMap<string, Buffer>): [string, string][] {
  const gone = [...was].flatMap(([path, entry]) => {
    const content = entry && !existsSync(path) ? contents.get(entry.object) : undefined
    return content === undefined || content.length === 0 ? [] : [{ path, content }]
  })
  if (gone.length === 0) return []
  return [...was].flatMap(([path, entry]): [string, string][] => {
    const found = entry === undefined ? gone.find(({ content }) => isSame(path, content)) : undefined
    return found === undefined ? [] : [[path, found.path]]
  })
}

/** The sizes in bytes of the objects that are at hand (git-cat-file(1), "BATCH OUTPUT"). */
async function sizesOf(objects: readonly string[], git: Git): Promise<Map<string, number>> {
  if (objects.length === 0) return new Map()
  const { stdout } = await git.run(['cat-file', '--batch-check=%(objectname) %(objecttype) %(objectsize)'], objects.join('\n') + '\n')
  return new Map(stdout.toString().split('\n').flatMap((line): [string, number][] => {
    const [object = '', type, size] = line.split(' ')
    return type === 'blob' ? [[object, Number(size)]] : []
  }))
}

async function contentsOf(objects: readonly string[], git: Git): Promise<Map<string, Buffer>> {
  const contents = new Map<string, Buffer>()
  if (objects.length === 0) return contents
  const { stdout } = await git.run(['cat-file', '--batch'], [...new Set(objects)].join('\n') + '\n')
  for (let at = 0; at < stdout.length;) {
    const end = stdout.indexOf('\n', at)
    const [object = '', , size] = stdout.toString('latin1', at, end).split(' ')
    contents.set(object, stdout.subarray(end + 1, end + 1 + Number(size)))
    at = end + 1 + Number(size) + 1
  }
  return contents
}

function contentNow(object: string, git: Git): Buffer {
  const { code, stdout } = git.runNow(['cat-file', 'blob', object])
  if (code !== 0) throw absent(object)
  return stdout
}

/**
 * What Git LFS keeps in the place of a pointer, where it is at hand; elsewhere the pointer, which is what a checkout
 * without Git LFS has as well (git-lfs: docs/spec.md).
 */
async function largeFiles(git: Git): Promise<(content: Buffer) => Buffer> {
  const { stdout } = await git.run(['rev-parse', '--git-path', 'lfs/objects'])
  const folder = stdout.toString().replace(/\n$/, '')
  return (content) => {
    const [, id] = content.length > 1024 ? [] : /^version https:\/\/git-lfs\.github\.com\/spec\/v1\n(?:.*\n)*?oid sha256:([0-9a-f]{64})\n/.exec(content.toString('latin1')) ?? []
    if (id === undefined) return content
    try {
      return readFileSync(resolve(git.folder, folder, id.slice(0, 2), id.slice(2, 4), id))
    } catch {
      return content
    }
  }
}

/** The disk, but for some paths. */
function treeOf(was: ReadonlyMap<string, Before | undefined>, read: (path: string, object: string) => Buffer): FileTree {
  const folders = new Map<string, Map<string, Name>>()
  const put = (path: string, name: Name): Map<string, Name> => {
    const known = folders.get(dirname(path))
    const names = known ?? new Map<string, Name>()
    if (known === undefined) folders.set(dirname(path), names)
    names.set(basename(path), name)
    return names
  }
  for (const [path, entry] of was) if (entry === undefined) put(path, 'nothing')
  for (const [path, entry] of was) {
    if (entry === undefined) continue
    put(path, entry.isLink ? 'link' : 'file')
    // The folders above were there, whatever is there now.
    for (let folder = dirname(path); folder !== dirname(folder); folder = dirname(folder)) {
      const name = folders.get(dirname(folder))?.get(basename(folder))
      if (name === 'folder') break
      put(folder, 'folder')
    }
  }
  const nameOf = (path: string) => folders.get(dirname(path))?.get(basename(path))
  const content = (path: string): Buffer | undefined => {
    const name = nameOf(path)
    if (name === 'file') return read(path, was.get(path)!.object)
    if (name === 'nothing' || name === 'link') throw absent(path)
    return undefined
  }
  return {
    readBytes: (path) => content(path) ?? disk.readBytes(path),
    readText: (path) => content(path)?.toString() ?? disk.readText(path),
    readStart: (path, length) => content(path)?.subarray(0, length) ?? disk.readStart(path, length),
    stat(path) {
      const name = nameOf(path)
      if (name === 'folder') return { size: 0, isDirectory: () => true }
      const own = content(path)
      return own === undefined ? disk.stat(path) : { size: own.length, isDirectory: () => false }
    },
    readFolder(path) {
      const names = folders.get(path)
      if (names === undefined) return disk.readFolder(path)
      const here = nameOf(path) === 'folder' ? entriesOrNone(path) : disk.readFolder(path)
      const others = here.filter((entry) => {
        const name = names.get(entry.name)
        return name === undefined || (name === 'folder' && entry.isDirectory())
      })
      const isListed = new Set(others.map((entry) => entry.name))
      const then = [...names].filter(([name, kind]) => kind !== 'nothing' && !isListed.has(name)).map(([name, kind]): TreeEntry => (
        { name, isFile: () => kind === 'file', isDirectory: () => kind === 'folder' }
      ))
      return [...others, ...then]
    },
  }
}

/** A folder that was there may be gone, or a file may stand in its place. */
function entriesOrNone(path: string): readonly TreeEntry[] {
  try {
    return disk.readFolder(path)
  } catch {
    return []
  }
}

function absent(path: string): NodeJS.ErrnoException {
  return Object.assign(new Error(`there was no ${path}`), { code: 'ENOENT' })
}
