export const root: string
export function checkNode(version?: string): void
export function dependenciesAreCurrent(): boolean
export function ensureDependencies(): Promise<void>
