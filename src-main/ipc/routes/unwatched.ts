import type { KeptSeries, SampleQuestion } from '../../contract/kept-samples'
import { gapsOf } from '../../domain/samples/series'
import type { HistoryReader } from '../../ports/history'

/** Times of a span in which nobody watched the cluster. */
export const unwatchedOf = (
  reader: HistoryReader,
  { from, until }: Pick<SampleQuestion, 'from' | 'until'>,
): KeptSeries['unwatched'] => gapsOf(reader.watched(from, until), from, until)
