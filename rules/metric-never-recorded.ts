import { declarationsOf, describeDeclaration } from '../src/contract/describe.js'
import { askedName, matchSelector } from '../src/contract/selector-match.js'
import { defineRule } from '../src/lint/rule.js'
import { anyMayExposeUnlisted } from '../src/registry/catalogs.js'
import type { Registry } from '../src/registry/registry.js'
import type { Family } from '../src/registry/types.js'

export default defineRule({
  name: 'metric-never-recorded',
  subject: 'selector',
  severity: 'error',
  summary: 'Each metric that a query reads is recorded somewhere',
  check({ query, selector }, { workspace, report }) {
    const match = matchSelector(selector, workspace.registry)
    const asked = askedName(selector)
    if (match.kind !== 'known' || asked === undefined) return
    if (!match.families.every(({ recorded, labelsOpen }) => recorded === 'never' && !labelsOpen)) return
    const [family] = match.families
    if (family === undefined) return
    // A program that runs beside the code may expose it too: its catalog does not list all that it has.
    if (anyMayExposeUnlisted(workspace.activeCatalogs, family.name)) return
    // So may code that is not understood: another language, or a program that stands in a string.
    const { namesInCode } = workspace
    if (match.families.some((one) => namesInCode.besideDeclarations(one) !== undefined || namesInCode.inOtherLanguages(one.series) !== undefined)) return
    // Both clients expose a metric without labels as 0 from the start, so its series are there.
    const stays = match.families.every(({ labels }) => labels.length === 0)
    report({
      at: query.place(asked.start, asked.end),
      message: stays
        ? `"${asked.text}" (${describeDeclaration(family)}) is always 0: it is declared, but nothing records it`
        : `"${asked.text}" (${describeDeclaration(family)}) has no series: it is declared, but nothing records it`,
      data: { metric: asked.text },
      related: declarationsOf(match.families),
      ...((stays || !match.families.some((one) => isUsedModule(one, workspace.registry))) && { severity: 'warning' as const }),
    })
  },
})

/** Whether any metric of the file that declares this one is recorded: what uses a file of which none is may not be at hand. */
function isUsedModule({ declarations }: Family, { families }: Registry): boolean {
  const files = new Set(declarations.map(({ place }) => place.source.path))
  return families.some((one) => one.recorded !== 'never' && one.declarations.some(({ place }) => files.has(place.source.path)))
}
