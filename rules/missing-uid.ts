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
    const { uid } = dashboard
    if (uid === undefined || uid === '') {
      report({
        at: dashboard.place('uid'),
        message: 'This dashboard has no uid: Grafana makes one up, and links and alerts that name it break when it is provisioned anew',
      })
    } else if (uid.length > longest) {
      report({ at: dashboard.place('uid'), message: `uid "${uid}" has ${uid.length} characters; Grafana takes ${longest} at most` })
    } else if (!allowed.test(uid)) {
      report({ at: dashboard.place('uid'), message: `uid "${uid}" may only have letters, digits, "-" and "_"` })
    }
  },
})
