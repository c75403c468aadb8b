import { hasPlaceholder } from '../grafana/placeholder.js'
import type { Dashboard } from '../grafana/model.js'
import { folderOf } from '../text/path.js'
import { hasTerraformDirectives, isTerraformFile } from '../text/terraform-template.js'
import { escapeRegExp } from '../text/wildcard.js'
import { textOf, type FoundFile } from './discovery.js'

/** What in a workspace fills in placeholders of dashboards before Grafana reads them. */
export interface Templating {
  /** Whether a dashboard is a template of Terraform's, in which `${x}` is Terraform's and `$${x}` is Grafana's. */
  isTerraformTemplate(dashboard: Dashboard): boolean
  /** Whether a script, a manifest or a program is seen to fill in `${name}`, for instance with `sed`. */
  fillsIn(name: string): boolean
}

/** Files of tools that deploy dashboards, and programs that write them. */
const fillingFile = /\.(?:tf|mk|sh|py|[cm]?[jt]s|ya?ml)$|(?:^|\/)(?:Dockerfile[^/]*|Makefile)$/i

/** Reads the files when first asked. */
export function templatingOf(files: readonly FoundFile[], maxBytes: number): Templating {
  const texts = (name: RegExp) => files.filter(({ path, size }) => name.test(path) && size <= maxBytes).map((file) => ({ path: file.path, text: textOf(file) }))
  let terraform: readonly RegExp[] | undefined
  let names: ReadonlySet<string> | undefined
  return {
    isTerraformTemplate(dashboard) {
      const { text, path } = dashboard.document.source
      if (isTerraformFile(path)) return true
      if (!/[$%]\{/.test(text)) return false
      terraform ??= texts(/\.tf$/i).flatMap(({ path: module, text: code }) => templatesIn(code, module))
      return isItselfTemplate(dashboard) || hasTerraformDirectives(text) || terraform.some((pattern) => pattern.test(path))
    },
    fillsIn(name) {
      names ??= new Set(texts(fillingFile).flatMap(({ path, text }) => namesFilledIn(path, text)))
      return names.has(name)
    },
  }
}

/** Grafana fills in neither the uid nor the title of a dashboard: where they hold a placeholder, something else does. */
function isItselfTemplate({ uid = '', title = '' }: Dashboard): boolean {
  return [uid, title].some((text) => text.includes('${') && hasPlaceholder(text))
}

/** The paths that `templatefile()` and the older `template_file` of a module read; computed parts stand for anything. */
function templatesIn(code: string, module: string): RegExp[] {
  const folder = folderOf(module)
  const calls = [...code.matchAll(/\btemplatefile\(\s*(?:"([^"\n]*)"|([^",\n]+))/g)]
  const files = code.includes('"template_file"') ? [...code.matchAll(/\btemplate\s*=\s*"?(?:\$\{)?file\("([^"\n]*)"\)/g)] : []
  return [...calls, ...files].map(([, literal]) => {
    if (literal === undefined) return new RegExp(`^${escapeRegExp(folder)}.*\\.json$`)
    // What leads to the module's own folder may also be that of another: only the rest of the path tells.
    const own = literal.replace(/^\$\{path\.(?:module|root|cwd)\}\/?/, '').replace(/^(?:\.{1,2}\/)+/, '')
    return new RegExp(`(?:^|/)${own.split(/\$\{[^}]*\}/).map(escapeRegExp).join('.*')}$`)
  })
}

/** Placeholders in capitals wherever they stand; others where they stand as placeholders. */
function namesFilledIn(path: string, text: string): string[] {
  // Dashboards inside manifests use the placeholders, and fill in none.
  if (/\.ya?ml$/i.test(path) && /"(?:panels|templating)"\s*:/.test(text)) return []
  const inputs = [...text.matchAll(/\binputName:\s*["']?(\w+)/g)].map(([, name]) => name!)
  const capitals = text.match(/\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+\b/g) ?? []
  const braced = /\.ya?ml$/i.test(path) ? [] : [...text.matchAll(/\$\\?\{(\w+)\}/g)].map(([, name]) => name!)
  return [...inputs, ...capitals, ...braced]
}
