/** Pieces of Python programs that declare, hand on and record a metric. In each, `p` is the program and `m` the module that is written to. */

export const extension = 'py'
export const preamble = 'from prometheus_client import REGISTRY, Counter, Gauge'
export const text = JSON.stringify

/** Names of what a program declares. */
export const words = ['alpha', 'beta', 'gamma', 'delta', 'omega', 'sigma', 'kappa', 'theta'].flatMap((word) => ['_one', '_two', '_box', '_ref', '_way', '_set', ''].map((end) => word + end))

/** Makes a name of one module known in another; the expression for it there. */
export function imported(p, from, to, name) {
  const alias = p.fresh()
  switch (p.random.below(4)) {
    case 0: return to.imports.push(`from ${from.name} import ${name}`), name
    case 1: return to.imports.push(`from ${from.name} import ${name} as ${alias}`), alias
    case 2: return to.imports.push(`import ${from.name}`), `${from.name}.${name}`
    default: return to.imports.push(`import ${from.name} as ${alias}`), `${alias}.${name}`
  }
}

/** The expression for what `expression` gives in one module, in another. */
export function moved(p, expression, from, to) {
  const [root] = /^\w+/.exec(expression)
  if (!/^(getattr|next)$/.test(root) && !/^h\w+\(/.test(expression)) return imported(p, from, to, root) + expression.slice(root.length)
  const name = `moved_${p.fresh()}`
  from.lines.push(`${name} = lambda: ${expression}`)
  return `${imported(p, from, to, name)}()`
}

/** A function that records, and what calls it from another module. */
export function runner(p, m, main, statement) {
  const name = `run_${p.fresh()}`
  m.lines.push(`def ${name}():\n${statement.split('\n').map((line) => `    ${line}`).join('\n')}`)
  main.imports.push(`import ${m.name}`)
  main.lines.push(`${m.name}.${name}()`)
}

/** Records where the module is read. */
export function atOnce(m, main, statement) {
  m.lines.push(statement)
  main.imports.push(`import ${m.name}`)
}

/** A name for a value. */
export const named = (name, value) => `${name} = ${value}`

/** A module as it is written. */
export const written = ({ imports, lines }) => `${[...new Set(imports)].join('\n')}\n${lines.join('\n')}\n`

/** What declares the metric, by expressions for its name and for those of its labels. */
export const makers = [
  (p, m, name, labels) => `Counter(${name}, "T", [${labels}])`,
  (p, m, name, labels) => `Counter(name=${name}, documentation="T", labelnames=(${labels},))`,
  (p, m, name, labels) => { const n = p.fresh(); m.lines.push(`def make${n}(name, labels=()):\n    return Counter(name, "T", labels)`); return `make${n}(${name}, [${labels}])` },
  (p, m, name, labels) => { const n = p.fresh(); m.lines.push(`def make${n}(kind, *args, **kwargs):\n    return kind(*args, **kwargs)`); return `make${n}(Counter, ${name}, "T", labelnames=[${labels}])` },
  (p, m, name, labels) => { const n = p.fresh(); m.lines.push(`class My${n}(Counter):\n    """Ours."""`); return `My${n}(${name}, "T", [${labels}])` },
  (p, m, name, labels) => { const [n, a] = [p.fresh(), p.fresh()]; m.lines.push(`defs${n} = {"${a}": (${name}, [${labels}])}\nall${n} = {key: Counter(name, "T", labels) for key, (name, labels) in defs${n}.items()}`); return `all${n}["${a}"]` },
  (p, m, name, labels) => { const [n, a] = [p.fresh(), p.fresh()]; m.lines.push(`all${n} = {}\nfor each in [{"id": "${a}", "name": ${name}, "labels": [${labels}]}]:\n    all${n}[each["id"]] = Counter(each["name"], "T", each.get("labels", []))`); return `all${n}["${a}"]` },
  (p, m, name, labels) => { const n = p.fresh(); m.lines.push(`class F${n}:\n    def __init__(self, prefix):\n        self.prefix = prefix\n    def counter(self, name, *labels):\n        return Counter(f"{self.prefix}_{name}", "T", labels)`); return `F${n}("ns").counter(${name}, ${labels})` },
  (p, m, name, labels) => { const n = p.fresh(); m.lines.push(`class B${n}:\n    def __init__(self):\n        self._labels = []\n    def named(self, name):\n        self._name = name\n        return self\n    def label(self, *labels):\n        self._labels += labels\n        return self\n    def build(self):\n        return Counter(self._name, "T", self._labels)`); return `B${n}().named(${name}).label(${labels}).build()` },
  (p, m, name, labels) => { m.imports.push('from functools import partial'); return `partial(Counter, documentation="T")(${name}, labelnames=[${labels}])` },
  (p, m, name, labels) => `Counter(${name}, "T", [${labels}], namespace="ns", subsystem="sub")`,
  (p, m, name, labels) => { const n = p.fresh(); m.lines.push(`def get${n}(name, labels):\n    try:\n        return Counter(name, "T", labels)\n    except ValueError:\n        return REGISTRY._names_to_collectors[name]`); return `get${n}(${name}, [${labels}])` },
  (p, m, name, labels) => { const n = p.fresh(); m.lines.push(`kinds${n} = {"counter": Counter, "gauge": Gauge}`); return `kinds${n}["counter"](${name}, "T", [${labels}])` },
  (p, m, name, labels) => { m.imports.push('import prometheus_client'); return `getattr(prometheus_client, "Counter")(${name}, "T", [${labels}])` },
  (p, m, name, labels) => `Counter(**{"name": ${name}, "documentation": "T", "labelnames": [${labels}]})`,
  (p, m, name, labels) => { const n = p.fresh(); m.lines.push(`from dataclasses import dataclass, field\n@dataclass(frozen=True)\nclass Def${n}:\n    name: str\n    labels: list = field(default_factory=list)\n    def make(self):\n        return Counter(self.name, "T", self.labels)`); return `Def${n}(${name}, labels=[${labels}]).make()` },
  (p, m, name, labels) => { const n = p.fresh(); m.lines.push(`from typing import NamedTuple\nclass Def${n}(NamedTuple):\n    name: str\n    labels: tuple = ()\ndef make${n}(given):\n    return Counter(given.name, "T", given.labels)`); return `make${n}(Def${n}(${name}, (${labels},)))` },
  (p, m, name, labels) => { const n = p.fresh(); m.lines.push(`class Base${n}:\n    name = "base"\n    labels = [${labels}]\n    def __init_subclass__(cls, **kwargs):\n        super().__init_subclass__(**kwargs)\n        cls.metric = Counter(cls.name, "T", cls.labels)\nclass Sub${n}(Base${n}):\n    name = ${name}`); return `Sub${n}.metric` },
  (p, m, name, labels) => { const [n, a] = [p.fresh(), p.fresh()]; m.lines.push(`class All${n}:\n    def __init__(self):\n        for key, name, labels in [("${a}", ${name}, [${labels}])]:\n            setattr(self, key, Counter(name, "T", labels))\nall${n} = All${n}()`); return `all${n}.${a}` },
  (p, m, name, labels) => { const n = p.fresh(); m.lines.push(`from functools import lru_cache\n@lru_cache\ndef counter${n}(name, *labels):\n    return Counter(name, "T", labels)`); return `counter${n}(${name}, ${labels})` },
  (p, m, name, labels) => { const n = p.fresh(); m.lines.push(`def make${n}(kind, name, labels):\n    match kind:\n        case "gauge":\n            return Gauge(name, "T", labels)\n        case "counter":\n            return Counter(name, "T", labels)\n        case _:\n            raise ValueError(kind)`); return `make${n}("counter", ${name}, [${labels}])` },
  (p, m, name, labels) => { const n = p.fresh(); m.lines.push(`COMMON${n} = [${labels.slice(1)}]`); return `Counter(${name}, "T", [${labels[0]}] + COMMON${n})` },
  (p, m, name, labels) => { const n = p.fresh(); m.lines.push(`COMMON${n} = (${labels[0]},)`); return `Counter(${name}, "T", (*COMMON${n}, ${labels.slice(1)}))` },
  (p, m, name, labels) => `Counter(${name}, "T", list({${labels.map((label) => `${label}: ""`).join(', ')}}.keys()))`,
  (p, m, name, labels) => `Counter(${name}, "T", tuple(str(label) for label in [${labels}]))`,
  (p, m, name, labels) => { const n = p.fresh(); m.imports.push(`import prometheus_client as prom${n}`); return `prom${n}.Counter(${name}, "T", [${labels}])` },
  (p, m, name, labels) => { const n = p.fresh(); m.lines.push(`from enum import Enum\nclass Names${n}(str, Enum):\n    A = ${name}`); return `Counter(Names${n}.A.value, "T", [${labels}])` },
  (p, m, name, labels) => { const n = p.fresh(); m.lines.push(`class Base${n}:\n    def name(self):\n        return "base"\n    def make(self, labels):\n        return Counter(self.name(), "T", labels)\nclass Sub${n}(Base${n}):\n    def name(self):\n        return ${name}`); return `Sub${n}().make([${labels}])` },
  (p, m, name, labels) => { const n = p.fresh(); m.lines.push(`def safely${n}(make, *args, **kwargs):\n    try:\n        return make(*args, **kwargs)\n    except Exception:\n        return None`); return `safely${n}(Counter, ${name}, "T", labelnames=[${labels}])` },
  (p, m, name, labels) => { const n = p.fresh(); m.imports.push('import itertools'); m.lines.push(`at${n} = itertools.count(1)`); return `Counter(f"{${name}}_{next(at${n})}", "T", [${labels}])` },
  (p, m, name, labels) => { const n = p.fresh(); m.lines.push(`def make${n}(name, **options):\n    options.setdefault("documentation", "T")\n    return Counter(name, **options)`); return `make${n}(${name}, labelnames=[${labels}])` },
  (p, m, name, labels) => { const n = p.fresh(); m.lines.push(`made${n} = list(map(lambda given: Counter(given[0], "T", given[1]), [(${name}, [${labels}])]))`); return `made${n}[0]` },
  (p, m, name, labels) => { const n = p.fresh(); m.lines.push(`NAMES${n} = {"a": ${name}}\ndef make${n}(key):\n    return Counter(NAMES${n}[key], "T", [${labels}])`); return `make${n}("a")` },
  (p, m, name, labels) => { const n = p.fresh(); m.lines.push(`from dataclasses import dataclass\nfrom enum import Enum\nclass Kind${n}(Enum):\n    COUNTER = "counter"\n    GAUGE = "gauge"\n@dataclass\nclass Def${n}:\n    name: str\n    kind: Kind${n}\n    labels: list\ndef make${n}(given):\n    if given.kind == Kind${n}.GAUGE:\n        return Gauge(given.name, "T", given.labels)\n    elif given.kind == Kind${n}.COUNTER:\n        return Counter(given.name, "T", given.labels)`); return `make${n}(Def${n}(${name}, Kind${n}.COUNTER, [${labels}]))` },
  (p, m, name, labels) => { const [n, a] = [p.fresh(), p.fresh()]; m.lines.push(`class Def${n}:\n    def __init__(self, name, kind, labels):\n        self.name = name\n        self.kind = kind\n        self.labels = labels\nall${n} = {}\ndef setup${n}():\n    for key, given in {"${a}": Def${n}(${name}, "counter", [${labels}])}.items():\n        if given.kind == "gauge":\n            all${n}[key] = Gauge(given.name, "T", given.labels)\n        else:\n            all${n}[key] = Counter(given.name, "T", given.labels)\nsetup${n}()`); return `all${n}["${a}"]` },
  (p, m, name, labels) => { const n = p.fresh(); m.lines.push(`def within${n}(space):\n    def make(name, labels):\n        return Counter("_".join(filter(None, [space, name])), "T", labels)\n    return make`); return `within${n}("ns")(${name}, [${labels}])` },
]

/** Where the metric is kept; each gives an expression for it. */
export const holders = [
  (p, m, make) => { const n = p.fresh(); m.lines.push(`${n} = ${make}`); return n },
  (p, m, make) => { const [n, a] = [p.fresh(), p.fresh()]; m.lines.push(`class C${n}:\n    def __init__(self):\n        self.${a} = ${make}\nc${n} = C${n}()`); return `c${n}.${a}`.replace(/^(c\w+)/, '$1') },
  (p, m, make) => { const [n, a] = [p.fresh(), p.fresh()]; m.lines.push(`class C${n}:\n    ${a} = ${make}`); return `C${n}.${a}` },
  (p, m, make) => { const [n, a] = [p.fresh(), p.fresh()]; m.lines.push(`d${n} = {"${a}": ${make}}`); return `d${n}["${a}"]` },
  (p, m, make) => { const n = p.fresh(); m.lines.push(`l${n} = [${make}]`); return `l${n}[0]` },
  (p, m, make) => { const n = p.fresh(); m.lines.push(`v${n} = None\ndef f${n}():\n    global v${n}\n    if v${n} is None:\n        v${n} = ${make}\n    return v${n}`); return `f${n}()` },
  (p, m, make) => { const [n, a] = [p.fresh(), p.fresh()]; m.lines.push(`from dataclasses import dataclass\n@dataclass\nclass C${n}:\n    ${a}: object\nc${n} = C${n}(${make})`); return `c${n}.${a}` },
  (p, m, make) => { const n = p.fresh(); m.lines.push(`from functools import lru_cache\n@lru_cache(maxsize=None)\ndef f${n}():\n    return ${make}`); return `f${n}()` },
  (p, m, make) => { const [n, a] = [p.fresh(), p.fresh()]; m.lines.push(`class C${n}:\n    _i = None\n    def __init__(self):\n        self.${a} = ${make}\n    @classmethod\n    def get(cls):\n        if cls._i is None:\n            cls._i = cls()\n        return cls._i`); return `C${n}.get().${a}` },
  (p, m, make) => { const [n, a] = [p.fresh(), p.fresh()]; m.lines.push(`from types import SimpleNamespace\ns${n} = SimpleNamespace(${a}=${make})`); return `s${n}.${a}` },
  (p, m, make) => { const [n, a] = [p.fresh(), p.fresh()]; m.lines.push(`class C${n}:\n    def __init__(self):\n        self._m = ${make}\n    @property\n    def ${a}(self):\n        return self._m\nc${n} = C${n}()`); return `c${n}.${a}` },
  (p, m, make) => { const n = p.fresh(); m.lines.push(`def f${n}():\n    global g${n}\n    g${n} = ${make}\nf${n}()`); return `g${n}` },
  (p, m, make) => { const [n, a] = [p.fresh(), p.fresh()]; m.lines.push(`r${n} = {}\ndef f${n}(key):\n    if key not in r${n}:\n        r${n}[key] = ${make}\n    return r${n}[key]`); return `f${n}("${a}")` },
]

/** What hands it on within a module; each gives another expression for it. */
export const ways = [
  (p, m, e) => { const n = p.fresh(); m.lines.push(`a${n} = ${e}`); return `a${n}` },
  (p, m, e) => { const [n, a] = [p.fresh(), p.fresh()]; m.lines.push(`class W${n}:\n    def __init__(self, given):\n        self.${a} = given\nw${n} = W${n}(${e})`); return `w${n}.${a}` },
  (p, m, e) => { const [n, a] = [p.fresh(), p.fresh()]; m.lines.push(`class B${n}:\n    def __init__(self):\n        self.${a} = ${e}\nclass W${n}(B${n}):\n    pass\nw${n} = W${n}()`); return `w${n}.${a}` },
  (p, m, e) => { const [n, a] = [p.fresh(), p.fresh()]; m.lines.push(`t${n} = {"${a}": ${e}}`); return `t${n}.get("${a}")` },
  (p, m, e) => { const n = p.fresh(); m.lines.push(`def g${n}():\n    return ${e}`); return `g${n}()` },
  (p, m, e) => { const n = p.fresh(); m.lines.push(`g${n} = lambda: ${e}`); return `g${n}()` },
  (p, m, e) => { const n = p.fresh(); m.lines.push(`x${n}, y${n} = ${e}, 1`); return `x${n}` },
  (p, m, e) => { const [n, a] = [p.fresh(), p.fresh()]; m.lines.push(`class W${n}:\n    pass\nw${n} = W${n}()\nsetattr(w${n}, "${a}", ${e})`); return `getattr(w${n}, "${a}")` },
  (p, m, e) => { const [n, a] = [p.fresh(), p.fresh()]; m.lines.push(`class W${n}:\n    pass\nw${n} = W${n}()\nw${n}.${a} = ${e}`); return `w${n}.${a}` },
  (p, m, e) => { const n = p.fresh(); m.lines.push(`def h${n}(x):\n    return x`); return `h${n}(${e})` },
  (p, m, e) => { const n = p.fresh(); m.lines.push(`def h${n}(*args, **kw):\n    return kw["k"]`); return `h${n}(k=${e})` },
  (p, m, e) => { const n = p.fresh(); m.lines.push(`q${n} = [${e}]\nfor i${n} in q${n}:\n    z${n} = i${n}`); return `z${n}` },
  (p, m, e) => { const n = p.fresh(); m.lines.push(`def y${n}():\n    yield ${e}`); return `next(y${n}())` },
  (p, m, e) => { const n = p.fresh(); m.lines.push(`from contextlib import contextmanager\n@contextmanager\ndef c${n}():\n    yield ${e}\nwith c${n}() as w${n}:\n    pass`); return `w${n}` },
  (p, m, e) => { const [n, a] = [p.fresh(), p.fresh()]; m.lines.push(`class W${n}:\n    def __getattr__(self, name):\n        return ${e}\nw${n} = W${n}()`); return `w${n}.${a}` },
  (p, m, e) => { const [n, a] = [p.fresh(), p.fresh()]; m.lines.push(`class W${n}:\n    def __getitem__(self, name):\n        return ${e}\nw${n} = W${n}()`); return `w${n}["${a}"]` },
  (p, m, e) => { const n = p.fresh(); m.lines.push(`try:\n    e${n} = ${e}\nexcept Exception:\n    e${n} = None`); return `e${n}` },
  (p, m, e) => { const n = p.fresh(); m.lines.push(`from contextvars import ContextVar\nv${n} = ContextVar("v")\nv${n}.set(${e})`); return `v${n}.get()` },
  (p, m, e) => { const [n, a] = [p.fresh(), p.fresh()]; m.lines.push(`k${n} = dict(${a}=${e})\no${n} = {**k${n}}`); return `o${n}["${a}"]` },
  (p, m, e) => { const n = p.fresh(); m.lines.push(`from functools import partial\ndef b${n}(x, y):\n    return x\np${n} = partial(b${n}, ${e})`); return `p${n}(1)` },
  (p, m, e) => { const [n, a] = [p.fresh(), p.fresh()]; m.lines.push(`from typing import NamedTuple\nclass N${n}(NamedTuple):\n    ${a}: object\nn${n} = N${n}(${a}=${e})`); return `n${n}.${a}` },
  (p, m, e) => { const n = p.fresh(); m.lines.push(`import copy\ns${n} = [${e}]\nu${n} = copy.copy(s${n})`); return `u${n}[-1]` },
  (p, m, e) => { const n = p.fresh(); m.lines.push(`import weakref\nr${n} = weakref.ref(${e})\nkeep${n} = ${e}`); return `r${n}()` },
  (p, m, e) => { const [n, a] = [p.fresh(), p.fresh()]; m.lines.push(`import threading\nt${n} = threading.local()\nt${n}.${a} = ${e}`); return `t${n}.${a}` },
  (p, m, e) => { const n = p.fresh(); m.lines.push(`z${n} = ${e} or None`); return `z${n}` },
  (p, m, e) => { const n = p.fresh(); m.lines.push(`z${n} = (lambda x: x if x is not None else None)(${e})`); return `z${n}` },
  (p, m, e) => { const [n, a] = [p.fresh(), p.fresh()]; m.lines.push(`class W${n}:\n    @staticmethod\n    def ${a}():\n        return ${e}`); return `W${n}.${a}()` },
  (p, m, e) => { const n = p.fresh(); m.lines.push(`globals()["x${n}"] = ${e}`); return `x${n}` },
  (p, m, e) => { const n = p.fresh(); m.lines.push(`m${n} = list(map(lambda x: x, [${e}]))`); return `m${n}[0]` },
  (p, m, e) => { const n = p.fresh(); m.lines.push(`s${n} = [x for x in (${e},)]`); return `s${n}.pop()` },
]

/** What gives a text that is written out. */
export const texts = [
  (p, m, s) => text(s),
  (p, m, s) => { const n = p.fresh(); m.lines.push(`K${n} = ${text(s)}`); return `K${n}` },
  (p, m, s) => { const n = p.fresh(); m.lines.push(`from enum import Enum\nclass E${n}(Enum):\n    A = ${text(s)}\n    B = "other"`); return `E${n}.A.value` },
  (p, m, s) => { const n = p.fresh(); m.lines.push(`from enum import Enum\nclass E${n}(str, Enum):\n    A = ${text(s)}`); return `E${n}("${s}").value` },
  (p, m, s) => { const n = p.fresh(); m.lines.push(`K${n} = ${text(s.slice(1))}`); return `f"${s[0]}{K${n}}"` },
  (p, m, s) => { const n = p.fresh(); m.lines.push(`K${n} = {"x": ${text(s)}, "y": "other"}`); return `K${n}["x"]` },
  (p, m, s) => { const n = p.fresh(); m.lines.push(`def k${n}(flag):\n    if flag:\n        return ${text(s)}\n    return "other"`); return `k${n}(True)` },
  (p, m, s) => { const n = p.fresh(); m.lines.push(`def k${n}(x=${text(s)}):\n    return x`); return `k${n}()` },
  (p, m, s) => `${text(s.toUpperCase())}.lower()`,
  (p, m, s) => { const n = p.fresh(); m.lines.push(`import os\nK${n} = os.getenv("NOPE${n}", ${text(s)})`); return `K${n}` },
  (p, m, s) => `(${text(s)} if len("x") else "other")`,
  (p, m, s) => { const n = p.fresh(); m.lines.push(`class K${n}:\n    name = ${text(s)}`); return `K${n}.name` },
  (p, m, s) => { const n = p.fresh(); m.lines.push(`class K${n}:\n    def __init__(self, x):\n        self.x = x\nk${n} = K${n}("other")\nk${n}.x = ${text(s)}`); return `k${n}.x` },
  (p, m, s) => { const n = p.fresh(); m.lines.push(`class ${s.toUpperCase()}${n}:\n    pass`); return `${s.toUpperCase()}${n}.__name__.lower()[:${s.length}]` },
  (p, m, s) => { const n = p.fresh(); m.lines.push(`L${n} = []\nL${n}.append(${text(s)})`); return `L${n}[0]` },
  (p, m, s) => { const n = p.fresh(); m.lines.push(`V${n} = "other"\ndef s${n}():\n    global V${n}\n    V${n} = ${text(s)}\ns${n}()`); return `V${n}` },
  (p, m, s) => { const n = p.fresh(); m.lines.push(`try:\n    raise ValueError(${text(s)})\nexcept ValueError as err:\n    V${n} = str(err)`); return `V${n}` },
  (p, m, s) => `"-".join([${text(s)}])`,
  (p, m, s) => `${text(s + ',x')}.split(",")[0]`,
  (p, m, s) => `"%s" % ${text(s)}`,
  (p, m, s) => `"{}".format(${text(s)})`,
  (p, m, s) => { const n = p.fresh(); m.lines.push(`K${n} = [("p", ${text(s)})]\nfor a${n}, b${n} in K${n}:\n    pass`); return `b${n}` },
]

/** What the label is given. */
/** What puts something in a list, perhaps: `far` is known when the program runs. */
const fillings = [
  'if far:\n        found.append("x")', 'if far:\n        found.extend(["x"])', 'if far:\n        found += ["x"]', 'if far:\n        found.insert(0, "x")',
  'for each in range(1 if far else 0):\n        found.append("x")', '[found.append("x") for each in range(1 if far else 0)]', 'import heapq\n    heapq.heappush(found, "x")',
  'while far and not found:\n        found.append("x")', 'try:\n        [][1 if far else 0]\n    except IndexError:\n        found.append("x")',
  'def add():\n        if far:\n            found.append("x")\n    add()', 'import atexit\n    def add():\n        found.append("x")\n    list(map(lambda f: f(), [add] if far else []))',
  'found.append("x")\n    if far:\n        found.clear()', 'found.append("x")\n    if far:\n        del found[0]', 'found.append("x")\n    if far:\n        found.pop()',
  'found = ["x"] if far else []', 'found = [each for each in ["x"] if far]', 'found = {}\n    if far:\n        found["x"] = 1', 'found = {"x": 1}\n    if far:\n        del found["x"]',
  'found = set()\n    if far:\n        found.add("x")', 'found = ["x"]\n    found[0] = "y" if far else "x"',
]

/** What holds of a list, or does not. */
const tests = [
  'found', 'not found', 'len(found) > 0', '"x" in found', '"x" not in found', 'any(each == "x" for each in found)', '[each for each in found]', '"x" in set(found)', '"-".join(found) == "x"',
  '"x" in "-".join(found)', 'list(found)', 'sorted(found)', '"x" in [*found]', 'found and list(found)[0] == "x"', 'tuple(found)[:1]', 'dict.fromkeys(found)',
]

/** What gives a variable another value, by a function that others call: `tell` does. */
const changing = [
  'if far:\n        tell()', 'try:\n        [][1 if far else 0:][0 if far else 1]\n    except IndexError:\n        tell()', 'import re\n    re.sub("a", tell, "a" if far else "")', 'sorted([1, 2] if far else [], key=tell)',
  'import functools\n    functools.reduce(tell, [1, 2] if far else [1])', 'list(filter(tell, [1] if far else []))', 'max([1] if far else [2], key=lambda x: tell() if far else 0)', '[lambda: None, tell][1 if far else 0]()',
  'from contextlib import ExitStack\n    with ExitStack() as stack:\n        if far:\n            stack.callback(tell)', 'later = tell\n    for each in range(1 if far else 0):\n        later()',
]

export const values = [
  (p, m, s) => {
    const n = p.fresh()
    const { random } = p
    const [start, tell, end] = random.pick([['kind = "other"', `nonlocal kind\n        kind = ${text(s)}`, 'kind'], ['state = {"kind": "other"}', `state["kind"] = ${text(s)}`, 'state["kind"]'], ['every = ["other"]', `every[0] = ${text(s)}`, 'every[0]'],
      ['state = {"kind": "other"}', `state.update(kind=${text(s)})`, 'state["kind"]']])
    m.lines.push(`import os\ndef k${n}(far):\n    ${start}\n    def tell(*given):\n        ${tell}\n        return ""\n    ${random.pick(changing)}\n    return ${end}`)
    return `k${n}(os.getpid() ${random.pick(['<', '>'])} 0)`
  },
  (p, m, s) => {
    const n = p.fresh()
    const { random } = p
    m.lines.push(`import os\ndef k${n}(far):\n    found = []\n    ${random.pick(fillings)}\n    kind = "other"\n    if ${random.pick(tests)}:\n        kind = ${text(s)}\n    return kind`)
    return `k${n}(os.getpid() ${random.pick(['<', '>'])} 0)`
  },
  (p, m, s) => {
    const n = p.fresh()
    const { random } = p
    m.lines.push(`import os\ndef k${n}(far):\n    found = []\n    ${random.pick(fillings)}\n    copy = ${random.pick(['list(found)', '[*found]', 'sorted(found)', 'found.copy()', '[each for each in found]', 'list(filter(None, found))', 'dict.fromkeys(found)', 'tuple(found)'])}\n    return ${text(s)} if ${random.pick(tests).replaceAll('found', 'copy')} else "other"`)
    return `k${n}(os.getpid() ${random.pick(['<', '>'])} 0)`
  },
  ...texts,
  // What is not written out: only what it is like can be told.
  (p, m, s) => { m.imports.push('import os'); return `f"${s}-{os.getcwd()}"` },
  (p, m, s) => { m.imports.push('import os'); return `(os.getcwd() + " ${s} ").strip()` },
  (p, m, s) => { m.imports.push('import os'); return `f"{os.sep} ${s}".title()` },
  (p, m, s) => { m.imports.push('import os'); return `f"${s.toUpperCase()}{os.sep}B".lower()` },
  (p, m, s) => { m.imports.push('import os'); return `f"${s}{os.sep}B".capitalize()` },
  (p, m, s) => { m.imports.push('import os'); return `f"{os.path.basename('/a/${s}')}.py"[:2]` },
  (p, m, s) => { m.imports.push('import os'); return `"-".join(["${s}", os.sep, os.getcwd()])` },
  (p, m, s) => { m.imports.push('import os'); return `f"${s}{os.sep}".replace("/", "-")` },
  (p, m, s) => `f"{len(${text(s)})}xx"`,
  (p, m, s) => { const n = p.fresh(); m.lines.push(`n${n} = int("40" + str(len(${text(s)})))`); return `f"{n${n} // 100}xx"` },
  () => 'str(int("-7"))',
  (p, m, s) => `len(${text(s)}) / 2`,
  (p, m, s) => `"%05d" % len(${text(s)})`,
  (p, m, s) => `"{:>4}".format(len(${text(s)}))`,
  (p, m, s) => `-len(${text(s)})`,
  () => 'round(2.5e-9, 10)',
  () => 'float("inf")',
  (p, m) => { const n = p.fresh(); m.lines.push(`from http import HTTPStatus\nh${n} = HTTPStatus.OK`); return `h${n}` },
  (p, m, s) => { const n = p.fresh(); m.lines.push(`class R${n}:\n    status_code = ${text(s)}\nresponse = R${n}()`); return 'response.status_code' },
  (p, m, s) => { m.lines.push(`from types import SimpleNamespace\nresponse = SimpleNamespace(status_code=${text(s)})`); return 'response.status_code' },
  (p, m, s) => { const n = p.fresh(); m.lines.push(`def k${n}(x: int = 3):\n    return f"{x}-${s}"`); return `k${n}(${text(s)})` },
  (p, m, s) => { const n = p.fresh(); m.lines.push(`c${n} = 0\nfor i${n} in range(3):\n    c${n} += i${n}`); return `f"${s}{c${n}}"` },
]

/** What records it. */
export const records = [
  (p, m, e, v) => `${e}.labels(${v}).inc()`,
  (p, m, e, v) => `${e}.labels(kind=${v}).inc()`,
  (p, m, e, v) => `${e}.labels(**{"kind": ${v}}).inc()`,
  (p, m, e, v) => { const n = p.fresh(); m.lines.push(`def rec${n}(kind):\n    ${e}.labels(kind=kind).inc()`); return `rec${n}(${v})` },
  (p, m, e, v) => { const n = p.fresh(); m.lines.push(`def rec${n}(metric, kind):\n    metric.labels(kind).inc()`); return `rec${n}(${e}, ${v})` },
  (p, m, e, v) => { const n = p.fresh(); m.lines.push(`class R${n}:\n    def __init__(self, metric):\n        self._metric = metric\n    def tell(self, kind):\n        self._metric.labels(kind=kind).inc()`); return `R${n}(${e}).tell(${v})` },
  (p, m, e, v) => { const n = p.fresh(); m.lines.push(`def deco${n}(kind):\n    def outer(fn):\n        def inner(*a, **k):\n            ${e}.labels(kind).inc()\n            return fn(*a, **k)\n        return inner\n    return outer\n@deco${n}(${v})\ndef work${n}():\n    pass`); return `work${n}()` },
  (p, m, e, v) => { const n = p.fresh(); return `bound${n} = ${e}.labels(${v})\nbound${n}.inc()` },
  (p, m, e, v) => { const n = p.fresh(); return `inc${n} = ${e}.labels(${v}).inc\ninc${n}()` },
  (p, m, e, v) => `for each in [${v}]:\n    ${e}.labels(each).inc()`,
  (p, m, e, v) => `list(map(lambda kind: ${e}.labels(kind).inc(), [${v}]))`,
  (p, m, e, v) => { const n = p.fresh(); m.lines.push(`from contextlib import contextmanager\n@contextmanager\ndef span${n}(kind):\n    try:\n        yield\n    finally:\n        ${e}.labels(kind).inc()`); return `with span${n}(${v}):\n    pass` },
  (p, m, e, v) => { const n = p.fresh(); m.lines.push(`class Ctx${n}:\n    def __init__(self, kind):\n        self.kind = kind\n    def __enter__(self):\n        return self\n    def __exit__(self, *a):\n        ${e}.labels(self.kind).inc()`); return `with Ctx${n}(${v}):\n    pass` },
  (p, m, e, v) => { const n = p.fresh(); m.lines.push(`import asyncio\nasync def rec${n}(kind):\n    ${e}.labels(kind).inc()`); return `asyncio.run(rec${n}(${v}))` },
  (p, m, e, v) => { const n = p.fresh(); m.lines.push(`import threading\ndef rec${n}(kind):\n    ${e}.labels(kind).inc()`); return `th${n} = threading.Thread(target=rec${n}, args=(${v},))\nth${n}.start()\nth${n}.join()` },
  (p, m, e, v) => { const n = p.fresh(); m.lines.push(`handlers${n} = {"x": lambda kind: ${e}.labels(kind).inc()}`); return `handlers${n}["x"](${v})` },
  (p, m, e, v) => { const n = p.fresh(); m.lines.push(`class Base${n}:\n    kind = "other"\n    def go(self):\n        ${e}.labels(self.kind).inc()\nclass Sub${n}(Base${n}):\n    kind = ${v}`); return `Sub${n}().go()` },
  (p, m, e, v) => { const n = p.fresh(); m.lines.push(`subs${n} = []\ndef on${n}(fn):\n    subs${n}.append(fn)\n    return fn\n@on${n}\ndef rec${n}(kind):\n    ${e}.labels(kind).inc()`); return `for fn in subs${n}:\n    fn(${v})` },
  (p, m, e, v) => { const n = p.fresh(); m.lines.push(`def rec${n}(**fields):\n    ${e}.labels(**fields).inc()`); return `rec${n}(kind=${v})` },
  (p, m, e, v) => { const n = p.fresh(); m.lines.push(`def rec${n}(*args):\n    ${e}.labels(*args).inc()`); return `rec${n}(${v})` },
  (p, m, e, v) => { const n = p.fresh(); m.lines.push(`from functools import wraps, partial\ndef rec${n}(kind, extra=None):\n    ${e}.labels(kind).inc()\np${n} = partial(rec${n}, extra=1)`); return `p${n}(${v})` },
  (p, m, e, v) => `getattr(${e}.labels(${v}), "inc")()`,
  (p, m, e, v) => { const n = p.fresh(); m.lines.push(`class Q${n}:\n    def __init__(self):\n        self.items = []\n    def put(self, kind):\n        self.items.append(kind)\n    def flush(self):\n        for kind in self.items:\n            ${e}.labels(kind).inc()\nq${n} = Q${n}()`); return `q${n}.put(${v})\nq${n}.flush()` },
  // What records is called by nothing that can be followed, with an object that another module makes.
  (p, m, e, v) => { const [n, other] = [p.fresh(), p.module()]; other.lines.push(`class Job${n}:\n    def __init__(self, kind):\n        self.kind = kind\ndef make${n}(kind):\n    return Job${n}(kind)`); const Job = imported(p, other, m, `Job${n}`); m.lines.push(`${e}.labels(${Job}("other").kind).inc()\ndef tell${n}(job: ${Job}):\n    ${e}.labels(job.kind).inc()`); m.imports.push('import sys'); return `getattr(sys.modules[__name__], "te" + "ll${n}")(${imported(p, other, m, `make${n}`)}(${v}))` },
  (p, m, e, v) => { const [n, other] = [p.fresh(), p.module()]; other.lines.push(`from dataclasses import dataclass\n@dataclass\nclass Job${n}:\n    kind: object = "other"\nclass Late${n}(Job${n}):\n    pass\ndef make${n}(kind):\n    return Late${n}(kind)`); const Job = imported(p, other, m, `Job${n}`); m.lines.push(`${e}.labels(${Job}().kind).inc()\nclass Api${n}:\n    def tell(self, job: "${Job}"):\n        ${e}.labels(job.kind).inc()`); return `getattr(Api${n}(), "te" + "ll")(${imported(p, other, m, `make${n}`)}(${v}))` },
  (p, m, e, v) => { const [n, other] = [p.fresh(), p.module()]; other.lines.push(`class Fault${n}(Exception):\n    def __init__(self, code):\n        self.code = code\ndef fail${n}(code):\n    raise Fault${n}(code)`); const Fault = imported(p, other, m, `Fault${n}`); m.lines.push(`${e}.labels(${Fault}("other").code).inc()`); return `try:\n    ${imported(p, other, m, `fail${n}`)}(${v})\nexcept ${Fault} as error:\n    ${e}.labels(error.code).inc()` },
]

/** What records a metric with another label, which may come in another way. */
export const pairs = [
  (p, m, e, v) => `${e}.labels(kind=${v}, side="left").inc()`,
  (p, m, e, v) => `${e}.labels(${v}, "left").inc()`,
  (p, m, e, v) => `${e}.labels(**{"kind": ${v}, "side": "left"}).inc()`,
  (p, m, e, v) => `${e}.labels(*[${v}, "left"]).inc()`,
  (p, m, e, v) => { const n = p.fresh(); m.lines.push(`def rec${n}(kind):\n    ${e}.labels(kind=kind, side="left").inc()`); return `rec${n}(${v})` },
  (p, m, e, v) => { const n = p.fresh(); m.lines.push(`def rec${n}(kind, side="left"):\n    ${e}.labels(kind, side).inc()`); return `rec${n}(${v})\nrec${n}("other", "right")` },
  (p, m, e, v) => { const n = p.fresh(); m.lines.push(`class R${n}:\n    def __init__(self, side):\n        self.side = side\n    def tell(self, kind):\n        ${e}.labels(kind, self.side).inc()`); return `R${n}("left").tell(${v})\nR${n}("right").tell("other")` },
  (p, m, e, v) => { const n = p.fresh(); m.lines.push(`class R${n}:\n    side = "left"\n    def turn(self):\n        self.side = "right"\n    def tell(self, kind):\n        ${e}.labels(kind, self.side).inc()\nr${n} = R${n}()`); return `r${n}.tell(${v})\ngetattr(r${n}, "tu" + "rn")()\nr${n}.tell("other")` },
  (p, m, e, v) => { const n = p.fresh(); m.lines.push(`def rec${n}(**fields):\n    ${e}.labels(**{"side": "left", **fields}).inc()`); return `rec${n}(kind=${v})\nrec${n}(kind="other", side="right")` },
  (p, m, e, v) => { const n = p.fresh(); m.lines.push(`class Api${n}:\n    def rec(self, kind, side):\n        ${e}.labels(kind, side).inc()\ndef call${n}(name, *all):\n    getattr(Api${n}(), name)(*all)`); return `call${n}("rec", ${v}, "left")` },
  (p, m, e, v) => { const n = p.fresh(); m.lines.push(`side${n} = "left"\ndef rec${n}(kind):\n    ${e}.labels(kind, side${n}).inc()\ndef turn${n}(to):\n    global side${n}\n    side${n} = to`); return `rec${n}(${v})\nturn${n}("right")\nrec${n}("other")` },
  (p, m, e, v) => { const n = p.fresh(); m.lines.push(`sides${n} = ["left"]\ndef rec${n}(kind):\n    for side in sides${n}:\n        ${e}.labels(kind=kind, side=side).inc()\ndef more${n}(side):\n    sides${n}.append(side)`); return `more${n}("right")\nrec${n}(${v})` },
  (p, m, e, v) => { const n = p.fresh(); m.lines.push(`from functools import partial\ndef rec${n}(side, kind):\n    ${e}.labels(kind, side).inc()\nleft${n} = partial(rec${n}, "left")`); return `left${n}(${v})\npartial(rec${n}, side="right")(kind="other")` },
  (p, m, e, v) => { const n = p.fresh(); m.lines.push(`def deco${n}(side):\n    def outer(fn):\n        def inner(kind):\n            ${e}.labels(kind, side).inc()\n            return fn(kind)\n        return inner\n    return outer\n@deco${n}("left")\ndef work${n}(kind):\n    return kind\nother${n} = deco${n}("right")(work${n})`); return `other${n}(${v})` },
  (p, m, e, v) => { const n = p.fresh(); return `bound${n} = ${e}.labels(side="left" if len("x") else "right", kind=${v})\nbound${n}.inc()` },
]
