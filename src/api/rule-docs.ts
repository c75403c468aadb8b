import { readFileSync } from 'node:fs'
import { isOwn, type AnyRule } from '../lint/rule.js'
import type { RuleDoc } from '../report/report.js'
import { once } from '../text/once.js'
import { packageFile } from '../text/package-file.js'
import { isRecord } from '../text/value.js'

/** What the package tells of where it lives. */
export interface Manifest {
  readonly version: string
  readonly repository?: string | { readonly url?: string }
}

const ownManifest = once(() => JSON.parse(readFileSync(packageFile('package.json'), 'utf8')) as Manifest)

/** What a format may tell of each rule: its summary, and its page where the package says where it lives. */
export function ruleDocs(rules: readonly AnyRule[], manifest: () => Manifest = ownManifest): (name: string) => RuleDoc | undefined {
  return (name) => {
    const rule = rules.find((one) => one.name === name)
    if (rule === undefined) return undefined
    const url = isOwn(rule) ? pageInRepository(`docs/rules/${name}.md`, manifest()) : rule.url
    return { summary: rule.summary, ...(url !== undefined && { url }) }
  }
}

/** The address of a page as this version has it; `undefined` where the package names no repository on a known host. */
export function pageInRepository(path: string, { version, repository }: Manifest): string | undefined {
  const written = isRecord(repository) ? repository['url'] : repository
  if (typeof written !== 'string') return undefined
  const url = written.replace(/(?:\.git)?\/?$/, '')
  // npm: "github:owner/name" and "owner/name" are short for a repository on GitHub.
  const short = /^(?:(github|gitlab):)?([\w.-]+\/[\w.-]+)$/.exec(url)
  const long = /^(?:git\+)?https?:\/\/(github|gitlab)\.com\/([\w.-]+(?:\/[\w.-]+)+)$/.exec(url)
  const [, host = 'github', name] = short ?? long ?? []
  if (name === undefined) return undefined
  return host === 'github' ? `https://github.com/${name}/blob/v${version}/${path}` : `https://gitlab.com/${name}/-/blob/v${version}/${path}`
}
