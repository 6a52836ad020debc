/**
 * Clusters a person may open: the saved ones, and one that was given at start and is not saved unless the person does so. Everything that is
 * stored goes through here, so that what is stored never holds a secret.
 */
import { isDeepStrictEqual } from 'node:util'
import { SAVED_CLUSTER } from '../contract/profiles'
import type { ClusterProfile, ClusterSecrets, ProfileRow } from '../contract/profiles'
import type { ProfileStore } from './profile-store'
import { extractSecrets, mergeSecrets, needsSecret } from './secrets'
import type { Connection, SecretVault } from './secrets'

export interface Profiles {
  readonly list: (isOpen: (id: string) => boolean) => Promise<ProfileRow[]>
  /** An empty id makes a new one. Answers what was stored. */
  readonly save: (profile: ClusterProfile, secrets: ClusterSecrets) => Promise<ClusterProfile>
  /** False when there is none with this id. */
  readonly remove: (id: string) => Promise<boolean>
  readonly find: (id: string) => ClusterProfile | null
  /** All that may be opened, the one given at start first. */
  readonly saved: () => readonly ClusterProfile[]
  /** With its secrets, for connecting only; null when there is none with this id. */
  readonly connection: (id: string) => Promise<Connection | null>
  readonly remember: (id: string, secrets: ClusterSecrets) => Promise<void>
  readonly seen: (id: string) => void
  /** The cluster told its id: kept from the first time on, until its addresses change or `forgetIdentity`. */
  readonly identified: (id: string, clusterId: string | null) => void
  /** Whichever Kafka cluster its addresses lead to is the right one again. */
  readonly forgetIdentity: (id: string) => void
}

/**
 * What may change without a kept secret being used for anything but what it was typed for. Everything else is part of the place, and so is
 * every field that is added.
 */
const NOT_OF_THE_PLACE: ReadonlySet<string> = new Set([
  'id',
  'name',
  'environment',
  'readOnly',
  // The place says which cluster is meant, not the other way round.
  'clusterId',
  'intervalMs',
  'watch',
  'hook',
] satisfies (keyof ClusterProfile)[])

/**
 * Whether both connect to the same place as the same user. A secret is only ever used for the place it was typed for: otherwise whoever
 * controls the page could send it to an address of their own by saving or testing an altered profile.
 */
export const samePlace = (a: ClusterProfile, b: ClusterProfile): boolean => {
  const place = (profile: ClusterProfile): object =>
    Object.fromEntries(Object.entries(profile).filter(([key]) => !NOT_OF_THE_PLACE.has(key)))
  return isDeepStrictEqual(place(a), place(b))
}

/**
 * A profile as the form has it, to try it out. A password that the form leaves empty is the one that is kept for this run, but only to go
 * where it was typed for.
 */
export async function connectionToTry(
  profiles: Pick<Profiles, 'connection'>,
  profile: ClusterProfile,
  secrets: ClusterSecrets,
): Promise<Connection> {
  const known = profile.id === '' ? null : await profiles.connection(profile.id)
  const kept = known !== null && samePlace(known.profile, profile) ? known : null
  const given = extractSecrets(mergeSecrets(profile, secrets)).secrets
  return mergeSecrets(profile, { ...(kept === null ? {} : extractSecrets(kept).secrets), ...given })
}

export function createProfiles(options: {
  readonly store: ProfileStore
  readonly vault: SecretVault
  readonly transient: ClusterProfile | null
  readonly newId: () => string
  readonly now: () => number
}): Profiles {
  const { store, vault, newId, now } = options
  let transient = options.transient
  let transientSeenAt = Number.NaN
  const find = (id: string): ClusterProfile | null => store.find(id) ?? (transient?.id === id ? transient : null)
  const identify = (profile: ClusterProfile): void => {
    // An id that could not be read back would cost the whole cluster.
    if (SAVED_CLUSTER.fault(profile) !== null) return
    if (transient?.id === profile.id) transient = profile
    else store.save(profile)
  }
  return {
    async list(isOpen) {
      const saved = store.list()
      const all = transient === null ? saved : [{ profile: transient, lastSeenAt: transientSeenAt }, ...saved]
      return Promise.all(
        all.map(async ({ profile, lastSeenAt }) => ({
          profile,
          lastSeenAt,
          open: isOpen(profile.id),
          needsPassword: needsSecret(profile, await vault.get(profile.id)),
        })),
      )
    },
    async save(given, secrets) {
      const before = given.id === '' ? null : find(given.id)
      const moved = before !== null && !isDeepStrictEqual(before.bootstrap, given.bootstrap)
      const profile = {
        ...given,
        id: given.id === '' ? newId() : given.id,
        // Of other addresses nothing is known; and a form was filled in before the cluster told its id.
        clusterId: moved ? '' : (before ?? given).clusterId,
      }
      // Before the new place is stored: a secret that could not be forgotten must not be found there.
      if (before !== null && !samePlace(before, profile)) await vault.forget(profile.id)
      store.save(profile)
      if (transient?.id === profile.id) transient = null
      await vault.put(profile.id, secrets)
      return profile
    },
    async remove(id) {
      await vault.forget(id)
      const wasTransient = transient?.id === id
      if (wasTransient) transient = null
      return store.remove(id) || wasTransient
    },
    find,
    saved: () => [...(transient === null ? [] : [transient]), ...store.list().map(({ profile }) => profile)],
    async connection(id) {
      const profile = find(id)
      return profile === null ? null : mergeSecrets(profile, await vault.get(id))
    },
    remember: (id, secrets) => vault.put(id, secrets),
    seen(id) {
      if (transient?.id === id) transientSeenAt = now()
      else store.seen(id, now())
    },
    identified(id, clusterId) {
      const profile = find(id)
      if (profile !== null && profile.clusterId === '' && clusterId !== null) identify({ ...profile, clusterId })
    },
    forgetIdentity(id) {
      const profile = find(id)
      if (profile !== null && profile.clusterId !== '') identify({ ...profile, clusterId: '' })
    },
  }
}

/** The cluster that was named at start. Read-only like every new one. */
export const transientProfile = (
  given: Pick<ClusterProfile, 'bootstrap' | 'name' | 'environment'>,
): ClusterProfile => ({ ...SAVED_CLUSTER.initial, id: 'from-start', ...given })
