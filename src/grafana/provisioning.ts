import { createHash } from 'node:crypto'
import type { StructuredDocument } from '../text/document.js'
import { isRecord, listOf, recordOf, textOf } from '../text/value.js'
import type { DashboardProvider, Datasource } from './model.js'

/** Whether a value is a Grafana provisioning file for datasources. */
export function looksLikeDatasources(value: unknown): boolean {
  if (!isRecord(value) || !('datasources' in value || 'deleteDatasources' in value)) return false
  if (isProvisioningVersion(value['apiVersion'])) return true
  // Version 0 had no apiVersion; other tools' lists of datasources have a type and a url too.
  const own = ['access', 'jsonData', 'json_data', 'isDefault', 'is_default', 'orgId', 'org_id', 'secureJsonData', 'editable']
  const items = listOf(value['datasources']).filter(isRecord)
  return items.length > 0 && items.every((item) => 'type' in item && 'name' in item && own.some((key) => key in item))
}

/** Whether a value is a Grafana provisioning file for dashboards: `providers`, or the bare list of old versions. */
export function looksLikeDashboardProviders(value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0 && value.every(isOldProvider)
  return isRecord(value) && 'providers' in value && isProvisioningVersion(value['apiVersion'])
}

function isProvisioningVersion(value: unknown): boolean {
  return value === 1 || value === 0 || value === '1'
}

function isOldProvider(value: unknown): boolean {
  if (!isRecord(value) || value['type'] !== 'file' || !('name' in value)) return false
  const options = recordOf(value['options'])
  return 'path' in options || ('folder' in options && ('org_id' in value || 'orgId' in value || 'folder' in value))
}

/**
 * The datasources that a provisioning file creates (`deleteDatasources` names others). One without a name is left
 * out; Grafana would refuse it.
 */
export function readDatasources(document: StructuredDocument): Datasource[] {
  return listOf(recordOf(document.value)['datasources']).flatMap((item, index): Datasource[] => {
    const name = isRecord(item) ? textOf(item['name']) : undefined
    if (!isRecord(item) || name === undefined) return []
    const uid = document.holder?.uid ?? textOf(item['uid'])
    return [{
      document,
      path: ['datasources', index],
      name: unescaped(name),
      type: textOf(item['type']) ?? '',
      uid: uid === undefined ? derivedUid(unescaped(name)) : unescaped(uid),
      isDefault: isTrue(item['isDefault'] ?? item['is_default']),
      ...((hasEnvironmentVariable(uid ?? name) || hasEnvironmentVariable(name)) && { computed: true }),
    }]
  })
}

/** The providers in a dashboard provisioning file, in either of its forms. */
export function readDashboardProviders(document: StructuredDocument): DashboardProvider[] {
  const isOldForm = Array.isArray(document.value)
  const providers = isOldForm ? listOf(document.value) : listOf(recordOf(document.value)['providers'])
  return providers.flatMap((item, index): DashboardProvider[] => {
    if (!isRecord(item)) return []
    const options = recordOf(item['options'])
    const folder = textOf(item['folder'])
    const folderUid = textOf(item['folderUid'])
    const directory = textOf(options['path']) ?? textOf(options['folder'])
    return [{
      document,
      path: isOldForm ? [index] : ['providers', index],
      // Grafana: provisioning/dashboards/config_reader.go
      name: textOf(item['name']) ?? 'default',
      orgId: Number(item['orgId'] ?? item['org_id']) || 1,
      ...(folder !== undefined && { folder }),
      ...(folderUid !== undefined && { folderUid }),
      ...(directory !== undefined && { directory }),
      foldersFromFilesStructure: isTrue(options['foldersFromFilesStructure']),
    }]
  })
}

/**
 * The uid that Grafana gives a provisioned datasource without one: `P` and the first 16 hexadecimal digits, upper
 * case, of the SHA-256 of its name (provisioning/datasources/config_reader.go, safeUIDFromName).
 */
export function derivedUid(name: string): string {
  return `P${createHash('sha256').update(name).digest('hex').slice(0, 16).toUpperCase()}`
}

/**
 * The provisioned datasource that a derived uid means but for the case of its name, and the name as the uid has it:
 * dashboards saved where it is called "Prometheus" come to servers where it is "prometheus".
 */
export function datasourceNameBehind<D extends Datasource>(uid: string, datasources: readonly D[]): { name: string; datasource: D } | undefined {
  if (!/^P[0-9A-F]{16}$/.test(uid)) return undefined
  for (const datasource of datasources) {
    const { name } = datasource
    const spellings = [name.toLowerCase(), name.toUpperCase(), name.charAt(0).toUpperCase() + name.slice(1).toLowerCase()]
    const meant = spellings.find((spelling) => derivedUid(spelling) === uid)
    if (meant !== undefined) return { name: meant, datasource }
  }
  return undefined
}

/** Go's yaml reads the booleans of YAML 1.1 into a field that is a boolean. */
function isTrue(value: unknown): boolean {
  return value === true || (typeof value === 'string' && /^(?:true|True|TRUE|yes|Yes|YES|on|On|ON|y|Y)$/.test(value))
}

/** `$NAME`, `${NAME}`, `$__env{NAME}`, `$__file{…}`; `$$` is a dollar (Grafana: provisioning/values). */
function hasEnvironmentVariable(text: string): boolean {
  return /\$(?:\w|\{)/.test(text.replaceAll('$$', ''))
}

function unescaped(text: string): string {
  return text.replaceAll('$$', '$')
}
