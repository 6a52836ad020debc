import { direct, fiveShape, startSandbox, startWitness, until } from '../../tools/sandbox'
import type { Director, Sandbox, Witness } from '../../tools/sandbox'
import type { Endings } from './endings'
import { watchStalls, type StallWatch } from './stall-watch'
import { startRecorder, type Recorder } from './truth-recorder'

/** Five brokers that can be hurt, their own word, and a monitor whose every picture is written down. */
export interface FiveStage {
  readonly sandbox: Sandbox
  readonly director: Director
  readonly witness: Witness
  readonly recorder: Recorder
  readonly stalls: StallWatch
}

/**
 * Resolves with the first pictures, all replicas in sync and led by their preferred leaders, which a busy machine may have cost some of them while they started.
 * Whatever was started ends with `opened`, also after a failure.
 */
export async function startFiveStage(label: string, opened: Endings): Promise<FiveStage> {
  const sandbox = await startSandbox({ shape: fiveShape, label })
  opened.add(() => sandbox.close())
  const director = direct(sandbox)
  await director.heal()
  const witness = await startWitness(sandbox.cluster)
  opened.add(() => witness.close())
  const recorder = startRecorder(sandbox.cluster.bootstrap)
  opened.add(() => recorder.close())
  const stalls = watchStalls()
  opened.add(() => stalls.stop())
  await until('the first picture', 90_000, () => (recorder.statements.length > 3 ? true : null))
  return { sandbox, director, witness, recorder, stalls }
}
