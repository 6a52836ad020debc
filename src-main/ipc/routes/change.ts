import type { Changes } from '../../change/changes'
import type { Routes } from '../handle'

type ChangeChannel = Extract<keyof Routes, `change:${string}`> | 'cluster:arm'

/** Thin on purpose: every check a forged message could try to get round is in change/. */
export const changeRoutes = (changes: Changes): Pick<Routes, ChangeChannel> => ({
  'cluster:arm': ({ cluster, armed }) => changes.arm(cluster, armed),
  'change:draft': (input) => changes.draft(input),
  'change:plan': ({ id }) => changes.plan(id),
  'change:validate': ({ id }) => changes.validate(id),
  'change:confirm': (input) => changes.confirm(input),
  'change:apply': ({ id }) => changes.apply(id),
  'change:stop': ({ id }) => changes.stop(id),
  'change:settle': ({ id }) => changes.settle(id),
  'change:verify': ({ id }) => changes.verify(id),
  'change:undo': (input) => changes.undo(input),
  'change:rest': ({ id }) => changes.rest(id),
  'change:discard': ({ id }) => changes.discard(id),
  'change:get': ({ id }) => changes.get(id),
})
