import { InvalidArgumentError, Option, type Command } from 'commander'
import { cacheOptions } from './cache-options.js'
import type { Terminal } from './terminal.js'

/** Declares the commands of `ml-dash-lint registry`; each is loaded when it runs. */
export function addRegistryCommands(program: Command, terminal: Terminal, finish: (code: number) => void): void {
  const registry = program.command('registry').description('export, import, compare and explain what the code exposes')
  const pathsArgument = ['[paths...]', 'files, folders and globs to read (default: the current folder)'] as const
  const outputOption = ['-o, --output <file>', 'write to a file'] as const
  const configOption = ['-c, --config <file>', 'configuration file'] as const
  const timeoutOption = () => new Option('--timeout <seconds>', 'give up after this long').default(10).argParser(positiveNumber)
  const sizeOption = () => new Option('--max-bytes <bytes>', 'give up on a longer answer').default(50_000_000).argParser(positiveNumber)
  const formatOption = () => new Option('-f, --format <format>', 'form of the report').choices(['text', 'json']).default('text')

  registry
    .command('export')
    .description('write the registry of the code at hand as JSON')
    .argument(...pathsArgument)
    .option(...outputOption)
    .option(...configOption)
    .option(...cacheOptions.location)
    .option(...cacheOptions.none)
    .action(async (paths: string[], options: Record<string, string>) => {
      const { exportRegistry } = await import('./registry-export.js')
      finish(await exportRegistry(paths, options, terminal))
    })

  registry
    .command('import')
    .description('turn what a program exposed (Prometheus text format or OpenMetrics) into a registry')
    .argument('<file>', 'a saved /metrics page')
    .option(...outputOption)
    .action(async (file: string, options: { output?: string }) => {
      const { importRegistry } = await import('./registry-import.js')
      finish(await importRegistry(file, options, terminal))
    })

  registry
    .command('scrape')
    .description('read a metrics endpoint over HTTP and turn it into a registry')
    .argument('<url>', 'http://127.0.0.1:9464/metrics')
    .option(...outputOption)
    .addOption(timeoutOption())
    .addOption(sizeOption())
    .action(async (url: string, options: { output?: string; timeout: number; maxBytes: number }) => {
      const { scrapeRegistry } = await import('./registry-import.js')
      finish(await scrapeRegistry(url, options, terminal))
    })

  registry
    .command('from-prometheus')
    .description('ask a Prometheus server over HTTP which series it has, and turn them into a registry')
    .argument('<url>', 'http://127.0.0.1:9090')
    .option('--match <selector>', 'only series that this selects: {job="api"}')
    .option(...outputOption)
    .addOption(timeoutOption())
    .addOption(sizeOption())
    .action(async (url: string, options: { output?: string; match?: string; timeout: number; maxBytes: number }) => {
      const { prometheusRegistry } = await import('./registry-import.js')
      finish(await prometheusRegistry(url, options, terminal))
    })

  registry
    .command('merge')
    .description('put several registry files together')
    .argument('<files...>', 'registry files')
    .option(...outputOption)
    .action(async (files: string[], options: { output?: string }) => {
      const { mergeRegistryFiles } = await import('./registry-merge.js')
      finish(await mergeRegistryFiles(files, options, terminal))
    })

  registry
    .command('diff')
    .description('tell what changed between two registry files; exits with 1 when a change can break a query')
    .argument('<old>', 'registry file from before the change')
    .argument('<new>', 'registry file from after it')
    .option('--usage <file>', 'usage file: name the panels and alerts that a change touches; may be given again', another)
    .addOption(formatOption())
    .option(...outputOption)
    .action(async (before: string, after: string, options: { usage?: string[]; format: string; output?: string }) => {
      const { diffRegistryFiles } = await import('./registry-diff.js')
      finish(await diffRegistryFiles(before, after, options, terminal))
    })

  registry
    .command('check')
    .description('hold the code at hand against what other repositories use; exits with 1 when something they need is missing')
    .argument(...pathsArgument)
    .requiredOption('--usage <file>', 'usage file, from "ml-dash-lint usage export"; may be given again', another)
    .addOption(formatOption())
    .option(...outputOption)
    .option(...configOption)
    .option(...cacheOptions.location)
    .option(...cacheOptions.none)
    .action(async (paths: string[], options: { usage: string[]; format: string; output?: string; config?: string }) => {
      const { checkUsageFiles } = await import('./registry-check.js')
      finish(await checkUsageFiles(paths, options, terminal))
    })

  registry
    .command('explain')
    .description('tell how a metric was found, which series and labels it has, what is not known of it, and who uses it')
    .argument('<metric>', 'name of a series or of a family')
    .argument(...pathsArgument)
    .option(...configOption)
    .option(...cacheOptions.location)
    .option(...cacheOptions.none)
    .action(async (metric: string, paths: string[], options: { config?: string }) => {
      const { explainMetric } = await import('./registry-explain.js')
      finish(await explainMetric(metric, paths, options, terminal))
    })
}

/** Collects an option that may be given more than once. */
function another(value: string, earlier: readonly string[] = []): string[] {
  return [...earlier, value]
}

function positiveNumber(text: string): number {
  const number = Number(text)
  if (!(number > 0)) throw new InvalidArgumentError('It must be a number above 0.')
  return number
}
