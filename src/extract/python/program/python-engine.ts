import { attributeOfExternal, callExternal, callMethodOfExternal, callMethodOfMetric, clients, takeMethodOfMetric } from '../clients/index.js'
import { createEngine, type Engine, type Language } from '../engine/engine.js'
import { attributes } from '../language/attributes.js'
import { calls } from '../language/calls.js'
import { expressions } from '../language/expressions.js'
import { methods } from '../language/methods.js'
import { statements } from '../language/statements.js'

/** Python, with what lies outside the program: there is an answer for each kind of expression, statement and value. */
const language: Language = {
  expressions, statements,
  calls: { ...calls, external: callExternal, metric: (context, callee, args) => callMethodOfMetric(context, callee, '__call__', args) },
  attributes: { ...attributes, external: attributeOfExternal, metric: takeMethodOfMetric },
  methods: { ...methods, external: callMethodOfExternal, metric: callMethodOfMetric },
}

export function createPythonEngine(workspace: Engine['workspace']): Engine {
  return createEngine(workspace, language, clients)
}
