import { expect, test } from 'vitest'
import { lintFiles, lintLines } from './lint-files.js'

const variable = (name: string, more: object) => ({ name, type: 'query', datasource: { type: 'prometheus', uid: 'p' }, query: `label_values(${name})`, ...more })
const files = {
  'a.json': {
    uid: 'a', title: 'A', panels: [],
    templating: { list: [variable('never', { refresh: 0 }), variable('load', { refresh: 1 }), variable('time', { refresh: 2 }), variable('none', {}), { name: 'custom', type: 'custom', query: 'a,b' }] },
  },
}

test('wants query variables to be asked when the time range changes', async () => {
  expect(await lintLines('variable-refresh', files)).toEqual([
    'a.json:15:20 warning «0» Variable "never" offers what there was when the dashboard was saved, and not what there is in the time range: set "refresh" to 2',
    'a.json:25:20 warning «1» Variable "load" offers what there was when the dashboard was loaded, and not what there is in the time range: set "refresh" to 2',
    'a.json:38:17 warning «"none"» Variable "none" offers what there was when the dashboard was saved, and not what there is in the time range: set "refresh" to 2',
  ])
})

test('tells what to write', async () => {
  const [first] = await lintFiles('variable-refresh', files)
  const { place, text } = first!.suggestions[0]!.replacement!
  const { source, span } = place
  expect([source.text.slice(span.start - 11, span.end), text]).toEqual(['"refresh": 0', '2'])
})
