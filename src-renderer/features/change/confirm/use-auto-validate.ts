import { watch } from 'vue'
import { useBridge } from '../../../bridge/bridge'

/** A plan that waits for the brokers' word, and the first of its topics. */
export interface Unchecked {
  readonly plan: string
  readonly cluster: string
  readonly topic: string
}

/**
 * Asks the brokers about each new plan once, by itself: validating changes nothing and needs no arming. A login that may not change the topic would be denied a
 * write that nobody asked for, so it is for the person then, as it is where the right could not be read or the brokers could not be asked.
 */
export function useAutoValidate(unchecked: () => Unchecked | null, validate: () => Promise<unknown>): void {
  const { calls } = useBridge()
  let asked = ''
  async function ask({ plan, cluster, topic }: Unchecked): Promise<void> {
    const answer = await calls['config:topic']({ cluster, topic, again: false })
    if (!answer.ok || answer.value.mayAlter === false) return
    // Edited or planned again meanwhile: that plan is asked about on its own.
    if (unchecked()?.plan === plan) await validate()
  }
  watch(
    () => unchecked()?.plan ?? '',
    (plan) => {
      const waits = unchecked()
      if (waits === null || plan === asked) return
      asked = plan
      void ask(waits)
    },
    { immediate: true },
  )
}
