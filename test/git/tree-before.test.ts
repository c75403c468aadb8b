import { existsSync, lstatSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { expect, test } from 'vitest'
import { changesSince } from '../../src/git/changes.js'
import { treeBefore } from '../../src/git/tree-before.js'
import { disk } from '../../src/text/disk.js'
import type { FileTree } from '../../src/text/file-tree.js'
import { folder, git, gitEnvironment, gitIsMissing } from '../cli/git-repository.js'

/** Whole numbers below a limit, the same for the same seed (Numerical Recipes: ranqd1). */
function numbers(seed: number): (limit: number) => number {
  let state = seed
  return (limit) => Math.floor(((state = (state * 1664525 + 1013904223) % 4294967296) / 4294967296) * limit)
}

/** Every file below a folder with its text; links by the name alone. */
function filesOf(tree: FileTree, top: string, inside = ''): Record<string, string> {
  const files: Record<string, string> = {}
  for (const entry of tree.readFolder(join(top, inside))) {
    if (inside === '' && entry.name === '.git') continue
    const path = inside === '' ? entry.name : `${inside}/${entry.name}`
    if (entry.isDirectory()) Object.assign(files, filesOf(tree, top, path))
    else if (!entry.isFile()) files[path] = 'a link'
    else {
      const text = tree.readText(join(top, path))
      files[path] = text
      expect([Buffer.from(tree.readBytes(join(top, path))).toString(), tree.stat(join(top, path)).size]).toEqual([text, Buffer.byteLength(text)])
    }
  }
  return files
}

const names = ['a', 'b', 'c.json', 'd e', 'ü']

/** Makes, changes, moves and removes files, folders and links, one into the other. */
function disturb(top: string, random: (limit: number) => number): void {
  const pick = () => join(top, ...Array.from({ length: 1 + random(3) }, () => names[random(names.length)]!))
  for (let i = 0; i < 8; i++) {
    const path = pick()
    const between = relative(top, dirname(path)).split('/')
    for (const above of between.map((_, n) => join(top, ...between.slice(0, n + 1)))) {
      if (!lstatSync(above, { throwIfNoEntry: false })?.isDirectory()) rmSync(above, { force: true })
      mkdirSync(above, { recursive: true })
    }
    const what = random(6)
    if (what === 0 || what === 1) rmSync(path, { recursive: true, force: true })
    else if (what === 2 && existsSync(path)) {
      const to = join(dirname(path), `moved-${i}`)
      rmSync(to, { recursive: true, force: true })
      renameSync(path, to)
    } else {
      rmSync(path, { recursive: true, force: true })
      if (what === 3) symlinkSync('nowhere', path)
      else writeFileSync(path, `${random(3)}\n`.repeat(random(4)))
    }
  }
}

test.skipIf(gitIsMissing).each(Array.from({ length: 12 }, (_, i) => i + 1))('the files as they were are those of a checkout, whatever was done since (seed %i)', async (seed) => {
  const random = numbers(seed)
  const top = folder()
  git(top, 'init', '--quiet')
  const commit = () => {
    git(top, 'add', '--all')
    git(top, 'commit', '--quiet', '--allow-empty', '--message', 'x')
  }
  disturb(top, random)
  disturb(top, random)
  commit()
  const expected = filesOf(disk, top)
  disturb(top, random)
  if (random(2) === 0) commit()
  disturb(top, random)
  if (random(2) === 0) git(top, 'add', '--all')
  disturb(top, random)

  const changes = await changesSince(git(top, 'rev-list', '--max-parents=0', 'HEAD'), { folder: top, env: gitEnvironment })
  if ('reason' in changes) throw new Error(changes.reason)
  const before = await treeBefore([changes], { mayBeRead: (path) => path.endsWith('.json'), maxFileSize: 4 })
  if ('reason' in before) throw new Error(before.reason)
  expect(filesOf(before.tree, top)).toEqual(expected)
  for (const [now, then] of before.moved) {
    expect(expected).toHaveProperty([relative(top, then)])
    expect(expected).not.toHaveProperty([relative(top, now)])
    expect(lstatSync(now).isFile()).toBe(true)
  }
})
