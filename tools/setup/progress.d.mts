export class SetupError extends Error {}
export function say(text: string): void
export function step<T>(
  label: string,
  work: (report: (detail: string) => void) => Promise<T> | T,
  describe?: (result: T) => string,
): Promise<T>
export function explain(error: unknown): string
