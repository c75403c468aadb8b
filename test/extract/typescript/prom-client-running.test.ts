import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { record, register } from './programs/prom-client/program.js'
import { extract } from './tree.js'

interface Seen {
  readonly type: string
  /** Label names with the values seen. */
  readonly labels: Readonly<Record<string, readonly string[]>>
}

/** The families of the running program, its default metrics left out. */
async function scrape(): Promise<Record<string, Seen>> {
  record()
  const families = (await register.getMetricsAsJSON()).filter(({ name }) => !/^forms_(process|nodejs)_/.test(name))
  return Object.fromEntries(families.map(({ name, type, values }) => {
    const labels: Record<string, Set<string>> = {}
    for (const value of values) {
      for (const [label, text] of Object.entries(value.labels)) {
        if (label !== 'le' && label !== 'quantile') (labels[label] ??= new Set()).add(String(text))
      }
    }
    const sorted = Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1)).map(([label, texts]) => [label, [...texts].sort()])
    return [name, { type: String(type), labels: Object.fromEntries(sorted) as Seen['labels'] }]
  }))
}

const text = readFileSync(new URL('programs/prom-client/program.ts', import.meta.url), 'utf8')

test('what is extracted is what the program exposes', async () => {
  const { declarations, instrumentations, problems } = await extract({ 'src/program.ts': text })
  const extracted = Object.fromEntries(declarations.map(({ name, type, labels }) => {
    expect(labels.filter((label) => label.open)).toEqual([])
    return [name.parts.join('*'), { type, labels: Object.fromEntries(labels.map((label) => [label.name, label.values])) }]
  }))
  expect(extracted).toEqual(await scrape())
  expect(instrumentations.map(({ catalog, prefix }) => ({ catalog, prefix }))).toEqual([{ catalog: 'nodejs-default', prefix: 'forms_' }])
  expect(problems).toEqual([])
})

test('each exposed sample has the series that its family promises', async () => {
  const { declarations } = await extract({ 'src/program.ts': text })
  const types = new Map(declarations.map(({ name, type }) => [name.parts.join('*'), type]))
  const exposed = (await register.metrics()).matchAll(/^# TYPE (\S+) (\S+)$/gm)
  const families = [...exposed].filter(([, name]) => !/^forms_(process|nodejs)_/.test(name!)).map(([, name, type]) => [name, type])
  expect(new Map(families as [string, string][])).toEqual(types)
})

test('buckets and quantiles', async () => {
  const { declarations } = await extract({ 'src/program.ts': text })
  const find = (wanted: string) => declarations.find(({ name }) => name.parts[0] === wanted)
  expect(find('forms_duration_seconds')?.buckets).toEqual([1, 2, 4])
  expect(find('forms_default_seconds')?.buckets).toEqual([0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10])
  expect(find('forms_summary')?.quantiles).toEqual([0.5, 0.9])
})
