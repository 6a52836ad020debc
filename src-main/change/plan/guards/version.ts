/** Whether the oldest live broker is of this Kafka version or later; null = not known. */
export function atLeast(version: readonly [number, number] | null, major: number, minor: number): boolean | null {
  if (version === null) return null
  return version[0] > major || (version[0] === major && version[1] >= minor)
}
