import type { TSESTree } from '@typescript-eslint/typescript-estree'
import { isSource } from '../files.js'
import type { Analysis } from './analysis.js'
import type { DeclaredType, ExportBinding, Module, ModuleRead } from '../values/program.js'
import type { ModuleResolver } from '../sources/resolution.js'
import type { Node } from '../syntax/syntax.js'

/** The module of a file, parsed when first asked for. */
export function loadModule(analysis: Analysis, path: string): Module | undefined {
  if (!analysis.code.modules.has(path)) {
    const source = isSource(path) ? analysis.code.tree.read(path) : undefined
    analysis.code.modules.set(path, source && tabulate({ source, ...analysis.code.parse(source) }, analysis.code.resolve))
  }
  return analysis.code.modules.get(path)
}

function tabulate(parsed: Pick<Module, 'source' | 'program' | 'problems'>, resolve: ModuleResolver): Module {
  const imports = new Map<string, ModuleRead>()
  const exports = new Map<string, ExportBinding>()
  const starExports: ModuleRead[] = []
  const types = new Map<string, Node>()
  const declarations = new Map<string, TSESTree.ProgramStatement>()

  for (const statement of parsed.program.body) {
    switch (statement.type) {
      case 'ImportDeclaration':
        for (const specifier of statement.specifiers) {
          const name = specifier.type === 'ImportSpecifier' ? nameOf(specifier.imported)
            : specifier.type === 'ImportDefaultSpecifier' ? 'default' : '*'
          imports.set(specifier.local.name, read(statement.source.value, name))
        }
        break
      case 'TSImportEqualsDeclaration':
        if (statement.moduleReference.type === 'TSExternalModuleReference') {
          imports.set(statement.id.name, read(statement.moduleReference.expression.value, 'default'))
        }
        break
      case 'ExportAllDeclaration':
        if (statement.exported) exports.set(nameOf(statement.exported), { kind: 'from', read: read(statement.source.value, '*') })
        else starExports.push(read(statement.source.value, '*'))
        break
      case 'ExportNamedDeclaration':
        for (const specifier of statement.specifiers) {
          const name = nameOf(specifier.local)
          exports.set(nameOf(specifier.exported), statement.source
            ? { kind: 'from', read: read(statement.source.value, name) }
            : { kind: 'local', name })
        }
        if (statement.declaration) {
          for (const name of declare(statement.declaration, statement)) exports.set(name, { kind: 'local', name })
        }
        break
      case 'ExportDefaultDeclaration': {
        const { declaration } = statement
        const names = isDeclaration(declaration) ? declare(declaration, statement) : []
        const [name] = names
        if (name !== undefined) exports.set('default', { kind: 'local', name })
        else exports.set('default', { kind: 'expression', node: declaration as TSESTree.Expression })
        break
      }
      case 'TSExportAssignment':
        exports.set('default', { kind: 'expression', node: statement.expression })
        break
      default:
        declare(statement, statement)
    }
  }
  return { ...parsed, imports, exports, starExports, types, declarations }

  /** A source with syntax errors may have an import of nothing, or of a number. */
  function read(specifier: unknown, name: string): ModuleRead {
    return typeof specifier === 'string'
      ? { specifier, name, path: resolve(specifier, parsed.source.path) }
      : { specifier: '', name, path: undefined }
  }

  function declare(declaration: Node, statement: TSESTree.ProgramStatement): string[] {
    const names = declaredNames(declaration)
    for (const name of names) {
      if (isTypeDeclaration(declaration)) types.set(name, declaration)
      if (!isTypeOnly(declaration)) declarations.set(name, statement)
    }
    return names
  }
}

function isDeclaration(node: Node): boolean {
  return ['FunctionDeclaration', 'ClassDeclaration', 'TSInterfaceDeclaration', 'TSEnumDeclaration'].includes(node.type)
}

function isTypeDeclaration(node: Node): boolean {
  return isTypeOnly(node) || node.type === 'TSEnumDeclaration' || node.type === 'ClassDeclaration'
}

function isTypeOnly(node: Node): boolean {
  return node.type === 'TSInterfaceDeclaration' || node.type === 'TSTypeAliasDeclaration'
}

/** The names that a declaration declares. */
export function declaredNames(node: Node): string[] {
  switch (node.type) {
    case 'VariableDeclaration': return node.declarations.flatMap((declarator) => patternNames(declarator.id))
    case 'FunctionDeclaration':
    case 'ClassDeclaration':
    case 'TSInterfaceDeclaration':
    case 'TSTypeAliasDeclaration':
    case 'TSEnumDeclaration': return node.id ? [node.id.name] : []
    case 'TSModuleDeclaration': return node.id.type === 'Identifier' && !node.declare ? [node.id.name] : []
    default: return []
  }
}

function patternNames(pattern: Node): string[] {
  switch (pattern.type) {
    case 'Identifier': return [pattern.name]
    case 'ObjectPattern': return pattern.properties.flatMap((property) =>
      patternNames(property.type === 'Property' ? property.value : property.argument))
    case 'ArrayPattern': return pattern.elements.flatMap((element) => (element ? patternNames(element) : []))
    case 'AssignmentPattern': return patternNames(pattern.left)
    case 'RestElement': return patternNames(pattern.argument)
    default: return []
  }
}

function nameOf(node: TSESTree.Identifier | TSESTree.StringLiteral): string {
  return node.type === 'Identifier' ? node.name : node.value
}

/** The type that a name stands for in a module, with the module that declares it; `undefined` for library types. */
export function readType(analysis: Analysis, module: Module, name: string): DeclaredType | undefined {
  let known = analysis.constants.types.get(module)
  if (!known) analysis.constants.types.set(module, (known = new Map<string, DeclaredType | undefined>()))
  if (!known.has(name)) known.set(name, findType(analysis, module, name))
  return known.get(name)
}

function findType(analysis: Analysis, module: Module, name: string): DeclaredType | undefined {
  const own = module.types.get(name)
  if (own) return { node: own, module }
  const read = module.imports.get(name)
  return read && readImportedType(analysis, read, new Set())
}

function readImportedType(analysis: Analysis, { path, name }: ModuleRead, seen: Set<Module>): DeclaredType | undefined {
  const module = path === undefined ? undefined : loadModule(analysis, path)
  return module && readExportedType(analysis, module, name, seen)
}

export function readExportedType(analysis: Analysis, module: Module, name: string, seen = new Set<Module>()): DeclaredType | undefined {
  if (seen.has(module)) return undefined
  seen.add(module)
  const binding = module.exports.get(name)
  if (binding?.kind === 'local') return readType(analysis, module, binding.name)
  if (binding?.kind === 'from') return readImportedType(analysis, binding.read, seen)
  for (const star of module.starExports) {
    const found = readImportedType(analysis, { ...star, name }, seen)
    if (found) return found
  }
  return undefined
}

/** What a type that another module gives on is called in the package that it comes from; `undefined` for the workspace's own. */
export function readLibraryType(analysis: Analysis, read: ModuleRead, seen = new Set<Module>()): ModuleRead | undefined {
  if (read.path === undefined) return read.specifier.startsWith('.') ? undefined : read
  const module = loadModule(analysis, read.path)
  if (!module || seen.has(module)) return undefined
  seen.add(module)
  const binding = module.exports.get(read.name)
  const next = binding?.kind === 'from' ? binding.read : binding?.kind === 'local' ? module.imports.get(binding.name) : undefined
  if (next) return readLibraryType(analysis, next, seen)
  for (const star of binding ? [] : module.starExports) {
    const found = readLibraryType(analysis, { ...star, name: read.name }, seen)
    if (found) return found
  }
  return undefined
}
