import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

interface Family {
  readonly [key: string]: unknown
  readonly name: string
  readonly labels: Readonly<Record<string, readonly string[] | { readonly open: number }>>
  readonly recorded: string
  readonly place: string
}

interface Facts {
  readonly incomplete: readonly object[]
  readonly families: readonly Family[]
  readonly instrumentations: readonly object[]
  readonly problems: readonly object[]
}

/** The scripts are plain JavaScript without declarations. */
const { compareFacts } = (await import(new URL('../../tools/projects/compare.js', import.meta.url).href)) as {
  compareFacts: (before: Facts, after: Facts) => { same: number; differences: readonly { kind: string; what: string; place: string }[] }
}

const none: Facts = { incomplete: [], families: [], instrumentations: [], problems: [] }
const jobs = {
  name: 'jobs_total', client: 'prom-client', type: 'counter', labels: { status: ['failed', 'ok'], queue: { open: 2 } }, recorded: 'yes', place: 'src/jobs.ts:3',
}
const depth = { name: 'queue_*', client: 'prom-client', type: 'gauge', labels: {}, recorded: 'yes', movement: 'up', place: 'src/queue.ts:8' }

/** Each difference in a line, with how many families are the same. */
function told(before: Partial<Facts>, after: Partial<Facts>): string[] {
  const { same, differences } = compareFacts({ ...none, ...before }, { ...none, ...after })
  return [`${same} same`, ...differences.map(({ kind, what, place }) => `${kind} ${place} ${what}`)]
}

describe('compareFacts', () => {
  it('tells of no difference where there is none, whatever the order', () => {
    expect(told({ families: [jobs, depth] }, { families: [depth, jobs] })).toEqual(['2 same'])
  })

  it('tells of each family that is lost or gained, by name and client', () => {
    expect(told({ families: [jobs, depth] }, { families: [depth, { ...jobs, client: 'opentelemetry-js' }] })).toEqual([
      '1 same', 'lost src/jobs.ts:3 jobs_total of prom-client', 'gained src/jobs.ts:3 jobs_total of opentelemetry-js',
    ])
  })

  it('tells of one of several declarations of a name that is lost, and holds the others against their like', () => {
    const other = { ...jobs, place: 'src/other.ts:5', recorded: 'never' }
    expect(told({ families: [jobs, other] }, { families: [other] })).toEqual(['1 same', 'lost src/jobs.ts:3 jobs_total of prom-client'])
    expect(told({ families: [jobs, other] }, { families: [{ ...other, place: 'src/other.ts:7' }, jobs] }))
      .toEqual(['1 same', 'moved src/other.ts:7 jobs_total of prom-client: from src/other.ts:5'])
  })

  it('holds what is equal against its like first, where several are of one name and place', () => {
    const [one, other] = [{ ...jobs, labels: {} }, { ...jobs, labels: { kind: [] } }]
    expect(told({ families: [one, jobs, other] }, { families: [other, one] })).toEqual(['2 same', 'lost src/jobs.ts:3 jobs_total of prom-client'])
  })

  it('takes names that fit a pattern for what it stood for, and a pattern that comes for names as a loss', () => {
    const names = [{ ...depth, name: 'queue_depth', place: 'src/queue.ts:9' }, { ...depth, name: 'queue_age', place: 'src/queue.ts:10' }]
    expect(told({ families: [depth] }, { families: names })).toEqual([
      '0 same', 'gained src/queue.ts:8 queue_* of prom-client: names more exact: queue_depth, queue_age',
      'gained src/queue.ts:9 queue_depth of prom-client', 'gained src/queue.ts:10 queue_age of prom-client',
    ])
    expect(told({ families: names }, { families: [depth] })).toEqual([
      '0 same', 'lost src/queue.ts:9 queue_depth of prom-client', 'lost src/queue.ts:10 queue_age of prom-client', 'gained src/queue.ts:8 queue_* of prom-client',
    ])
  })

  it.each([
    [{ labels: { ...jobs.labels, status: ['ok'] } }, 'lost', 'label status values "failed"'],
    [{ labels: { ...jobs.labels, status: ['failed', 'ok', 'late'] } }, 'gained', 'label status values "late"'],
    [{ labels: { ...jobs.labels, status: { open: 2 } } }, 'lost', 'label status more open: "failed", "ok" -> any, 2 known'],
    [{ labels: { ...jobs.labels, queue: ['mail'] } }, 'gained', 'label queue more exact: any, 2 known -> "mail"'],
    [{ labels: { ...jobs.labels, queue: { open: 1 } } }, 'lost', 'label queue values known 2 -> 1'],
    [{ labels: { ...jobs.labels, queue: { open: 3 } } }, 'gained', 'label queue values known 2 -> 3'],
    [{ labels: { status: jobs.labels.status } }, 'lost', 'label queue'],
    [{ labels: { ...jobs.labels, shard: [] } }, 'gained', 'label shard'],
    [{ labelsOpen: true }, 'lost', 'there may be other labels'],
    [{ recorded: 'never' }, 'lost', 'recorded "yes" -> "never"'],
    [{ recorded: 'unknown' }, 'lost', 'recorded "yes" -> "unknown"'],
    [{ type: 'unknown' }, 'lost', 'type "counter" -> "unknown"'],
    [{ movement: 'up' }, 'gained', 'movement "unknown" -> "up"'],
    [{ buckets: [1, 5] }, 'gained', 'buckets "unknown" -> [1,5]'],
    [{ help: true }, 'gained', 'help "unknown" -> true'],
    [{ place: 'src/jobs.ts:4' }, 'moved', 'from src/jobs.ts:3'],
  ])('of a family that is now %j', (change, kind, what) => {
    const now = { ...jobs, ...change }
    expect(told({ families: [jobs, depth] }, { families: [now, depth] })).toEqual(['1 same', `${kind} ${now.place} jobs_total of prom-client: ${what}`])
  })

  it('tells what is lost the other way round as gained, where it was not known', () => {
    expect(told({ families: [{ ...jobs, labelsOpen: true, recorded: 'unknown' }] }, { families: [jobs] })).toEqual([
      '0 same', 'gained src/jobs.ts:3 jobs_total of prom-client: recorded "unknown" -> "yes"', 'gained src/jobs.ts:3 jobs_total of prom-client: there are no other labels',
    ])
  })

  it('compares what is installed, syntax errors, and whether all was followed', () => {
    const defaults = { name: 'nodejs-default', prefix: 'app_', labels: {}, place: 'src/main.ts:4' }
    const broken = { name: 'syntax error', place: 'src/main.ts:9' }
    const incomplete = { name: 'TypeScript', lacks: 'values', place: 'src/main.ts:1' }
    expect(told({ instrumentations: [defaults], problems: [broken] }, { incomplete: [incomplete], instrumentations: [{ ...defaults, prefix: '' }] })).toEqual([
      '0 same', 'lost src/main.ts:1 incomplete: TypeScript may lack values', 'lost src/main.ts:4 nodejs-default: prefix "app_" -> ""',
      'lost src/main.ts:9 syntax error',
    ])
    expect(told({ incomplete: [incomplete] }, {})).toEqual(['0 same', 'gained src/main.ts:1 incomplete: TypeScript may lack values'])
  })
})

type Values = Family['labels'][string]

function withLabels(family: Family, change: (values: Values) => Values | undefined): Family {
  return { ...family, labels: Object.fromEntries(Object.entries(family.labels).flatMap(([name, values]) => {
    const changed = change(values)
    return changed === undefined ? [] : [[name, changed]]
  })) }
}

/** What a worse extraction could say of a family: `undefined` where it would say nothing. */
const losses: Record<string, (family: Family) => Family | undefined> = {
  'the family': () => undefined,
  'that it is recorded': (family) => ({ ...family, recorded: family.recorded === 'yes' ? 'never' : 'unknown' }),
  'its labels': (family) => withLabels(family, () => undefined),
  'a value of each label': (family) => withLabels(family, (values) => ('open' in values ? { open: Math.max(0, values.open - 1) } : values.slice(1))),
  'that there are no others': (family) => withLabels(family, (values) => ('open' in values ? values : { open: values.length })),
}

describe('of the facts that are kept', () => {
  const projects = readdirSync(import.meta.dirname).filter((file) => file.endsWith('.json'))
    .map((file) => JSON.parse(readFileSync(new URL(file, import.meta.url), 'utf8')) as Facts & { repository: string })

  it.each(projects)('$repository differs in nothing from itself', (facts) => {
    expect(compareFacts(facts, facts)).toEqual({ same: facts.families.length, differences: [] })
  })

  it.each(Object.entries(losses))('%s: that loss is told wherever it is planted', (_, lose) => {
    const untold = projects.flatMap((facts) => [0, 1].flatMap((half) => {
      const planted = new Map(facts.families.filter((_, i) => i % 2 === half).map((family) => [family, lose(family)]))
      const families = facts.families.flatMap((family) => (planted.has(family) ? (planted.get(family) ?? []) : family))
      const told = compareFacts(facts, { ...facts, families }).differences.filter(({ kind }) => kind === 'lost')
      return [...planted]
        .filter(([family, worse]) => JSON.stringify(family) !== JSON.stringify(worse))
        .filter(([{ name, place }]) => !told.some((difference) => difference.place === place && difference.what.startsWith(name)))
        .map(([{ name }]) => `${facts.repository} ${name}`)
    }))
    expect(untold).toEqual([])
  })
})
