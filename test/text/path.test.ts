import { expect, test } from 'vitest'
import { fileName, folderOf, globMatcher } from '../../src/text/path.js'
import { wildcardMatcher } from '../../src/text/wildcard.js'

test('a path is its folder and the name of its file', () => {
  expect(['a/b/c.yml', '/etc/c.yml', 'c.yml', 'a/b/'].map((path) => [folderOf(path), fileName(path)])).toEqual([
    ['a/b/', 'c.yml'], ['/etc/', 'c.yml'], ['', 'c.yml'], ['a/b/', ''],
  ])
})

test('globs are those of Go', () => {
  const matching = (glob: string, paths: readonly string[]) => paths.filter(globMatcher(glob))
  expect(matching('/etc/rules/*.yml', ['/etc/rules/a.yml', '/etc/rules/a+b.yml', '/etc/rules/x/a.yml', '/etc/rules/a_yml'])).toEqual(['/etc/rules/a.yml', '/etc/rules/a+b.yml'])
  expect(matching('alerts-[a-c]?.yml', ['alerts-b1.yml', 'alerts-d1.yml', 'alerts-b.yml'])).toEqual(['alerts-b1.yml'])
  expect(matching('[^a]\\*.yml', ['b*.yml', 'a*.yml', 'bc.yml'])).toEqual(['b*.yml'])
  expect(matching('{a,b}.(yml)', ['{a,b}.(yml)', 'a.yml'])).toEqual(['{a,b}.(yml)'])
  expect(matching('[z-a].yml', ['z.yml', '[z-a].yml'])).toEqual([])
})

test('a star in a name is any text, and everything else is itself', () => {
  const matches = wildcardMatcher(['kube_*', '*.5', 'a+b'])
  expect(['kube_', 'kube_pod_info', 'xkube_', 'v1.5', 'v1x5', 'a+b', 'aab', 'kube_\n'].filter(matches)).toEqual(['kube_', 'kube_pod_info', 'v1.5', 'a+b', 'kube_\n'])
  expect(wildcardMatcher([])('')).toBe(false)
})
