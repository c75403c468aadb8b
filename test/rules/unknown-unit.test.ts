import { expect, test } from 'vitest'
import { lintFiles, lintLines } from './lint-files.js'

const jobs = (...panels: object[]) => ({ 'jobs.json': { uid: 'jobs', title: 'Jobs', schemaVersion: 39, panels } })
const stat = (unit: string) => ({ type: 'stat', title: 'Up', fieldConfig: { defaults: { unit }, overrides: [] } })
const meant = async (...units: string[]) => (await lintFiles('unknown-unit', jobs(...units.map(stat)))).map(({ data }) => data.suggestion)

test('reports a unit that is spelt like one of Grafana, at its text', async () => {
  expect(await lintLines('unknown-unit', jobs(stat('Percent')))).toEqual([
    'jobs.json:11:20 warning «Percent» Grafana has no unit "Percent": it writes the text behind the number as it is. Did you mean "percent"? If not, write "suffix:Percent".',
  ])
  expect(await meant('percentunt', 'None', 'Bytes ', 'celcius', 'percentunits')).toEqual(['percentunit', 'none', 'bytes', 'celsius'])
})

test('leaves units alone, and texts that may be meant as they are', async () => {
  expect(await meant('short', 'percentunit', 'Bps', 'bps', 'µs', 'conμgm3', 'farenheit', 'suffix:Percent', 'prefix:x', 'time:YYYY', 'si:mF', 'count:x', 'currency:X', 'bool:on/off', 'currencyCNY')).toEqual([])
  expect(await meant('req/s', 'errors', 'S', 'Ms', 'gallon', 'litres', '%', 'number', 'connps', '$unit', '')).toEqual([])
})

test('reads overrides, axes of old graphs and old single values', async () => {
  const contexts = async (panel: object) => (await lintFiles('unknown-unit', jobs(panel))).map(({ place: { source, span } }) => source.positionAt(span.start).line)
  expect(await contexts({ type: 'table', title: 'T', fieldConfig: { overrides: [{ properties: [{ id: 'width', value: 'Percent' }, { id: 'unit', value: 'Percent' }] }] } })).toEqual([19])
  expect(await contexts({ type: 'graph', title: 'G', yaxes: [{ format: 'Percent' }, { format: 'short' }] })).toEqual([11])
  expect(await contexts({ type: 'singlestat', title: 'S', format: 'Percent' })).toEqual([9])
  expect(await contexts({ type: 'logs', title: 'S', format: 'Percent' })).toEqual([])
})
