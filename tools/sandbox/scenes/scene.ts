import type { RunningFlow, Flow } from '../traffic'
import type { Sandbox } from '../sandbox'
import { hasLogins } from '../shape'
import type { Shape } from '../shape'

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
  /** 'any': it does what it says wherever there are three brokers. 'logins': where they have the listener of logins. */
  readonly needs: Shape['name'] | 'any' | 'logins'
  /** Resolves when the cause is in place; the effect follows in Kafka's own time and is told through `say`. */
  readonly play: (stage: Stage) => Promise<void>
}

/** Why a scene cannot be played on a sandbox of this shape; null = it can. */
export const unfit = ({ name, needs }: Scene, shape: Shape): string | null =>
  needs === 'any' || needs === shape.name || (needs === 'logins' && hasLogins(shape))
    ? null
    : `The scene "${name}" needs five brokers: start the sandbox with "npm run sandbox -- --five".`
