import { isWrapped } from '../src/grafana/classification.js'
import { hasPlaceholder } from '../src/grafana/placeholder.js'
import { defineRule } from '../src/lint/rule.js'

/** Grafana: pkg/util/shortid_generator.go, IsShortUID and MaxUIDLength. */
const longest = 40
const allowed = /^[a-zA-Z0-9_-]*$/

export default defineRule({
  name: 'missing-uid',
  subject: 'dashboard',
  severity: 'error',
  summary: 'Each dashboard has a uid that Grafana takes',
  check(dashboard, { report }) {
    const { uid, providers, document, path } = dashboard
    // The operator gives it the uid of the resource.
    if (uid === undefined && document.holder?.kind === 'GrafanaDashboard') return
    if (uid === undefined || uid === '') {
      const isProvisioned = providers.length > 0 && !isWrapped(path)
      report({
        at: dashboard.place('uid'),
        message: isProvisioned
          ? 'This dashboard has no uid: Grafana makes one up, and links and alerts that name it break when it is provisioned anew'
          : 'This dashboard has no uid: each Grafana that it comes to makes one up, and no link or alert can name it',
        // What is imported by hand may take the uid that it gets there.
        ...(!isProvisioned && { severity: 'warning' as const }),
      })
    } else if (hasPlaceholder(uid)) {
      // Another tool makes it, and it is nothing yet.
    } else if (uid.length > longest) {
      report({ at: dashboard.place('uid'), message: `uid "${uid}" has ${uid.length} characters; Grafana takes ${longest} at most` })
    } else if (!allowed.test(uid)) {
      report({ at: dashboard.place('uid'), message: `uid "${uid}" may only have letters, digits, "-" and "_"` })
    }
  },
})
