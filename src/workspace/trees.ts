/** The files of a workspace that show where its Grafanas and Prometheus servers are, and what these load; paths as told. */
export interface StackFiles {
  readonly dashboards: readonly string[]
  readonly ruleFiles: readonly string[]
  /** Of Grafana's own alerting. */
  readonly alerting: readonly string[]
  /** Provisioning of datasources, of dashboards and of alerting. */
  readonly provisioning: readonly string[]
  /** Configurations of Prometheus that load rules. */
  readonly rulesLoadedBy: readonly string[]
}

/** What belongs to one Grafana, or to one Prometheus and its rules. */
export interface Tree {
  /** Its folder; absent for what belongs to none in particular. */
  readonly root?: string
  has(path: string): boolean
  /**
   * Those that lie in it, then those of trees inside it, which it may use as well; all where none lies in it, because what
   * it uses is then elsewhere.
   */
  own<Thing>(things: readonly Thing[], pathOf: (thing: Thing) => string): readonly Thing[]
}

export interface Trees {
  /** The tree of a Grafana that a file lies in. */
  grafanaOf(path: string): Tree
  /** What a dashboard or rule file is held against: the tree of its Grafana, or of its Prometheus. */
  treeOf(path: string): Tree
}

/** Finds the trees of a workspace. With one Grafana and one Prometheus, all is one. */
export function treesOf({ dashboards, ruleFiles, alerting, provisioning, rulesLoadedBy }: StackFiles): Trees {
  const grafanas = treesAround(provisioning.map(grafanaHome), [...dashboards, ...alerting])
  const servers = treesAround(rulesLoadedBy.map(prometheusHome), [...ruleFiles, ...dashboards])
  const isOfGrafana = new Set([...dashboards, ...alerting])
  return {
    grafanaOf: grafanas,
    treeOf: (path) => isOfGrafana.has(path) ? grafanas(path) : servers(path),
  }
}

/** The folder of the Grafana that a provisioning file is for: the one that holds `provisioning`, or the file's folder. */
export function grafanaFolder(path: string): string {
  const provisioning = /^(.*\/)?provisioning[^/]*\//.exec(path)
  return provisioning ? (provisioning[1] ?? '') : path.replace(/(?:[^/]+\/)?[^/]+$/, '')
}

/** That folder, or the one around it where it is called `grafana`: other parts of the stack lie beside it. */
function grafanaHome(path: string): string {
  return grafanaFolder(path).replace(/(^|\/)grafana[^/]*\/$/i, '$1')
}

/** The folder of a Prometheus' configuration, the one around it where that is called `prometheus`. */
function prometheusHome(path: string): string {
  return path.replace(/[^/]+$/, '').replace(/(^|\/)prometheus[^/]*\/$/i, '$1')
}

/**
 * The tree around each home, the nearest for a path. A home beside which nothing lies that it could load is another
 * way to run what lies beside others, such as one for development, and part of what is around it.
 */
function treesAround(homes: readonly string[], loaded: readonly string[]): (path: string) => Tree {
  const all = rootsOf(new Set(homes))
  const nearAll = new Set(all.values())
  const used = new Set(loaded.map((path) => nearest(nearAll, path)))
  const roots = new Set(rootsOf(new Set([...all].filter(([, root]) => used.has(root)).map(([home]) => home))).values())
  const trees = new Map([...roots].map((root) => {
    const has = (path: string) => nearest(roots, path) === root
    return [root, { root, has, own: (things, pathOf) => ownBefore(things.filter((thing) => pathOf(thing).startsWith(root)), (thing) => has(pathOf(thing))) ?? things } satisfies Tree]
  }))
  const none: Tree = { has: (path) => nearest(roots, path) === undefined, own: (things) => things }
  return (path) => trees.get(nearest(roots, path) ?? '') ?? none
}

/** The things with those that are its own first; `undefined` where none is. */
function ownBefore<Thing>(things: readonly Thing[], isOwn: (thing: Thing) => boolean): readonly Thing[] | undefined {
  const own = things.filter(isOwn)
  return own.length === 0 ? undefined : [...own, ...things.filter((thing) => !isOwn(thing))]
}

/** For each home the highest folder above it that holds no other home: `shop` for `shop/monitoring`. */
function rootsOf(homes: ReadonlySet<string>): Map<string, string> {
  const held = new Map<string, number>()
  for (const home of homes) for (const folder of foldersAbove(home)) held.set(folder, (held.get(folder) ?? 0) + 1)
  return new Map([...homes].map((home) => [home, foldersAbove(home).findLast((folder) => held.get(folder) === 1) ?? home]))
}

function nearest(roots: ReadonlySet<string>, path: string): string | undefined {
  return foldersAbove(path).find((folder) => roots.has(folder))
}

/** The folders that a path lies in, the nearest first: `a/b/`, `a/` and the empty path for `a/b/c`. */
function foldersAbove(path: string): string[] {
  const folders: string[] = []
  for (let end = path.lastIndexOf('/'); end >= 0; end = end === 0 ? -1 : path.lastIndexOf('/', end - 1)) folders.push(path.slice(0, end + 1))
  return [...folders, '']
}
