import { defineStore } from 'pinia'
import { ref } from 'vue'

/** The moment that a person points at in a chart: every chart of the page shows it, and what the page has of then. NaN = none, all is of now. It is of one page. */
export const usePointedStore = defineStore('pointed', () => {
  const at = ref(Number.NaN)
  return {
    at,
    point: (moment: number): void => {
      at.value = moment
    },
    leave: (): void => {
      at.value = Number.NaN
    },
  }
})
