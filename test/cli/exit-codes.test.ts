import { describe, expect, test } from 'vitest'
import { dashboardWith, producer } from '../rules/lint-files.js'
import { repository } from './repository.js'

const clean = { 'dashboards/jobs.json': dashboardWith('jobs_queued'), 'src/metrics.ts': producer }
const warned = { ...clean, 'dashboards/jobs.json': { ...dashboardWith('jobs_queued'), tags: [] } }
const wrong = { ...clean, 'dashboards/jobs.json': dashboardWith('jobs_lost_total') }

const read = 'in 2 files: 1 dashboard, 0 rule files, 1 query, 3 metric families; 1 selector, checked\n'
const untagged = 'dashboards/jobs.json:4:11: warning: This dashboard has no tags [required-tags]\n'

describe('0', () => {
  test('clean: nothing but the summary', async () => {
    expect(await repository(clean).run()).toEqual({ code: 0, stdout: `No problems ${read}`, stderr: '' })
  })

  test('warnings only', async () => {
    expect(await repository(warned).run('--format', 'unix')).toEqual({ code: 0, stdout: untagged, stderr: '' })
    expect(await repository(warned).run('--format', 'unix', '--max-warnings', '1')).toEqual({ code: 0, stdout: untagged, stderr: '' })
  })

  test('--help and --version', async () => {
    const { code, stdout } = await repository({}).run('--help')
    expect([code, stdout.split('\n')[0]]).toEqual([0, 'Usage: ml-dash-lint [options] [command] [paths...]'])
    const groups = stdout.split(/\n\n(?=[A-Z][^\n]*:\n)/).slice(1).map((group) => [group.split(':')[0], ...[...group.matchAll(/^ {2}(?:-\w, )?([\w-]+)/gm)].map((match) => match[1])])
    expect(groups).toEqual([
      ['Arguments', 'paths'],
      ['What is linted', '--config', '--registry', '--rule', '--preset', '--plugins', '--no-plugins', '--stdin', '--stdin-filename'],
      ['What is reported, and what fails a run', '--quiet', '--coverage', '--max-warnings', '--min-coverage'],
      ['What is known already', '--since', '--baseline', '--no-baseline', '--update-baseline'],
      ['What is mended', '--fix', '--fix-dry-run'],
      ['Output', '--format', '--output', '--color', '--no-color'],
      ['Tools', '--watch', '--print-config', '--debug', '--cache-location', '--no-cache', '--version', '--help'],
      ['To begin', 'init'],
      ['Rules', 'rules', 'explain'],
      ['Code and dashboards in different repositories', 'registry', 'usage'],
      ['Shells', 'completion'],
      ['Examples', ...Array.from({ length: 6 }, () => 'ml-dash-lint')],
    ])
    expect((await repository({}).run('rules', '--help')).stdout.match(/^[A-Z]\w*:.*$/gm)).toEqual(['Usage: ml-dash-lint rules [options]', 'Options:'])
    expect(await repository({}).run('--version')).toEqual({ code: 0, stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) as string, stderr: '' })
  })
})

describe('1', () => {
  test('errors', async () => {
    expect(await repository(wrong).run()).toEqual({
      code: 1,
      stdout: `dashboards/jobs.json:20:20  error  unknown-metric
  No producer exposes "jobs_lost_total"

  20 │ "expr": "jobs_lost_total"
     │          ^^^^^^^^^^^^^^^
  panel "Panel 1" in dashboard "Jobs"

1 problem (1 error, 0 warnings) ${read}`,
      stderr: '',
    })
  })

  test('more warnings than --max-warnings', async () => {
    expect(await repository(warned).run('--format', 'unix', '--max-warnings', '0')).toEqual({
      code: 1, stdout: untagged, stderr: 'ml-dash-lint: this run fails because of its warnings: 1, and --max-warnings allows 0\n',
    })
  })
})

describe('2', () => {
  test.each([
    [['--frmat', 'json'], "error: unknown option '--frmat'\n(Did you mean --format?)\n"],
    [['--format', 'xml'], "error: option '-f, --format <format>' argument 'xml' is invalid. Allowed choices are stylish, compact, json, ndjson, sarif, github, gitlab, junit, checkstyle, markdown, unix.\n"],
    [['--max-warnings', 'few'], "error: option '--max-warnings <number>' argument 'few' is invalid. It must be a whole number.\n"],
    [['--max-warnings'], "error: option '--max-warnings <number>' argument missing\n"],
    [['registry', 'exprt'], "error: unknown command 'exprt'\n(Did you mean export?)\n"],
    [['registry', 'scrape', '--timeout', '0', 'http://127.0.0.1:9'], "error: option '--timeout <seconds>' argument '0' is invalid. It must be a number above 0.\n"],
    [['registry', 'check'], "error: required option '--usage <file>' not specified\n"],
    [['registry', 'diff', 'old.json'], "error: missing required argument 'new'\n"],
    [['regsitry', 'export'], 'ml-dash-lint: there is no command "regsitry", and no such file or folder. Did you mean "registry"?\n'],
    [['explian', 'unknown-metric'], 'ml-dash-lint: there is no command "explian", and no such file or folder. Did you mean "explain"?\n'],
    [['lint', '.'], 'ml-dash-lint: there is no command "lint", and no such file or folder: to lint takes no command, only what is to be linted\n'],
    [['--registry', 'dashboards/jobs.json'], 'ml-dash-lint: dashboards/jobs.json is no registry file (--registry): dashboards/jobs.json:1:1: this file lacks "version"\n'],
    [['--registry', 'src/metrics.ts', '--registry', 'empty'], 'ml-dash-lint: src/metrics.ts is no registry file (--registry): src/metrics.ts:1:1: "import" is not a JSON value\n'],
    [['dashbords'], 'ml-dash-lint: no such file or folder: dashbords\n'],
    [['dashboards', 'dashboards/*.yaml'], 'ml-dash-lint: no such file or folder: dashboards/*.yaml\n'],
    [['empty'], 'ml-dash-lint: nothing to lint in empty: no dashboard, no rule file, no provisioning file and no code that uses a metrics library (folders such as dist and build are passed over unless "include" names them)\n'],
    [['--registry', 'metrics.json'], 'ml-dash-lint: no such file or folder: metrics.json\n'],
    [['--output', 'empty/README.md/lint.txt'], 'ml-dash-lint: cannot write empty/README.md/lint.txt: a file stands where a folder is needed\n'],
    [['registry', 'merge', 'metrics.json'], 'ml-dash-lint: cannot read metrics.json: no such file\n'],
  ])('%j', async (argv, stderr) => {
    expect(await repository({ ...clean, 'empty/README.md': '# Nothing' }).run(...argv)).toEqual({ code: 2, stdout: '', stderr })
  })

  test('a configuration with a mistake', async () => {
    const { run } = repository({ ...clean, 'ml-dash-lint.config.json': '{ "rules": { "unknown-metrics": "off" } }' })
    expect(await run('--format', 'unix')).toEqual({
      code: 2,
      stdout: 'ml-dash-lint.config.json:1:14: error: unknown key "unknown-metrics" in "rules". Did you mean "unknown-metric"? [configuration]\n',
      stderr: '',
    })
    expect(await run('registry', 'export')).toEqual({
      code: 2,
      stdout: '',
      stderr: 'ml-dash-lint.config.json:1:14: unknown key "unknown-metrics" in "rules". Did you mean "unknown-metric"?\n',
    })
  })

  test('a configuration file that there is not', async () => {
    expect(await repository(clean).run('--format', 'unix', '--config', 'strict.json')).toEqual({
      code: 2,
      stdout: 'strict.json:1:1: error: there is no such file [configuration]\n',
      stderr: '',
    })
  })
})
