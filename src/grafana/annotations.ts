import type { DocumentPath } from '../text/document.js'
import { isRecord, listOf, recordOf, textOf } from '../text/value.js'
import { readDatasourceRef } from './datasource-ref.js'
import type { Annotation, QueryText } from './model.js'

/** The annotation queries of a dashboard; `target.expr`, or `expr` as Grafana kept it before version 8. */
export function readAnnotations(dashboard: Readonly<Record<string, unknown>>, path: DocumentPath): Annotation[] {
  return listOf(recordOf(dashboard['annotations'])['list']).flatMap((annotation, index): Annotation[] => {
    if (!isRecord(annotation)) return []
    const at = [...path, 'annotations', 'list', index]
    const name = textOf(annotation['name'])
    const target = recordOf(annotation['target'])
    const expr = exprOf(target, [...at, 'target']) ?? exprOf(annotation, at)
    return [{
      path: at,
      ...(name !== undefined && { name }),
      datasource: readDatasourceRef(annotation, at) ?? readDatasourceRef(target, [...at, 'target']) ?? {},
      ...(expr && { expr }),
      enabled: annotation['enable'] !== false,
    }]
  })
}

function exprOf(owner: Readonly<Record<string, unknown>>, path: DocumentPath): QueryText | undefined {
  const text = textOf(owner['expr'])
  return text === undefined ? undefined : { text, path: [...path, 'expr'] }
}
