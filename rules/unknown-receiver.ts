import { definitionsIn } from '../src/grafana/alerting/references.js'
import type { Reference } from '../src/grafana/alerting/model.js'
import { replaceWith } from '../src/lint/replace.js'
import { defineRule } from '../src/lint/rule.js'
import { groupedBy } from '../src/text/grouped-by.js'
import { isMisspelling } from '../src/text/misspelling.js'
import { nearestNames } from '../src/text/nearest-names.js'
import type { LocatedAlertingFile } from '../src/workspace/workspace.js'

export default defineRule({
  name: 'unknown-receiver',
  subject: 'workspace',
  severity: 'error',
  summary: "Each contact point, mute timing and template that Grafana's alerting refers to is provisioned",
  check({ alertingFiles }, { report }) {
    const byGrafana = groupedBy(alertingFiles.filter(({ form }) => form !== 'api'), ({ loadedBy }) => loadedBy)
    for (const files of byGrafana.values()) {
      const defined = definedIn(files)
      for (const { document, form, references } of files) {
        for (const { kind, name, path, start, orgId, context } of references) {
          const names = defined[kind].get(orgId)
          // Where none is provisioned, they are made elsewhere: in Grafana itself, by Terraform.
          if (names === undefined || names.has(name) || isBuiltIn(kind, name) || /\$|\{\{/.test(name) || [...names].some((one) => one.includes('$'))) continue
          const [suggestion] = nearestNames(name, [...names], 1)
          const place = { source: document.source, span: document.spanInString(path, start, start + name.length) }
          report({
            at: place,
            message: `No ${kind} "${name}" is provisioned.${suggestion === undefined ? ` There is: ${[...names].map((one) => `"${one}"`).join(', ')}.` : ` Did you mean "${suggestion}"?`}`,
            context,
            data: { value: name, ...(suggestion !== undefined && { suggestion }) },
            suggestions: suggestion === undefined ? [] : replaceWith(suggestion, document.source, document.edit({ kind: 'characters', path, start, end: start + name.length, text: suggestion }), {
              safety: form !== 'resource' && isMisspelling(name, suggestion, names, () => false) ? 'sure' : undefined,
            }),
            // What has no like here may be made in Grafana itself, and other resources may lie in other repositories.
            ...((suggestion === undefined || form === 'resource') && { severity: 'warning' as const }),
          })
        }
      }
    }
  },
})

/** By kind and organization, the names that there are. */
function definedIn(files: readonly LocatedAlertingFile[]): Readonly<Record<Reference['kind'], ReadonlyMap<number, ReadonlySet<string>>>> {
  const namesOf = (all: readonly (readonly [orgId: number, name: string])[]) => {
    const names = new Map<number, Set<string>>()
    for (const [orgId, name] of all) names.set(orgId, (names.get(orgId) ?? new Set()).add(name))
    return names
  }
  return {
    'contact point': namesOf(files.flatMap(({ contactPoints }) => contactPoints.map(({ orgId, name }) => [orgId, name] as const))),
    'mute timing': namesOf(files.flatMap(({ muteTimings }) => muteTimings.map(({ orgId, name }) => [orgId, name] as const))),
    // A text that defines nothing is the template of its own name.
    template: namesOf(files.flatMap(({ templates }) => templates.flatMap(({ orgId, name, text }) => [name, ...definitionsIn(text)].map((one) => [orgId, one] as const)))),
  }
}

/** What Grafana has from the beginning (Grafana: pkg/services/ngalert/notifier; alerting/templates/default_template.go). */
function isBuiltIn(kind: Reference['kind'], name: string): boolean {
  if (kind === 'contact point') return name === 'grafana-default-email' || name === 'empty'
  return kind === 'template' && /^__|(?:^|\.)default\b/.test(name)
}
