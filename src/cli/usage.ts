import type { Command } from 'commander'
import { cacheOptions } from './cache-options.js'
import type { Terminal } from './terminal.js'

/** Declares the commands of `ml-dash-lint usage`; each is loaded when it runs. */
export function addUsageCommands(program: Command, terminal: Terminal, finish: (code: number) => void): void {
  program
    .command('usage')
    .description('tell what dashboards and rules rely on')
    .command('export')
    .description('write the series, labels and values that the dashboards and rules at hand rely on as JSON')
    .argument('[paths...]', 'files, folders and globs to read (default: the current folder)')
    .option('-o, --output <file>', 'write to a file')
    .option('-c, --config <file>', 'configuration file')
    .option(...cacheOptions.location)
    .option(...cacheOptions.none)
    .action(async (paths: string[], options: { output?: string; config?: string }) => {
      const { exportUsage } = await import('./usage-export.js')
      finish(await exportUsage(paths, options, terminal))
    })
}
