import type { Severity } from '../lint/diagnostic.js'
import type { Place } from '../text/source.js'
import type { Config, ConfiguredSuppression, Override } from './config.js'

/** A mistake in a configuration. */
export interface ConfigProblem {
  readonly place: Place
  readonly message: string
  /** What was probably meant by the name at `place`. */
  readonly suggestion?: string
}

/** A severity, or a pair of that and options. */
export type RuleEntry = Severity | 'off' | readonly [Severity | 'off', unknown]

/** What `extends` and `rules` are as they are written. */
export interface UserRules {
  /** Presets; for the configuration itself files and packages, too. */
  readonly extends?: string | readonly string[]
  readonly rules?: Readonly<Record<string, RuleEntry>>
}

/** A configuration as it is written. */
export type UserConfig = UserRules & Partial<Omit<Config, keyof UserRules | 'extract' | 'overrides' | 'plugins' | 'suppressions'>> & {
  readonly extract?: Partial<Config['extract']>
  readonly overrides?: readonly (UserRules & Omit<Override, keyof UserRules>)[]
  readonly plugins?: readonly string[]
  readonly suppressions?: readonly (Omit<ConfiguredSuppression, 'rules'> & { readonly rules: readonly string[] })[]
}
