import { parseBootstrapList } from '@shared/bootstrap'
import type { Ref } from 'vue'
import { computed, watch } from 'vue'
import { leadsElsewhere } from './client-file/leads-elsewhere'
import type { ProfileDraft } from './profile-draft'

/** Half an address is nobody's: who types the first one of a new form has nothing to lose by it. */
const sound = (addresses: string): string => (parseBootstrapList(addresses).ok ? addresses : '')

/**
 * Password and passphrase of a form go where they were typed for and nowhere else. State: the addresses that were in the form when a secret was typed, or the
 * first sound ones after it; '' = none yet. They are compared when the address field was left, pasted into, or the form is sent, and never while somebody types.
 */
export function useSecretsOfPlace(draft: Ref<ProfileDraft>) {
  const hasSecret = computed(() => draft.value.password !== '' || draft.value.keyPassphrase !== '')
  let typedFor = ''
  watch(
    [() => draft.value.password, () => draft.value.keyPassphrase],
    () => (typedFor = hasSecret.value ? sound(draft.value.bootstrap) : ''),
    { immediate: true, flush: 'sync' },
  )

  /** The form leads to these addresses now. Answers whether secrets were taken out of it for that. */
  function leadTo(addresses: string): boolean {
    if (!hasSecret.value) return false
    if (leadsElsewhere(typedFor, addresses)) {
      draft.value = { ...draft.value, password: '', keyPassphrase: '' }
      return true
    }
    if (sound(addresses) !== '') typedFor = addresses
    return false
  }
  return { hasSecret, leadTo }
}
