import { componentOf, type Component } from '../src/contract/component.js'
import type { Unverified } from '../src/contract/name-verdict.js'
import type { AskedName } from '../src/contract/selector-match.js'
import type { Related } from '../src/lint/diagnostic.js'
import { otherLanguage } from '../src/lint/query-language.js'
import { defineRule, type Finding } from '../src/lint/rule.js'
import { functions } from '../src/promql/index.js'
import { groupedBy } from '../src/text/grouped-by.js'
import { consumerOf, type Consumer } from '../src/workspace/consumer.js'
import type { QuerySelector, Workspace } from '../src/workspace/workspace.js'

interface Use extends QuerySelector {
  readonly asked: AskedName
  readonly reason: Unverified
  readonly component: Component
}

export default defineRule({
  name: 'unverified-metric',
  subject: 'workspace',
  severity: 'warning',
  summary: 'Each metric that a query reads is one that something at hand exposes',
  check(workspace, { report }) {
    // A group stands at its first place: that must be one of those that are reported.
    const told = workspace.selectors.flatMap((one) => useOf(one, workspace)).filter(({ query }) => workspace.isReported(query.source.path))
    const groups = groupedBy(told, ({ component }) => component.key)
    const live = consumersWithVerdicts(workspace)
    for (const uses of groups.values()) report(findingFor(uses, live))
  },
})

/** What nothing at hand exposes; what the code may make at run time, or an exporter of the stack, is only counted. */
function useOf(one: QuerySelector, workspace: Workspace): Use[] {
  const verdict = workspace.verdictOn(one.selector)
  if (verdict.kind !== 'unverified' || verdict.asked === undefined || verdict.found !== undefined) return []
  const { asked, reason } = verdict
  // `ceil by (job) (…)` is no query, and its first word no metric.
  if (one.query.parsed.errors.length > 0 && (functions.has(asked.text) || otherLanguage(one.query, workspace) !== undefined)) return []
  const isTold = reason.kind === 'not-at-hand' || reason.kind === 'exporter' || reason.kind === 'recording' || (reason.kind === 'in-code' && reason.isRead)
  return isTold ? [{ ...one, asked, reason, component: componentOf(asked.text, reason) }] : []
}

/** The consumers of which some metric is proved or refuted. */
function consumersWithVerdicts({ selectors, verdictOn }: Workspace): ReadonlySet<Consumer> {
  return new Set(selectors.filter(({ selector }) => verdictOn(selector).kind !== 'unverified').map(({ query }) => consumerOf(query)))
}

function findingFor(uses: readonly [Use, ...Use[]], live: ReadonlySet<Consumer>): Finding {
  const [first] = uses
  const { component } = first
  const names = [...new Set(uses.map(({ asked }) => asked.text))].sort()
  return {
    at: first.query.place(first.asked.start, first.asked.end),
    context: first.query.context,
    message: [`${whose(component, first.reason, names)}${listed(names)}.`, ...deadConsumer(first, live), ...inCode(uses), whatToDo(component, first.reason, names)].join(' '),
    data: { metric: names.length === 1 ? names[0]! : component.names },
    related: otherConsumers(uses, live),
  }
}

function whose({ title, names: pattern }: Component, reason: Unverified, names: readonly string[]): string {
  if (mayBeEither(reason)) return `Nothing at hand exposes or records ${names.length === 1 ? '' : `these ${names.length} names: `}`
  if (reason.kind === 'recording') return `No rule at hand records ${names.length === 1 ? '' : `these ${names.length} names: `}`
  if (names.length === 1) return `Nothing at hand exposes ${title === undefined ? '' : `this metric of ${title}: `}`
  return `Nothing at hand exposes these ${names.length} metrics${title === undefined ? ` that are called ${pattern}` : ` of ${title}`}: `
}

/** Whether it may be a metric of a program as well as what a rule records. */
function mayBeEither(reason: Unverified): boolean {
  return reason.kind === 'recording' && reason.orExposed === true
}

const maximumListed = 6

function listed(names: readonly string[]): string {
  const more = names.length - maximumListed
  return `${names.slice(0, maximumListed).map((name) => `"${name}"`).join(', ')}${more > 0 ? ` and ${more} more` : ''}`
}

/** Where the names stand in code that is not understood. */
function inCode(uses: readonly Use[]): string[] {
  const files = new Map<string, Set<string>>()
  for (const { reason, asked } of uses) {
    if (reason.kind === 'in-code') files.set(reason.file, (files.get(reason.file) ?? new Set()).add(asked.text))
  }
  const [most] = [...files].sort(([, a], [, b]) => b.size - a.size)
  if (most === undefined) return []
  const [file, { size }] = most
  const isAll = new Set(uses.map(({ asked }) => asked.text)).size === 1
  const standing = isAll ? 'The name stands' : size === 1 ? 'One of the names stands' : `${size} of the names stand`
  return [`${standing} in ${file}: tell how metrics are made there with "extract.factories".`]
}

function whatToDo({ catalogs, names: pattern }: Component, reason: Unverified, names: readonly string[]): string {
  const them = names.length === 1 ? 'it' : 'them'
  if (mayBeEither(reason)) return `If another program exposes ${them}, lint with its "registry"; if a rule of another repository records ${them}, set "externalMetrics": ["${pattern}"].`
  if (reason.kind === 'recording') return `If a rule file of another repository records ${them}, set "externalMetrics".`
  const external = `"externalMetrics": ["${pattern}"]`
  const [catalog] = catalogs
  return catalog === undefined
    ? `If another program exposes ${them}, lint with its "registry", or set ${external}.`
    : `If it runs, set "catalogs": [${catalogs.map((one) => `"${one}"`).join(', ')}]; if others check it, ${external}.`
}

/** Said of the consumer that the finding stands in, where that reads nothing that is known. */
function deadConsumer({ query }: Use, live: ReadonlySet<Consumer>): string[] {
  const consumer = consumerOf(query)
  return live.has(consumer) ? [] : [`Nothing that ${consumer.title} reads is exposed.`]
}

/** The other consumers, and of each whether it reads anything that is known. */
function otherConsumers(uses: readonly Use[], live: ReadonlySet<Consumer>): Related[] {
  return [...groupedBy(uses, ({ query }) => consumerOf(query))].slice(1).map(([consumer, own]) => {
    const count = new Set(own.map(({ asked }) => asked.text)).size
    const what = !live.has(consumer) ? `nothing that ${consumer.title} reads is exposed by anything at hand` : `${count === 1 ? 'one' : count} of them in ${consumer.title}`
    return { place: own[0].query.place(own[0].asked.start, own[0].asked.end), message: what }
  })
}
