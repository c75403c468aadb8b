import { expect, test } from 'vitest'
import { dashboardWith, producer } from '../rules/lint-files.js'
import { builtIsMissing, repository, runBuilt } from './repository.js'

if (builtIsMissing !== undefined) console.log(`skipped: ${builtIsMissing}`)

test.skipIf(builtIsMissing)('the executable passes arguments, output and exit code on', () => {
  const { path } = repository({ 'dashboards/jobs.json': dashboardWith('jobs_queue'), 'src/metrics.ts': producer })
  expect(runBuilt(path, ['dashboards', 'src', '--format', 'unix'])).toEqual({
    code: 1,
    stdout: 'dashboards/jobs.json:20:20: error: No producer exposes "jobs_queue". Did you mean "jobs_queued" (gauge, src/metrics.ts:5)? [unknown-metric]\n',
    stderr: '',
  })
  expect(runBuilt(path, ['nowhere'])).toEqual({ code: 2, stdout: '', stderr: 'ml-dash-lint: no such file or folder: nowhere\n' })
})
