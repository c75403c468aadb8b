import { declarationsOf } from '../src/contract/describe.js'
import { conventionProblems } from '../src/contract/name-convention.js'
import { defineRule } from '../src/lint/rule.js'
import { compareDeclarations } from '../src/registry/merge.js'
import type { Declaration, Family } from '../src/registry/types.js'

interface Options {
  /** So many metrics with the same problem are told together. */
  readonly together: number
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
      together: { type: 'integer', minimum: 2, description: 'So many metrics with the same problem are told in one finding, at the first of them.' },
    },
    additionalProperties: false,
  },
  defaults: { together: 10 },
  check(workspace, { options: { together }, report }) {
    for (const [problem, families] of familiesByProblem(workspace.registry.families)) {
      const [first] = families
      // What a whole code base does is its habit: nobody wants to read the same sentence for each of its metrics.
      if (first !== undefined && families.length >= together) {
        const names = families.slice(0, namesGiven).map(({ name }) => `"${name}"`).join(', ')
        const more = families.length > namesGiven ? ` and ${families.length - namesGiven} more` : ''
        report({
          at: first.declarations[0].place,
          message: `${families.length} metrics (${names}${more}): ${problem}`,
          data: { metric: first.name },
          related: declarationsOf(families.slice(1)),
        })
        continue
      }
      for (const { name, declarations: [{ place }] } of families) {
        report({ at: place, message: `"${name}": ${problem}`, data: { metric: name } })
      }
    }
  },
})

type DeclaredFamily = Family & { readonly declarations: readonly [Declaration, ...Declaration[]] }

/** The families of the code that have each problem, in the order of their declarations. */
function familiesByProblem(families: readonly Family[]): Map<string, DeclaredFamily[]> {
  const declared = families
    .filter((family): family is DeclaredFamily => family.origin.kind === 'code' && family.declarations.length > 0)
    .toSorted(({ declarations: [a] }, { declarations: [b] }) => compareDeclarations(a, b))
  const found = new Map<string, DeclaredFamily[]>()
  for (const family of declared) {
    for (const problem of conventionProblems(family)) found.set(problem, [...(found.get(problem) ?? []), family])
  }
  return found
}
