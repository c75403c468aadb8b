/**
 * Holds what is inferred of random queries against a running Prometheus (test/inference), which has to be on the PATH.
 *
 *     npm run inference -- [--queries N] [--seed N]
 */
import { spawnSync } from 'node:child_process'
import { parseArgs } from 'node:util'

const { values } = parseArgs({ options: { queries: { type: 'string', default: '20000' }, seed: { type: 'string', default: '1' } } })
const { status } = spawnSync('npx', ['vitest', 'run', 'test/inference', '--reporter=default'], {
  stdio: 'inherit',
  env: { ...process.env, INFERENCE_QUERIES: values.queries, INFERENCE_SEED: values.seed },
})
process.exitCode = status ?? 1
