import { expect, test } from 'vitest'
import { lines } from './tree.js'

test('a class whose instances make more of them', async () => {
  expect(await lines({
    'tree.ts': `import { Counter } from 'prom-client'
export const made = new Counter({ name: 'made_total', help: 'M', labelNames: ['kind'] })
export class Tree {
  nodes: Tree[] = Math.random() > 0.5 ? [new Tree('left'), new Tree('right')] : []
  constructor(private kind: string) { made.inc({ kind }) }
}
new Tree('root')`,
  })).toEqual(['counter made_total{kind=left|right|root|…} yes tree.ts:2:41'])
})

test('lists that recursive calls put together', async () => {
  const [only] = await lines({
    'store.ts': `import { Counter } from 'prom-client'
const found = new Counter({ name: 'found_total', help: 'F', labelNames: ['id'] })
interface Store { find(ids: string[]): Promise<string[]>; children(ids: string[]): Promise<string[]> }
class Leaf implements Store {
  async find(ids: string[]) { return ids }
  async children(ids: string[]) { for (const id of ids) found.inc({ id }); return ids }
}
class Router implements Store {
  constructor(private readonly near: Store, private readonly far: Store) {}
  async find(ids: string[]): Promise<string[]> {
    const own = await this.near.find(ids)
    return [...own, ...(await this.far.find(own))]
  }
  async children(ids: string[]): Promise<string[]> {
    const own = await this.near.children(await this.find(ids))
    const others = await this.far.children(await this.find(own))
    for (const id of others) found.inc({ id })
    return [...own, ...others]
  }
}
const one: Store = new Router(new Leaf(), new Leaf())
const two: Store = new Router(one, new Leaf())
export async function run(store: Store) {
  for (const s of [one, two, store]) for (const id of await s.children(['z', 'y'])) found.inc({ id })
}
void run(new Router(two, one))`,
  })
  expect(only).toContain('counter found_total{id=y|z')
})

test('types that refer to themselves', async () => {
  expect(await lines({
    'types.ts': `import { Counter } from 'prom-client'
type Deep = { [K in keyof Deep]: Deep[K] }
const seen = new Counter({ name: 'seen_total', help: 'S', labelNames: ['kind'] })
export const see = (deep: Deep, kind: Deep[keyof Deep]) => seen.inc({ kind: kind ?? deep })`,
  })).toEqual(['counter seen_total{kind=…} yes types.ts:3:34'])
})
