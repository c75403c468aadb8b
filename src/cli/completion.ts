import type { Argument, Command, Option } from 'commander'

/** The shells that completion is written for. */
export type Shell = 'bash' | 'zsh' | 'fish'

/** What can follow some words: of `registry`, its commands; of `explain`, the rules. */
interface Level {
  /** The commands that lead here, without the program's name. */
  readonly words: readonly string[]
  readonly commands: readonly { readonly name: string; readonly about: string }[]
  readonly options: readonly { readonly flags: readonly string[]; readonly about: string; readonly takesValue: boolean; readonly values: readonly string[] }[]
  /** Values of the first argument, where they are known. */
  readonly values: readonly string[]
  /** Whether files can follow. */
  readonly takesFiles: boolean
}

/** A script for a shell that completes commands, options and their values, and otherwise file names. */
export function completionScript(program: Command, shell: Shell, ruleNames: readonly string[]): string {
  const levels = levelsOf(program, [], ruleNames)
  return { bash, zsh, fish }[shell](program.name(), levels)
}

function levelsOf(command: Command, words: readonly string[], ruleNames: readonly string[]): Level[] {
  const options = command.options.filter(({ hidden }) => !hidden).map((option: Option) => ({
    flags: [option.short, option.long].filter((flag) => flag !== undefined),
    about: option.description,
    takesValue: option.required || option.optional,
    values: option.long === '--rule' ? ruleNames : (option.argChoices ?? []),
  }))
  const [argument] = command.registeredArguments as readonly (Argument | undefined)[]
  const level: Level = {
    words,
    commands: command.commands.map((child) => ({ name: child.name(), about: child.description() })),
    options: [...options, { flags: ['-h', '--help'], about: 'display help for command', takesValue: false, values: [] }],
    values: argument?.name() === 'rule' ? ruleNames : (argument?.argChoices ?? []),
    takesFiles: argument !== undefined && argument.name() !== 'rule' && argument.argChoices === undefined,
  }
  return [level, ...command.commands.flatMap((child) => levelsOf(child, [...words, child.name()], ruleNames))]
}

function bash(name: string, levels: readonly Level[]): string {
  const cases = levels.map(({ words, commands, options, values }) => {
    const ofOptions = options.filter(({ values: own }) => own.length > 0).map(({ flags, values: own }) => `      ${flags.join('|')}) COMPREPLY=($(compgen -W '${own.join(' ')}' -- "$current")); return ;;\n`)
    const files = options.filter(({ takesValue, values: own }) => takesValue && own.length === 0).flatMap(({ flags }) => flags)
    const asked = [...ofOptions, ...(files.length > 0 ? [`      ${files.join('|')}) COMPREPLY=($(compgen -f -- "$current")); return ;;\n`] : [])]
    const all = [...commands.map((one) => one.name), ...values]
    return `  '${words.join(' ')}')\n${asked.length === 0 ? '' : `    case "$before" in\n${asked.join('')}    esac\n`}`
      + `    flags='${options.flatMap(({ flags }) => flags).join(' ')}'\n    words='${all.join(' ')}' ;;\n`
  })
  const identifier = name.replaceAll('-', '_')
  return `# ${name} completion for bash: put \`source <(${name} completion bash)\` into ~/.bashrc
_${identifier}() {
  local current="\${COMP_WORDS[COMP_CWORD]}" before="\${COMP_WORDS[COMP_CWORD-1]}" place='' flags='' words='' word
  COMPREPLY=()
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case "$place $word" in
${placeIn(levels)}    esac
  done
  case "$place" in
${cases.join('')}  esac
  if [[ "$current" == -* ]]; then COMPREPLY=($(compgen -W "$flags" -- "$current"))
  else COMPREPLY=($(compgen -W "$words" -- "$current") $(compgen -f -- "$current")); fi
}
complete -o filenames -F _${identifier} ${name}
`
}

/** How the place changes with each command that is read: `'registry export'`. */
function placeIn(levels: readonly Level[]): string {
  return levels.filter(({ words }) => words.length > 0).map(({ words }) => `      '${words.slice(0, -1).join(' ')} ${words.at(-1)!}') place='${words.join(' ')}' ;;\n`).join('')
}

function zsh(name: string, levels: readonly Level[]): string {
  const cases = levels.map(({ words, commands, options, values, takesFiles }) => {
    const asked = options.filter(({ takesValue }) => takesValue).map(({ flags, values: own }) => `      ${flags.join('|')}) ${own.length > 0 ? `compadd -- ${own.join(' ')}` : '_files'}; return ;;\n`)
    const described = (list: readonly (readonly [string, string])[]) => list.map(([word, about]) => `'${`${word}:${about}`.replaceAll("'", "'\\''")}'`).join(' ')
    return `  '${words.join(' ')}')\n${asked.length === 0 ? '' : `    case "$before" in\n${asked.join('')}    esac\n`}`
      + `    flags=(${described(options.flatMap(({ flags, about }) => flags.map((flag) => [flag, about] as const)))})\n`
      + `    commands=(${described(commands.map((one) => [one.name, one.about] as const))})\n`
      + `    values=(${values.join(' ')})\n    files=${takesFiles ? 'yes' : ''} ;;\n`
  })
  const identifier = name.replaceAll('-', '_')
  return `#compdef ${name}
# ${name} completion for zsh: write it to a file "_${name}" in a folder of $fpath
_${identifier}() {
  local before="\${words[CURRENT-1]}" place='' word files=''
  local -a flags commands values
  for word in "\${(@)words[2,CURRENT-1]}"; do
    case "$place $word" in
${placeIn(levels)}    esac
  done
  case "$place" in
${cases.join('')}  esac
  if [[ "\${words[CURRENT]}" == -* ]]; then _describe -o option flags; return; fi
  (( $#commands )) && _describe command commands
  (( $#values )) && compadd -- $values
  [[ -n "$files" ]] && _files
}
if [[ "$funcstack[1]" == _${name} ]]; then _${identifier} "$@"; else compdef _${identifier} ${name}; fi
`
}

function fish(name: string, levels: readonly Level[]): string {
  const text = (words: string) => `'${words.replace(/['\\]/g, '\\$&')}'`
  const identifier = `__${name.replaceAll('-', '_')}_at`
  const lines = levels.flatMap(({ words, commands, options, values, takesFiles }) => {
    const at = `complete -c ${name} -n ${text(`${identifier} ${words.join(' ')}`.trim())}`
    return [
      ...(takesFiles ? [] : [`${at} -f`]),
      ...commands.map((one) => `${at} -a ${one.name} -d ${text(one.about)}`),
      ...(values.length > 0 ? [`${at} -a ${text(values.join(' '))}`] : []),
      ...options.map(({ flags, about, takesValue, values: own }) => {
        const written = flags.map((flag) => (flag.startsWith('--') ? `-l ${flag.slice(2)}` : `-s ${flag.slice(1)}`)).join(' ')
        return `${at} ${written}${takesValue ? own.length > 0 ? ` -x -a ${text(own.join(' '))}` : ' -r' : ''} -d ${text(about)}`
      }),
    ]
  })
  const place = levels.filter(({ words }) => words.length > 0).map(({ words }) => `      case ${text(`${words.slice(0, -1).join(' ')} ${words.at(-1)!}`)}\n        set place ${text(words.join(' '))}\n`).join('')
  return `# ${name} completion for fish: write it to ~/.config/fish/completions/${name}.fish
function ${identifier}
  set -l place ''
  for word in (commandline -opc)[2..]
    switch "$place $word"
${place}    end
  end
  test "$place" = "$argv"
end
${lines.join('\n')}
`
}
