import type { DashboardProvider } from './model.js'

/**
 * What Grafana does while two dashboards that it loads from files have one uid, or one title in one folder: it saves
 * each over the other when it starts, and then takes the right to save away from every provider involved (Grafana:
 * pkg/services/provisioning/dashboards/validator.go, takeAwayWritePermissions). `undefined` where no provider loads
 * them.
 */
export function consequenceOfClash(providers: readonly DashboardProvider[]): string | undefined {
  const names = [...new Set(providers.map(({ name }) => `"${name}"`))].sort()
  switch (names.length) {
    case 0:
      return undefined
    case 1:
      return `provider ${names[0]!} then saves no change to any of its dashboards`
    default:
      return `providers ${names.slice(0, -1).join(', ')} and ${names.at(-1)!} then save no change to any of their dashboards`
  }
}
