import type { Ref } from 'vue'
import { ref, watch } from 'vue'

const AT_MOST_EVERY_MS = 10_000

/** What a screen reader hears of a text that changes often: the newest wording, at most every ten seconds by the page's clock. */
export function useAnnouncement(text: () => string, now: () => number): Readonly<Ref<string>> {
  const said = ref(text())
  let saidAt = now()
  watch([text, now], ([wanted, at]) => {
    if (wanted === said.value || at - saidAt < AT_MOST_EVERY_MS) return
    said.value = wanted
    saidAt = at
  })
  return said
}
