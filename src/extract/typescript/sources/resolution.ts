import { posix } from 'node:path'
import { parse as parseJsonWithComments } from 'jsonc-parser'
import type { SourceTree } from '../../types.js'

/** Finds the file of the workspace that an import names; `undefined` where it names something outside. */
export type ModuleResolver = (specifier: string, importer: string) => string | undefined

interface PathMappings {
  /** Patterns of `paths` with their targets, relative to the workspace root. */
  readonly paths: readonly { readonly pattern: string; readonly targets: readonly string[] }[]
  readonly baseUrl?: string
}

interface PackageManifest {
  readonly folder: string
  readonly content: Record<string, unknown>
}

/** The endings to try, and what TypeScript sources are called in imports. */
const ENDINGS = ['', '.ts', '.tsx', '.mts', '.cts', '.js', '.jsx', '.mjs', '.cjs']
const EMITTED: Readonly<Record<string, readonly string[]>> = {
  '.js': ['.ts', '.tsx'],
  '.jsx': ['.tsx'],
  '.mjs': ['.mts'],
  '.cjs': ['.cts'],
}
const OUTPUT_FOLDERS = /^(dist|lib|build|out|output|esm|cjs)\/((esm|cjs|src|types|lib)\/)?/

/**
 * Resolves imports as TypeScript and Node do, over the files of the tree only: relative paths (also `.js` for a
 * `.ts` source), `index` files, `paths` and `baseUrl` of the nearest tsconfig, packages of the workspace by their
 * name and `exports` (a path into build output stands for the source it is built from), and `#imports`.
 */
export function moduleResolver(tree: SourceTree): ModuleResolver {
  const files = new Set(tree.paths)
  const configurations = new Map<string, PathMappings | undefined>()
  const resolved = new Map<string, string | undefined>()
  const manifests = memoized(() => readManifests(tree))

  return (specifier, importer) => {
    const folder = posix.dirname(importer)
    const key = `${folder}\n${specifier}`
    if (!resolved.has(key)) resolved.set(key, resolve(specifier, folder))
    return resolved.get(key)
  }

  function resolve(specifier: string, folder: string): string | undefined {
    if (/^\.\.?(\/|$)/.test(specifier)) return fileAt(posix.join(folder, specifier))
    if (specifier.startsWith('#')) return throughImports(specifier, folder) ?? throughMappings(specifier, folder)
    return throughMappings(specifier, folder) ?? throughPackages(specifier)
  }

  function fileAt(path: string): string | undefined {
    const normal = posix.normalize(path).replace(/\/$/, '')
    for (const ending of ENDINGS) {
      if (files.has(normal + ending)) return normal + ending
    }
    const extension = posix.extname(normal)
    for (const ending of EMITTED[extension] ?? []) {
      const source = normal.slice(0, -extension.length) + ending
      if (files.has(source)) return source
    }
    for (const ending of ENDINGS.slice(1)) {
      const index = posix.join(normal, `index${ending}`)
      if (files.has(index)) return index
    }
    return undefined
  }

  function throughMappings(specifier: string, folder: string): string | undefined {
    for (const ancestor of ancestors(folder)) {
      const mappings = mappingsOf(ancestor)
      if (!mappings) continue
      for (const { pattern, targets } of mappings.paths) {
        const star = matchPattern(pattern, specifier)
        if (star === undefined) continue
        for (const target of targets) {
          const found = fileAt(target.replace('*', star))
          if (found !== undefined) return found
        }
      }
      const found = mappings.baseUrl === undefined ? undefined : fileAt(posix.join(mappings.baseUrl, specifier))
      if (found !== undefined) return found
    }
    return undefined
  }

  function mappingsOf(folder: string): PathMappings | undefined {
    if (!configurations.has(folder)) {
      const path = ['tsconfig.json', 'tsconfig.base.json', 'jsconfig.json']
        .map((name) => posix.join(folder, name))
        .find((name) => files.has(name))
      configurations.set(folder, path === undefined ? undefined : readMappings(path, new Set()))
    }
    return configurations.get(folder)
  }

  function readMappings(path: string, seen: Set<string>): PathMappings {
    if (seen.has(path)) return { paths: [] }
    seen.add(path)
    const content = asRecord(parseJsonWithComments(tree.read(path)?.text ?? '', [], { allowTrailingComma: true }))
    const options = asRecord(content['compilerOptions'])
    const folder = posix.dirname(path)
    const baseUrl = typeof options['baseUrl'] === 'string' ? posix.join(folder, options['baseUrl']) : undefined
    const inherited = [content['extends']].flat()
      .filter((name) => typeof name === 'string')
      .map((name) => extendedConfiguration(name, folder))
      .filter((name) => name !== undefined)
      .map((name) => readMappings(name, seen))
    const paths = Object.entries(asRecord(options['paths'])).map(([pattern, targets]) => ({
      pattern,
      targets: (Array.isArray(targets) ? targets : [])
        .filter((target) => typeof target === 'string')
        .map((target) => posix.join(baseUrl ?? folder, target)),
    }))
    const base = baseUrl ?? inherited.find((mappings) => mappings.baseUrl !== undefined)?.baseUrl
    return {
      paths: paths.length > 0 ? paths : inherited.flatMap((mappings) => mappings.paths),
      ...(base !== undefined && { baseUrl: base }),
    }
  }

  function extendedConfiguration(name: string, folder: string): string | undefined {
    if (!name.startsWith('.')) {
      const [packageName, rest] = splitSpecifier(name)
      const manifest = manifests().get(packageName)
      return manifest && jsonAt(posix.join(manifest.folder, rest === '' ? 'tsconfig.json' : rest))
    }
    return jsonAt(posix.join(folder, name))
  }

  function jsonAt(path: string): string | undefined {
    return [path, `${path}.json`, posix.join(path, 'tsconfig.json')].find((name) => files.has(name))
  }

  function throughPackages(specifier: string): string | undefined {
    const [name, rest] = splitSpecifier(specifier)
    const manifest = manifests().get(name)
    if (!manifest) return undefined
    const { folder, content } = manifest
    const subpath = rest === '' ? '.' : `./${rest}`
    const targets = rest === ''
      ? [...exportTargets(content['exports'], '.'), content['source'], content['module'], content['types'], content['main'], 'src/index', 'index']
      : [...exportTargets(content['exports'], subpath), rest, posix.join('src', rest)]
    return firstFile(folder, targets)
  }

  function throughImports(specifier: string, folder: string): string | undefined {
    for (const ancestor of ancestors(folder)) {
      const path = posix.join(ancestor, 'package.json')
      if (!files.has(path)) continue
      const targets = exportTargets(readJson(tree, path)['imports'], specifier)
      return firstFile(ancestor, targets)
    }
    return undefined
  }

  function firstFile(folder: string, targets: readonly unknown[]): string | undefined {
    for (const target of targets) {
      if (typeof target !== 'string') continue
      const path = target.replace(/^\.\//, '')
      const found = sourcesOf(path).map((source) => fileAt(posix.join(folder, source))).find((file) => file !== undefined)
      if (found !== undefined) return found
    }
    return undefined
  }
}

/** A path into build output, and the sources it may come from. */
function sourcesOf(path: string): string[] {
  if (!OUTPUT_FOLDERS.test(path)) return [path.replace(/\.d\.([mc]?)ts$/, '.$1ts')]
  const inner = path.replace(OUTPUT_FOLDERS, '').replace(/\.d\.([mc]?)ts$/, '.$1ts')
  return [posix.join('src', inner), inner, path]
}

/** The paths that an `exports` or `imports` field gives for a subpath, under whatever condition. */
function exportTargets(field: unknown, subpath: string): string[] {
  if (typeof field === 'string') return subpath === '.' ? [field] : []
  const entries = Object.entries(asRecord(field))
  const isMap = entries.some(([key]) => key.startsWith('.') || key.startsWith('#'))
  if (!isMap) return subpath === '.' ? conditionTargets(field) : []
  return entries.flatMap(([pattern, target]) => {
    const star = matchPattern(pattern, subpath)
    return star === undefined ? [] : conditionTargets(target).map((path) => path.replace('*', star))
  })
}

function conditionTargets(target: unknown): string[] {
  if (typeof target === 'string') return [target]
  if (Array.isArray(target)) return target.flatMap(conditionTargets)
  return Object.values(asRecord(target)).flatMap(conditionTargets)
}

/** What the `*` of a pattern stands for; an empty text where it has none and matches. */
function matchPattern(pattern: string, text: string): string | undefined {
  const star = pattern.indexOf('*')
  if (star < 0) return pattern === text ? '' : undefined
  const before = pattern.slice(0, star)
  const after = pattern.slice(star + 1)
  if (!text.startsWith(before) || !text.endsWith(after) || text.length < before.length + after.length) return undefined
  return text.slice(before.length, text.length - after.length)
}

/** A package name and the path inside the package: `@scope/name/a/b` is `['@scope/name', 'a/b']`. */
function splitSpecifier(specifier: string): [string, string] {
  const parts = specifier.split('/')
  const length = specifier.startsWith('@') ? 2 : 1
  return [parts.slice(0, length).join('/'), parts.slice(length).join('/')]
}

function readManifests(tree: SourceTree): Map<string, PackageManifest> {
  const manifests = new Map<string, PackageManifest>()
  for (const path of tree.paths) {
    if (posix.basename(path) !== 'package.json') continue
    const content = readJson(tree, path)
    const name = content['name']
    if (typeof name === 'string' && !manifests.has(name)) manifests.set(name, { folder: posix.dirname(path), content })
  }
  return manifests
}

function readJson(tree: SourceTree, path: string): Record<string, unknown> {
  return asRecord(parseJsonWithComments(tree.read(path)?.text ?? ''))
}

function asRecord(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
}

function ancestors(folder: string): string[] {
  const all = [folder]
  while (all.at(-1) !== '.' && all.at(-1) !== '') all.push(posix.dirname(all.at(-1)!))
  return all
}

function memoized<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined
  return () => (made ??= { value: make() }).value
}
