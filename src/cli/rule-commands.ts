import { Argument, Option, type Command } from 'commander'
import type { Shell } from './completion.js'
import { exitCodes, type Terminal } from './terminal.js'

const shells: readonly Shell[] = ['bash', 'zsh', 'fish']

/** Declares `ml-dash-lint rules` and `explain`; each is loaded when it runs. */
export function addRuleCommands(program: Command, terminal: Terminal, finish: (code: number) => void): void {
  program
    .command('rules')
    .description('list the rules, each with its severity under the configuration')
    .addOption(new Option('-f, --format <format>', 'form of the list').choices(['text', 'json']).default('text'))
    .option('-o, --output <file>', 'write to a file')
    .option('-c, --config <file>', 'configuration file')
    .action(async (options: { format: string; output?: string; config?: string }) => {
      const { showRules } = await import('./rules.js')
      finish(await showRules(options, terminal))
    })

  program
    .command('explain')
    .description('show the page of a rule: what it finds, why that matters, what to do')
    .argument('<rule>', 'name of a rule')
    .option('--color', 'colour the page even when it does not go to a terminal')
    .option('--no-color', 'do not colour the page')
    .action(async (name: string, options: { color?: boolean }) => {
      const { explainRule } = await import('./explain.js')
      finish(explainRule(name, options, terminal))
    })
}

/** Declares `ml-dash-lint completion`. */
export function addCompletionCommand(program: Command, terminal: Terminal, finish: (code: number) => void): void {
  program
    .command('completion')
    .description('write a script with which a shell completes commands, options and names of rules')
    .addArgument(new Argument('<shell>').choices(shells))
    .action(async (shell: Shell) => {
      const [{ completionScript }, { rules }] = await Promise.all([import('./completion.js'), import('../../rules/index.js')])
      terminal.stdout.write(completionScript(program, shell, rules.map(({ name }) => name)))
      finish(exitCodes.clean)
    })
}
