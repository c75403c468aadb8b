/** Checkouts of public projects: found in a folder, or fetched into it. */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'

/**
 * The checkout of a repository (`owner/name`) below `folder`, as `owner+name` or `name`: `{ path, commit }`, or
 * `{ absence }`, in words. Without `commit` any will do.
 */
export function checkoutOf(folder, repository, commit) {
  const paths = [repository.replace('/', '+'), repository.split('/')[1]].map((name) => join(folder, name))
  const found = paths.flatMap((path) => headOf(path) ?? []).map((head, i) => ({ path: paths[i], commit: head }))
  const right = found.find((checkout) => commit === undefined || checkout.commit === commit)
  if (right !== undefined) return right
  return { absence: found.length === 0 ? `no checkout ${paths[0]}` : `${found[0].path} is at ${found[0].commit}, not at ${commit}` }
}

/** The commit that is checked out, `undefined` where there is no checkout. */
function headOf(path) {
  if (!existsSync(join(path, '.git'))) return undefined
  const { status, stdout } = spawnSync('git', ['-C', path, 'rev-parse', 'HEAD'], { encoding: 'utf8' })
  return status === 0 ? stdout.trim() : undefined
}

/** Fetches one commit of a repository into `folder`, the newest without `commit`. Git tells what goes wrong. */
export function fetchCheckout(folder, repository, commit = 'HEAD') {
  const path = join(folder, repository.replace('/', '+'))
  mkdirSync(path, { recursive: true })
  const git = (...args) => spawnSync('git', ['-C', path, ...args], { stdio: ['ignore', 'ignore', 'inherit'] }).status === 0
  return git('init', '-q') && git('fetch', '-q', '--depth', '1', `https://github.com/${repository}`, commit) && git('checkout', '-q', '--detach', 'FETCH_HEAD')
}
