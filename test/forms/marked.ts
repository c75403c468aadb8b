import { expect } from 'vitest'
import { rules } from '../../rules/index.js'
import { runRules } from '../../src/lint/run.js'
import type { Span } from '../../src/text/source.js'
import { loadFiles } from '../rules/lint-files.js'

/** A program whose metrics the examples ask for. */
export const producer = `
import { Counter, Gauge } from 'prom-client'
export const jobs = new Counter({ name: 'jobs_done_total', help: 'Jobs.', labelNames: ['queue'] })
export const depth = new Gauge({ name: 'queue_depth', help: 'Waiting jobs.', labelNames: ['queue'] })
jobs.inc({ queue: 'mail' })
depth.set({ queue: 'mail' }, 1)
`

/**
 * Lints files with every rule that is on by default, beside the producer. Each place that is reported has to be marked
 * in them as `«rule:text»`, and nothing else: what is compared is the files with the marks where the findings are.
 * Returns the messages, in the order of files and places.
 */
export async function expectMarks(files: Readonly<Record<string, string>>): Promise<string[]> {
  const plain = Object.fromEntries(Object.entries(files).map(([path, text]) => [path, text.replace(/«[a-z-]+:([^»]*)»/g, '$1')]))
  const workspace = await loadFiles({ 'src/metrics.ts': producer, ...plain })
  const enabled = rules.filter(({ severity }) => severity !== 'off').map((rule) => ({ rule, severity: rule.severity as 'error' | 'warning', options: rule.defaults }))
  const diagnostics = runRules(workspace, enabled).filter(({ place }) => place.source.path in plain)
  const marks = (path: string) => diagnostics.filter(({ place }) => place.source.path === path).map(({ rule, place }) => ({ rule, span: place.span }))
  expect(Object.fromEntries(Object.entries(plain).map(([path, text]) => [path, withMarks(text, marks(path))]))).toEqual(files)
  return diagnostics.map(({ message }) => message)
}

function withMarks(text: string, marks: readonly { readonly rule: string; readonly span: Span }[]): string {
  let marked = text
  for (const { rule, span: { start, end } } of [...marks].sort((a, b) => b.span.start - a.span.start)) {
    marked = `${marked.slice(0, start)}«${rule}:${marked.slice(start, end)}»${marked.slice(end)}`
  }
  return marked
}
