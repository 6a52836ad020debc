import { watch } from 'vue'

/**
 * Asks the brokers about each new plan once, by itself: validating changes nothing and needs no arming. `plan` names the plan that waits for it, '' = none
 * does. One that could not be asked about is for the person to ask again.
 */
export function useAutoValidate(plan: () => string, validate: () => Promise<unknown>): void {
  let asked = ''
  watch(
    plan,
    (waits) => {
      if (waits === '' || waits === asked) return
      asked = waits
      void validate()
    },
    { immediate: true },
  )
}
