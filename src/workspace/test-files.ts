/** Folders that hold tests and what they need. */
const testFolder = /(?:^|\/)(?:tests?|__tests__|__mocks__|__fixtures__|fixtures|testing|testdata|test-utils|e2e|spec|specs|mocks|cypress|playwright)\//i

/** Files that are tests by their name, in the ways of vitest, jest, mocha, pytest and unittest. */
const testFile = /(?:^|\/)(?:[^/]+[._-](?:test|tests|spec|e2e|stories|bench|mock)\.[cm]?[jt]sx?|test_[^/]*\.py|[^/]*_tests?\.py|tests?\.py|conftest\.py|setupTests\.[jt]s)$/i

/**
 * Whether a source file is a test or serves tests: what it declares, nothing exposes. `path` is relative to the
 * folder that the user asked to lint, so that a stack which itself lies in a `fixtures` folder can be linted.
 */
export function isTestFile(path: string): boolean {
  return testFolder.test(path) || testFile.test(path) || /\.d\.[cm]?ts$/.test(path)
}

/**
 * Whether a dashboard or rule file is input of tests, and broken on purpose as like as not. Only folders whose name
 * says nothing else count: people keep stacks that they run in `test` and `e2e`. `path` as for `isTestFile`.
 */
export function isTestData(path: string): boolean {
  return /(?:^|\/)(?:testdata|__(?:tests|mocks|fixtures|snapshots)__)\//i.test(path)
}
