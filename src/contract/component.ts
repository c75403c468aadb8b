import { catalogsOwning, catalogTitle, catalogTitles } from '../registry/catalogs.js'
import type { Unverified } from './name-verdict.js'
import { firstWord } from './unknown-metric.js'

/** A program or library whose metrics begin alike. */
export interface Component {
  /** The same for all its metrics. */
  readonly key: string
  /** In a sentence, before or after a number of metrics: `Node exporter`; absent where only the names are known. */
  readonly title?: string
  /** Pattern of its metrics' names, `*` for any text: `celery_*`. */
  readonly names: string
  /** Catalogs that describe it. */
  readonly catalogs: readonly string[]
}

/** The component that a name belongs to which nothing at hand exposes. */
export function componentOf(name: string, reason: Unverified): Component {
  if (reason.kind === 'recording' && !reason.orExposed) return { key: ':', names: '*:*', catalogs: [] }
  const word = firstWord(name)
  const names = word === undefined ? name : `${word}${/[_:]/.exec(name)?.[0] ?? ''}*`
  // Many programs have `http_requests_total`: an exporter that lists it is not meant by that.
  const owners = catalogsOwning(name)
  const catalogs = reason.kind === 'exporter' ? reason.exporters.filter((catalog) => owners.includes(catalog)) : []
  const [only] = catalogs
  if (catalogs.length === 1 && only !== undefined) return { key: only, title: catalogTitle(only), names, catalogs }
  return { key: names, names, catalogs, ...(catalogs.length > 1 && { title: catalogTitles(catalogs) }) }
}
