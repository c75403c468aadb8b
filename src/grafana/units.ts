/** What a unit says of the values that it is shown with. */
export interface PanelUnit {
  readonly of: 'seconds' | 'bytes' | 'ratio' | 'other'
  /** Whether it is one by time: `Bps`, `reqps`. */
  readonly perTime: boolean
  /** By what seconds, bytes or a ratio from 0 to 1 have to be multiplied to be shown right: 1000 of `ms`. */
  readonly factor: number
  /** In words: `bytes per second`. */
  readonly name: string
}

type Row = readonly [id: string, factor: number, name: string]

const seconds: readonly Row[] = [
  ['s', 1, 'seconds'], ['ms', 1e3, 'milliseconds'], ['µs', 1e6, 'microseconds'], ['ns', 1e9, 'nanoseconds'],
  ['m', 1 / 60, 'minutes'], ['h', 1 / 3600, 'hours'], ['d', 1 / 86400, 'days'], ['timeticks', 100, 'hundredths of a second'],
  ['dtdurations', 1, 'seconds'], ['dtdurationms', 1e3, 'milliseconds'], ['dthms', 1, 'seconds'], ['dtdhms', 1, 'seconds'],
  ['clocks', 1, 'seconds'], ['clockms', 1e3, 'milliseconds'],
]

const prefixes = [['k', 'kilo', 'kibi'], ['m', 'mega', 'mebi'], ['g', 'giga', 'gibi'], ['t', 'tera', 'tebi'], ['p', 'peta', 'pebi']] as const

const bytes: readonly Row[] = [
  ['bytes', 1, 'bytes'], ['decbytes', 1, 'bytes'], ['bits', 8, 'bits'], ['decbits', 8, 'bits'],
  ...prefixes.flatMap(([letter, decimal, binary], i): Row[] => [
    [`${letter}bytes`, 1024 ** -(i + 1), `${binary}bytes`], [`dec${letter}bytes`, 1000 ** -(i + 1), `${decimal}bytes`],
  ]),
]

const bytesPerSecond: readonly Row[] = [
  ['Bps', 1, 'bytes per second'], ['binBps', 1, 'bytes per second'], ['bps', 8, 'bits per second'], ['binbps', 8, 'bits per second'],
  ...prefixes.flatMap(([letter, decimal, binary], i): Row[] => {
    const capital = letter.toUpperCase()
    return [
      [`${capital}Bs`, 1000 ** -(i + 1), `${decimal}bytes per second`], [`${capital}iBs`, 1024 ** -(i + 1), `${binary}bytes per second`],
      [`${capital}bits`, 8 * 1000 ** -(i + 1), `${decimal}bits per second`], [`${capital}ibits`, 8 * 1024 ** -(i + 1), `${binary}bits per second`],
    ]
  }),
]

const ratios: readonly Row[] = [['percentunit', 1, 'a ratio from 0 to 1'], ['percent', 100, 'percent from 0 to 100']]

const others: readonly (readonly [ids: string, name: string])[] = [
  ['reqps', 'requests per second'], ['rps', 'reads per second'], ['wps', 'writes per second'], ['iops', 'operations per second'], ['ops', 'operations per second'],
  ['cps', 'counts per second'], ['eps', 'events per second'], ['mps', 'messages per second'], ['recps', 'records per second'], ['rowsps', 'rows per second'],
  ['pps', 'packets per second'], ['opm', 'operations per minute'], ['rpm', 'reads per minute'], ['wpm', 'writes per minute'], ['cpm', 'counts per minute'],
  ['epm', 'events per minute'], ['mpm', 'messages per minute'], ['recpm', 'records per minute'],
]

const units: ReadonlyMap<string, PanelUnit> = new Map([
  ...rows('seconds', false, seconds), ...rows('bytes', false, bytes), ...rows('bytes', true, bytesPerSecond), ...rows('ratio', false, ratios),
  ...others.map(([id, name]) => [id, { of: 'other', perTime: true, factor: 1, name }] as const),
])

function rows(of: PanelUnit['of'], perTime: boolean, list: readonly Row[]): (readonly [string, PanelUnit])[] {
  return list.map(([id, factor, name]) => [id, { of, perTime, factor, name }])
}

/** The first unit that shows such values right. */
export function unitFor(isRight: (unit: PanelUnit) => boolean): string | undefined {
  return [...units].find(([, unit]) => isRight(unit))?.[0]
}

/** What the id of a unit stands for; `undefined` of one that says nothing of time, data or ratios (Grafana: packages/grafana-data/src/valueFormats/categories.ts). */
export function panelUnit(id: string): PanelUnit | undefined {
  return units.get(id)
}
