import type { Audits } from '../../audit/audits'
import { attemptAsync } from '../attempt'
import type { Routes } from '../handle'

type AuditChannel = Extract<keyof Routes, `audit:${string}`>

export function auditRoutes(audits: Audits): Pick<Routes, AuditChannel> {
  const tried = async (what: string, work: () => ReturnType<Audits['view']>): ReturnType<Audits['view']> => {
    const done = await attemptAsync(what, work)
    return done.ok ? done.value : done
  }
  const kept = (work: () => ReturnType<Audits['view']>): ReturnType<Audits['view']> =>
    tried('The acceptance could not be kept', work)
  return {
    'audit:read': ({ cluster }) => tried('What is kept of audits could not be read', () => audits.view(cluster)),
    'audit:accept': ({ cluster, ...acceptance }) => kept(() => audits.accept(cluster, acceptance)),
    'audit:withdraw': ({ cluster, acceptance }) => kept(() => audits.withdraw(cluster, acceptance)),
  }
}
