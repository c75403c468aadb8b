/** Folders in which people keep stacks for trying things out. */
const aside = /(?:^|\/)(?:tests?|testing|e2e|examples?|samples?|tutorials?|demos?|hack)\//i

/**
 * Whether a file speaks for another: what lies in a folder of tests or examples tells nothing of what lies outside, which
 * another Prometheus serves.
 */
export function speaksFor(path: string, other: string): boolean {
  const found = aside.exec(path)
  return found === null || other.startsWith(path.slice(0, found.index + found[0].length))
}
