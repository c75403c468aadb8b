import { join } from 'node:path'
import { expect, test } from 'vitest'
import { pageOf, type PlayedRow, type Section } from './page.js'
import { play, rows, titleOf } from './played.js'
import byPint from './said-by-pint.json' with { type: 'json' }
import byPromtool from './said-by-promtool.json' with { type: 'json' }
import { runs } from './said.js'

const head = `
# Coming from another linter

What pint, dashboard-linter, promtool, mimirtool, gcx and promruval check, with an input for each, and what ml-dash-lint says of
it. The tests play every row, and this page is what they print: \`npx vitest run test/peers/page.test.ts -u\` writes it anew.

ml-dash-lint needs no server. What others ask a running Prometheus for, it knows from the code that exposes the metrics, from
\`prometheus.yml\` and from how Compose starts the two; dashboards, rules and configurations are read together.

"On in" is the mildest [preset](configuration.md#extends) that has it. "With options" is what a team has to say first: which
labels an alert needs, for instance. Each row names a rule; its page tells when it says nothing.
`

const sections: readonly Section[] = [
  {
    peer: 'pint', title: 'pint', text: `
cloudflare/pint ${byPint.version} was run on the rules of each row, offline and with no configuration but what a row of policy needs. Severities
do not translate: what pint calls a warning is an error here where it is proved, and off where it is a matter of taste.
A comment that switches a check of pint off is not read; [overrides](configuration.md#overrides) switch rules off by file and group.`,
  },
  {
    peer: 'promtool', title: 'promtool', text: `
promtool ${byPromtool.version} was run on each row. \`promtool check metrics\` reads what a program exposes; ml-dash-lint reads the code that
declares it. Rules are tested with \`promtool test rules\` as before.`,
  },
  {
    peer: 'dashboard-linter', title: 'dashboard-linter', text: `
Preset \`grafana-mixin\` is what grafana/dashboard-linter enforces on mixins. It judges each dashboard by itself; that its metrics,
labels and datasources exist, nothing but ml-dash-lint tells.`,
  },
  {
    peer: 'mimirtool', title: 'mimirtool', text: `
\`mimirtool analyze\` lists what a server has and no dashboard reads; ml-dash-lint says it of the code, before anything runs.`,
  },
  { peer: 'gcx', title: 'gcx', text: 'Dashboards and alerts are read as resources too, whatever their version ([forms](forms.md)).' },
  { peer: 'promruval', title: 'promruval', text: 'Its validators are chosen one by one; what is surely wrong needs no choice here.' },
]

const foot = `
## On public rules

pint ${byPint.version}, promtool ${byPromtool.version} and ml-dash-lint with the preset \`strict\` were run on the 98 rule files of 49 public mixins (724 rules).
These are all kinds of findings of the two, and why some of them are not told here.

| finding | how many | ml-dash-lint |
| --- | --- | --- |
| \`alerts/template\`, a label that is gone | 13 | 12 as \`unavailable-label\`. The other reads \`$labels.job\` of \`max without (instance) (x) or 0 * absent(x)\`: the left side has it |
| \`promql/nan\` | 16 | the same places as \`unsafe-division\`, once each, and two more: a quotient of two rates under \`avg by\` |
| \`promql/regexp\`, a pattern that is one value | 2 | 2 as \`redundant-regexp\` |
| \`rule/dependency\` | 3 | 1 as \`rule-order\`. The others read a day of the record, of which one sample more or less makes no difference |
| \`promql/impossible\`, a label that \`vector(0)\` has not | 15 | none: \`sum by (cluster) (x or vector(0))\` is written for installations whose series have no \`cluster\`, where it does what is meant |
| \`promql/impossible\`, a label that \`group_left\` replaces | 1 | none: to replace it is what the rule is for |
| \`promql/fragile\`, \`topk\` | 3 | none: \`topk by (…) (1, x)\` makes one of doublets, whose labels are those that it is grouped by |
| \`promql/fragile\`, no \`for\` | 1 | none: see above |
| \`alerts/comparison\` | 3 | none: a series such as \`…_info{operstate="down"}\` is there when the interface is down, and is the alarm |
| \`promql/regexp\`, a wildcard inside | 132 | none: see above |
| \`alerts/template\`, no \`humanize\` | 10 | none: how many digits are shown is taste |
| \`alerts/for\`, the default | 2 | none: it does no harm |
| \`promtool check rules --lint=all\`, duplicate rules | 4 | none: they are of one name and level, and of different expressions |

Of the same files ml-dash-lint tells what the two do not: a quotient that is always 1 (\`constant-ratio\`), and names of records that are no
\`level:metric:operation\` (\`record-name\`, in \`strict\`).
`

const said: Readonly<Record<string, readonly string[] | undefined>> = { ...byPint.said, ...byPromtool.said }

test('every row that can be run has been', () => {
  expect(Object.keys(said)).toEqual([...runs.pint, ...runs.promtool].map(titleOf))
  expect(new Set(rows.map(titleOf)).size).toBe(rows.length)
})

test('docs/peers.md shows what is found', async () => {
  const played: PlayedRow[] = []
  for (const row of rows) {
    const [found, own] = [await play(row), said[titleOf(row)]]
    // Silence is meant, and says why.
    expect([titleOf(row), found.length === 0]).toEqual([titleOf(row), row.silentBecause !== undefined])
    played.push({ ...row, found, ...(own !== undefined && { said: own }) })
  }
  await expect(pageOf(head, sections, played, foot)).toMatchFileSnapshot(join(import.meta.dirname, '../../docs/peers.md'))
}, 120_000)
