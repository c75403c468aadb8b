import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { rules } from '../../rules/index.js'
import { runRules } from '../../src/lint/run.js'
import type { Diagnostic } from '../../src/lint/diagnostic.js'
import { loadWorkspace, type LoadOptions } from '../../src/workspace/load.js'
import type { Workspace } from '../../src/workspace/workspace.js'

/** Files by path; a value that is no text is written as indented JSON. */
export type Files = Readonly<Record<string, string | object>>

export interface LintSettings {
  /** Options of the rule. */
  readonly options?: unknown
  /** What the configuration would set. */
  readonly load?: Partial<LoadOptions>
}

/** Writes the files to a folder of their own, lints them with one rule, and returns what it reports. */
export async function lintFiles(ruleName: string, files: Files, { options, load }: LintSettings = {}): Promise<readonly Diagnostic[]> {
  const workspace = await loadFiles(files, load)
  const rule = rules.find(({ name }) => name === ruleName)
  if (rule === undefined) throw new Error(`no rule "${ruleName}"`)
  const severity = rule.severity === 'off' ? 'warning' : rule.severity
  return runRules(workspace, [{ rule, severity, options: { ...(rule.defaults as object | undefined), ...(options as object | undefined) } }])
}

/** Writes the files to a folder of their own and loads them as one workspace. */
export async function loadFiles(files: Files, load: Partial<LoadOptions> = {}): Promise<Workspace> {
  const cwd = mkdtempSync(join(tmpdir(), 'ml-dash-lint-'))
  try {
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(dirname(join(cwd, path)), { recursive: true })
      writeFileSync(join(cwd, path), typeof content === 'string' ? content : `${JSON.stringify(content, null, 2)}\n`)
    }
    const { workspace } = await loadWorkspace({
      cwd, paths: ['.'], ignore: [], ignoreBase: cwd, include: [], maxFileSize: 20_000_000,
      registry: [], catalogs: [], targetLabels: [], externalMetrics: [], factories: [], ...load,
    })
    // What is read when first asked for has to be read while the files are there.
    workspace.selectors.forEach(({ selector }) => workspace.verdictOn(selector))
    workspace.namesInCode.inOtherLanguages(['a_b'])
    workspace.namesInCode.inReadLanguages('a_b')
    workspace.templating.fillsIn('a_b')
    workspace.datasourcesElsewhere.provisioning()
    workspace.deployment.isMentioned('a_b')
    workspace.registry.families.forEach((family) => workspace.namesInCode.besideDeclarations(family))
    return workspace
  } finally {
    rmSync(cwd, { recursive: true })
  }
}

/** Each diagnostic as a person would retell it: `file:line:column severity "the text pointed at" message`. */
export async function lintLines(ruleName: string, files: Files, settings?: LintSettings): Promise<string[]> {
  return (await lintFiles(ruleName, files, settings)).map(({ place: { source, span }, severity, message }) => {
    const { line, column } = source.positionAt(span.start)
    return `${source.path}:${line}:${column} ${severity} «${source.text.slice(span.start, span.end)}» ${message}`
  })
}

/** A dashboard with a panel for each expression, for a provisioned Prometheus. */
export function dashboardWith(...exprs: readonly string[]): object {
  return {
    uid: 'jobs',
    title: 'Jobs',
    tags: ['jobs'],
    schemaVersion: 39,
    panels: exprs.map((expr, i) => ({
      id: i + 1,
      type: 'timeseries',
      title: `Panel ${i + 1}`,
      datasource: { type: 'prometheus', uid: 'prometheus' },
      targets: [{ refId: 'A', expr }],
    })),
    templating: { list: [] },
  }
}

/** A producer that exposes the counter `jobs_done_total`, the histogram `jobs_duration_seconds` and the gauge `jobs_queued`. */
export const producer = `import { Counter, Gauge, Histogram } from 'prom-client'

export const done = new Counter({ name: 'jobs_done_total', help: 'Jobs done', labelNames: ['kind', 'status'] })
export const duration = new Histogram({ name: 'jobs_duration_seconds', help: 'Duration of jobs', labelNames: ['kind'] })
export const queued = new Gauge({ name: 'jobs_queued', help: 'Jobs that wait' })

export function record(kind: string, seconds: number) {
  done.inc({ kind, status: 'ok' })
  duration.observe({ kind }, seconds)
  queued.dec()
}
`

/** A scrape configuration that is written out, so that nothing else is exposed. */
export const prometheusConfig = `scrape_configs:
  - job_name: producer
    static_configs:
      - targets: ['producer:3000']
        labels: { tier: backend }
`
