import { expect, test } from 'vitest'
import { dashboardWith, lintFiles, lintLines } from './lint-files.js'

const variables = (...list: object[]) => ({ templating: { list: list.map((one) => ({ type: 'query', query: 'label_values(up, pod)', datasource: { type: 'prometheus', uid: 'prometheus' }, ...one })) } })

test('reports a variable of several values that is compared with one', async () => {
  expect(await lintLines('multi-value-matcher', {
    'jobs.json': {
      ...dashboardWith('up{pod="$pod", job=~"$pod", node!="${pod:regex}"}', 'rate(x{path="/api/[[pod]]"}[5m])'),
      ...variables({ name: 'pod', multi: true }),
    },
  })).toEqual([
    'jobs.json:20:27 error «\\"$pod\\"» "$pod" can stand for several values, which Grafana writes as "(a|b)": with "=" no series matches. Use "=~".',
    'jobs.json:20:58 error «\\"${pod:regex}\\"» "${pod:regex}" can stand for several values, which Grafana writes as "(a|b)": with "!=" every series matches. Use "!~".',
    'jobs.json:35:32 error «\\"/api/[[pod]]\\"» "[[pod]]" can stand for several values, which Grafana writes as "(a|b)": with "=" no series matches. Use "=~".',
  ])
})

test('warns of "All" where one value is chosen otherwise', async () => {
  const lint = (variable: object) => lintLines('multi-value-matcher', { 'jobs.json': { ...dashboardWith('up{pod="$pod"}'), ...variables({ name: 'pod', includeAll: true, ...variable }) } })
  expect(await lint({})).toEqual([
    'jobs.json:20:27 warning «\\"$pod\\"» "All" of "$pod" can stand for several values, which Grafana writes as "(a|b)": with "=" no series matches. Use "=~".',
  ])
  expect(await lint({ allValue: 'all' })).toEqual([])
})

test('attaches the edit, and none where the rest of the value would mean something else', async () => {
  const diagnostics = await lintFiles('multi-value-matcher', {
    'jobs.json': { ...dashboardWith('up{pod = "$pod"}', 'up{pod="$pod.example.org"}'), ...variables({ name: 'pod', multi: true }) },
  })
  expect(diagnostics.map(({ suggestions: [suggestion] }) => {
    const place = suggestion?.replacement?.place
    return [suggestion?.message, place && place.source.text.slice(place.span.start - 4, place.span.end + 2), suggestion?.replacement?.text]
  })).toEqual([
    ['Replace "=" with "=~"', 'pod = \\', '=~'],
    ['Compare with "=~"', undefined, undefined],
  ])
})

test('is silent where a variable has one value', async () => {
  expect(await lintLines('multi-value-matcher', {
    'jobs.json': {
      ...dashboardWith('up{a="$one", b="$few", c="${pod:csv}", d=~"$pod"}'),
      ...variables({ name: 'one' }, { name: 'pod', multi: true }, { name: 'few', type: 'custom', query: 'a', multi: true }),
    },
    'repeated.json': {
      ...dashboardWith(),
      panels: [{ type: 'timeseries', title: 'Up', repeat: 'pod', datasource: { type: 'prometheus', uid: 'prometheus' }, targets: [{ refId: 'A', expr: 'up{pod="$pod"}' }] }],
      ...variables({ name: 'pod', multi: true }),
    },
  })).toEqual([])
})

test('looks into the queries of variables', async () => {
  expect(await lintLines('multi-value-matcher', {
    'jobs.json': { ...dashboardWith(), ...variables({ name: 'node', multi: true }, { name: 'pod', query: 'label_values(up{node="$node"}, pod)' }) },
  })).toEqual([
    'jobs.json:23:40 error «\\"$node\\"» "$node" can stand for several values, which Grafana writes as "(a|b)": with "=" no series matches. Use "=~".',
  ])
})

test('leaves out copies that repeating made, which Grafana makes anew', async () => {
  const panel = (more: object) => ({ type: 'timeseries', title: 'Up', datasource: { type: 'prometheus', uid: 'prometheus' }, targets: [{ refId: 'A', expr: 'up{pod="$pod"}' }], ...more })
  const copy = { repeatPanelId: 1, repeatIteration: 5, scopedVars: { pod: { value: 'a' } } }
  expect(await lintLines('multi-value-matcher', {
    'saved.json': {
      ...dashboardWith(), ...variables({ name: 'pod', multi: true }),
      panels: [panel({ id: 1, repeat: 'pod' }), panel({ id: 2, ...copy }), { type: 'row', collapsed: true, panels: [panel({ id: 3, ...copy, repeatedByRow: true })] }],
    },
  })).toEqual([])
})
