import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import ignore from 'ignore'
import { nearestNames } from '../text/nearest-names.js'
import { gitIn, NoGit, type Git, type Workplace } from './run.js'

/** What a path was before, where it was anything. */
export interface Before {
  /** The name of its content for git. */
  readonly object: string
  readonly isLink: boolean
}

/** What is not as it was. */
export interface Changes {
  /** Absolute path of the folder that git works in. */
  readonly top: string
  /** The commit that the rest of this is held against, in full. */
  readonly commit: string
  /** By absolute path: what each one was that is not so now; `undefined`: there was none. */
  readonly before: ReadonlyMap<string, Before | undefined>
  /** By the absolute path that a file has now, the one that it had. */
  readonly moved: ReadonlyMap<string, string>
  readonly git: Git
}

/** Why there is no telling, in a sentence without a full stop. */
export interface NotKnown {
  readonly reason: string
}

/**
 * What has changed in the repository that a folder lies in since it and `revision` went separate ways: what was
 * committed, what was not, and new files that are not ignored. What git keeps is read and nothing is checked out.
 * Submodules are as they are now. A file that the checkout leaves out (git-sparse-checkout(1)) is no change.
 */
export async function changesSince(revision: string, workplace: Workplace): Promise<Changes | NotKnown> {
  try {
    return await changes(revision, workplace)
  } catch (error) {
    if (error instanceof NoGit) return { reason: 'git tells what was there before, and there is no git to be run' }
    if (error instanceof GitFailed) return { reason: inWords(error.message) }
    throw error
  }
}

class GitFailed extends Error {}

async function changes(revision: string, workplace: Workplace): Promise<Changes | NotKnown> {
  const inside = await gitIn(workplace)
  const { code, stdout, stderr } = await inside.run(['rev-parse', '--show-cdup', '--is-shallow-repository'])
  if (code !== 0) return { reason: /not a git repository/.test(stderr) ? 'this folder is in no git repository' : inWords(stderr) }
  const [up = '', isShallow] = stdout.toString().split('\n')
  const top = resolve(workplace.folder, up)
  const git = await gitIn({ ...workplace, folder: top })
  const commit = await commonCommit(revision, git, isShallow === 'true')
  if (typeof commit !== 'string') return commit

  const [changed, untracked, isOutside] = await Promise.all([differing(commit, git), newFiles(git), leftOut(git, top)])
  const before = new Map<string, Before | undefined>()
  for (const { path, was } of changed) {
    const absolute = join(top, path)
    if (!isOutside(path) || existsSync(absolute)) before.set(absolute, was)
  }
  // What is not tracked any more, and was, has been told.
  for (const absolute of untracked.map((path) => join(top, path))) if (!before.has(absolute)) before.set(absolute, undefined)
  const pairs = changed.some(({ isHere, was }) => isHere && was === undefined) && changed.some(({ isHere }) => !isHere) ? await movedFiles(commit, git) : []
  return { top, commit, before, moved: new Map(pairs.map(([from, to]) => [join(top, to), join(top, from)])), git }
}

/** The commit where what is at hand and a revision went separate ways: what the other side got since is no change of ours. */
async function commonCommit(revision: string, git: Git, isShallow: boolean): Promise<string | NotKnown> {
  const found = await git.run(['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`])
  // No name of git's begins so (git-check-ref-format(1)), and an old git would take it for an option.
  if (revision.startsWith('-') || found.code !== 0) return { reason: `there is no commit of that name here${await hint(revision, git, isShallow)}` }
  const { code, stdout } = await git.run(['merge-base', oneLine(found.stdout), 'HEAD'])
  if (code === 0) return oneLine(stdout)
  return { reason: `what is checked out has no commit in common with it${isShallow ? `; ${ofShallow}` : ''}` }
}

const ofShallow = 'this clone is shallow: fetch more of its history ("git fetch --unshallow", or "fetch-depth: 0" of actions/checkout)'

async function hint(revision: string, git: Git, isShallow: boolean): Promise<string> {
  const { stdout } = await git.run(['for-each-ref', '--format=%(refname:short)'])
  const names = stdout.toString().split('\n').filter((name) => name !== '')
  const near = names.find((name) => name.endsWith(`/${revision}`)) ?? nearestNames(revision, names, 1)[0]
  if (near !== undefined) return `. Did you mean "${near}"?`
  return isShallow ? `; ${ofShallow}` : ': where it is a branch of a remote, "git fetch" brings it'
}

interface Difference {
  /** From the top of the repository, with `/`. */
  readonly path: string
  readonly isHere: boolean
  readonly was: Before | undefined
}

const noMode = '000000'
const linkMode = '120000'
const submoduleMode = '160000'
const options = ['--raw', '-z', '--no-ext-diff', '--no-textconv', '--ignore-submodules=all']

/** What is tracked and differs from a commit (git-diff-index(1), "RAW OUTPUT FORMAT"); also what was only touched. */
async function differing(commit: string, git: Git): Promise<Difference[]> {
  const { code, stdout, stderr } = await git.run(['diff-index', ...options, '--no-renames', commit])
  if (code !== 0) throw new GitFailed(stderr)
  const fields = stdout.toString().split('\0')
  const found: Difference[] = []
  for (let i = 0; i + 1 < fields.length; i += 2) {
    const [oldMode = '', newMode, object = ''] = fields[i]!.slice(1).split(' ')
    if (oldMode === submoduleMode || newMode === submoduleMode) continue
    found.push({ path: fields[i + 1]!, isHere: newMode !== noMode, was: oldMode === noMode ? undefined : { object, isLink: oldMode === linkMode } })
  }
  return found
}

/** Old and new path of each file that was moved and not changed much. */
async function movedFiles(commit: string, git: Git): Promise<(readonly [string, string])[]> {
  const { stdout } = await git.run(['diff-index', ...options, '--find-renames', '--diff-filter=R', commit])
  const fields = stdout.toString().split('\0')
  const pairs: (readonly [string, string])[] = []
  for (let i = 0; i + 2 < fields.length; i += 3) pairs.push([fields[i + 1]!, fields[i + 2]!])
  return pairs
}

/** Files that git does not track and is not told to ignore; a repository within the repository is no file of it. */
async function newFiles(git: Git): Promise<string[]> {
  const { code, stdout, stderr } = await git.run(['ls-files', '--others', '--exclude-standard', '-z'])
  if (code !== 0) throw new GitFailed(stderr)
  return stdout.toString().split('\0').filter((path) => path !== '' && !path.endsWith('/'))
}

/** Whether a path is one that the checkout leaves out; its patterns are those of `.gitignore`, and name what is there. */
async function leftOut(git: Git, top: string): Promise<(path: string) => boolean> {
  const { stdout: isSparse } = await git.run(['config', '--type=bool', '--get', 'core.sparseCheckout'])
  if (oneLine(isSparse) !== 'true') return () => false
  const { stdout: file } = await git.run(['rev-parse', '--git-path', 'info/sparse-checkout'])
  try {
    const there = ignore().add(readFileSync(resolve(top, oneLine(file)), 'utf8'))
    return (path) => !there.ignores(path)
  } catch {
    return () => false
  }
}

function oneLine(output: Buffer): string {
  return output.toString().replace(/\n$/, '')
}

/** Git's own words, on one line. */
function inWords(stderr: string): string {
  return `git says "${stderr.trim().replace(/\s+/g, ' ').replace(/^fatal: /, '')}"`
}
