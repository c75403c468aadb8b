import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, test } from 'vitest'

/** The places (JSON pointers) of a value that a schema objects to. */
function refusedBy(name: string, value: unknown): string[] {
  const file = new URL(`../../schemas/${name}.schema.json`, import.meta.url)
  const validate = new Ajv2020({ allErrors: true, strict: false }).compile(JSON.parse(readFileSync(file, 'utf8')) as object)
  validate(value)
  return [...new Set((validate.errors ?? []).filter(({ keyword }) => keyword !== 'if').map(({ instancePath }) => instancePath))]
}

describe('a dashboard', () => {
  test.each<[string, object]>([
    ['with nulls where Grafana writes them', { title: 'A', id: null, uid: null, panels: null, templating: { list: null }, annotations: null, refresh: false, gnetId: null }],
    ['of an old schema', { title: 'A', schemaVersion: '14', rows: [{ title: 'R', panels: [{ type: 'graph', datasource: null, targets: [] }] }] }],
    ['with keys of plugins', { title: 'A', panels: [{ type: 'x', anything: [1], targets: [{ query: { a: 1 } }] }], folderName: 'x' }],
    ['with both forms of datasource', { title: 'A', panels: [{ datasource: 'Prometheus' }, { datasource: { type: 'prometheus', uid: '$ds' } }] }],
  ])('%s passes', (_, value) => {
    expect(refusedBy('dashboard', value)).toEqual([])
  })

  test.each<[string, object, string[]]>([
    ['panels in a string', { title: 'A', panels: 'none' }, ['/panels']],
    ['a panel that is a string', { title: 'A', panels: ['x'] }, ['/panels/0']],
    ['no title', {}, ['']],
    ['a blank title', { title: ' ' }, ['/title']],
    ['tags that are numbers', { title: 'A', tags: ['ml', 3] }, ['/tags/1']],
    ['tags in a string', { title: 'A', tags: 'ml' }, ['/tags']],
    ['a uid that is a number', { title: 'A', uid: 7 }, ['/uid']],
    ['targets in an object', { title: 'A', panels: [{ targets: {} }] }, ['/panels/0/targets']],
    ['a broken panel in a row', { title: 'A', panels: [{ type: 'row', panels: [{ targets: [{ expr: 5 }] }] }] }, ['/panels/0/panels/0/targets/0/expr']],
    ['templating as a list', { title: 'A', templating: [] }, ['/templating']],
    ['a variable without a name', { title: 'A', templating: { list: [{ type: 'query' }] } }, ['/templating/list/0']],
    ['annotations that are no objects', { title: 'A', annotations: { list: ['x'] } }, ['/annotations/list/0']],
    ['a schemaVersion that is no number', { title: 'A', schemaVersion: 'new' }, ['/schemaVersion']],
  ])('with %s is refused', (_, value, places) => {
    expect(refusedBy('dashboard', value)).toEqual(places)
  })
})

describe('datasource provisioning', () => {
  const prometheus = { name: 'Prometheus', type: 'prometheus', access: 'proxy', url: 'http://prometheus:9090', isDefault: true, editable: '$EDITABLE' }
  test('passes', () => {
    expect(refusedBy('datasources-provisioning', { apiVersion: 1, datasources: [prometheus, { name: 'Loki', type: 'loki' }], deleteDatasources: [{ name: 'x', orgId: 1 }] })).toEqual([])
    expect(refusedBy('datasources-provisioning', { apiVersion: 1, datasources: [prometheus, { ...prometheus, orgId: 2 }] })).toEqual([])
  })

  test.each<[string, unknown, string[]]>([
    ['no type', [{ name: 'x' }], ['/datasources/0']],
    ['two defaults', [prometheus, { ...prometheus, name: 'b' }], ['/datasources']],
    ['a map of datasources', { a: prometheus }, ['/datasources']],
    ['a uid that is too long', [{ ...prometheus, uid: 'x'.repeat(41) }], ['/datasources/0/uid']],
  ])('with %s is refused', (_, datasources, places) => {
    expect(refusedBy('datasources-provisioning', { apiVersion: 1, datasources })).toEqual(places)
  })
})

describe('dashboard provisioning', () => {
  test.each<[string, unknown]>([
    ['of the current form', { apiVersion: 1, providers: [{ name: 'a', type: 'file', options: { path: '/x' } }] }],
    ['of the old form', [{ name: 'a', org_id: 1, type: 'file', options: { folder: '/x' } }]],
  ])('%s passes', (_, value) => {
    expect(refusedBy('dashboards-provisioning', value)).toEqual([])
  })

  test.each<[string, unknown, string[]]>([
    ['no options', [{ name: 'a', type: 'file' }], ['/providers/0']],
    ['no path', [{ name: 'a', options: {} }], ['/providers/0/options']],
    ['providers in a map', { name: 'a' }, ['/providers']],
    ['a folder that is a list', [{ name: 'a', folder: ['x'], options: { path: '/x' } }], ['/providers/0/folder']],
  ])('with %s is refused', (_, providers, places) => {
    const refused = refusedBy('dashboards-provisioning', { apiVersion: 1, providers })
    expect(refused).toEqual(places)
  })
})
