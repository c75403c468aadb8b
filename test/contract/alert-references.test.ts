import { expect, test } from 'vitest'
import { alertReferences } from '../../src/contract/alert-references.js'
import { exprOf } from './jobs-registry.js'

test.each([
  ['ALERTS{alertname="JobsStuck", alertstate="firing"}', ['JobsStuck']],
  ['count(ALERTS_FOR_STATE{alertname="JobsStuck"}) or ALERTS{alertname="JobsLost"}', ['JobsStuck', 'JobsLost']],
  ['{__name__="ALERTS", alertname="JobsStuck"}', ['JobsStuck']],
  ['ALERTS{alertname=~"JobsStuck|JobsLost"}', ['JobsStuck', 'JobsLost']],
  // What is left out, what is a pattern and what is a variable names no alert.
  ['ALERTS{alertname!="JobsStuck"}', []],
  ['ALERTS{alertname=~"Jobs.*"}', []],
  ['ALERTS{alertname="$alert"}', []],
  ['ALERTS{alertname=""}', []],
  ['jobs_queued{alertname="JobsStuck"}', []],
])('%s', (query, names) => {
  const references = alertReferences(exprOf(query))
  expect(references.map(({ name }) => name)).toEqual(names)
  expect(references.map(({ start, end }) => query.slice(start, end))).toEqual(names)
})
