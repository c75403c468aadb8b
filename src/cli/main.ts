import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander'
import { presetNames } from '../config/presets.js'
import { formatterNames } from '../report/index.js'
import { disk } from '../text/disk.js'
import { nearestNames } from '../text/nearest-names.js'
import { packageFile } from '../text/package-file.js'
import { cacheOptions } from './cache-options.js'
import { addRegistryCommands } from './registry.js'
import { reportTarget } from './report-targets.js'
import { addCompletionCommand, addRuleCommands } from './rule-commands.js'
import { addUsageCommands } from './usage.js'
import { exitCodes, withVisibleErrors, type Terminal } from './terminal.js'

/** How wide help is where it goes to no terminal. */
const defaultColumns = 80

const examples = `
Examples:
  ml-dash-lint                                      lint all of this folder
  ml-dash-lint --since origin/main                  what this branch broke
  ml-dash-lint --update-baseline                    report only what is new from now on
  ml-dash-lint --format stylish --format sarif=out.sarif
  ml-dash-lint explain unknown-metric
  ml-dash-lint registry explain --help              the options of a command
`

/** Runs the command line. Returns the exit code: 0 clean, 1 findings, 2 wrong usage, wrong configuration or a bug of ours. */
export async function main(argv: readonly string[], outside: Terminal): Promise<number> {
  const terminal = withVisibleErrors(outside)
  let exitCode: number = exitCodes.clean
  const program = commandLine(terminal, (code) => (exitCode = code))
  try {
    await program.parseAsync(argv)
    return exitCode
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.clean : exitCodes.usage
    const details = error instanceof Error ? (error.stack ?? error.message) : String(error)
    terminal.stderr.write(`ml-dash-lint: a bug of ours, please report it with the file that shows it:\n${details}\n`)
    return exitCodes.usage
  }
}

/** All commands with their options. Each action tells `finish` its exit code. */
export function commandLine(terminal: Terminal, finish: (code: number) => void): Command {
  const program = new Command('ml-dash-lint')
    .description('Checks Grafana dashboards and Prometheus rules against the metrics that the code really exposes.')
    .argument('[paths...]', 'files, folders and globs to lint (default: the current folder)')
    .optionsGroup('What is linted:')
    .option('-c, --config <file>', 'configuration file (default: ml-dash-lint.config.json, here or above)')
    .option('-r, --registry <file...>', 'registry files to lint against in addition to the code at hand')
    .option('--rule <name>', 'run this rule only; can be given several times', (name: string, names: string[] | undefined) => [...(names ?? []), name])
    .addOption(new Option('--preset <name>', 'rules to go on from, in the place of what the configuration extends').choices(presetNames))
    .option('--plugins', 'run the plugins of the configuration although it was found, and not named with --config')
    .option('--no-plugins', 'do not run plugins, nor their rules')
    .option('--stdin', 'lint what is written to the program, as the text of the file that --stdin-filename names')
    .option('--stdin-filename <file>', 'path of that file, which need not be there; all around it is known')
    .optionsGroup('What is reported, and what fails a run:')
    .option('-q, --quiet', 'show errors only; warnings are counted')
    .option('--coverage', 'list all names that could not be checked, with the reason')
    .option('--max-warnings <number>', 'exit with 1 when there are more warnings than this', wholeNumber)
    .option('--min-coverage <percent>', 'exit with 1 when less of the selectors is checked', percent)
    .optionsGroup('What is known already:')
    .option('--since <revision>', 'report what the changes since a revision of git introduced, wherever it shows')
    .option('--baseline <file>', 'findings that are known and not reported (default: ml-dash-lint-baseline.json beside the configuration)')
    .option('--no-baseline', 'report what is in the baseline too')
    .option('--update-baseline', 'write what is found now into the baseline')
    .optionsGroup('What is mended:')
    .option('--fix', 'mend what needs no person, and report what is left')
    .addOption(new Option('--fix-dry-run', 'print what --fix would change, as a unified diff').conflicts('fix'))
    .optionsGroup('Output:')
    .addOption(new Option('-f, --format <format>', 'form of the report; FORMAT=FILE writes it to a file; can be given several times').choices(formatterNames).argParser(reportTarget))
    .option('-o, --output <file>', 'write the report to a file')
    .option('--color', 'colour the report even when it does not go to a terminal')
    .option('--no-color', 'do not colour the report')
    .optionsGroup('Tools:')
    .option('--watch', 'lint again whenever a file changes, until interrupted')
    .option('--print-config <file>', 'print the configuration as it is for a dashboard or rule file, and lint nothing')
    .option('--debug', 'tell what each file was read as, or why not, and how long each step took')
    .option(...cacheOptions.location)
    .option(...cacheOptions.none)
    .version((JSON.parse(readFileSync(packageFile('package.json'), 'utf8')) as { version: string }).version)
    .addHelpText('after', examples)
    // A subcommand's own --output is not the program's.
    .enablePositionalOptions()
    .exitOverride()
    .configureOutput({
      writeOut: (text) => terminal.stdout.write(text),
      writeErr: (text) => terminal.stderr.write(text),
      getOutHelpWidth: () => terminal.stdout.columns ?? defaultColumns,
      getErrHelpWidth: () => terminal.stderr.columns ?? defaultColumns,
    })
    .action(async (paths: string[], { printConfig, ...options }: Record<string, unknown>) => {
      if (typeof printConfig === 'string') {
        const { showConfig } = await import('./print-config.js')
        finish(await showConfig(printConfig, options, terminal))
        return
      }
      const mistyped = mistypedCommand(paths, program, terminal.cwd())
      if (mistyped !== undefined) {
        terminal.stderr.write(`ml-dash-lint: ${mistyped}\n`)
        finish(exitCodes.usage)
        return
      }
      const { lint } = await import('./lint.js')
      finish(await lint(paths, options, terminal))
    })
  program
    .commandsGroup('To begin:')
    .command('init')
    .description('look at the repository and write a first configuration at its root')
    .option(...cacheOptions.location)
    .option(...cacheOptions.none)
    .action(async (options: { cache?: boolean; cacheLocation?: string }) => {
      const { init } = await import('./init.js')
      finish(await init(options, terminal))
    })
  addRuleCommands(program.commandsGroup('Rules:'), terminal, finish)
  program.commandsGroup('Code and dashboards in different repositories:')
  addRegistryCommands(program, terminal, finish)
  addUsageCommands(program, terminal, finish)
  addCompletionCommand(program.commandsGroup('Shells:'), terminal, finish)
  // Here and not above: commands take over the group that it is in, and have none.
  return program.helpOption('-h, --help', 'display help')
}

/** What other linters call what this one does without a command. */
const commandsOfOthers = new Set(['lint', 'check', 'run', 'scan'])

/** What is told of a first word that is no file and much like a command. */
function mistypedCommand([first]: readonly string[], program: Command, cwd: string): string | undefined {
  if (first === undefined || !/^[a-z][a-z-]*$/i.test(first) || disk.isThere(resolve(cwd, first))) return undefined
  if (commandsOfOthers.has(first)) return `there is no command "${first}", and no such file or folder: to lint takes no command, only what is to be linted`
  const [meant] = nearestNames(first, program.commands.map((command) => command.name()), 1)
  return meant === undefined ? undefined : `there is no command "${first}", and no such file or folder. Did you mean "${meant}"?`
}

function wholeNumber(text: string): number {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError('It must be a whole number.')
  return Number(text)
}

function percent(text: string): number {
  const value = Number(text)
  if (text.trim() === '' || !(value >= 0 && value <= 100)) throw new InvalidArgumentError('It must be a number from 0 to 100.')
  return value
}
