/** The options of every command that reads code, which say where what was read is kept, and whether. */
export const cacheOptions = {
  location: ['--cache-location <folder>', 'where to keep what was read from code (default: node_modules/.cache/ml-dash-lint, or the user\'s cache)'],
  none: ['--no-cache', 'read the code anew and keep nothing'],
} as const
