import { scalarText } from '../../text/scalar-text.js'
import type { DocumentPath, StructuredDocument } from '../../text/document.js'
import { isRecord, listOf, ownValue, recordOf, textOf } from '../../text/value.js'
import type { AlertGroup, AlertingFile, AlertingForm, AlertQuery, AlertRule, Defined, TemplateGroup } from './model.js'
import { notificationReferences } from './references.js'

/** What only Grafana's alerting has at the top of a file (Grafana: pkg/services/provisioning/alerting/types.go, AlertingFileV1). */
const ownKeys = ['contactPoints', 'deleteContactPoints', 'muteTimes', 'deleteMuteTimes', 'resetPolicies', 'deleteRules', 'deleteTemplates']
/** What others have too. */
const sharedKeys = ['groups', 'policies', 'templates']

/** By kind of the Grafana operator, what its `spec` is (grafana-operator: api/v1beta1). */
const resourceParts: Readonly<Record<string, 'contactPoints' | 'muteTimes' | 'policies' | 'templates' | 'rules'>> = {
  GrafanaAlertRuleGroup: 'rules',
  GrafanaContactPoint: 'contactPoints',
  GrafanaMuteTiming: 'muteTimes',
  GrafanaNotificationPolicy: 'policies',
  GrafanaNotificationTemplate: 'templates',
}

/** Whether a document tells Grafana's alerting what to do. */
export function looksLikeAlerting({ value, holder }: Pick<StructuredDocument, 'value' | 'holder'>): boolean {
  if (holder !== undefined && Object.hasOwn(resourceParts, holder.kind)) return true
  return formOf(value) !== undefined
}

function formOf(value: unknown): AlertingForm | undefined {
  if (Array.isArray(value)) return value.length > 0 && value.every(isManagedRule) ? 'api' : undefined
  if (!isRecord(value) || 'kind' in value) return undefined
  if (listOf(value['groups']).some((group) => listOf(recordOf(group)['rules']).some(isManagedRule))) return 'provisioning'
  if (isVersionOne(value['apiVersion'])) {
    if (ownKeys.some((key) => Array.isArray(value[key]))) return 'provisioning'
    return sharedKeys.some((key) => listOf(value[key]).some((item) => isRecord(item) && isOfShared(key, item))) ? 'provisioning' : undefined
  }
  return isManagedRule(value) || listOf(value['rules']).some(isManagedRule) ? 'api' : undefined
}

function isVersionOne(value: unknown): boolean {
  return value === 1 || value === '1'
}

function isOfShared(key: string, item: Readonly<Record<string, unknown>>): boolean {
  if (key === 'policies') return 'receiver' in item
  return key === 'templates' ? 'template' in item && 'name' in item : 'folder' in item && 'rules' in item
}

function isManagedRule(value: unknown): boolean {
  if (!isRecord(value) || !Array.isArray(value['data'])) return false
  return 'condition' in value || value['data'].some((query) => isRecord(query) && 'refId' in query && 'model' in query)
}

/** Reads what a document tells Grafana's alerting. What Grafana refuses for its form is left out where it cannot be read. */
export function readAlertingFile(document: StructuredDocument): AlertingFile {
  const { value, holder } = document
  const part = holder === undefined ? undefined : ownValue(resourceParts, holder.kind)
  if (part !== undefined) return readResource(document, part)
  const file = recordOf(value)
  const form = formOf(value) ?? 'provisioning'
  const groups = form === 'api' ? apiGroups(document) : listOf(file['groups']).flatMap((group, index) => isRecord(group) ? [readGroup(document, group, ['groups', index])] : [])
  return withReferences({
    document, form, groups,
    contactPoints: definedIn(document, 'contactPoints'),
    muteTimings: definedIn(document, 'muteTimes'),
    templates: definedIn(document, 'templates').map((one): TemplateGroup => ({ ...one, text: textOf(recordOf(listOf(file['templates'])[Number(one.path[1])])['template']) ?? '' })),
  })
}

function withReferences(file: Omit<AlertingFile, 'references'>): AlertingFile {
  return { ...file, references: notificationReferences(file) }
}

/** `name` is the resource's own where the spec has none. */
function readResource(document: StructuredDocument, part: (typeof resourceParts)[string]): AlertingFile {
  const spec = recordOf(document.value)
  const name = textOf(spec['name']) ?? document.holder?.name ?? ''
  const own: Defined[] = [{ name, path: 'name' in spec ? ['name'] : [], orgId: 1 }]
  return withReferences({
    document, form: 'resource',
    groups: part === 'rules' ? [{ ...readGroup(document, spec, []), name }] : [],
    contactPoints: part === 'contactPoints' ? own : [],
    muteTimings: part === 'muteTimes' ? own : [],
    templates: part === 'templates' ? own.map((one) => ({ ...one, text: textOf(spec['template']) ?? '' })) : [],
  })
}

/** The API answers with a rule, a list of rules, or a group of them (Grafana: definitions/provisioning_alert_rules.go). */
function apiGroups(document: StructuredDocument): AlertGroup[] {
  const { value } = document
  if (Array.isArray(value)) return value.flatMap((rule, index) => isRecord(rule) ? [{ path: [index], name: textOf(rule['ruleGroup']) ?? '', orgId: orgOf(rule), rules: readRules(document, [index]) }] : [])
  const file = recordOf(value)
  if (isManagedRule(file)) return [{ path: [], name: textOf(file['ruleGroup']) ?? '', orgId: orgOf(file), rules: readRules(document, []) }]
  return [{ ...readGroup(document, file, []), name: textOf(file['title']) ?? textOf(file['name']) ?? '' }]
}

function readGroup(document: StructuredDocument, group: Readonly<Record<string, unknown>>, path: DocumentPath): AlertGroup {
  return {
    path,
    name: scalarText(document, group['name'], [...path, 'name']) ?? '',
    orgId: orgOf(group),
    rules: listOf(group['rules']).flatMap((_, index) => readRules(document, [...path, 'rules', index])),
  }
}

function orgOf(owner: Readonly<Record<string, unknown>>): number {
  return Number(owner['orgId'] ?? owner['orgID']) || 1
}

/** The rule at a path; none where it has no list of queries. */
function readRules(document: StructuredDocument, path: DocumentPath): AlertRule[] {
  const rule = path.reduce<unknown>((inner, key) => (inner as Readonly<Record<string | number, unknown>>)[key], document.value)
  if (!isRecord(rule)) return []
  const text = (key: string) => scalarText(document, rule[key], [...path, key])
  const uid = text('uid')
  const condition = text('condition')
  const noDataState = text('noDataState') ?? text('no_data_state')
  const record = textOf(recordOf(rule['record'])['metric'])
  return [{
    path,
    title: text('title') ?? '',
    ...(uid !== undefined && uid !== '' && { uid }),
    ...(condition !== undefined && condition !== '' && { condition }),
    ...(noDataState !== undefined && { noDataState }),
    ...(record !== undefined && { record }),
    data: listOf(rule['data']).flatMap((query, index) => isRecord(query) ? [readQuery(document, query, [...path, 'data', index])] : []),
    labels: texts(document, rule['labels'], [...path, 'labels']),
    annotations: texts(document, rule['annotations'], [...path, 'annotations']),
  }]
}

/** `-100` is what expressions were called before they had a name (Grafana: pkg/expr/service.go). */
const expressionUids = new Set(['__expr__', '-100'])

function readQuery(document: StructuredDocument, query: Readonly<Record<string, unknown>>, path: DocumentPath): AlertQuery {
  const model = recordOf(query['model'])
  const id = scalarText(document, query['datasourceUid'], [...path, 'datasourceUid'])
  const told = textOf(recordOf(model['datasource'])['type'])
  const type = textOf(model['type'])
  const expr = model['expr']
  return {
    path,
    refId: scalarText(document, query['refId'], [...path, 'refId']) ?? '',
    datasource: { ...(id !== undefined && id !== '' && { id, path: [...path, 'datasourceUid'] }), ...(told !== undefined && { type: told }) },
    isExpression: id !== undefined && expressionUids.has(id),
    ...(type !== undefined && { type }),
    ...(typeof expr === 'string' && { expr: { text: expr, path: [...path, 'model', 'expr'] } }),
    model,
  }
}

function definedIn(document: StructuredDocument, key: string): Defined[] {
  return listOf(recordOf(document.value)[key]).flatMap((item, index): Defined[] => {
    const path = [key, index, 'name']
    const name = isRecord(item) ? scalarText(document, item['name'], path) : undefined
    return isRecord(item) && name !== undefined ? [{ name: name.trim(), path, orgId: orgOf(item) }] : []
  })
}

function texts(document: StructuredDocument, value: unknown, path: DocumentPath): Record<string, string> {
  return Object.fromEntries(Object.entries(recordOf(value)).flatMap(([key, one]) => {
    const text = scalarText(document, one, [...path, key])
    return text === undefined ? [] : [[key, text]]
  }))
}

