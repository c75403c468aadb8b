import type { Diagnostic } from '../lint/diagnostic.js'
import type { Suppression } from '../lint/suppressions/suppression.js'
import { wildcardMatcher } from '../text/wildcard.js'
import { groupedBy } from '../text/grouped-by.js'
import { once } from '../text/once.js'
import type { LocatedDashboard, LocatedPanel, Workspace } from '../workspace/workspace.js'
import type { Config, ConfiguredSuppression } from './config.js'
import { consumersByPlace, filesTest, type Bases } from './overrides.js'

/** What the configuration suppresses, an entry for each rule that it names. */
export function configuredSuppressions({ suppressions }: Config, workspace: Workspace, bases: Bases): Suppression[] {
  if (suppressions.length === 0) return []
  const consumerAt = once(() => consumersByPlace(workspace))
  const panels = once(() => groupedBy(workspace.panels, ({ dashboard }) => dashboard))
  return suppressions.flatMap(({ rules, metrics, labels, reason, until, ...about }): Suppression[] => {
    const reach = reachOf(about, { consumerAt, panels, bases })
    return rules.map(({ name, place }) => ({
      rule: name,
      ...(metrics && { metrics }),
      ...(labels && { labels }),
      place,
      writtenIn: 'configuration',
      ...(reason !== undefined && { reason }),
      ...(until !== undefined && { until }),
      reach,
      about: 'in what this entry is about',
    }))
  })
}

interface Around {
  readonly consumerAt: () => ReturnType<typeof consumersByPlace>
  readonly panels: () => ReadonlyMap<LocatedDashboard, readonly LocatedPanel[]>
  readonly bases: Bases
}

function reachOf({ files, uids, dashboards, panels }: Pick<ConfiguredSuppression, 'files' | 'uids' | 'dashboards' | 'panels'>, around: Around): (finding: Diagnostic) => boolean {
  const inFiles = files && filesTest(files, around.bases)
  const [ofUid, ofTitle] = [uids, dashboards].map((patterns) => patterns && wildcardMatcher(patterns))
  const ids = new Set(panels?.filter((one) => typeof one === 'number'))
  const ofPanel = wildcardMatcher(panels?.filter((one) => typeof one === 'string') ?? [])
  return ({ place: { source: { path }, span: { start } } }) => {
    if (inFiles && !inFiles(path)) return false
    if (!ofUid && !ofTitle && !panels) return true
    const { dashboard } = around.consumerAt()({ path, start })
    if (dashboard === undefined) return false
    if (ofUid && (dashboard.uid === undefined || !ofUid(dashboard.uid))) return false
    if (ofTitle && (dashboard.title === undefined || !ofTitle(dashboard.title))) return false
    return !panels || (around.panels().get(dashboard) ?? []).some((panel) => {
      const isNamed = (panel.id !== undefined && ids.has(panel.id)) || (panel.title !== undefined && ofPanel(panel.title))
      if (!isNamed) return false
      const { span } = panel.place()
      return span.start <= start && start < span.end
    })
  }
}
