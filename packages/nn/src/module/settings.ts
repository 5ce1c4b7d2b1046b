/** Settings as a module prints them: `inFeatures=784, bias=true`. */
export function settings(values: Record<string, unknown>): string {
  return Object.entries(values)
    .map(([name, value]) => `${name}=${JSON.stringify(value)}`)
    .join(", ");
}
