import { defineStore } from 'pinia'
import { shallowRef } from 'vue'

const SHOWN_MS = 5000

export interface Notice {
  readonly id: number
  readonly text: string
  readonly tone: 'plain' | 'bad'
  readonly action: { readonly text: string; readonly run: () => void } | null
}

/** One short line at a time about what just happened; a newer one takes its place. */
export const useNoticesStore = defineStore('notices', () => {
  const notice = shallowRef<Notice | null>(null)
  let last = 0
  let timer: ReturnType<typeof setTimeout> | null = null

  function dismiss(): void {
    if (timer !== null) clearTimeout(timer)
    timer = null
    notice.value = null
  }
  function say(text: string, options: { tone?: Notice['tone']; action?: Notice['action']; forMs?: number } = {}): void {
    dismiss()
    last += 1
    notice.value = { id: last, text, tone: options.tone ?? 'plain', action: options.action ?? null }
    timer = setTimeout(dismiss, options.forMs ?? SHOWN_MS)
  }
  return { notice, say, dismiss }
})
