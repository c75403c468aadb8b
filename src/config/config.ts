import type { Severity } from '../lint/diagnostic.js'
import type { Factory } from '../extract/types.js'
import type { TranslationStrategy } from '../prometheus/model.js'
import type { Place } from '../text/source.js'
import type { PresetName } from './presets.js'

/** What a user can set in `ml-dash-lint.config.json` (schemas/config.schema.json), validated and with defaults. */
export interface Config {
  /** Globs in the syntax of `.gitignore`, relative to the configuration file. */
  readonly ignore: readonly string[]
  readonly include: readonly string[]
  /** Registry files to add to what the code exposes, relative to the working directory. */
  readonly registry: readonly string[]
  /** Catalogs that count although nothing in the workspace shows that their exporter runs. */
  readonly catalogs: readonly string[]
  /** Labels that the Prometheus of these consumers adds to every series. */
  readonly targetLabels: readonly string[]
  /** Names of metrics that come from elsewhere, `*` for any text: rules do not report them as unknown. */
  readonly externalMetrics: readonly string[]
  /** What metrics are called now, by the names of families or series that they had: what their consumers are told to write, and `--fix` writes. */
  readonly renames: Readonly<Record<string, string>>
  /** Globs in the syntax of `.gitignore`, relative to the configuration file, of documents that list metrics. */
  readonly metricsDocuments: readonly string[]
  /** Bytes; a larger file is reported and not read. */
  readonly maxFileSize: number
  /** Percent of the selectors that have to be checked; a run that checks less fails. */
  readonly minCoverage?: number
  /** The baseline, relative to the working directory; absent: the one beside the configuration, where there is one. */
  readonly baseline?: string
  readonly extract: { readonly factories: readonly Factory[]; readonly budget: number; readonly translationStrategy?: TranslationStrategy }
  /** Whether the results of extraction are kept on disk. */
  readonly cache: boolean
  /** Presets, and the rules of shared configurations, that `rules` goes on from; a later one wins over those before it. */
  readonly extends: readonly (PresetName | RuleSettings)[]
  readonly rules: RuleSettings
  /** Modules with rules of the user's own. */
  readonly plugins: readonly PluginReference[]
  /** What is otherwise in some of the files; a later one wins over those before it. */
  readonly overrides: readonly Override[]
  /** What is not to be reported, for what has no comments. */
  readonly suppressions: readonly ConfiguredSuppression[]
}

/** A plugin as the configuration names it. */
export interface PluginReference {
  /** A path, or the name of a package. */
  readonly name: string
  /** Absolute path of the file that names it. */
  readonly from: string
  readonly place: Place
}

/** By the names of the rules. */
export type RuleSettings = Readonly<Record<string, RuleSetting>>

export interface RuleSetting {
  readonly severity?: Severity | 'off'
  readonly options?: unknown
}

/** Settings for what is all of what is named here. `*` stands for any text in all but `files`, which are globs in the syntax of `.gitignore`. */
export interface Override {
  /** Relative to the configuration file. */
  readonly files?: readonly string[]
  /** Titles or uids of Grafana's folders, or names of the directories that dashboards lie in. */
  readonly folders?: readonly string[]
  readonly uids?: readonly string[]
  /** A dashboard has any of them. */
  readonly tags?: readonly string[]
  /** Names of groups of rules, of Prometheus or of Grafana's own alerting. */
  readonly groups?: readonly string[]
  readonly extends: readonly PresetName[]
  readonly rules: RuleSettings
}

/** Findings of some rules about what fits all that is named here. `*` stands for any text in all but `files`, as in an override. */
export interface ConfiguredSuppression {
  /** With where each is named. */
  readonly rules: readonly { readonly name: string; readonly place: Place }[]
  readonly files?: readonly string[]
  readonly uids?: readonly string[]
  /** Titles. */
  readonly dashboards?: readonly string[]
  /** Ids and titles. */
  readonly panels?: readonly (number | string)[]
  readonly metrics?: readonly string[]
  readonly labels?: readonly string[]
  readonly reason?: string
  /** The last day on which it holds. */
  readonly until?: string
}

export const defaultConfig: Config = {
  ignore: [],
  include: [],
  registry: [],
  catalogs: [],
  targetLabels: [],
  externalMetrics: [],
  renames: {},
  metricsDocuments: [],
  maxFileSize: 20_000_000,
  extract: { factories: [], budget: 1 },
  cache: true,
  extends: [],
  rules: {},
  plugins: [],
  overrides: [],
  suppressions: [],
}
