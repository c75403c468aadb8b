/**
 * Whether to colour what is written to `stream`: the flag (`--color`, `--no-color`) decides, then `FORCE_COLOR`
 * (any value but `0` and `false`), then `NO_COLOR` (any value but the empty one, https://no-color.org), then
 * whether the stream is a terminal that knows colours. `FORCE_COLOR` before `NO_COLOR` is Node's own order.
 */
export function wantsColor(
  stream: { readonly isTTY?: boolean | undefined },
  env: Readonly<Record<string, string | undefined>>,
  flag?: boolean,
): boolean {
  if (flag !== undefined) return flag
  const forced = env['FORCE_COLOR']
  if (forced !== undefined) return forced !== '0' && forced !== 'false'
  if (env['NO_COLOR']) return false
  return stream.isTTY === true && env['TERM'] !== 'dumb'
}

/**
 * Whether the terminal that `stream` is makes links of OSC 8: those that say who they are and are known to, outside of CI.
 * `FORCE_HYPERLINK` decides (any value but `0` and `false`).
 */
export function wantsHyperlinks(stream: { readonly isTTY?: boolean | undefined }, env: Readonly<Record<string, string | undefined>>): boolean {
  const { FORCE_HYPERLINK: forced, TERM_PROGRAM: program = '', TERM: term = '' } = env
  if (forced !== undefined) return forced !== '0' && forced !== 'false'
  if (stream.isTTY !== true || env['CI'] || term === 'dumb') return false
  return Number(env['VTE_VERSION'] ?? 0) >= 5000
    || env['WT_SESSION'] !== undefined
    || env['KONSOLE_VERSION'] !== undefined
    || /^(?:iTerm\.app|WezTerm|vscode|ghostty|Hyper|rio|zed)$/.test(program)
    || /^(?:xterm-kitty|alacritty|foot|xterm-ghostty)/.test(term)
}
