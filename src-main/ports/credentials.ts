import type { SECRET_OF, SaslMechanism, SignIn } from '../contract/profiles'

/** How a login is made and with what: by mechanism, each with the secret it needs. Never leaves the main process, never stored. */
export type Credentials = {
  readonly [M in SaslMechanism]: Extract<SignIn, { readonly mechanism: M }> & {
    readonly [S in (typeof SECRET_OF)[M]]: string
  }
}[SaslMechanism]
