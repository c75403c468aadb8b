import { formatDuration, parseDuration } from '../promql/numbers.js'

/** Durations as Prometheus writes them, `5m`, that something has to lie between. */
export interface Bounds {
  readonly min?: string
  readonly max?: string
}

/** Schema of `Bounds` in a rule's options; `what` begins the descriptions: "For how long an alert waits". */
export function boundsSchema(what: string): object {
  const duration = (end: string) => ({
    type: 'string',
    pattern: '^(?:\\d+(?:ms|[smhdwy]))+$',
    description: `${what} ${end}: "5m", "1h30m"`,
  })
  return { type: 'object', properties: { min: duration('at least'), max: duration('at most') }, additionalProperties: false, minProperties: 1 }
}

/** What is wrong with a number of seconds, after "is": `shorter than 5m`; `undefined` where nothing is. */
export function outOfBounds(seconds: number, { min, max }: Bounds): string | undefined {
  const [shortest, longest] = [secondsOf(min), secondsOf(max)]
  if (shortest !== undefined && seconds < shortest) return `shorter than ${min!}`
  return longest !== undefined && seconds > longest ? `longer than ${max!}` : undefined
}

/** The seconds of a duration as Prometheus takes it; `undefined` where it is none. */
export function secondsOf(duration: string | undefined): number | undefined {
  const parsed = duration === undefined || duration === '' ? undefined : parseDuration(duration)
  return parsed && 'value' in parsed ? parsed.value : undefined
}

/** Seconds for people: `5m`. */
export function durationText(seconds: number): string {
  return formatDuration(seconds) ?? `${seconds}s`
}
