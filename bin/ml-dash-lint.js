#!/usr/bin/env node
import module from 'node:module'

// Compiling is most of start-up; Node.js 22 and later can keep what it compiled.
module.enableCompileCache?.()
const { run } = await import('../dist/bundle/main.js')
await run(process)
