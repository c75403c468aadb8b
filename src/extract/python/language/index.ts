import { callMethodOfMetric, takeMethodOfMetric } from '../clients/libraries.js'
import type { Language } from '../engine/engine.js'
import { attributes } from '../objects/attributes.js'
import { calls } from './calls.js'
import { expressions } from './expressions.js'
import { attributeOfExternal, callExternal, callMethodOfExternal } from './externals.js'
import { methods } from './methods.js'
import { statements } from './statements.js'

/** Python, with what lies outside the program: there is an answer for each kind of expression, statement and value. */
export const python: Language = {
  expressions, statements,
  calls: { ...calls, external: callExternal, metric: (context, callee, args) => callMethodOfMetric(context, callee, '__call__', args) },
  attributes: { ...attributes, external: attributeOfExternal, metric: takeMethodOfMetric },
  methods: { ...methods, external: callMethodOfExternal, metric: callMethodOfMetric },
}
