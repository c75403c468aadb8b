import { describe, expect, test } from 'vitest'
import { dashboardWith, producer } from '../rules/lint-files.js'
import { repository } from './repository.js'

const red = '\u001b[31m'
const hidden = '\u202e'
const unsafe = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/

const files = {
  [`dash${red}boards/jobs\u0007.json`]: {
    ...dashboardWith('jobs_queue', `jobs_done_total{"k${red}ind"="a"}`, 'sum('),
    title: `Jobs${red}${hidden}`,
    uid: `jobs${red}`,
  },
  'rules.yml': `groups:\n  - name: "jobs\\e[31m"\n    rules:\n      - alert: "A\\e]0;title\\a"\n        expr: jobs_queue\n        "f\\eor": 5m\n`,
  [`src/me${red}trics.ts`]: producer.replace('jobs_queued', `jobs_queued${red}`),
}

describe.each(['stylish', 'unix', 'github', 'json', 'sarif'])('%s', (format) => {
  test('titles, names and contents of files write no control character', async () => {
    const { stdout, stderr } = await repository(files).run('--format', format, '--no-color')
    expect(stdout).toContain('u001b[31m')
    expect(unsafe.exec(stdout + stderr)).toBe(null)
  })
})

test.each([
  ['lint of a path that there is not', [`no${red}where`]],
  ['registry merge of a file that there is not', ['registry', 'merge', `no${red}where`]],
  ['registry import of what is no exposition', ['registry', 'import', 'rules.yml']],
  ['registry merge of what is no registry', ['registry', 'merge', 'rules.yml']],
  ['registry explain', ['registry', 'explain', `jobs${red}_done_total`]],
  ['registry explain of a family', ['registry', 'explain', 'jobs_done_total']],
  ['a wrong option', [`--form${red}at`]],
  ['an output that cannot be written', ['--output', `rules.yml/no${red}where`]],
  ['a configuration that there is not', ['--config', `no${red}where.json`]],
])('%s writes no control character', async (_, argv) => {
  const { stdout, stderr } = await repository(files).run(...argv)
  expect(stdout + stderr).not.toBe('')
  expect(unsafe.exec(stdout + stderr)).toBe(null)
})
