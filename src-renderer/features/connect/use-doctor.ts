import type { ClusterProfile, ClusterSecrets, DoctorReport, DoctorStep } from '@contract/profiles'
import type { AppError } from '@contract/result'
import type { Ref, ShallowRef } from 'vue'
import { shallowRef } from 'vue'
import { useTask } from '../../stores/tasks'
import { withStep } from './doctor-progress'

export interface Doctor {
  readonly running: Readonly<Ref<boolean>>
  /** Steps of the test that runs, or that was cancelled. */
  readonly steps: Readonly<ShallowRef<readonly DoctorStep[]>>
  /** Of the last test that ended; null from the start of the next one on. */
  readonly report: Readonly<ShallowRef<DoctorReport | null>>
  /** Answers why there is no report, null = there is one. */
  run(profile: ClusterProfile, secrets: ClusterSecrets): Promise<AppError | null>
  cancel(): void
  /** Cancels, and forgets what is shown. */
  clear(): void
}

/** The connection test as a task: one at a time of one page. */
export function useDoctor(): Doctor {
  const task = useTask<'connection-test'>()
  const steps = shallowRef<readonly DoctorStep[]>([])
  const report = shallowRef<DoctorReport | null>(null)
  const clear = (): void => {
    task.cancel()
    steps.value = []
    report.value = null
  }
  return {
    running: task.running,
    steps,
    report,
    clear,
    cancel: () => task.cancel(),
    async run(profile, secrets) {
      clear()
      const answer = await task.run({ kind: 'connection-test', input: { profile, secrets } }, (step) => {
        steps.value = withStep(steps.value, step)
      })
      if (!answer.ok) return answer.error
      report.value = answer.value
      return null
    },
  }
}
