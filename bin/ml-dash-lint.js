#!/usr/bin/env node
import module from 'node:module'

// Compiling is most of start-up; Node.js 22 and later can keep what it compiled.
module.enableCompileCache?.()
const { main } = await import('../dist/src/cli/main.js')
process.exitCode = await main(process.argv, process)
