/**
 * A question of on-call, asked from the board. It has two actions and no more: a key (a chord such as `G H` is one), a click, or a place
 * that is named (Ctrl K, its words, Enter: one, as an address that is typed). Waiting and reading are none.
 */
import type { Locator, Page } from '@playwright/test'
import { goTo } from './scene-words'

const MOST = 2

export class Asking {
  #actions = 0

  constructor(private readonly page: Page) {}

  get actions(): number {
    return this.#actions
  }

  /** Strokes as the key table writes them: `G H`, `E`, `Ctrl 2`. */
  async press(keys: string): Promise<this> {
    this.#count(keys)
    const chord = keys.startsWith('Ctrl ') ? [keys.replaceAll(' ', '+').replace('Ctrl', 'Control')] : keys.split(' ')
    for (const key of chord) await this.page.keyboard.press(key.length === 1 ? key.toLowerCase() : key)
    return this
  }

  async click(what: Locator): Promise<this> {
    this.#count(`a click on ${String(what)}`)
    await what.click()
    return this
  }

  /** By the palette: whatever these words find first. */
  async name(words: string): Promise<this> {
    this.#count(`"${words}"`)
    await this.page.keyboard.press('Control+k')
    const field = this.page.getByRole('dialog').getByRole('combobox')
    await field.fill(words)
    await field.press('Enter')
    await field.waitFor({ state: 'hidden' })
    return this
  }

  #count(what: string): void {
    if (++this.#actions > MOST) throw new Error(`${what} is action ${this.#actions}: an answer may cost ${MOST}`)
  }
}

/** Begins at the board, with the pointer off the rows and nothing focused. */
export async function ask(page: Page): Promise<Asking> {
  await goTo(page, '/board')
  await page.mouse.move(2, 2)
  await page.evaluate(() => {
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
  })
  return new Asking(page)
}
