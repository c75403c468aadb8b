/**
 * PromQL: parser, type check, tree walk and printers, with Grafana's variables as part of the language.
 * See docs/promql.md.
 */

export type * from './ast.js'
export { format } from './format.js'
export { functions, type PromqlFunction } from './functions.js'
export { parse } from './parser.js'
export { print } from './print.js'
export { valueType } from './value-type.js'
export { children, fold, walk, type Visitor } from './walk.js'
export { regexpMatcher } from './regexp.js'
