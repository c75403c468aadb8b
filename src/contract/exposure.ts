/** Who answers where Prometheus scrapes. */
export type Exposer =
  /** A program of the workspace, all of whose code is in languages that are read. */
  | { readonly kind: 'code' }
  /** A program that a catalog describes. */
  | { readonly kind: 'catalog'; readonly catalog: string }
  | { readonly kind: 'unknown' }

/** One address that a scrape job names, and who answers there. */
export interface ScrapeTarget {
  readonly job: string
  /** As written: `host:port`. */
  readonly address: string
  readonly exposer: Exposer
}

/** What is known of the programs that Prometheus scrapes: whether a name that nothing here exposes may still exist. */
export type Scraped =
  /** Every scrape job is written out with its targets. */
  | 'closed'
  /** Targets come from service discovery, or programs hand over metrics of others: anything may be behind them. */
  | 'open'
  /** No Prometheus configuration is in the workspace. */
  | 'unknown'

export interface Exposure {
  readonly scraped: Scraped
  /** Every target that is written out. */
  readonly targets: readonly ScrapeTarget[]
}
