/**
 * Format 2 kept plans of settings and of elections as one record, with empty lists for what the other kind has, and the two kinds of conflict as
 * one; it knew topics by name alone. A record that has members of both is left as it is, for the schema to name: nobody wrote it.
 */
import { changed, isFields, type Fields } from './body-fields'

const isEmptyList = (value: unknown): boolean => Array.isArray(value) && value.length === 0
const isEmptyFields = (value: unknown): boolean => isFields(value) && Object.keys(value).length === 0

/** What an undo found was about keys of its own alone. */
function undoConflict(value: unknown): unknown {
  if (!isFields(value)) return value
  const { config, replication, otherCluster, ...rest } = value
  if (!isEmptyList(replication) || otherCluster !== '' || !Array.isArray(config)) return value
  const rows = config.map((row: unknown) => {
    if (!isFields(row)) return row
    const { ours, ...difference } = row
    return ours === true ? difference : row
  })
  return { kind: 'undo', ...rest, config: rows, anew: [] }
}

/** An election names one partition at least, so that an empty list of them was a plan of settings. */
function plan(value: unknown): unknown {
  if (!isFields(value)) return value
  const { election, leaders, ...named } = value
  const topicIds = Array.isArray(named.topics) ? named.topics.map(() => '') : []
  const settings = { ...named, topicIds }
  if (isEmptyList(election) && isEmptyList(leaders))
    return { kind: 'config', ...changed(settings, 'conflict', undoConflict) }
  // `unchanged` counted the partitions that are led as wanted already, which their fates tell.
  const { items, unchanged, overrides, cannotRestore, conflict, ...rest }: Fields = settings
  const hasSettings =
    !isEmptyList(items) ||
    typeof unchanged !== 'number' ||
    !Array.isArray(overrides) ||
    !overrides.every(isEmptyFields) ||
    !isEmptyList(cannotRestore) ||
    conflict !== null
  return hasSettings || isEmptyList(election) ? value : { kind: 'election', ...rest, partitions: election, leaders }
}

const planConflict = (value: unknown): unknown => (isFields(value) ? { kind: 'plan', ...value, anew: [] } : value)

export function fromFormat2(body: unknown): unknown {
  if (!isFields(body)) return body
  switch (body.type) {
    case 'planned':
      return changed(body, 'plan', plan)
    case 'conflicted':
      return changed(body, 'conflict', planConflict)
    default:
      return body
  }
}
