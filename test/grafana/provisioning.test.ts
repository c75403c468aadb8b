import { describe, expect, test } from 'vitest'
import { derivedUid, looksLikeDashboardProviders, looksLikeDatasources, readDashboardProviders, readDatasources } from '../../src/grafana/provisioning.js'
import { sourceText } from '../../src/text/source.js'
import { parseYaml } from '../../src/text/yaml.js'

const parse = (text: string) => parseYaml(sourceText('provisioning.yaml', text))[0]!

test('the uid that Grafana derives from a name', () => {
  expect(derivedUid('Prometheus')).toBe('PBFA97CFB590B2093')
})

test('datasources', () => {
  const document = parse(`
apiVersion: 1
deleteDatasources:
  - name: Old
datasources:
  - name: Prometheus
    type: prometheus
    access: proxy
    url: http://prometheus:9090
    isDefault: yes
  - { name: Logs, type: loki, uid: logs }
  - { name: $TEAM metrics, type: prometheus }
  - { name: A, type: prometheus, uid: "\${UID}" }
  - { name: US$$, type: prometheus }
  - { type: prometheus }
`)
  expect(looksLikeDatasources(document.value)).toBe(true)
  expect(readDatasources(document)).toEqual([
    { document, path: ['datasources', 0], name: 'Prometheus', type: 'prometheus', uid: 'PBFA97CFB590B2093', isDefault: true },
    { document, path: ['datasources', 1], name: 'Logs', type: 'loki', uid: 'logs', isDefault: false },
    { document, path: ['datasources', 2], name: '$TEAM metrics', type: 'prometheus', uid: derivedUid('$TEAM metrics'), isDefault: false, computed: true },
    { document, path: ['datasources', 3], name: 'A', type: 'prometheus', uid: '${UID}', isDefault: false, computed: true },
    { document, path: ['datasources', 4], name: 'US$', type: 'prometheus', uid: derivedUid('US$'), isDefault: false },
  ])
})

describe('dashboard providers', () => {
  test('of the current form', () => {
    const document = parse(`
apiVersion: 1
providers:
  - name: ml
    orgId: 2
    folder: ML Services
    folderUid: ml
    type: file
    options: { path: /etc/grafana/provisioning/dashboards, foldersFromFilesStructure: true }
  - type: file
    options: { path: /var/lib/grafana/dashboards }
`)
    expect(looksLikeDashboardProviders(document.value)).toBe(true)
    expect(readDashboardProviders(document)).toEqual([
      { document, path: ['providers', 0], name: 'ml', orgId: 2, folder: 'ML Services', folderUid: 'ml', directory: '/etc/grafana/provisioning/dashboards', foldersFromFilesStructure: true },
      { document, path: ['providers', 1], name: 'default', orgId: 1, directory: '/var/lib/grafana/dashboards', foldersFromFilesStructure: false },
    ])
  })

  test('of the old form, a bare list', () => {
    const document = parse("- name: default\n  org_id: 1\n  folder: ''\n  type: file\n  options:\n    folder: /var/lib/grafana/dashboards\n")
    expect(looksLikeDashboardProviders(document.value)).toBe(true)
    expect(readDashboardProviders(document)).toEqual([
      { document, path: [0], name: 'default', orgId: 1, directory: '/var/lib/grafana/dashboards', foldersFromFilesStructure: false },
    ])
  })
})

test.each<[string, string]>([
  ['an Ansible play', '- name: x\n  type: file\n  hosts: all\n'],
  ['a Kubernetes list', 'apiVersion: v1\nkind: List\nitems: []\n'],
  ['another tool with datasources', 'datasources:\n  - name: db\n    type: postgres\n    url: postgres://x\n'],
  ['a Terraform-like list of providers', 'providers:\n  - name: aws\n'],
  ['contact points', 'apiVersion: 1\ncontactPoints:\n  - name: x\n'],
])('%s is neither', (_, text) => {
  const { value } = parse(text)
  expect([looksLikeDatasources(value), looksLikeDashboardProviders(value)]).toEqual([false, false])
})
