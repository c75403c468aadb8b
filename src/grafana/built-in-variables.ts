/**
 * Variables that Grafana itself defines (documentation: "Global variables", "Configure data links"; source:
 * packages/grafana-data/src/types/dataLink.ts, features/templating/macroRegistry.ts, grafana/scenes: macros).
 */
const builtIn = new Set([
  '__all', '__all_variables', '__auto', '__cell', '__dashboard', '__data', '__field', '__from', '__interval',
  '__interval_ms', '__name', '__org', '__range', '__range_ms', '__range_s', '__rate_interval', '__rate_interval_ms',
  '__searchFilter', '__series', '__timeFilter', '__timeFrom', '__timeTo', '__timezone', '__to', '__url',
  '__url_time_range', '__user', '__value', '__values', 'timeFilter',
])

/**
 * `__auto_interval_x` is what an interval variable `x` becomes on "auto"; `__cell_1` a cell of a table before
 * Grafana 7; `__value_raw` and the like are the old spelling of `__value.raw`.
 */
const builtInFamilies = /^__(?:auto_interval_|cell_|field_|series_|value_)\w+$/

/** Whether Grafana defines a variable of this name in every dashboard. */
export function isBuiltInVariable(name: string): boolean {
  return builtIn.has(name) || builtInFamilies.test(name)
}
