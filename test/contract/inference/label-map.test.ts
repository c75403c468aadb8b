import { describe, expect, test } from 'vitest'
import { LabelMap } from '../../../src/contract/inference/label-map.js'
import { absent, closed, open, unknownReason } from '../../../src/contract/inference/label-values.js'
import type { LabelValues } from '../../../src/contract/inference/types.js'

const is = (...values: string[]) => closed(values, unknownReason)
const gone = absent(unknownReason)

/** As `name=a|b`, in its order. */
function told(labels: LabelMap): string[] {
  return [...labels].map(([name, values]) => `${name}=${values.kind === 'open' ? '*' : [...values.values].join('|')}`)
}

describe('labels by name', () => {
  const base = LabelMap.of(new Map<string, LabelValues>([['job', is('a')], ['kind', is('x', 'y')]]))

  test('are as they were given', () => {
    expect(told(base)).toEqual(['job=a', 'kind=x|y'])
    expect(base.names()).toEqual(['job', 'kind'])
    expect([base.has('job'), base.has('zone'), base.isEmpty]).toEqual([true, false, false])
    expect(base.get('zone')).toBe(undefined)
  })

  test('are another map when one changes, and the first one stays', () => {
    const changed = base.with('job', gone).with('zone', open(true, unknownReason))
    expect(told(changed)).toEqual(['job=', 'kind=x|y', 'zone=*'])
    expect(changed.names()).toEqual(['job', 'kind', 'zone'])
    expect(told(base)).toEqual(['job=a', 'kind=x|y'])
  })

  test('say the last of several changes of a label', () => {
    const changed = base.with('zone', is('eu')).with('job', is('b')).with('zone', is('us')).with('pod', is('p')).with('job', is('c'))
    expect(told(changed)).toEqual(['job=c', 'kind=x|y', 'zone=us', 'pod=p'])
    expect([changed.get('job'), changed.get('zone')]).toEqual([is('c'), is('us')])
  })

  test('are the same map where nothing changes', () => {
    const values = base.get('job')!
    expect(base.with('job', values)).toBe(base)
    const changed = base.with('zone', gone)
    expect(changed.with('zone', gone)).toBe(changed)
  })

  test('say the same after many changes as after few', () => {
    const names = Array.from({ length: 30 }, (_, i) => `l${i % 20}`)
    const changed = names.reduce((labels, name, i) => labels.with(name, is(String(i))), base)
    const last = (i: number) => (i < 10 ? i + 20 : i)
    expect([...told(changed)].sort()).toEqual(['job=a', 'kind=x|y', ...Array.from({ length: 20 }, (_, i) => `l${i}=${last(i)}`)].sort())
    expect(changed.names()).toHaveLength(22)
  })

  test('may be none', () => {
    expect(LabelMap.of(new Map())).toBe(LabelMap.none)
    expect([LabelMap.none.isEmpty, LabelMap.none.with('a', gone).isEmpty]).toEqual([true, false])
    expect(told(LabelMap.none.with('a', is('1')).with('b', is('2')))).toEqual(['a=1', 'b=2'])
  })
})
