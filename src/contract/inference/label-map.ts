import type { LabelValues } from './types.js'

/** More changes than these are laid into a map of their own. */
const maxChanges = 8

const noChanges: readonly (readonly [string, LabelValues])[] = []

/**
 * Labels by name that never change: `with` gives others, which share what they do not change. Each node of an
 * expression changes a label or two of many (the name, what a matcher narrows), and copies of the rest would be what
 * inference spends its time on.
 */
export class LabelMap implements Iterable<readonly [string, LabelValues]> {
  static readonly none = new LabelMap(new Map())

  constructor(
    private readonly base: ReadonlyMap<string, LabelValues>,
    private readonly changes: readonly (readonly [string, LabelValues])[] = noChanges,
  ) {}

  get(name: string): LabelValues | undefined {
    for (const [changed, values] of this.changes) if (changed === name) return values
    return this.base.get(name)
  }

  has(name: string): boolean {
    return this.base.has(name) || this.changes.some(([changed]) => changed === name)
  }

  with(name: string, values: LabelValues): LabelMap {
    return this.get(name) === values ? this : this.withAll([[name, values]])
  }

  /** Each name at most once. */
  withAll(changes: readonly (readonly [string, LabelValues])[]): LabelMap {
    if (changes.length === 0) return this
    if (this.changes.length === 0 && changes.length <= maxChanges) return new LabelMap(this.base, changes)
    const kept = this.changes.filter(([name]) => !changes.some(([changed]) => changed === name))
    if (kept.length + changes.length <= maxChanges) return new LabelMap(this.base, kept.length === 0 ? changes : [...kept, ...changes])
    return new LabelMap(new Map([...this.base, ...kept, ...changes]))
  }

  /** Each once, in the order in which they came to be. */
  *[Symbol.iterator](): Iterator<readonly [string, LabelValues]> {
    for (const [name, values] of this.base) yield [name, this.changes.find(([changed]) => changed === name)?.[1] ?? values]
    for (const change of this.changes) if (!this.base.has(change[0])) yield change
  }

  get isEmpty(): boolean {
    return this.base.size === 0 && this.changes.length === 0
  }

  names(): readonly string[] {
    const names = [...this.base.keys()]
    for (const [name] of this.changes) if (!this.base.has(name)) names.push(name)
    return names
  }
}
