import { resolveAlertDatasource } from '../grafana/alerting/datasource.js'
import { chainOf } from '../grafana/alerting/expressions.js'
import type { AlertingFile } from '../grafana/alerting/model.js'
import { once } from '../text/once.js'
import { folderOf } from '../text/path.js'
import { located } from './locate.js'
import { grafanaFolder, type Trees } from './trees.js'
import type { LocatedAlertingFile, LocatedDatasource, LocatedGrafanaAlert } from './workspace.js'

/** Gives the rules of Grafana-managed alerting their places, and what tells them where their queries go. */
export function locateAlerting(file: AlertingFile, provisionedFor: (path: string) => readonly LocatedDatasource[], trees: Trees): LocatedAlertingFile {
  const { document, form, groups } = file
  const { path } = document.source
  const provisioned = once(() => provisionedFor(path))
  const within = form === 'provisioning' && isProvisioned(path) ? grafanaFolder(path) : folderOf(path)
  const loadedBy = JSON.stringify([form, trees.grafanaOf(path).root, within])
  const alerts = groups.flatMap((group) => group.rules.map((rule): LocatedGrafanaAlert => ({
    ...located(document, rule.path, rule),
    file, group, loadedBy,
    context: `alert "${rule.title}" in group "${group.name}"`,
    chain: once(() => chainOf(rule, (query) => resolveAlertDatasource(query, provisioned()) === 'prometheus')),
  })))
  return { ...file, loadedBy, alerts }
}

/** Whether a file lies where Grafana looks for what it provisions: `provisioning/alerting`. */
export function isProvisioned(path: string): boolean {
  return /(?:^|\/)provisioning[^/]*\//.test(path)
}
