import { placeFromRecord } from '../../src/registry/recorded-place.js'
import type { Declaration, Family, FamilyPattern, Label, NamePattern } from '../../src/registry/types.js'

/** A counter without labels, declared nowhere; a test says what is special about its own. */
export function family(name: string, special: Partial<Family> = {}): Family {
  return { ...described, name, series: [name], ...special }
}

export function familyPattern(name: NamePattern, special: Partial<FamilyPattern> = {}): FamilyPattern {
  return { ...described, name, series: [name], ...special }
}

/** A label that any value can have, or only those given. */
export function label(name: string, ...values: string[]): Label {
  return { name, values, open: values.length === 0 }
}

export function declaredAt(file: string, line: number, column = 1): Declaration {
  return { place: placeFromRecord({ file, line, column }), via: [] }
}

export const histogramSeries = (name: string): string[] => [`${name}_bucket`, `${name}_count`, `${name}_sum`]

const described = {
  type: 'counter',
  labels: [],
  labelsOpen: false,
  recorded: 'yes',
  origin: { kind: 'code', client: 'prom-client' },
  declarations: [],
} as const
