import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { digits } from '../../../src/registry/name-pattern.js'
import { extractPython } from '../../../src/extract/python/index.js'
import { exposedNames } from '../../../src/registry/naming.js'
import { treeOf } from './workspace.js'

const python = process.env.ML_DASH_LINT_PYTHON ?? 'python3'
const hasClient = spawnSync(python, ['-c', 'import prometheus_client']).status === 0
if (!hasClient) console.log(`skipped: ${python} has no prometheus_client (ML_DASH_LINT_PYTHON names another interpreter)`)

interface Exposed {
  readonly type: string
  readonly labels: readonly string[]
  readonly values: Readonly<Record<string, readonly string[]>>
}

const programs = fileURLToPath(new URL('programs/', import.meta.url))

/** The families that the running program prints, in the text exposition format. `_created` samples aside. */
function running(program: string): Record<string, Exposed> {
  const run = spawnSync(python, ['-B', programs + program], { encoding: 'utf8', env: { ...process.env, PROMETHEUS_DISABLE_CREATED_SERIES: 'True' } })
  expect(run.stderr).toBe('')
  const families: Record<string, { type: string; values: Record<string, Set<string>> }> = {}
  let current = ''
  for (const line of run.stdout.split('\n')) {
    const typeLine = /^# TYPE (\S+) (\S+)$/.exec(line)
    if (typeLine) families[(current = typeLine[1]!)] = { type: typeLine[2]!, values: {} }
    if (line === '' || line.startsWith('#')) continue
    for (const [, name, value] of (/\{(.*)\}/.exec(line)?.[1] ?? '').matchAll(/(\w+)="([^"]*)"/g)) {
      if (name !== 'le') (families[current]!.values[name!] ??= new Set()).add(value!)
    }
  }
  return Object.fromEntries(Object.entries(families).map(([name, { type, values }]) => [name, {
    type,
    labels: Object.keys(values).sort(),
    values: Object.fromEntries(Object.entries(values).sort().map(([label, seen]) => [label, [...seen].sort()])),
  }]))
}

/** Types of OpenMetrics as the text format 0.0.4 writes them: prometheus_client/exposition.py, generate_latest. */
const written: Readonly<Record<string, string>> = { info: 'gauge', stateset: 'gauge', unknown: 'untyped' }

test.skipIf(!hasClient)('families, types, labels and label values are those of the running program', async () => {
  const text = readFileSync(`${programs}prometheus_client_forms.py`, 'utf8')
  const { declarations, problems } = await extractPython(treeOf({ 'forms.py': text }))
  const extracted = Object.fromEntries(declarations.map(({ client, name, type, unit, labels }) => {
    expect(labels.filter((label) => label.open)).toEqual([])
    return [exposedNames(client, type, name, unit).family.parts.join('*'), {
      type: written[type] ?? type,
      labels: labels.map((label) => label.name),
      values: Object.fromEntries(labels.map((label) => [label.name, label.values])),
    }]
  }))
  expect(extracted).toEqual(running('prometheus_client_forms.py'))
  expect(problems).toEqual([])
  expect(declarations.filter((declaration) => declaration.recorded !== 'yes')).toEqual([])
})

test.skipIf(!hasClient)('a closed set holds the values that the running program records, whatever way it takes', async () => {
  const { declarations } = await extractPython(treeOf({ 'control_flow.py': readFileSync(`${programs}control_flow.py`, 'utf8') }))
  const recorded = running('control_flow_driver.py')
  for (const { client, name, type, labels } of declarations) {
    const family = exposedNames(client, type, name).family.parts.join('*')
    const closed = labels.filter((label) => !label.open).map((label) => [label.name, label.values] as const)
    expect({ family, ...Object.fromEntries(closed) }).toEqual({
      family, ...Object.fromEntries(closed.map(([label]) => [label, recorded[family]!.values[label]])),
    })
  }
})

test.skipIf(!hasClient)('in multiprocess mode gauges of the modes that keep processes apart have a pid, and no others', async () => {
  const text = readFileSync(`${programs}multiprocess_modes.py`, 'utf8')
  const { declarations, instrumentations } = await extractPython(treeOf({ 'modes.py': text }))
  const labels = declarations.map((each) => [exposedNames(each.client, each.type, each.name).family.parts.join('*'), each.labels.map(({ name }) => name)])
  const exposed = Object.entries(running('multiprocess_modes.py')).map(([name, each]) => [name, each.labels])
  expect(Object.fromEntries(labels)).toEqual(Object.fromEntries(exposed))
  expect(labels.filter(([, names]) => names!.includes('pid')).map(([name]) => name)).toEqual(['mode_default', 'mode_all', 'mode_liveall'])
  expect(instrumentations).toEqual([])
})

const webLibraries = 'prometheus_fastapi_instrumentator, prometheus_flask_exporter, starlette_exporter, starlette_prometheus'
const hasWebLibraries = spawnSync(python, ['-c', `import ${webLibraries}`]).status === 0
if (!hasWebLibraries) console.log(`skipped: ${python} lacks one of ${webLibraries}`)

test.skipIf(!hasWebLibraries)('what libraries register that record the requests of web frameworks', async () => {
  const run = spawnSync(python, ['-B', `${programs}web_libraries.py`], { encoding: 'utf8' })
  expect(run.stderr).toBe('')
  const { declarations, instrumentations } = await extractPython(treeOf({ 'web.py': readFileSync(`${programs}web_libraries.py`, 'utf8') }))
  const extracted = declarations.map(({ name, type, buckets, labels, recorded, labelsOpen }) => {
    expect([recorded, labelsOpen]).toEqual(['yes', false])
    for (const { name: label, values, open, patterns } of labels) {
      const isStatus = label.startsWith('status') && (!open || patterns !== undefined)
      expect(isStatus ? [values, patterns] : [open, patterns]).toEqual(!isStatus ? [true, undefined] : open ? [[], [digits]] : [['1xx', '2xx', '3xx', '4xx', '5xx'], undefined])
    }
    return [type, name.parts.join('*').replace(/_total$/, ''), ...(buckets ?? []), ...labels.map((label) => label.name).sort()].join(' ')
  })
  expect(extracted.sort()).toEqual(run.stdout.trim().split('\n').sort())
  expect(instrumentations.map(({ catalog }) => catalog).sort()).toEqual(['prometheus-fastapi-instrumentator', 'python-default'])
})
