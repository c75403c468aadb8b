/** Where the time goes when the reference stack and, where it is present, the corpus are linted. */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { rules } from '../dist/rules/index.js'
import { activeRules } from '../dist/src/config/active-rules.js'
import { defaultConfig } from '../dist/src/config/config.js'
import { runRules } from '../dist/src/lint/run.js'
import { loadWorkspace } from '../dist/src/workspace/load.js'

const root = join(import.meta.dirname, '..')
const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)]

async function lint(cwd) {
  const { factories } = defaultConfig.extract
  const { workspace, timings } = await loadWorkspace({ ...defaultConfig, factories, cwd, paths: ['.'], ignoreBase: cwd })
  const start = performance.now()
  runRules(workspace, activeRules(rules, defaultConfig))
  return { ...timings, rules: performance.now() - start }
}

const stacks = { 'fixtures/ml-services': join(root, 'fixtures/ml-services'), corpus: join(root, '../shared/corpus') }
for (const [name, cwd] of Object.entries(stacks)) {
  if (!existsSync(cwd)) continue
  const command = () => {
    const start = performance.now()
    spawnSync(process.execPath, [join(root, 'bin/ml-dash-lint.js'), '.'], { cwd })
    return performance.now() - start
  }
  console.log(`${name}: the whole command ${median(Array.from({ length: 5 }, command)).toFixed(0)} ms (median of 5)`)
  const steps = [await lint(cwd), await lint(cwd), await lint(cwd)]
  console.table(Object.fromEntries(Object.keys(steps[0]).map((step) => [step, {
    'first run, ms': Number(steps[0][step].toFixed(1)),
    'third run, ms': Number(steps[2][step].toFixed(1)),
  }])))
}
const start = performance.now()
spawnSync(process.execPath, [join(root, 'bin/ml-dash-lint.js'), '--version'])
console.log(`start-up alone (--version): ${(performance.now() - start).toFixed(0)} ms`)
