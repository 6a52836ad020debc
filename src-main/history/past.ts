/**
 * The cluster as it was: put together of a whole moment and what was kept after it, in slices, and remembered until another moment is asked for. State: the last moment that was asked for; a question
 * about another one abandons what is under way, which then answers 'cancelled'.
 */
import type { Watched } from '../contract/history'
import type { PastAround, PastLack, PastNothing } from '../contract/past'
import { decodeBrokers } from '../domain/past/brokers-code'
import { PastAt } from '../domain/past/past-at'
import { PastPicture } from '../domain/past/past-picture'
import { decodeTopics } from '../domain/past/topic-code'
import type { Clock } from '../ports/clock'
import type { HistoryReader, MomentHead } from '../ports/history'
import { breather, inSlices } from '../ports/slices'

/** Events that are looked at in one go. */
const PAGE = 100
/** What is found so much later says nothing of a moment: settings are read anew within minutes. */
const LATER_MS = 600_000
const LATER_EVENTS = 20_000
/** A watch that goes on, or that was killed, has what it saw in the file this much later at most. */
const UNSURE_MS = 5_000

type Found = { readonly picture: PastPicture } | { readonly nothing: PastNothing } | 'cancelled'

export interface Past {
  at(moment: number): Promise<Found>
  around(moment: number): PastAround
}

const span = ({ from, at }: MomentHead): { from: number; to: number } => ({ from, to: at })

export function createPast(reader: HistoryReader, clock: Clock): Past {
  let asked = 0
  let kept: { readonly at: number; readonly found: Promise<Found> } | null = null

  const nothing = (lack: PastLack, at: number): { readonly nothing: PastNothing } => {
    const all = reader.watched(Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY)
    return {
      nothing: {
        lack,
        seenBefore: Math.max(...all.filter(({ from }) => from <= at).map(({ to }) => Math.min(to, at))),
        seenAfter: Math.min(...all.filter(({ from }) => from > at).map(({ from }) => from)),
      },
    }
  }

  /** '' = what is kept from there on leads to `at`. */
  const lackOf = (at: number, watched: Watched | undefined, whole: MomentHead | undefined): PastLack | '' => {
    const newest = reader.watched(at, Number.POSITIVE_INFINITY).at(-1)
    if (watched === undefined) {
      if (newest === undefined) return 'later'
      return reader.watched(Number.NEGATIVE_INFINITY, at).length === 0 ? 'before' : 'unwatched'
    }
    if (watched.end === 'open' && at > watched.to - UNSURE_MS) return newest?.from === watched.from ? 'later' : 'unkept'
    if (whole === undefined) return 'unkept'
    // What was open or closed ended with its run, and nobody compared the next one with it.
    const between = reader.watched(whole.at, at).filter(({ from }) => from < watched.from)
    return between.some(({ end }) => end === 'open' || end === 'closed') ? 'unkept' : ''
  }

  async function find(at: number, abandoned: () => boolean): Promise<Found> {
    const heads = reader.moments(at)
    const watched = reader.watched(at, at + 1).find(({ from, to }) => from <= at && at <= to)
    const lack = lackOf(at, watched, heads[0])
    if (lack !== '') return nothing(lack, at)
    const breathe = breather(clock)
    const past = new PastAt(at)
    let next = heads[0]!.event
    let later = 0
    let isOver = false
    /** Up to the event of this number, or as far as it matters. Answers whether each of them could be read. */
    const events = async (upTo: number): Promise<boolean> => {
      while (next < upTo && !isOver) {
        const limit = Math.min(PAGE, upTo - next)
        const { rows, unreadable } = reader.eventsAfter(next, limit)
        await breathe()
        if (abandoned()) return false
        if (unreadable > 0) return false
        for (const event of rows) {
          if (event.seq !== next + 1) return false
          next = event.seq
          past.event(event)
          later += event.to > at ? 1 : 0
          isOver ||= event.to > at + LATER_MS || later > LATER_EVENTS
        }
        if (rows.length < limit) return upTo === Number.POSITIVE_INFINITY || next >= upTo
      }
      return true
    }
    for (const head of heads) {
      if (!(await events(head.event))) return abandoned() ? 'cancelled' : nothing('unreadable', at)
      if (!head.isWhole && head.at <= at) return nothing('unreadable', at)
      for (let part = 0; part < head.parts; part += 1) {
        const bytes = reader.momentPart(head.id, part)
        if (bytes === null) return nothing('unreadable', at)
        try {
          if (head.kind === 'brokers') past.takeBrokers(span(head), decodeBrokers(bytes))
          else past.topics(span(head), await inSlices(clock, decodeTopics(bytes), abandoned))
        } catch {
          return abandoned() ? 'cancelled' : nothing('unreadable', at)
        }
        await breathe()
        if (abandoned()) return 'cancelled'
      }
    }
    if (!(await events(Number.POSITIVE_INFINITY))) return abandoned() ? 'cancelled' : nothing('unreadable', at)
    const known = past.known()
    if (known === null) return nothing('unkept', at)
    try {
      return { picture: await inSlices(clock, PastPicture.of(known), abandoned) }
    } catch (cause) {
      if (abandoned()) return 'cancelled'
      throw cause
    }
  }

  return {
    at(moment) {
      const mine = kept?.at === moment ? asked : ++asked
      if (kept?.at !== moment) {
        kept = { at: moment, found: find(moment, () => mine !== asked) }
        // The newest moments come within reach a little later.
        void kept.found.then(
          (found) => {
            if (mine === asked && !(typeof found === 'object' && 'picture' in found)) kept = null
          },
          () => (kept = null),
        )
      }
      return kept.found
    },
    around(moment) {
      const [before] = reader.events({ until: moment }, 1).rows
      const first = reader.firstMoment()
      const after = reader.eventsAfter(before?.seq ?? 0, PAGE).rows.find(({ to }) => to > moment)
      const last = reader.watched(moment, Number.POSITIVE_INFINITY).at(-1) ?? nothing('later', moment).nothing
      const to = 'end' in last ? last.to - (last.end === 'open' ? UNSURE_MS : 0) : last.seenBefore
      return {
        from: first,
        to: Math.max(first, to),
        previous: before !== undefined && before.to >= first ? before.to : Number.NaN,
        next: after?.to ?? Number.NaN,
      }
    },
  }
}
