import type { Engine } from './analysis.js'

export const evaluate: Engine['evaluate'] = (analysis, node, environment) => analysis.engine.evaluate(analysis, node, environment)
export const executeBlock: Engine['executeBlock'] = (analysis, statements, environment) => analysis.engine.executeBlock(analysis, statements, environment)
export const executeStatement: Engine['executeStatement'] = (analysis, statement, environment) => analysis.engine.executeStatement(analysis, statement, environment)
export const invoke: Engine['invoke'] = (analysis, atom, given, call, construction) => analysis.engine.invoke(analysis, atom, given, call, construction)
export const callFunction: Engine['callFunction'] = (analysis, called, given, call) => analysis.engine.callFunction(analysis, called, given, call)
export const instancesOf: Engine['instancesOf'] = (analysis, owner) => analysis.engine.instancesOf(analysis, owner)
export const readProperty: Engine['readProperty'] = (analysis, value, name) => analysis.engine.readProperty(analysis, value, name)
export const readTypedProperty: Engine['readTypedProperty'] = (analysis, atom, name) => analysis.engine.readTypedProperty(analysis, atom, name)
export const declaredFieldType: Engine['declaredFieldType'] = (analysis, owner, name) => analysis.engine.declaredFieldType(analysis, owner, name)
export const readAnyProperty: Engine['readAnyProperty'] = (analysis, value) => analysis.engine.readAnyProperty(analysis, value)
