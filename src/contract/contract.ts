import type { Registry } from '../registry/registry.js'
import type { Recording } from './inference/recordings.js'

/** Labels that Prometheus puts on every series it scrapes, as far as they are known. */
export interface TargetLabels {
  readonly names: ReadonlySet<string>
  /** Whether service discovery or relabelling may add others. */
  readonly open: boolean
  /** Of labels that every target has: all values that targets have, where they are known. */
  readonly values?: ReadonlyMap<string, readonly string[]>
  /** Those that every target surely has. */
  readonly always?: ReadonlySet<string>
  /** Whether labels of what is scraped win over those of targets in some job (`honor_labels`). */
  readonly honored?: boolean
  /** Whether a Prometheus configuration tells them; if not, `names` are those that most set-ups use. */
  readonly configured: boolean
}

/** What queries are held against. */
export interface Contract {
  readonly registry: Registry
  readonly targetLabels: TargetLabels
  /** What recording rules record, with their expressions; absent: only the names of their labels are known. */
  readonly recordings?: readonly Recording[]
}
