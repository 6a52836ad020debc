/** The 17 files of test/fixtures/client-files in the form: every line stands in the list, in both languages, and no secret does. */
import { createPinia } from 'pinia'
import { mount } from '@vue/test-utils'
import { readFileSync, readdirSync } from 'node:fs'
import { afterEach, describe, expect, it } from 'vitest'
import { nextTick, ref } from 'vue'
import { createTexts } from '../../../../../src-renderer/app/i18n'
import { readClientFile } from '../../../../../src-renderer/features/connect/client-file/read-client-file'
import type { ProfileDraft } from '../../../../../src-renderer/features/connect/profile-draft'
import { emptyDraft } from '../../../../../src-renderer/features/connect/profile-draft'
import ProfileForm from '../../../../../src-renderer/features/connect/ProfileForm.vue'
import chinese from '../../../../../src-renderer/locales/zh-CN.json'
import english from '../../../../../src-renderer/locales/en.json'

const FOLDER = 'test/fixtures/client-files'
const FILES = readdirSync(FOLDER)
const textOf = (name: string): string => readFileSync(`${FOLDER}/${name}`, 'utf8')
const TEXTS = { en: english, 'zh-CN': chinese } as const
const LANGUAGES = ['en', 'zh-CN'] as const

const SIGNED_IN = { security: 'tls', sasl: 'plain', username: 'of-a' } as const

const opened: { unmount(): void }[] = []
afterEach(() => {
  for (const one of opened.splice(0)) one.unmount()
})

function openForm(language: 'en' | 'zh-CN', more: Partial<ProfileDraft> = {}) {
  const draft = ref<ProfileDraft>({ ...emptyDraft(), ...more })
  const form = mount(
    {
      components: { ProfileForm },
      setup: () => ({ draft }),
      template: '<ProfileForm v-model="draft" :taken="[]" busy="" />',
    },
    { attachTo: document.body, global: { plugins: [createTexts(language), createPinia()] } },
  )
  opened.push(form)
  const label = form.findAll('label').find((each) => each.text() === TEXTS[language].connect.bootstrap)!
  const input = form.find<HTMLInputElement>(`#${label.attributes('for')}`)
  const paste = async (text: string): Promise<void> => {
    input.element.select()
    const event = new Event('paste', { bubbles: true, cancelable: true })
    Object.defineProperty(event, 'clipboardData', { value: { getData: () => text } })
    input.element.dispatchEvent(event)
    await nextTick()
  }
  const leave = (): Promise<void> => input.trigger('focusout')
  return { form, draft, input, paste, leave, rows: () => form.findAll('.file li') }
}

it('are 17', () => expect(FILES).toHaveLength(17))

describe.each(LANGUAGES)('in %s', (language) => {
  it.each(FILES)('%s is answered line by line', async (name) => {
    const { form, draft, paste, rows } = openForm(language)
    await paste(textOf(name))
    const { lines, fields } = readClientFile(textOf(name))!
    expect(draft.value).toMatchObject(fields)
    const { fate: fates } = TEXTS[language].connect.file
    const beginnings = lines.map(({ key, fate }) => `${key} ${fates[fate].split('{')[0]!}`)
    const shown = rows().map((row) => `${row.find('.key').text()} ${row.find('.fate').text()}`)
    expect(shown).toHaveLength(lines.length)
    for (const beginning of beginnings) expect(shown.some((one) => one.startsWith(beginning))).toBe(true)
    expect(shown.join()).not.toMatch(/connect\.\w|[{}]/)
    const secrets = [draft.value.password, draft.value.keyPassphrase].filter((secret) => secret !== '')
    for (const secret of secrets) expect(form.find('.file').text()).not.toContain(secret)
    const taken = lines.filter(({ fate }) => fate === 'taken').length
    expect(form.find('.file [role="status"]').text()).toBe(
      TEXTS[language].connect.file.title
        .replace('{taken}', String(taken))
        .replace('{lines}', String(lines.filter(({ line }) => line !== null).length)),
    )
  })
})

it('says first what a person has to see to, and where the rest went', async () => {
  const { paste, rows } = openForm('en')
  await paste(textOf('01-strimzi.properties'))
  const said = rows().map((row) => `${row.find('.place').text()}: ${row.find('.fate').text()}`)
  expect(said[0]).toBe(
    'Line 6: Not taken: a PKCS12 store cannot be read here. Write its certificates as PEM with “keytool -list -rfc -keystore FILE > ca.pem”, and choose ca.pem as CA file below.',
  )
  expect(said).toContain('Line 2: Taken: Bootstrap servers.')
  expect(said).toContain('Line 5: Taken: User name, Password.')
})

describe('a second paste', () => {
  const OF_A = {
    bootstrap: 'a:9092',
    security: 'tls',
    sasl: 'plain',
    username: 'of-a',
    password: 'secret-of-a',
    keyPassphrase: 'pass-of-a',
    caFile: '/a.pem',
  } as const

  it.each(FILES)('of the file %s keeps nothing of the first', async (name) => {
    const { draft, paste } = openForm('en', OF_A)
    await paste(textOf(name))
    expect(JSON.stringify(draft.value)).not.toMatch(/of-a|\/a\.pem/)
  })

  it('of other addresses into an emptied field takes them out as well', async () => {
    const { draft, input, paste, leave } = openForm('en', OF_A)
    await input.setValue('')
    await leave()
    expect(draft.value.password).toBe('secret-of-a')
    await paste('b:9092')
    expect([draft.value.password, draft.value.keyPassphrase]).toEqual(['', ''])
  })

  it('of other addresses takes the secrets out and says so, of one more does not', async () => {
    const other = openForm('en', OF_A)
    await other.paste('b:9092')
    expect([other.draft.value.password, other.draft.value.keyPassphrase]).toEqual(['', ''])
    expect(other.form.text()).toContain(english.connect.secretsTakenOut)
    const more = openForm('en', OF_A)
    await more.paste('a:9092, b:9092')
    expect(more.draft.value).toMatchObject({ password: 'secret-of-a', keyPassphrase: 'pass-of-a' })
    expect(more.form.text()).not.toContain(english.connect.secretsTakenOut)
  })
})

describe('addresses that are typed over', () => {
  const OF_A = { ...SIGNED_IN, bootstrap: 'a:9092', password: 'secret-of-a' } as const
  /** What is typed into the field, one after the other; `…` = and the field is not left yet. */
  it.each<[string, string, readonly string[], boolean]>([
    ['by others', 'a:9092', ['b:9092'], false],
    ['by others, after the field was emptied and left', 'a:9092', ['', 'b:9092'], false],
    ['by others, after half of one was left', 'a:9092', ['b'], false],
    ['by one more', 'a:9092', ['a:9092, b:9092'], true],
    ['step by step, one of those before always left', 'a:9092', ['a:9092, b:9092', 'b:9092, c:9092'], true],
    ['and back before the field is left', 'a:9092', ['b:90…', 'a:9092'], true],
    ['while somebody still types', 'a:9092', ['b:90…'], true],
    ['for the first time, in pieces, in a new form', '', ['broker', 'broker-1', 'broker-1:9092'], true],
    ['in a new form, once its address was whole', '', ['broker-1:9092', 'b:9092'], false],
  ])('%s', async (_, before, typed, keeps) => {
    const { form, draft, input, leave } = openForm('en', { ...OF_A, bootstrap: before })
    for (const text of typed) {
      await input.setValue(text.replace('…', ''))
      if (!text.endsWith('…')) await leave()
    }
    expect(draft.value.password).toBe(keeps ? 'secret-of-a' : '')
    expect(form.text().includes(english.connect.secretsTakenOut)).toBe(!keeps)
  })

  it('lose them also where Enter sends the form from within the field', async () => {
    const { form, draft, input } = openForm('en', { ...OF_A, name: 'orders', environment: 'dev' })
    await input.setValue('b:9092')
    await form.find('form').trigger('submit')
    expect(draft.value.password).toBe('')
    expect(form.findComponent(ProfileForm).emitted('save')).toEqual([[true]])
  })

  it('say so until a secret of the new ones is typed', async () => {
    const { form, draft, input, leave } = openForm('en', OF_A)
    await input.setValue('b:9092')
    await leave()
    await leave()
    expect(form.text()).toContain(english.connect.secretsTakenOut)
    draft.value.password = 'of-b'
    await nextTick()
    expect(form.text()).not.toContain(english.connect.secretsTakenOut)
    await input.setValue('b:9092, c:9092')
    await leave()
    expect(draft.value.password).toBe('of-b')
  })
})
