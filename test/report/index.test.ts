import { expect, test } from 'vitest'
import { formatterNames, loadFormatter } from '../../src/report/index.js'
import { driftedReport } from './sample.js'

test('the names of the formats, the default first', () => {
  expect(formatterNames).toEqual(['stylish', 'compact', 'json', 'ndjson', 'sarif', 'github', 'gitlab', 'junit', 'checkstyle', 'markdown', 'unix'])
})

test.each(formatterNames)('%s gives the same text for the same report, with a line break at its end', async (name) => {
  const format = await loadFormatter(name)
  const text = format(driftedReport, { color: false })
  expect(text).toMatch(/[^\n]\n$/)
  expect(format(driftedReport, { color: false })).toBe(text)
})

test.each(['xml', 'constructor', ''])('no format "%s"', async (name) => {
  await expect(loadFormatter(name)).rejects.toThrow(`no format "${name}"; the formats are stylish, compact, json, ndjson, sarif, github, gitlab, junit, checkstyle, markdown, unix`)
})
