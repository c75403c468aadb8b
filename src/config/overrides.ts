import { relative, resolve, sep } from 'node:path'
import ignore from 'ignore'
import { foldersOf } from '../lint/dashboard-choice.js'
import type { AnyRule } from '../lint/rule.js'
import type { ActiveRule, RuleChoice, Where } from '../lint/run.js'
import type { Span } from '../text/source.js'
import { wildcardMatcher } from '../text/wildcard.js'
import type { LocatedDashboard, Workspace } from '../workspace/workspace.js'
import { activeRules } from './active-rules.js'
import type { Config, Override } from './config.js'

/** Where the paths of a workspace and of a configuration are told from: absolute. */
export interface Bases {
  readonly cwd: string
  readonly directory: string
}

/**
 * The rules that run under a configuration; where it has overrides, which of them, and how, in each dashboard and group of rules. What is
 * overridden in the same way shares one list.
 */
export function chosenRules(rules: readonly AnyRule[], config: Config, workspace: Workspace, bases: Bases): readonly ActiveRule[] | RuleChoice {
  const base = activeRules(rules, config)
  if (config.overrides.length === 0) return base
  const tests = config.overrides.map((override) => testFor(override, bases))
  const lists = new Map<string, readonly ActiveRule[]>([['', base]])
  const known = new Map<object | string, readonly ActiveRule[]>()
  const consumerAt = consumersByPlace(workspace)

  function rulesAt(where: Where): readonly ActiveRule[] {
    const { dashboard, group } = where.dashboard || where.group ? where : { ...where, ...consumerAt(where) }
    const key = dashboard ?? group ?? where.path
    let list = known.get(key)
    if (list === undefined) {
      const matching = config.overrides.filter((_, i) => tests[i]!(where.path, dashboard, group))
      const name = matching.map((override) => config.overrides.indexOf(override)).join()
      list = lists.get(name) ?? activeRules(rules, config, ...matching)
      lists.set(name, list)
      known.set(key, list)
    }
    return list
  }

  const some = config.overrides.map((override) => activeRules(rules, config, override))
  const onSomewhere = rules.flatMap((rule) => [base, ...some].map((list) => list.find((active) => active.rule === rule)).find((active) => active !== undefined) ?? [])
  return { rules: onSomewhere, rulesAt }
}

/** The positions of the overrides that are about nothing that there is; `paths` are those of all files that were found. */
export function idleOverrides({ overrides }: Config, { dashboards, ruleGroups, grafanaAlerts }: Workspace, paths: readonly string[], bases: Bases): number[] {
  return overrides.flatMap((override, i) => {
    const test = testFor(override, bases)
    const isAboutAny = [...dashboards].some((dashboard) => test(dashboard.source.path, dashboard, undefined))
      || ruleGroups.some((group) => test(group.file.document.source.path, undefined, group))
      || grafanaAlerts.some(({ file, group }) => test(file.document.source.path, undefined, group))
      || paths.some((path) => test(path, undefined, undefined))
    return isAboutAny ? [] : [i]
  })
}

type Test = (path: string, dashboard: LocatedDashboard | undefined, group: Where['group']) => boolean

function testFor({ files, folders, uids, tags, groups }: Override, { cwd, directory }: Bases): Test {
  const inFiles = files && filesTest(files, { cwd, directory })
  const [ofFolder, ofUid, ofTag, ofGroup] = [folders, uids, tags, groups].map((patterns) => patterns && wildcardMatcher(patterns))
  return (path, dashboard, group) => {
    if (inFiles && !inFiles(path)) return false
    return (!ofFolder || (dashboard !== undefined && foldersOf(dashboard).some(ofFolder)))
      && (!ofUid || (dashboard?.uid !== undefined && ofUid(dashboard.uid)))
      && (!ofTag || (dashboard !== undefined && dashboard.tags.some(ofTag)))
      && (!ofGroup || (group !== undefined && ofGroup(group.name)))
  }
}

/** Whether a file is one of those that globs of the configuration name. */
export function filesTest(globs: readonly string[], { cwd, directory }: Bases): (path: string) => boolean {
  const named = ignore().add([...globs])
  return (path) => {
    const own = relative(directory, resolve(cwd, path)).split(sep).join('/')
    return !own.startsWith('..') && named.ignores(own)
  }
}

type Consumer = Pick<Where, 'dashboard' | 'group'>

/** Finds the dashboard or the group of rules that a place lies in. */
export function consumersByPlace({ dashboards, ruleGroups, alertingFiles }: Workspace): (where: Where) => Consumer {
  const byPath = new Map<string, (Consumer & { readonly span: Span })[]>()
  const add = (path: string, consumer: Consumer & { readonly span: Span }) => {
    const list = byPath.get(path)
    if (list) list.push(consumer)
    else byPath.set(path, [consumer])
  }
  for (const dashboard of dashboards) add(dashboard.source.path, { dashboard, span: dashboard.document.spanOf(dashboard.path) })
  for (const group of ruleGroups) add(group.file.document.source.path, { group, span: group.place().span })
  for (const { document, groups } of alertingFiles) for (const group of groups) add(document.source.path, { group, span: document.spanOf(group.path) })
  for (const list of byPath.values()) list.sort((a, b) => a.span.start - b.span.start)
  return ({ path, start = 0 }) => {
    const found = lastFrom(byPath.get(path) ?? [], start)
    if (found === undefined || start >= found.span.end) return {}
    return found.dashboard ? { dashboard: found.dashboard } : { group: found.group! }
  }
}

/** The last that begins at `offset` or before. */
function lastFrom<Item extends { readonly span: Span }>(items: readonly Item[], offset: number): Item | undefined {
  let [low, high] = [0, items.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (items[middle]!.span.start <= offset) low = middle + 1
    else high = middle
  }
  return items[low - 1]
}
