/** Where a module's text writes what other functions read: by name, where `x.name` ends or the statement begins. */
export interface Writes {
  /** `self.name = …` */
  readonly own: ReadonlyMap<string, readonly number[]>
  /** `other.name = …` */
  readonly foreign: ReadonlyMap<string, readonly number[]>
  /** `global name` */
  readonly global: ReadonlyMap<string, readonly number[]>
  /** `nonlocal name` */
  readonly nonlocal: ReadonlyMap<string, readonly number[]>
}

const targets = /^[ \t]*[\w.()[\]'"*, \t]{0,200}\.\w[\w.()[\]'"*, \t]{0,200}(?::[^=\n]*)?(?:\*\*|\/\/|<<|>>|[-+*/%@&|^])?=(?!=)/gm
const declared = /^[ \t]*(global|nonlocal)[ \t]+([\w, \t]+)/gm

export function findWrites(text: string): Writes {
  const found = { own: new Map<string, number[]>(), foreign: new Map<string, number[]>(), global: new Map<string, number[]>(), nonlocal: new Map<string, number[]>() }
  const note = (kind: keyof typeof found, name: string, at: number) => {
    const known = found[kind].get(name)
    if (known) known.push(at)
    else found[kind].set(name, [at])
  }
  for (const statement of text.matchAll(targets)) {
    // `f(self.a, b=1)` over several lines
    if (statement[0].includes(',') && !/\s\S?=$/.test(statement[0])) continue
    for (const target of statement[0].matchAll(/([\w)\]]+)\.([A-Za-z_]\w*)(?=[ \t]*[,:=)\-+*/%@&|^<>]|[ \t]*$)/g)) {
      note(target[1] === 'self' || target[1] === 'cls' ? 'own' : 'foreign', target[2]!, statement.index + target.index + target[0].length)
    }
  }
  for (const statement of text.matchAll(declared)) {
    const start = statement.index + statement[0].search(/\S/)
    for (const name of statement[2]!.match(/\w+/g) ?? []) note(statement[1] as 'global' | 'nonlocal', name, start)
  }
  return found
}
