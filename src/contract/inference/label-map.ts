import type { LabelValues } from './types.js'

/** More changes than these are laid into a map of their own. */
const maxChanges = 8

/**
 * Labels by name that never change: `with` gives others, which share what they do not change. Each node of an
 * expression changes a label or two of many (the name, what a matcher narrows), and copies of the rest would be what
 * inference spends its time on.
 */
export class LabelMap implements Iterable<readonly [string, LabelValues]> {
  static readonly none = new LabelMap(new Map())

  private constructor(
    private readonly base: ReadonlyMap<string, LabelValues>,
    /** The last change, and the labels before it. */
    private readonly name?: string,
    private readonly values?: LabelValues,
    private readonly before?: LabelMap,
    private readonly changes = 0,
  ) {}

  static of(labels: ReadonlyMap<string, LabelValues>): LabelMap {
    return labels.size === 0 ? LabelMap.none : new LabelMap(labels)
  }

  get(name: string): LabelValues | undefined {
    return LabelMap.valuesOf(name, this)
  }

  private static valuesOf(name: string, labels: LabelMap): LabelValues | undefined {
    let { before } = labels
    for (; before !== undefined; labels = before, { before } = labels) if (labels.name === name) return labels.values
    return labels.base.get(name)
  }

  has(name: string): boolean {
    return this.get(name) !== undefined
  }

  with(name: string, values: LabelValues): LabelMap {
    if (this.get(name) === values) return this
    if (this.changes < maxChanges) return new LabelMap(this.base, name, values, this, this.changes + 1)
    return new LabelMap(new Map([...this, [name, values]]))
  }

  /** Each once, in the order in which they came to be. */
  *[Symbol.iterator](): Iterator<readonly [string, LabelValues]> {
    for (const name of this.names()) yield [name, this.get(name)!]
  }

  get isEmpty(): boolean {
    return this.base.size === 0 && this.changes === 0
  }

  names(): readonly string[] {
    const names = [...this.base.keys()]
    return this.changes === 0 ? names : [...names, ...LabelMap.added(this)]
  }

  /** The names that changes have brought, the last one last. */
  private static added(labels: LabelMap): readonly string[] {
    const names = new Set<string>()
    for (let { before } = labels; before !== undefined; labels = before, { before } = labels) {
      if (!labels.base.has(labels.name!)) names.add(labels.name!)
    }
    return [...names].reverse()
  }
}
