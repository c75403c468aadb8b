import type { ModuleState, Scope } from './types.js'

export function createScope(module: ModuleState, parent: Scope | undefined, own?: Partial<Pick<Scope, 'function' | 'self'>>): Scope {
  return { variables: new Map(), imports: new Map(), parent, module, outer: new Map(), function: own?.function, self: own?.self, version: 0 }
}
