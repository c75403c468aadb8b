import { conventionProblems } from '../src/contract/name-convention.js'
import { defineRule } from '../src/lint/rule.js'
import { compareDeclarations } from '../src/registry/merge.js'
import type { Declaration, Family } from '../src/registry/types.js'

interface Options {
  /** So many metrics of the whole code with the same problem are told once. */
  readonly together: number
  /** Whether each metric has a finding of its own. */
  readonly each: boolean
}

/** So many names are given where metrics are told together. */
const namesGiven = 5

export default defineRule<'workspace', Options>({
  name: 'metric-name-convention',
  subject: 'workspace',
  severity: 'warning',
  summary: 'Each metric that the code declares is named as Prometheus recommends',
  options: {
    type: 'object',
    properties: {
      together: { type: 'integer', minimum: 2, description: 'So many metrics of the whole code with the same problem are told in one finding, at the first of them; fewer in one for each file.' },
      each: { type: 'boolean', description: 'Tells each metric in a finding of its own.' },
    },
    additionalProperties: false,
  },
  defaults: { together: 10, each: false },
  check(workspace, { options: { together, each }, report }) {
    for (const [problem, families] of familiesByProblem(workspace.registry.families)) {
      for (const group of groupsOf(families, together, each)) {
        const [first, ...others] = group
        report({
          at: first.declarations[0].place,
          message: others.length === 0
            ? `"${first.name}": ${problem}`
            : `${group.length} metrics (${listed(group)}): ${problem}`,
          data: { metric: first.name },
          related: others.map(({ name, declarations: [{ place }] }) => ({ place, message: `"${name}" is declared here` })),
        })
      }
    }
  },
})

type Group = readonly [DeclaredFamily, ...DeclaredFamily[]]

/**
 * The families that are told in one finding. What a whole code base does is its habit, and so is what a file does:
 * nobody wants to read the same sentence for each of its metrics.
 */
function groupsOf(families: Group, together: number, each: boolean): Group[] {
  if (each) return families.map((family) => [family])
  if (families.length >= together) return [families]
  const byFile = new Map<string, Group>()
  for (const family of families) {
    const { path } = family.declarations[0].place.source
    const known = byFile.get(path)
    byFile.set(path, known ? [...known, family] : [family])
  }
  return [...byFile.values()]
}

function listed(families: Group): string {
  const names = families.slice(0, namesGiven).map(({ name }) => `"${name}"`).join(', ')
  return families.length > namesGiven ? `${names} and ${families.length - namesGiven} more` : names
}

type DeclaredFamily = Family & { readonly declarations: readonly [Declaration, ...Declaration[]] }

/** The families of the code that have each problem, each name once, in the order of their declarations. */
function familiesByProblem(families: readonly Family[]): Map<string, Group> {
  const declared = families
    .filter((family): family is DeclaredFamily => family.origin.kind === 'code' && family.declarations.length > 0)
    .toSorted(({ declarations: [a] }, { declarations: [b] }) => compareDeclarations(a, b))
  const found = new Map<string, Map<string, DeclaredFamily>>()
  for (const family of declared) {
    for (const problem of conventionProblems(family)) {
      const byName = found.get(problem) ?? new Map<string, DeclaredFamily>()
      found.set(problem, byName)
      if (!byName.has(family.name)) byName.set(family.name, family)
    }
  }
  return new Map([...found].map(([problem, byName]) => [problem, [...byName.values()] as unknown as Group]))
}
