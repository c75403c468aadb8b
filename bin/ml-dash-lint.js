#!/usr/bin/env node
import module from 'node:module'
import v8 from 'node:v8'

// A run is over before optimized code has paid for its making, which took two fifths of the time: V8 is to wait longer
// before it optimizes. Long runs lose nothing. The flag has another name in each version, and from Node.js 24 on there
// is a cheaper step between.
const patience = { 11: '--interrupt-budget=500000', 12: '--invocation-count-for-turbofan=10000' }[parseInt(process.versions.v8)]
if (patience !== undefined) v8.setFlagsFromString(patience)

// Compiling is most of start-up; Node.js 22 and later can keep what it compiled.
module.enableCompileCache?.()
const { run } = await import('../dist/bundle/main.js')
await run(process)
