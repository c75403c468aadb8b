/** Loaded before a program: when it ends, tells on descriptor 3 how long it kept processors busy, in seconds, and the most memory it had, in MB. */
process.on('exit', () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage()
  const usage = { seconds: (userCPUTime + systemCPUTime) / 1e6, megabytes: maxRSS / 1024 }
  process.getBuiltinModule('node:fs').writeSync(3, JSON.stringify(usage))
})
