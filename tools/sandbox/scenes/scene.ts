import type { RunningFlow, Flow } from '../traffic'
import type { Sandbox } from '../sandbox'

/** What a scene may use. Everything registered with `undo` or started through it ends with `heal`. */
export interface Stage {
  readonly sandbox: Sandbox
  /** The broker to hurt: what was asked for, else the scene's own choice. */
  readonly broker: (usual: number) => number
  readonly say: (text: string) => void
  /** Extra records, until heal. */
  readonly flow: (flow: Flow) => RunningFlow
  /** Runs after every broker answers again. */
  readonly undo: (step: () => Promise<void> | void) => void
  /** Aborted by heal: what goes on by itself (flapping) watches it. */
  readonly healed: AbortSignal
}

export interface Scene {
  readonly name: string
  /** What happens, in one line for the list of scenes. */
  readonly summary: string
  /** Resolves when the cause is in place; the effect follows in Kafka's own time and is told through `say`. */
  readonly play: (stage: Stage) => Promise<void>
}
