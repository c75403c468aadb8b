import type { ValueType } from './ast.js'

/** A PromQL function, as Prometheus describes it (Prometheus: promql/parser/functions.go). */
export interface PromqlFunction {
  readonly name: string
  /** The type of each argument; where the function is variadic, the last one repeats or may be left out. */
  readonly argTypes: readonly ValueType[]
  /** How many more arguments than `argTypes.length - 1` are allowed; -1: any number; 0: exactly `argTypes.length`. */
  readonly variadic: number
  readonly returnType: ValueType
  /** Needs Prometheus's `--enable-feature=promql-experimental-functions`. */
  readonly experimental: boolean
}

interface Options {
  readonly variadic?: number
  readonly returns?: ValueType
  readonly experimental?: boolean
}

function define(names: string, argTypes: readonly ValueType[], options: Options = {}): [string, PromqlFunction][] {
  const { variadic = 0, returns: returnType = 'vector', experimental = false } = options
  return names.split(' ').map((name) => [name, { name, argTypes, variadic, returnType, experimental }])
}

const experimental = true

/** Every function of Prometheus 3, by name. */
export const functions: ReadonlyMap<string, PromqlFunction> = new Map([
  ...define('abs absent ceil exp floor ln log10 log2 sgn sort sort_desc sqrt timestamp', ['vector']),
  ...define('acos acosh asin asinh atan atanh cos cosh deg rad sin sinh tan tanh', ['vector']),
  ...define('histogram_avg histogram_count histogram_sum histogram_stddev histogram_stdvar', ['vector']),
  ...define('day_of_month day_of_week day_of_year days_in_month hour minute month year', ['vector'], { variadic: 1 }),
  ...define('changes delta deriv idelta increase irate rate resets', ['matrix']),
  ...define('absent_over_time avg_over_time count_over_time first_over_time last_over_time max_over_time', ['matrix']),
  ...define('min_over_time present_over_time stddev_over_time stdvar_over_time sum_over_time', ['matrix']),
  ...define('predict_linear', ['matrix', 'scalar']),
  ...define('quantile_over_time', ['scalar', 'matrix']),
  ...define('clamp', ['vector', 'scalar', 'scalar']),
  ...define('clamp_max clamp_min', ['vector', 'scalar']),
  ...define('round', ['vector', 'scalar'], { variadic: 1 }),
  ...define('histogram_fraction', ['scalar', 'scalar', 'vector']),
  ...define('histogram_quantile', ['scalar', 'vector']),
  ...define('label_replace', ['vector', 'string', 'string', 'string', 'string']),
  ...define('label_join', ['vector', 'string', 'string', 'string'], { variadic: -1 }),
  ...define('pi time', [], { returns: 'scalar' }),
  ...define('scalar', ['vector'], { returns: 'scalar' }),
  ...define('vector', ['scalar']),
  ...define('double_exponential_smoothing', ['matrix', 'scalar', 'scalar'], { experimental }),
  ...define('end range start step', [], { returns: 'scalar', experimental }),
  ...define('histogram_quantiles', ['vector', 'string', 'scalar', 'scalar'], { variadic: 9, experimental }),
  ...define('info', ['vector', 'vector'], { variadic: 1, experimental }),
  ...define('mad_over_time', ['matrix'], { experimental }),
  ...define('max_of min_of', ['scalar', 'scalar'], { returns: 'scalar', experimental }),
  ...define('sort_by_label sort_by_label_desc', ['vector', 'string'], { variadic: -1, experimental }),
  ...define('start_timestamp', ['vector'], { experimental }),
  ...define('ts_of_first_over_time ts_of_last_over_time ts_of_max_over_time ts_of_min_over_time', ['matrix'], {
    experimental,
  }),
])
