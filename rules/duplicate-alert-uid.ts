import { hasPlaceholder } from '../src/grafana/placeholder.js'
import { defineRule } from '../src/lint/rule.js'
import { standsInValues } from '../src/manifests/helm-values.js'
import type { LocatedGrafanaAlert } from '../src/workspace/workspace.js'

export default defineRule({
  name: 'duplicate-alert-uid',
  subject: 'workspace',
  severity: 'error',
  summary: 'Each rule of Grafana-managed alerting has a uid of its own',
  check({ grafanaAlerts }, { report }) {
    const firsts = new Map<string, LocatedGrafanaAlert>()
    for (const alert of grafanaAlerts) {
      const { uid, loadedBy, group, context } = alert
      // What the API answers with is no file that Grafana loads: several may be of different days.
      if (uid === undefined || alert.file.form === 'api' || hasPlaceholder(uid) || uid.includes('$')) continue
      const { document } = alert.file
      // Each file of values is for an installation by itself.
      const installation = standsInValues(document) ? [document.source.path, document.holder?.name] : []
      const key = JSON.stringify([loadedBy, ...installation, group.orgId, uid])
      const first = firsts.get(key)
      if (first === undefined) {
        firsts.set(key, alert)
        continue
      }
      report({
        at: alert.place('uid'),
        message: `uid "${uid}" is already used by "${first.title}": Grafana keeps one rule of a uid, so that the second replaces the first`,
        context,
        related: [{ place: first.place('uid'), message: 'first used here' }],
      })
    }
  },
})
