export interface RecordedProcess {
  readonly pid: number
  readonly mark: string
  readonly name: string
}

export interface RunState {
  readonly label: string
  readonly owner: { readonly pid: number; readonly mark: string }
  readonly version: string
  readonly bootstrap: string
  readonly brokers: readonly { readonly id: number; readonly port: number; readonly rack: string }[]
  readonly processes: readonly RecordedProcess[]
  readonly container: { readonly docker: string; readonly name: string } | null
  /** Where the owner takes orders (scenes, heal, stop); the token keeps other users of the machine out. */
  readonly control: { readonly port: number; readonly token: string } | null
}

export function processMark(pid: number): string | null
export function isSameProcess(entry: { readonly pid: number; readonly mark: string }): boolean
export function readState(folder: string): RunState | null
export function reap(folder: string): void
export function reapAbandoned(runs: string): string[]
